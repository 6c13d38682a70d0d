"""What HTTP and boto3 add to the engine: the same queries on a running server.

uv run --no-sync python -m alex_local_aws --port 8000 --data-dir DIR
uv run --no-sync python -m tools.bench.local_aws.wire http://127.0.0.1:8000 10000
"""

import sys
import time
from functools import partial
from typing import Any
from uuid import uuid4

import boto3
import numpy as np
from numpy.typing import NDArray

from tools.bench.local_aws.clusters import DIMENSION, batches, milliseconds, queries, rate


def main(url: str, count: int) -> None:
    account: Any = {"region_name": "us-east-1", "aws_access_key_id": "any", "aws_secret_access_key": "any"}
    client: Any = boto3.client("s3vectors", endpoint_url=url, **account)
    target = {"vectorBucketName": f"bench-{uuid4().hex}", "indexName": "index"}
    client.create_vector_bucket(vectorBucketName=target["vectorBucketName"])
    client.create_index(**target, dataType="float32", dimension=DIMENSION, distanceMetric="cosine")
    seconds = []
    for batch in batches(count):
        rows = zip(batch.keys, batch.vectors.tolist(), batch.ten, batch.hundred, strict=True)
        vectors = [
            {"key": key, "data": {"float32": vector}, "metadata": {"ten": ten, "hundred": hundred}}
            for key, vector, ten, hundred in rows
        ]
        started = time.perf_counter()
        client.put_vectors(**target, vectors=vectors)
        seconds.append(time.perf_counter() - started)
    print("put through boto3", rate(seconds))
    filters: dict[str, dict[str, Any]] = {"query": {}, "10 % filter": {"filter": {"ten": 3}}}
    for name, extra in filters.items():
        print(name, "through boto3", milliseconds(partial(ask, client, {**target, **extra}), queries()))
    client.delete_index(**target)


def ask(client: Any, request: dict[str, Any], query: NDArray[np.float32]) -> object:
    return client.query_vectors(**request, topK=10, queryVector={"float32": query.tolist()})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
