"""What HTTP and boto3 add to the engine: the same queries on a server of its own.

uv run --no-sync python -m tools.bench.local_aws.wire 10000
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import numpy as np
from numpy.typing import NDArray

from tools.bench.local_aws.clusters import DIMENSION, Batch, batches, median_milliseconds, queries, rate

START_SECONDS = 60


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as directory, serving(Path(directory)) as url:
        print(json.dumps(measure(url, count)))


@contextmanager
def serving(directory: Path) -> Iterator[str]:
    """Run a server on a free port for as long as the block lasts."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "alex_local_aws", "--port", str(port), "--data-dir", str(directory)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:  # noqa: S603  our own program
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_it_answers(url)
            yield url
        finally:
            process.terminate()


def _wait_until_it_answers(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=1):  # noqa: S310  on loopback
            return
        time.sleep(0.1)
    sys.exit(f"the server did not answer within {START_SECONDS} s")


def measure(url: str, count: int) -> dict[str, float]:
    account: Any = {"region_name": "us-east-1", "aws_access_key_id": "any", "aws_secret_access_key": "any"}
    client: Any = boto3.client("s3vectors", endpoint_url=url, **account)
    target = {"vectorBucketName": f"bench-{uuid4().hex}", "indexName": "index"}
    client.create_vector_bucket(vectorBucketName=target["vectorBucketName"])
    client.create_index(**target, dataType="float32", dimension=DIMENSION, distanceMetric="cosine")
    figures = {"put_per_s": rate([put(client, target, batch) for batch in batches(count)])}
    filters: dict[str, dict[str, Any]] = {"query_ms": {}, "ten_percent_ms": {"filter": {"ten": 3}}}
    for name, extra in filters.items():
        figures[name] = median_milliseconds(partial(ask, client, {**target, **extra}), queries())
    return figures


def put(client: Any, target: dict[str, str], batch: Batch) -> float:
    """Put a batch and return the seconds that it took."""
    rows = zip(batch.keys, batch.vectors.tolist(), batch.ten, batch.hundred, strict=True)
    vectors = [
        {"key": key, "data": {"float32": vector}, "metadata": {"ten": ten, "hundred": hundred}}
        for key, vector, ten, hundred in rows
    ]
    started = time.perf_counter()
    client.put_vectors(**target, vectors=vectors)
    return time.perf_counter() - started


def ask(client: Any, request: dict[str, Any], query: NDArray[np.float32]) -> object:
    return client.query_vectors(**request, topK=10, queryVector={"float32": query.tolist()})


if __name__ == "__main__":
    main(int(sys.argv[1]))
