"""QueryVectors: by vector, by text or both; filtered; in pages."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from alex_local_aws.engine.catalog import IndexEntry
from alex_local_aws.engine.filters import Filter
from alex_local_aws.engine.querying import Match, Query, Scores
from alex_local_aws.engine.vector_index import VectorIndex
from alex_local_aws.s3vectors.filter_language import parse_filter
from alex_local_aws.s3vectors.inputs import QueryVectorsInput
from alex_local_aws.s3vectors.query_pages import QueryPages
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.s3vectors.text_search import needs_enhanced
from alex_local_aws.s3vectors.vectors import check_vector, metadata_document, non_filterable
from alex_local_aws.wire.errors import ValidationException

PAGE = 100
"""Matches of one page. AWS does not document its page; 100 was the most that a query could return before there were
pages, so older clients lose nothing."""
_SAME_ON_EVERY_PAGE = {"top_k", "query_vector", "query_texts", "filter", "query_mode"}


def query_vectors(account: Account, pages: QueryPages, request: QueryVectorsInput) -> Answer:
    entry, index = account.open_index(request)
    query = _query(entry, index, request)
    fingerprint = _fingerprint(entry, request)
    if request.next_token is None:
        matches: Sequence[Match] = index.query(query)
    else:
        matches = _next_page(index, pages.fetch(request.next_token, fingerprint), request)
    answer: Answer = {
        "vectors": [_output(match, request) for match in matches[:PAGE] if _is_there(match, request)],
        "distanceMetric": entry.metric.value,
    }
    if len(matches) > PAGE:
        answer["nextToken"] = pages.keep(fingerprint, matches[PAGE:])
    return answer


def _query(entry: IndexEntry, index: VectorIndex, request: QueryVectorsInput) -> Query:
    if request.query_vector is None and request.query_texts is None:
        raise ValidationException("Must specify queryVector, queryTexts, or both")
    enhanced = _is_enhanced(entry, request)
    return Query(
        vector=_vector(entry, request),
        texts=_texts(index, request, enhanced=enhanced),
        count=request.top_k,
        tree=_tree(entry, request, enhanced=enhanced),
        with_metadata=min(PAGE, request.top_k) if request.return_metadata else 0,
    )


def _is_enhanced(entry: IndexEntry, request: QueryVectorsInput) -> bool:
    if entry.settings["indexMode"] == "ENHANCED" and request.query_mode == "CLASSIC":
        raise ValidationException.at("/queryMode", "queryMode CLASSIC cannot be used with an ENHANCED index")
    return "ENHANCED" in (entry.settings["indexMode"], request.query_mode)


def _tree(entry: IndexEntry, request: QueryVectorsInput, *, enhanced: bool) -> Filter | None:
    if request.filter is None:
        return None
    return parse_filter(request.filter, non_filterable=non_filterable(entry), enhanced=enhanced)


def _vector(entry: IndexEntry, request: QueryVectorsInput) -> NDArray[np.float32] | None:
    if request.query_vector is None:
        return None
    problem = check_vector(request.query_vector.float32, entry)
    if problem is not None:
        raise ValidationException.at("/queryVector", f"Query {problem}")
    return np.array(request.query_vector.float32, np.float32)


def _texts(index: VectorIndex, request: QueryVectorsInput, *, enhanced: bool) -> tuple[tuple[str, str], ...]:
    if request.query_texts is None:
        return ()
    if not enhanced:
        raise needs_enhanced()
    is_built = {field.key: field.is_built for field in index.text_fields()}
    texts = tuple((text.metadata_key, text.text) for text in request.query_texts)
    for number, (key, _) in enumerate(texts):
        if key not in is_built:
            raise ValidationException.at(f"/queryTexts/{number}", f"Metadata key '{key}' is not full-text searchable")
        if not is_built[key]:
            raise ValidationException.at(
                f"/queryTexts/{number}",
                f"Full-text search for metadata key '{key}' is BUILDING",
            )
    if len(dict(texts)) < len(texts):
        raise ValidationException.at("/queryTexts", "Each entry must target a distinct metadata key")
    return texts


def _fingerprint(entry: IndexEntry, request: QueryVectorsInput) -> bytes:
    same = request.model_dump_json(include=_SAME_ON_EVERY_PAGE)
    return hashlib.sha256(f"{entry.id} {same}".encode()).digest()


def _next_page(index: VectorIndex, rest: Sequence[Match] | None, request: QueryVectorsInput) -> Sequence[Match]:
    """Return the unfetched matches, those of this page with their metadata."""
    if rest is None:
        raise ValidationException.at("/nextToken", "The specified nextToken is not valid for this request")
    if not request.return_metadata:
        return rest
    metadata = index.metadata([match.slot for match in rest[:PAGE]])
    return [match._replace(metadata=metadata.get(match.slot)) for match in rest[:PAGE]] + list(rest[PAGE:])


def _is_there(match: Match, request: QueryVectorsInput) -> bool:
    """Return whether a match of a later page still has the metadata that is asked for: it may be deleted since."""
    return match.metadata is not None or not request.return_metadata


def _output(match: Match, request: QueryVectorsInput) -> Answer:
    answer: dict[str, JsonValue] = {"key": match.key}
    if request.return_distance and match.distance is not None:
        answer["distance"] = match.distance
    if request.return_scores and match.scores is not None:
        answer["scores"] = _scores(match.scores)
    if request.return_metadata and match.metadata is not None:
        answer["metadata"] = metadata_document(match.metadata)
    return answer


def _scores(scores: Scores) -> Answer:
    answer: Answer = {"bm25Scores": [{"metadataKey": key, "score": score} for key, score in scores.bm25]}
    if scores.fused is not None:
        answer["fused"] = scores.fused
        if scores.distance is not None:
            answer["vectorDistance"] = scores.distance
    return answer
