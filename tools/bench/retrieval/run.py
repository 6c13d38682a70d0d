"""Measure what `search` finds: recall@5 and nDCG@10 over a folder of questions with known answers.

    uv run python -m tools.bench.retrieval.run FOLDER [--mode hybrid|vector] [--url URL --key KEY]

FOLDER holds `corpus.jsonl` with {id, title, text} and `queries.jsonl` with {id, text, relevant, source}. Without
`--url` the stack is started on free ports over a temporary data directory. Each passage is ingested as a document of
its own through `POST /ingest`, each question asked through `POST /search`; a document counts at its best passage.
"""

import argparse
import asyncio
import math
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
from pydantic import BaseModel

from tools.bench.stack import KEY, running_stack

INGESTS_AT_ONCE = 8
PASSAGES = 50


class Entry(BaseModel):
    """A passage of the corpus."""

    id: str
    title: str
    text: str


class Question(BaseModel):
    """A question and the ids of the passages that answer it."""

    id: str
    text: str
    relevant: list[str]
    source: str = "all"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", default="hybrid")
    parser.add_argument("--url", help="a running vector store; started here if left out")
    parser.add_argument("--key", default=KEY)
    arguments = parser.parse_args()
    corpus = [Entry.model_validate_json(line) for line in (arguments.folder / "corpus.jsonl").open(encoding="utf-8")]
    asked = [Question.model_validate_json(line) for line in (arguments.folder / "queries.jsonl").open(encoding="utf-8")]
    with ExitStack() as stack:
        url = arguments.url or stack.enter_context(running_stack(Path(stack.enter_context(TemporaryDirectory()))))
        asyncio.run(measure(url, arguments.key, corpus, asked, arguments.mode))


async def measure(url: str, key: str, corpus: list[Entry], asked: list[Question], mode: str) -> None:
    headers = {"x-api-key": key, "x-alex-owner": "bench-retrieval"}
    async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=120) as http:
        started = time.perf_counter()
        documents = await ingest_all(http, corpus)
        seconds = time.perf_counter() - started
        print(f"{len(corpus)} documents ingested in {seconds:.0f} s ({len(corpus) / seconds:.1f}/s)")
        ranked, times = [], []
        for question in asked:
            started = time.perf_counter()
            ranked.append([documents[found] for found in await search(http, question.text, mode)])
            times.append(time.perf_counter() - started)
    print_by_source(asked, ranked)
    times.sort()
    print(f"search p50 {1000 * times[len(times) // 2]:.0f} ms, p95 {1000 * times[len(times) * 95 // 100]:.0f} ms")


async def ingest_all(http: httpx2.AsyncClient, corpus: list[Entry]) -> dict[str, str]:
    """Return the corpus id of each document id."""
    slots = asyncio.Semaphore(INGESTS_AT_ONCE)

    async def ingest(entry: Entry) -> tuple[str, str]:
        body = {"title": entry.title, "text": entry.text, "url": f"https://bench.example/{entry.id}"}
        async with slots:
            answer = await http.post("/ingest", json=body)
        answer.raise_for_status()
        return answer.json()["document_id"], entry.id

    return dict(await asyncio.gather(*(ingest(entry) for entry in corpus)))


async def search(http: httpx2.AsyncClient, query: str, mode: str) -> list[str]:
    """Return document ids, best first, each once."""
    answer = await http.post("/search", json={"query": query[:2000], "limit": PASSAGES, "mode": mode})
    answer.raise_for_status()
    return list(dict.fromkeys(passage["document_id"] for passage in answer.json()["passages"]))


def print_by_source(asked: list[Question], ranked: list[list[str]]) -> None:
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for question, found in zip(asked, ranked, strict=True):
        figures = recall(question, found, 5), ndcg(question, found, 10)
        rows["all"].append(figures)
        rows[question.source].append(figures)
    print(f"{'source':14} {'questions':>9} {'recall@5':>9} {'nDCG@10':>9}")
    for source, figures_of in rows.items():
        means = [sum(column) / len(figures_of) for column in zip(*figures_of, strict=True)]
        print(f"{source:14} {len(figures_of):9} {means[0]:9.3f} {means[1]:9.3f}")


def recall(question: Question, found: list[str], depth: int) -> float:
    return len(set(found[:depth]) & set(question.relevant)) / len(question.relevant)


def ndcg(question: Question, found: list[str], depth: int) -> float:
    """Normalised discounted cumulative gain with gains of 0 and 1 (Järvelin and Kekäläinen, 2002)."""
    gain = sum(1 / math.log2(i + 2) for i, one in enumerate(found[:depth]) if one in question.relevant)
    return gain / sum(1 / math.log2(i + 2) for i in range(min(depth, len(question.relevant))))


if __name__ == "__main__":
    main()
