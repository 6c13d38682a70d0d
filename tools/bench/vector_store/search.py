"""Search at 50,000 passages with eight clients at once: the 50th and 95th percentile of the time of one search.

    uv run python -m tools.bench.vector_store.search [--passages N] [--clients N] [--searches N]

The passages are stored by the vector store itself, with an embedder that answers random vectors, because the real model
would need half an hour for them; what is searched does not depend on where the vectors come from. Their words are made
up, as often as words of a language are (Zipf's law), with the usual stop words in front, since how many passages have a
word of the question decides how long a search by words takes. Searches go through the real embedder, in the modes text
and hybrid as well as vector, with questions that nobody asked before.
"""

import argparse
import base64
import json
import random
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate, product
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import numpy as np
from alex_vector_store.ranking import STOP_WORDS

from tools.bench.machine import OtherWork
from tools.bench.stack import KEY, running, running_local_aws

DIMENSION = 384
STORED_AT_ONCE = 4
MODES = ("vector", "text", "hybrid")
WORDS_OF_PAGE, WORDS_OF_SENTENCE = 450, 15
PAGES = 5
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aou"]
_MADE_UP = ["".join(syllables) for syllables in product(_SYLLABLES, repeat=3)]
WORDS = [*sorted(STOP_WORDS), *random.Random(0).sample(_MADE_UP, 50_000)]  # noqa: S311  text, no secret
"""From frequent to rare."""
_FREQUENCIES = list(accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))
HEADERS = {"x-api-key": KEY}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--searches", type=int, default=400, help="in each mode, by all clients together")
    arguments = parser.parse_args()
    with TemporaryDirectory() as temporary, running_local_aws(Path(temporary)) as aws:
        with random_embedder() as url, running("alex_vector_store", {**aws, "VECTOR_STORE_EMBEDDER_URL": url}) as store:
            fill(store, arguments.passages)
        with (
            running("alex_embedder", aws) as embedder,
            running("alex_vector_store", {**aws, "VECTOR_STORE_EMBEDDER_URL": embedder}) as store,
        ):
            for mode in MODES:
                others = OtherWork()
                report(mode, searched(store, mode, arguments.clients, arguments.searches), others.share())


@contextmanager
def random_embedder() -> Iterator[str]:
    """Serve OpenAI's embeddings shape, in base64 as the vector store asks for it, with random unit vectors."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _RandomVectors)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


class _RandomVectors(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        vectors = np.random.default_rng().normal(size=(len(asked), DIMENSION)).astype("<f4")
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        encoded = [base64.b64encode(row.tobytes()).decode() for row in vectors]
        data = [{"object": "embedding", "index": n, "embedding": one} for n, one in enumerate(encoded)]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        body = json.dumps({"object": "list", "data": data, "model": "random", "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the parameter's name is the library's
        """Keep the figures readable."""


def sentences(seed: int | str, count: int) -> Iterator[str]:
    """Yield sentences, the same ones for the same seed."""
    draw = random.Random(seed)  # noqa: S311  text, no secret
    for _ in range(count):
        yield " ".join(draw.choices(WORDS, cum_weights=_FREQUENCIES, k=WORDS_OF_SENTENCE)) + "."


def fill(url: str, passages: int) -> None:
    """Store documents of five pages until there are so many passages."""
    started, stored, documents = time.perf_counter(), 0, 0
    with httpx2.Client(base_url=url, headers=HEADERS, timeout=120) as http, ThreadPoolExecutor(STORED_AT_ONCE) as pool:

        def store(number: int) -> int:
            text = " ".join(sentences(number, PAGES * WORDS_OF_PAGE // WORDS_OF_SENTENCE))
            answer = http.post("/ingest", json={"title": f"Report {number}", "text": text})
            return int(answer.raise_for_status().json()["chunks"])

        while stored < passages:
            stored += sum(pool.map(store, range(documents, documents + 20 * STORED_AT_ONCE)))
            documents += 20 * STORED_AT_ONCE
    seconds = time.perf_counter() - started
    print(f"{documents} documents, {stored} passages stored in {seconds:.0f} s without the model", flush=True)


def searched(url: str, mode: str, clients: int, searches: int) -> list[float]:
    """Return the milliseconds of each search, made by so many clients at once."""
    with httpx2.Client(base_url=url, headers=HEADERS, timeout=120) as http, ThreadPoolExecutor(clients) as pool:

        def search(number: int) -> float:
            (question,) = sentences(f"{mode} {number}", 1)
            started = time.perf_counter()
            answer = http.post("/search", json={"query": question, "mode": mode})
            answer.raise_for_status()
            return (time.perf_counter() - started) * 1000

        search(-1)
        return list(pool.map(search, range(searches)))


def report(mode: str, milliseconds: list[float], others: float) -> None:
    cuts = statistics.quantiles(milliseconds, n=20)
    print(
        f"{mode:7} p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms over {len(milliseconds)} searches; "
        f"others had {others:.0%} of the machine",
        flush=True,
    )


if __name__ == "__main__":
    main()
