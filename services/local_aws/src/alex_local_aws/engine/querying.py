"""One query on one snapshot: by vector, by text, or by both with their rankings fused.

Fusion is reciprocal rank fusion (Cormack, Clarke, Buettcher 2009): the sum over the rankings of `1 / (60 + rank)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alex_local_aws.engine.distances import Metric, nearest
from alex_local_aws.engine.filters import Filter
from alex_local_aws.engine.index_file import IndexFile
from alex_local_aws.engine.snapshot import RowGoneError, Snapshot

RRF_CONSTANT = 60
"""`k` of the paper; AWS documents none."""
LEAST_DEPTH = 100
"""How far down each ranking is read for a fusion, at least; more when more results are asked for."""
_GROWTH = 4


@dataclass(frozen=True)
class Query:
    """What to look for: a vector, texts by metadata key, or both.

    Args:
        with_metadata: how many of the first matches come with their metadata.
    """

    vector: NDArray[np.float32] | None
    texts: tuple[tuple[str, str], ...]
    count: int
    tree: Filter | None
    with_metadata: int = 0


class Scores(NamedTuple):
    """Why a match of a text or hybrid query ranks where it does."""

    fused: float | None
    bm25: tuple[tuple[str, float], ...]
    distance: float | None


class Match(NamedTuple):
    """A vector found, by its slot; the distance is that to the query's vector, if it has one."""

    slot: int
    key: str
    distance: float | None
    metadata: bytes | None
    scores: Scores | None


def run_query(snapshot: Snapshot, file: IndexFile, metric: Metric, query: Query) -> list[Match]:
    """Return up to `query.count` matches, best first.

    Raises:
        RowGoneError: a writer came between snapshot and file; try again on a newer snapshot.
    """
    matches = _by_text(snapshot, file, metric, query) if query.texts else _by_vector(snapshot, metric, query)
    metadata = file.read([match.slot for match in matches[: query.with_metadata]])
    if len(metadata) < min(query.with_metadata, len(matches)):
        raise RowGoneError
    return [
        match._replace(metadata=metadata[match.slot].metadata) if match.slot in metadata else match for match in matches
    ]


def _by_vector(snapshot: Snapshot, metric: Metric, query: Query) -> list[Match]:
    assert query.vector is not None
    found = nearest(snapshot.scored(snapshot.allowed(query.tree)), query.vector, metric, query.count)
    slots = snapshot.slots[found.positions].tolist()
    rows = zip(slots, found.positions.tolist(), found.distances.tolist(), strict=True)
    return [Match(slot, snapshot.keys[position], distance, None, None) for slot, position, distance in rows]


def _by_text(snapshot: Snapshot, file: IndexFile, metric: Metric, query: Query) -> list[Match]:
    allowed = snapshot.allowed(query.tree)
    depth = max(query.count, LEAST_DEPTH) if query.vector is not None or len(query.texts) > 1 else query.count
    legs = [dict(_text_ranking(snapshot, file, key, text, allowed, depth)) for key, text in query.texts]
    distances: dict[int, float] = {}
    if query.vector is not None:
        found = nearest(snapshot.scored(allowed), query.vector, metric, depth)
        distances = dict(zip(found.positions.tolist(), found.distances.tolist(), strict=True))
    hybrid = query.vector is not None
    rankings: list[list[int]] = [list(leg) for leg in legs] + ([list(distances)] if hybrid else [])
    order = fuse(rankings) if len(rankings) > 1 else [(position, 0.0) for position in rankings[0]]
    return [
        _text_match(snapshot, query, position, fused if hybrid else None, legs, distances)
        for position, fused in order[: query.count]
    ]


def _text_match(  # noqa: PLR0917  the parts that one match is put together from
    snapshot: Snapshot,
    query: Query,
    position: int,
    fused: float | None,
    legs: Sequence[dict[int, float]],
    distances: dict[int, float],
) -> Match:
    bm25 = tuple((key, leg[position]) for (key, _), leg in zip(query.texts, legs, strict=True) if position in leg)
    scores = Scores(fused, bm25, distances.get(position))
    return Match(int(snapshot.slots[position]), snapshot.keys[position], distances.get(position), None, scores)


def _text_ranking(  # noqa: PLR0917  as above
    snapshot: Snapshot, file: IndexFile, key: str, text: str, allowed: NDArray[np.bool_], depth: int
) -> list[tuple[int, float]]:
    """Return positions and scores of the `depth` best allowed rows; more are read where too many are not allowed."""
    most = depth
    while True:
        found = file.search(key, text, most)
        positions = ((snapshot.position(slot), score) for slot, score in found)
        ranking = [(position, score) for position, score in positions if allowed[position]]
        if len(ranking) >= depth or len(found) < most:
            return ranking[:depth]
        most = max(_GROWTH * most, len(snapshot.slots) // _GROWTH)


def fuse(rankings: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    """Return what occurs in any ranking with its fused score, best first; equal scores in order of the number."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (RRF_CONSTANT + rank)
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
