"""Vectors by key: put, get, list, delete."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from pydantic_core import from_json

from alex_local_aws.engine.catalog import IndexEntry
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.vector_index import Entry, Vector
from alex_local_aws.s3vectors.inputs import (
    DeleteVectorsInput,
    GetVectorsInput,
    ListVectorsInput,
    PutInputVector,
    PutVectorsInput,
)
from alex_local_aws.s3vectors.metadata import encode_metadata
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.s3vectors.tokens import decode_token, encode_token
from alex_local_aws.wire.errors import FieldProblem, ValidationException

DEFAULT_PAGE = 500
LARGEST_PAGE_BYTES = 1024 * 1024
"""A page of ListVectors ends when this much was read (documentation of ListVectors in the API reference)."""
_FLOAT_BYTES = 4


def put_vectors(account: Account, request: PutVectorsInput) -> Answer:
    entry, index = account.open_index(request)
    hidden = frozenset(non_filterable(entry))
    entries = [_entry(number, vector, hidden) for number, vector in enumerate(request.vectors)]
    _refuse_duplicates([vector.key for vector in request.vectors])
    index.put(entries, _matrix(entry, request.vectors))
    return {}


def get_vectors(account: Account, request: GetVectorsInput) -> Answer:
    _, index = account.open_index(request)
    vectors = index.get(request.keys, data=bool(request.return_data), metadata=bool(request.return_metadata))
    return {"vectors": [_output(vector) for vector in vectors]}


def delete_vectors(account: Account, request: DeleteVectorsInput) -> Answer:
    _, index = account.open_index(request)
    index.delete(request.keys)
    return {}


def list_vectors(account: Account, request: ListVectorsInput) -> Answer:
    entry, index = account.open_index(request)
    segment = _segment(request)
    purpose = f"vectors {entry.id} {segment}"
    after = int(decode_token(purpose, request.next_token) or -1)
    page = index.page(
        after,
        request.max_results or DEFAULT_PAGE,
        segment=segment,
        data=bool(request.return_data),
        metadata=bool(request.return_metadata),
    )
    fitting = _fitting(page.vectors)
    answer: Answer = {"vectors": [_output(vector) for vector in page.vectors[:fitting]]}
    if fitting < len(page.vectors) or page.more:
        answer["nextToken"] = encode_token(purpose, str(page.vectors[fitting - 1].slot))
    return answer


def non_filterable(entry: IndexEntry) -> list[str]:
    """Return the metadata keys of the index that no filter may name."""
    keys = entry.settings["nonFilterableMetadataKeys"]
    return [str(key) for key in keys] if isinstance(keys, list) else []


def check_vector(values: Sequence[float], entry: IndexEntry) -> str | None:
    """Return what is wrong with a vector for this index, or nothing."""
    if len(values) != entry.dimension:
        return f"vector must have length {entry.dimension}, but has length {len(values)}"
    return check_numbers(np.array(values, np.float64), entry)


def check_numbers(vector: NDArray[np.float64], entry: IndexEntry) -> str | None:
    """Return what is wrong with the numbers of a vector of the right length, or nothing."""
    with np.errstate(over="ignore"):
        kept = vector.astype(np.float32)
    if not np.isfinite(kept).all():
        return "vector must contain only finite 32-bit floating point values"
    if entry.metric is Metric.COSINE and not kept.any():
        return "vector of an index with cosine distance must not be all zeros"
    return None


def metadata_document(encoded: bytes) -> JsonValue:
    document: JsonValue = from_json(encoded)
    return document


def _entry(number: int, vector: PutInputVector, hidden: frozenset[str]) -> Entry:
    try:
        return Entry(vector.key, encode_metadata(vector.metadata or {}, hidden))
    except ValueError as error:
        raise _invalid_record(number, vector.key, "metadata", str(error)) from None


def _matrix(entry: IndexEntry, vectors: Sequence[PutInputVector]) -> NDArray[np.float32]:
    for number, vector in enumerate(vectors):
        if len(vector.data.float32) != entry.dimension:
            problem = check_vector(vector.data.float32, entry)
            raise _invalid_record(number, vector.key, "data", str(problem))
    doubles = np.array([vector.data.float32 for vector in vectors], np.float64)
    with np.errstate(over="ignore"):
        matrix = doubles.astype(np.float32)
    suspicious = ~np.isfinite(matrix).all(axis=1) | ~matrix.any(axis=1)
    for number in np.flatnonzero(suspicious).tolist():
        problem = check_numbers(doubles[number], entry)
        if problem is not None:
            raise _invalid_record(number, vectors[number].key, "data", problem)
    return matrix


def _refuse_duplicates(keys: Sequence[str]) -> None:
    if len(set(keys)) < len(keys):
        repeated = next(key for number, key in enumerate(keys) if key in keys[:number])
        raise ValidationException.at("/vectors", f"Vector keys of one request must be distinct, '{repeated}' is not")


def _invalid_record(number: int, key: str, member: str, problem: str) -> ValidationException:
    message = f"Invalid record for key '{key}': {problem}"
    return ValidationException(message, [FieldProblem(f"/vectors/{number}/{member}", message)])


def _segment(request: ListVectorsInput) -> tuple[int, int]:
    count, index = request.segment_count, request.segment_index
    if (count is None) != (index is None):
        raise ValidationException("segmentCount and segmentIndex must be given together")
    if count is None or index is None:
        return (0, 1)
    if index >= count:
        raise ValidationException.at("/segmentIndex", "segmentIndex must be less than segmentCount")
    return (index, count)


def _fitting(vectors: Sequence[Vector]) -> int:
    """Return how many of `vectors` fit into one page, at least one if there are any."""
    size = 0
    for number, vector in enumerate(vectors):
        data = 0 if vector.data is None else len(vector.data) * _FLOAT_BYTES
        size += len(vector.key) + data + len(vector.metadata or b"")
        if size > LARGEST_PAGE_BYTES and number:
            return number
    return len(vectors)


def _output(vector: Vector) -> Answer:
    answer: Answer = {"key": vector.key}
    if vector.data is not None:
        answer["data"] = {"float32": vector.data.tolist()}
    if vector.metadata is not None:
        answer["metadata"] = metadata_document(vector.metadata)
    return answer
