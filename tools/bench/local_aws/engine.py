"""The engine in process: durable puts, exact queries, filters, queries beside a writer, opening, memory.

uv run --no-sync python -m tools.bench.local_aws.engine 100000
"""

import json
import resource
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

import numpy as np
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.filters import Condition, Filter, Operator
from alex_local_aws.engine.index_file import IndexFile
from alex_local_aws.engine.querying import Query
from alex_local_aws.engine.vector_index import Entry, VectorIndex
from numpy.typing import NDArray

from tools.bench.local_aws.clusters import DIMENSION, batches, median_milliseconds, queries, rate


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "index.sqlite3"
        IndexFile.create(path)
        figures = measure(path, count)
        started = time.perf_counter()
        index = VectorIndex(path, dimension=DIMENSION, metric=Metric.COSINE, non_filterable=())
        figures["open_s"] = time.perf_counter() - started
        figures["file_mb"] = path.stat().st_size / 1e6
        index.close()
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


def measure(path: Path, count: int) -> dict[str, float]:
    """Fill the index and query it; the index is out of memory again on return."""
    index = VectorIndex(path, dimension=DIMENSION, metric=Metric.COSINE, non_filterable=())
    figures = {"put_per_s": rate(put_all(index, count))}
    trees: dict[str, Filter | None] = {
        "query_ms": None,
        "ten_percent_ms": Condition("ten", Operator.EQUAL, 3),
        "one_percent_ms": Condition("hundred", Operator.EQUAL, 3),
    }
    for name, tree in trees.items():
        figures[name] = median_milliseconds(partial(ask, index, tree), queries())
    figures["beside_writer_ms"] = beside_a_writer(index)
    index.close()
    return figures


def ask(index: VectorIndex, tree: Filter | None, query: NDArray[np.float32]) -> object:
    return index.query(Query(query, (), 10, tree))


def put_all(index: VectorIndex, count: int) -> list[float]:
    """Put everything and return the seconds of each put."""
    seconds = []
    for batch in batches(count):
        metadata = [b'{"ten":%d,"hundred":%d}' % pair for pair in zip(batch.ten, batch.hundred, strict=True)]
        entries = [Entry(*entry) for entry in zip(batch.keys, metadata, strict=True)]
        started = time.perf_counter()
        index.put(entries, batch.vectors)
        seconds.append(time.perf_counter() - started)
    return seconds


def beside_a_writer(index: VectorIndex) -> float:
    """Time queries while a thread puts batches back to back."""
    stop = threading.Event()
    entries = [Entry(f"busy{row}", b"{}") for row in range(500)]
    vectors = np.random.default_rng(2).normal(size=(500, DIMENSION)).astype(np.float32)

    def write() -> None:
        while not stop.is_set():
            index.put(entries, vectors)

    writer = threading.Thread(target=write)
    writer.start()
    median = median_milliseconds(partial(ask, index, None), queries())
    stop.set()
    writer.join()
    return median


if __name__ == "__main__":
    main(int(sys.argv[1]))
