"""Distances between a query and many vectors, and the nearest of them.

cosine: `1 - cos`, 0 to 2. euclidean: the plain L2 distance.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alex_local_aws.engine.growing import BLOCK_ROWS, gather

GATHER_ROWS = 4096
"""Rows copied together at once when only some are scored; a larger copy falls out of the cache (measured)."""
SPARE_RANKS = 32
"""Candidates beyond those asked for, so that rounding in the quick ranking costs no true neighbour its place."""

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Metric(StrEnum):
    """How far is far; the text is its name on the wire."""

    COSINE = "cosine"
    EUCLIDEAN = "euclidean"


class Nearest(NamedTuple):
    """Positions in order of distance, equal distances in order of position."""

    positions: Positions
    distances: NDArray[np.float64]


class Scored(NamedTuple):
    """What is searched: vectors in blocks, the square of the length of each, which of them are alive."""

    blocks: Sequence[Floats]
    squares: Floats
    allowed: Mask


def nearest(scored: Scored, query: Floats, metric: Metric, count: int) -> Nearest:
    """Return the `count` allowed vectors nearest to `query`, exactly; fewer when there are not so many."""
    positions = np.flatnonzero(scored.allowed)
    if len(positions) == 0:
        return Nearest(positions, np.empty(0))
    if len(positions) * 4 < len(scored.allowed):
        products = _products_of(scored.blocks, positions, query)
    else:
        products = _products(scored.blocks, query)[positions]
    rough = _rough_distances(products, scored.squares[positions], metric)
    candidates = positions[_smallest(rough, count + SPARE_RANKS)]
    exact = exact_distances(gather(scored.blocks, candidates), query, metric)
    order = np.lexsort((candidates, exact))[:count]
    return Nearest(candidates[order], exact[order])


def exact_distances(vectors: Floats, query: Floats, metric: Metric) -> NDArray[np.float64]:
    """Return the distances in double precision."""
    rows, wanted = vectors.astype(np.float64), query.astype(np.float64)
    if metric is Metric.EUCLIDEAN:
        result: NDArray[np.float64] = np.linalg.norm(rows - wanted, axis=1)
        return result
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(wanted)
    cosine: NDArray[np.float64] = np.clip(1.0 - (rows @ wanted) / lengths, 0.0, 2.0)
    return cosine


def _products(blocks: Sequence[Floats], query: Floats) -> Floats:
    products = np.empty(sum(len(block) for block in blocks), np.float32)
    for number, block in enumerate(blocks):
        start = number * BLOCK_ROWS
        np.dot(block, query, out=products[start : start + len(block)])
    return products


def _products_of(blocks: Sequence[Floats], positions: Positions, query: Floats) -> Floats:
    products = np.empty(len(positions), np.float32)
    for start in range(0, len(positions), GATHER_ROWS):
        chosen = positions[start : start + GATHER_ROWS]
        np.dot(gather(blocks, chosen), query, out=products[start : start + len(chosen)])
    return products


def _rough_distances(products: Floats, squares: Floats, metric: Metric) -> Floats:
    """Return numbers in the order of the distances, as far as single precision goes."""
    if metric is Metric.EUCLIDEAN:
        squared: Floats = (squares - np.float32(2) * products).astype(np.float32, copy=False)
        return squared
    cosine: Floats = (-products / np.sqrt(squares)).astype(np.float32, copy=False)
    return cosine


def _smallest(values: Floats, count: int) -> NDArray[np.intp]:
    if count >= len(values):
        return np.arange(len(values))
    return np.argpartition(values, count)[:count]
