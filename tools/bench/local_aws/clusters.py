"""The data of all vector benchmarks: unit vectors around 2000 centres, with two metadata fields to filter by."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DIMENSION = 384
CENTRES = 2000
BATCH = 500
QUERIES = 60


class Batch(NamedTuple):
    """Vectors to put together; `ten` and `hundred` keep 10 % and 1 % of them."""

    keys: list[str]
    vectors: NDArray[np.float32]
    ten: list[int]
    hundred: list[int]


def batches(count: int) -> Iterator[Batch]:
    """Yield `count` vectors in batches; the same ones every time."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(CENTRES, DIMENSION)).astype(np.float32)
    for start in range(0, count, BATCH):
        near = centres[random.integers(0, CENTRES, BATCH)]
        vectors = near + 0.5 * random.normal(size=(BATCH, DIMENSION)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        ten, hundred = random.integers(0, 10, BATCH).tolist(), random.integers(0, 100, BATCH).tolist()
        yield Batch([f"key{start + row}" for row in range(BATCH)], vectors, ten, hundred)


def queries() -> NDArray[np.float32]:
    """Return vectors near those that are stored first."""
    first = next(batches(BATCH)).vectors[:QUERIES]
    noise = np.random.default_rng(1).normal(size=first.shape).astype(np.float32)
    return np.asarray(first + noise / 50, np.float32)


def median_milliseconds(ask: Callable[[NDArray[np.float32]], object], asked: NDArray[np.float32]) -> float:
    """Return the median time of a query."""
    return statistics.median(_timed(ask, query) for query in asked)


def rate(seconds: Sequence[float]) -> float:
    """Return vectors per second over batches."""
    return BATCH * len(seconds) / sum(seconds)


def _timed(ask: Callable[[NDArray[np.float32]], object], query: NDArray[np.float32]) -> float:
    started = time.perf_counter()
    ask(query)
    return (time.perf_counter() - started) * 1000
