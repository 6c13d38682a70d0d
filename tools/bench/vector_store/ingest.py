"""Documents per second of `alex ingest`, against embedding the same passages alone.

    uv run python -m tools.bench.vector_store.ingest [--documents N] [--rounds N]

Starts the stack over a temporary folder, or over `--data`. Each round writes N documents of five pages, and times the
command as a user runs it between two halves of embedding alone: the same passages, by the model in this process in its
own best batches. In halves, because a shared machine is slower at one minute than at another.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
from alex_local_aws.model.embedding import SentenceModel, truncate
from alex_tools.document_files import find_documents
from alex_tools.document_reading import read_document
from alex_vector_store.chunking import cut_into_chunks
from alex_vector_store.passage_context import embedded_text
from alex_vector_store.plain_text import clean_text

from tools.bench.machine import OtherWork
from tools.bench.stack import KEY, running_stack
from tools.bench.vector_store.documents import write_documents

VECTOR_STORE_PORT = 8011
MAX_TOKENS = 256


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=40, help="in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args()
    with TemporaryDirectory() as temporary, running_stack(arguments.data or Path(temporary) / "data") as url:
        model = SentenceModel(Path(temporary))
        model.embed(model.tokenize(["warm"] * 32))
        # The first answer waits for the index and the model; that is not what is measured.
        httpx2.post(f"{url}/search", json={"query": "warm"}, headers={"x-api-key": KEY}, timeout=60).raise_for_status()
        ratios = []
        for number in range(arguments.rounds):
            folder = Path(temporary) / f"round{number}"
            write_documents(folder, arguments.first + number * arguments.documents, arguments.documents)
            ratios.append(measure_round(model, folder, url))
    print(f"median ratio {statistics.median(ratios):.2f}")


def measure_round(model: SentenceModel, folder: Path, url: str) -> float:
    """Return how many times as long the whole takes as embedding alone."""
    paths = find_documents([folder]).documents
    texts = [text for path in paths for text in texts_of(path)]
    others = OtherWork()
    before = seconds_of_embedding_alone(model, texts[::2])
    whole = seconds_of_ingesting(folder, url)
    alone = before + seconds_of_embedding_alone(model, texts[1::2])
    print(
        f"alex ingest {len(paths) / whole:.2f} documents/s, alone {len(paths) / alone:.2f}: ratio {whole / alone:.2f}; "
        f"others had {others.share():.0%} of the machine",
        flush=True,
    )
    return whole / alone


def seconds_of_embedding_alone(model: SentenceModel, texts: list[str]) -> float:
    started = time.perf_counter()
    model.embed([truncate(tokens, MAX_TOKENS) for tokens in model.tokenize(texts)])
    return time.perf_counter() - started


def texts_of(path: Path) -> list[str]:
    document = read_document(path)
    text = clean_text(document.text)
    chunks = cut_into_chunks(text)
    return [embedded_text(document.title, chunk.section, text[chunk.start : chunk.end]) for chunk in chunks]


def seconds_of_ingesting(folder: Path, url: str) -> float:
    offset = (httpx2.URL(url).port or 0) - VECTOR_STORE_PORT
    environment = {**os.environ, "ALEX_API_KEYS": KEY, "ALEX_PORT_OFFSET": str(offset)}
    started = time.perf_counter()
    command = [sys.executable, "-m", "alex_tools", "ingest", str(folder)]
    subprocess.run(command, env=environment, check=True)  # noqa: S603  our own command
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
