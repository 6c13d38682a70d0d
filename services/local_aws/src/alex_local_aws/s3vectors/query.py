"""QueryVectors: the nearest vectors, filtered, in pages."""

import hashlib
from collections.abc import Sequence

import numpy as np
from pydantic import JsonValue

from alex_local_aws.engine.catalog import IndexEntry
from alex_local_aws.engine.filters import Filter
from alex_local_aws.engine.vector_index import Match, VectorIndex
from alex_local_aws.s3vectors.buckets import Answer
from alex_local_aws.s3vectors.filter_language import parse_filter
from alex_local_aws.s3vectors.inputs import QueryVectorsInput
from alex_local_aws.s3vectors.query_pages import QueryPages
from alex_local_aws.s3vectors.targets import Account
from alex_local_aws.s3vectors.vectors import check_vector, metadata_document, non_filterable
from alex_local_aws.wire.errors import ValidationException
from alex_local_aws.wire.members import constraint, refusal

PAGE = 100
"""Matches of one page. AWS does not document its page; 100 was the most that a query could return before there were
pages, so older clients lose nothing."""


def query_vectors(account: Account, pages: QueryPages, request: QueryVectorsInput) -> Answer:
    entry, index = account.open_index(request)
    enhanced = _is_enhanced(entry, request)
    tree = _tree(entry, request, enhanced=enhanced)
    vector = _vector(entry, request)
    fingerprint = _fingerprint(entry, request)
    if request.next_token is None:
        shown = min(PAGE, request.top_k) if request.return_metadata else 0
        matches: Sequence[Match] = index.query(vector, request.top_k, tree, with_metadata=shown)
    else:
        rest = pages.fetch(request.next_token, fingerprint)
        if rest is None:
            raise ValidationException.at("/nextToken", "The specified nextToken is not valid for this request")
        matches = _with_metadata(index, rest[:PAGE]) + list(rest[PAGE:]) if request.return_metadata else rest
    answer: Answer = {
        "vectors": [_output(match, request) for match in matches[:PAGE]],
        "distanceMetric": entry.metric.value,
    }
    if len(matches) > PAGE:
        answer["nextToken"] = pages.keep(fingerprint, matches[PAGE:])
    return answer


def _is_enhanced(entry: IndexEntry, request: QueryVectorsInput) -> bool:
    if entry.settings["indexMode"] == "ENHANCED" and request.query_mode == "CLASSIC":
        raise ValidationException.at("/queryMode", "queryMode CLASSIC cannot be used with an ENHANCED index")
    return "ENHANCED" in (entry.settings["indexMode"], request.query_mode)


def _tree(entry: IndexEntry, request: QueryVectorsInput, *, enhanced: bool) -> Filter | None:
    if request.filter is None:
        return None
    return parse_filter(request.filter, non_filterable=non_filterable(entry), enhanced=enhanced)


def _vector(entry: IndexEntry, request: QueryVectorsInput) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    if request.query_vector is None:
        raise refusal([constraint("/queryVector", "Member must not be null")])
    problem = check_vector(request.query_vector.float32, entry)
    if problem is not None:
        raise ValidationException.at("/queryVector", f"Query {problem}")
    return np.array(request.query_vector.float32, np.float32)


def _fingerprint(entry: IndexEntry, request: QueryVectorsInput) -> bytes:
    same = request.model_dump_json(include={"top_k", "query_vector", "query_texts", "filter", "query_mode"})
    return hashlib.sha256(f"{entry.id} {same}".encode()).digest()


def _with_metadata(index: VectorIndex, matches: Sequence[Match]) -> list[Match]:
    """Return `matches` with their metadata; what was deleted or replaced since the query is left out."""
    metadata = index.metadata([match.slot for match in matches])
    return [match._replace(metadata=metadata[match.slot]) for match in matches if match.slot in metadata]


def _output(match: Match, request: QueryVectorsInput) -> Answer:
    answer: dict[str, JsonValue] = {"key": match.key}
    if request.return_distance:
        answer["distance"] = match.distance
    if request.return_metadata and match.metadata is not None:
        answer["metadata"] = metadata_document(match.metadata)
    return answer
