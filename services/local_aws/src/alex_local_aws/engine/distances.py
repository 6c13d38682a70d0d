"""Distances between a query and many vectors, and the nearest of them, exactly.

cosine: `1 - cos`, 0 to 2. euclidean: the plain L2 distance.

A quick look over all rows gives each an estimate and a bound on its error; whoever's best case is worse than the worst
case of enough others is out, and only the rest are scored in double precision. So the result is exact, not
approximate. Large sets are looked at through 8-bit codes (`quantised.py`), small ones in single precision.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alex_local_aws.engine.growing import BLOCK_ROWS, gather
from alex_local_aws.engine.quantised import Quantised, code_products, quantise, row_lengths

CHUNK_ROWS = 4096
"""Rows copied together at once; a larger copy falls out of the cache (measured)."""
LEAST_QUANTISED_ROWS = 512
"""Below this many rows the codes save nothing."""
SPARSE = 5
"""When fewer than one row in this many is allowed, the allowed rows are copied together instead of scoring all."""
MOST_CANDIDATES = 8
"""When more than one row in this many remains, the codes do not tell the vectors apart, and are not used."""
GROUP_ROWS = 128
"""Rows whose best is looked at together to find a bound quickly; see `_reached_by`."""
ROUNDING = 2.0**-24
"""Unit roundoff of single precision. A product of n terms is off by n times this at most, relative to the lengths
(Higham, Accuracy and Stability of Numerical Algorithms, 3.1)."""
PLAIN_LENGTHS = (1e-15, 1e15)
"""Lengths whose products neither overflow nor vanish in single precision."""

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Positions = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Metric(StrEnum):
    """How far is far; the text is its name on the wire."""

    COSINE = "cosine"
    EUCLIDEAN = "euclidean"


class Nearest(NamedTuple):
    """Positions in order of distance, equal distances in order of position."""

    positions: Positions
    distances: Doubles


class Scored(NamedTuple):
    """What is searched: the rows in blocks, exact and as codes (see `to_codes`), and which of them are allowed."""

    blocks: Sequence[Floats]
    codes: Sequence[NDArray[np.int8]]
    scales: Floats
    losses: Floats
    lengths: Doubles
    allowed: Mask


class _Estimates(NamedTuple):
    """Numbers in the order of the distances, each known to within its error."""

    costs: Floats | Doubles
    errors: Floats | Doubles


def to_codes(vectors: Floats, lengths: Doubles, metric: Metric) -> Quantised:
    """Return the codes of vectors; where only the direction matters, of the vectors at length 1."""
    if metric is Metric.EUCLIDEAN:
        return quantise(vectors)
    return quantise(vectors / np.where(lengths > 0, lengths, 1).astype(np.float32)[:, None])


def nearest(scored: Scored, query: Floats, metric: Metric, count: int) -> Nearest:
    """Return the `count` allowed vectors nearest to `query`; fewer when there are not so many."""
    everything = bool(scored.allowed.all())
    positions = np.arange(len(scored.allowed)) if everything else np.flatnonzero(scored.allowed)
    candidates = _candidates(scored, positions, query, metric, count) if count < len(positions) else positions
    exact = _exact_distances(scored.blocks, candidates, query, metric)
    order = np.lexsort((candidates, exact))[:count]
    return Nearest(candidates[order], exact[order])


def _candidates(scored: Scored, positions: Positions, query: Floats, metric: Metric, count: int) -> Positions:
    """Return which of `positions` may be among the nearest."""
    if not (_are_plain(scored.lengths[_rows(scored, positions)]) and _are_plain(row_lengths(query[None, :]))):
        return positions
    if len(positions) >= LEAST_QUANTISED_ROWS:
        chosen = _possible(_from_codes(scored, positions, query, metric), count)
        if len(chosen) * MOST_CANDIDATES <= len(positions):
            return positions[chosen]
    return positions[_possible(_from_singles(scored, positions, query, metric), count)]


def _are_plain(lengths: Doubles) -> bool:
    """Return whether products of vectors of these lengths can be trusted to single precision."""
    if lengths.min() < PLAIN_LENGTHS[0]:
        lengths = lengths[lengths > 0]
    return len(lengths) == 0 or (lengths.min() >= PLAIN_LENGTHS[0] and lengths.max() <= PLAIN_LENGTHS[1])


def _from_codes(scored: Scored, positions: Positions, query: Floats, metric: Metric) -> _Estimates:
    query_length = row_lengths(query[None, :])
    rounded = to_codes(query[None, :], query_length, metric)
    rows = _rows(scored, positions)
    if len(positions) * SPARSE < len(scored.allowed):
        products = code_products([gather(scored.codes, positions)], rounded.codes[0], block_rows=len(positions))
    else:
        products = code_products(scored.codes, rounded.codes[0], block_rows=BLOCK_ROWS)[rows]
    products *= scored.scales[rows]
    products *= rounded.scales[0]
    losses, query_loss = scored.losses[rows], rounded.losses[0]
    # The codes' products are whole numbers; what is left of rounding is in the scales, the losses and these lines.
    slack = 16 * ROUNDING
    if metric is Metric.COSINE:
        errors: Floats = losses * np.float32(1 + query_loss) + np.float32(query_loss + slack)
        return _Estimates(-products, errors)
    lengths, length = scored.lengths[rows], float(query_length[0])
    off = lengths * (query_loss + slack * length) + losses * (length + query_loss)
    return _Estimates(lengths**2 - 2.0 * products, 2.0 * off)


def _from_singles(scored: Scored, positions: Positions, query: Floats, metric: Metric) -> _Estimates:
    rows = _rows(scored, positions)
    if len(positions) * SPARSE < len(scored.allowed):
        products = _products_of(scored.blocks, positions, query)
    else:
        products = _products(scored.blocks, query)[rows]
    lengths = scored.lengths[rows]
    bound = (len(query) + 2) * ROUNDING * float(row_lengths(query[None, :])[0])
    if metric is Metric.COSINE:
        return _Estimates(-products / lengths, np.full(len(products), bound))
    return _Estimates(lengths**2 - 2.0 * products, 2 * bound * lengths)


def _rows(scored: Scored, positions: Positions) -> Positions | slice:
    """Return how to take `positions` out of an array, which costs nothing when they are all there is."""
    return slice(None) if len(positions) == len(scored.allowed) else positions


def _possible(estimates: _Estimates, count: int) -> NDArray[np.intp]:
    """Return all that may be among the `count` of least cost."""
    bound = _reached_by(estimates.costs + estimates.errors, count)
    return np.flatnonzero(estimates.costs - estimates.errors <= bound)


def _reached_by(worst: Floats | Doubles, count: int) -> float:
    """Return a cost that at least `count` elements of `worst` do not exceed: not the least such, but one found fast.

    The best of each group of rows stands for its group; the `count`-th best of those is such a cost.
    """
    groups = len(worst) // GROUP_ROWS
    if groups < 2 * count:
        return float(np.partition(worst, count - 1)[count - 1])
    best = worst[: groups * GROUP_ROWS].reshape(groups, GROUP_ROWS).min(axis=1)
    return float(np.partition(best, count - 1)[count - 1])


def _products(blocks: Sequence[Floats], query: Floats) -> Floats:
    products = np.empty(sum(len(block) for block in blocks), np.float32)
    for number, block in enumerate(blocks):
        start = number * BLOCK_ROWS
        np.dot(block, query, out=products[start : start + len(block)])
    return products


def _products_of(blocks: Sequence[Floats], positions: Positions, query: Floats) -> Floats:
    products = np.empty(len(positions), np.float32)
    for start in range(0, len(positions), CHUNK_ROWS):
        chosen = positions[start : start + CHUNK_ROWS]
        np.dot(gather(blocks, chosen), query, out=products[start : start + len(chosen)])
    return products


def _exact_distances(blocks: Sequence[Floats], positions: Positions, query: Floats, metric: Metric) -> Doubles:
    distances = np.empty(len(positions), np.float64)
    wanted = query.astype(np.float64)
    for start in range(0, len(positions), CHUNK_ROWS):
        rows = gather(blocks, positions[start : start + CHUNK_ROWS]).astype(np.float64)
        if metric is Metric.EUCLIDEAN:
            distances[start : start + len(rows)] = np.linalg.norm(rows - wanted, axis=1)
        else:
            lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(wanted)
            distances[start : start + len(rows)] = np.clip(1.0 - (rows @ wanted) / lengths, 0.0, 2.0)
    return distances
