"""The same puts and queries on Chroma's persistent client and Qdrant's local mode, each as shipped.

uv run --no-project --with chromadb --with qdrant-client python -m tools.bench.local_aws.peers chroma 10000
"""

import json
import sys
import tempfile
import time
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.bench.local_aws.clusters import DIMENSION, batches, median_milliseconds, queries, rate


def chroma(directory: str, count: int) -> dict[str, float]:
    import chromadb  # type: ignore[import-not-found]  # noqa: PLC0415  only one peer needs to be installed

    collection = chromadb.PersistentClient(directory).create_collection("bench", metadata={"hnsw:space": "cosine"})
    seconds = []
    for batch in batches(count):
        metadatas: list[Any] = [{"ten": a, "hundred": b} for a, b in zip(batch.ten, batch.hundred, strict=True)]
        started = time.perf_counter()
        collection.add(ids=batch.keys, embeddings=batch.vectors, metadatas=metadatas)
        seconds.append(time.perf_counter() - started)
    figures = {"put_per_s": rate(seconds)}
    filters: dict[str, Any] = {"query_ms": None, "ten_percent_ms": {"ten": 3}, "one_percent_ms": {"hundred": 3}}
    for name, where in filters.items():
        figures[name] = median_milliseconds(partial(ask_chroma, collection, where), queries())
    return figures


def qdrant(directory: str, count: int) -> dict[str, float]:
    from qdrant_client import QdrantClient, models  # type: ignore[import-not-found]  # noqa: PLC0415  as above

    client = QdrantClient(path=directory)
    cosine = models.VectorParams(size=DIMENSION, distance=models.Distance.COSINE)
    client.create_collection("bench", vectors_config=cosine)
    seconds = []
    for number, batch in enumerate(batches(count)):
        points = models.Batch(
            ids=list(range(number * 500, number * 500 + 500)),
            vectors=batch.vectors.tolist(),
            payloads=[{"ten": a, "hundred": b} for a, b in zip(batch.ten, batch.hundred, strict=True)],
        )
        started = time.perf_counter()
        client.upsert("bench", points)
        seconds.append(time.perf_counter() - started)
    figures = {"put_per_s": rate(seconds)}
    for name, key in (("query_ms", None), ("ten_percent_ms", "ten"), ("one_percent_ms", "hundred")):
        condition = key and models.Filter(must=[models.FieldCondition(key=key, match=models.MatchValue(value=3))])
        figures[name] = median_milliseconds(partial(ask_qdrant, client, condition), queries())
    client.close()
    return figures


def ask_qdrant(client: Any, condition: Any, query: NDArray[np.float32]) -> object:
    return client.query_points("bench", query.tolist(), query_filter=condition, limit=10)


def ask_chroma(collection: Any, where: Any, query: NDArray[np.float32]) -> object:
    return collection.query(query_embeddings=[query], n_results=10, where=where)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        measure = {"chroma": chroma, "qdrant": qdrant}[sys.argv[1]]
        print(json.dumps(measure(place, int(sys.argv[2]))))
