"""Vectors by key through boto3: put, get, list, delete, and what is refused."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from botocore.config import Config

from tests.local_aws.conftest import Client, Index, LocalAws, new_index


def vectors_of(index: Index, keys: Sequence[str]) -> dict[str, tuple[list[float], object]]:
    """Return data and metadata by key."""
    answer = index.client.get_vectors(
        vectorBucketName=index.bucket, indexName=index.name, keys=keys, returnData=True, returnMetadata=True
    )
    return {vector["key"]: (list(vector["data"]["float32"]), vector["metadata"]) for vector in answer["vectors"]}


def put_many(index: Index, count: int, dimension: int = 2, prefix: str = "key") -> None:
    """Put `count` vectors in as few requests as possible."""
    for start in range(0, count, 500):
        index.client.put_vectors(
            vectorBucketName=index.bucket,
            indexName=index.name,
            vectors=[
                {"key": f"{prefix}{number}", "data": {"float32": [float(number + 1)] * dimension}}
                for number in range(start, min(start + 500, count))
            ],
        )


def test_a_vector_comes_back_as_it_was_put(index: Index) -> None:
    """Numbers as float32, metadata as JSON of every type."""
    metadata = {"text": "größe", "number": 1.5, "whole": 3, "flag": True, "list": ["a", 2, False], "empty": ""}
    index.put("k", [0.1, -2.0], **metadata)
    data, found = vectors_of(index, ["k"])["k"]
    assert data == [float(np.float32(0.1)), -2.0]
    assert found == metadata


def test_only_what_is_asked_for_comes_back(index: Index) -> None:
    """ReturnData and returnMetadata default to false."""
    index.put("k", [1, 0], a=1)
    (vector,) = index.client.get_vectors(vectorBucketName=index.bucket, indexName=index.name, keys=["k"])["vectors"]
    assert vector == {"key": "k"}


def test_unknown_keys_are_left_out(index: Index) -> None:
    """GetVectors and DeleteVectors do not fail for keys that are not there."""
    index.put("k", [1, 0])
    assert list(vectors_of(index, ["no", "k", "neither"])) == ["k"]
    index.client.delete_vectors(vectorBucketName=index.bucket, indexName=index.name, keys=["no"])
    assert index.keys([1, 0]) == ["k"]


def test_a_second_put_replaces_vector_and_metadata(index: Index) -> None:
    """PutVectors is an upsert: nothing of the old vector remains."""
    index.put("k", [1, 0], old=1)
    index.put("k", [0, 1], new=2)
    assert vectors_of(index, ["k"]) == {"k": ([0.0, 1.0], {"new": 2})}
    assert index.keys([1, 0]) == ["k"]
    assert index.keys([1, 0], filter={"old": 1}) == []


def test_a_deleted_vector_is_found_no_more(index: Index) -> None:
    """By no operation; its key can be used again."""
    index.put("a", [1, 0])
    index.put("b", [0, 1])
    index.client.delete_vectors(vectorBucketName=index.bucket, indexName=index.name, keys=["a"])
    assert index.keys([1, 0]) == ["b"]
    assert vectors_of(index, ["a"]) == {}
    index.put("a", [1, 0])
    assert index.keys([1, 0]) == ["a", "b"]


@pytest.mark.parametrize("segments", [None, 4], ids=["sequential", "four segments"])
def test_a_listing_sees_every_vector_once(segments: int | None, index: Index) -> None:
    """In pages, and in parallel segments."""
    put_many(index, 1200)
    index.client.delete_vectors(vectorBucketName=index.bucket, indexName=index.name, keys=["key7", "key1100"])
    parts: list[dict[str, int]] = (
        [{}] if segments is None else [{"segmentCount": segments, "segmentIndex": number} for number in range(segments)]
    )
    keys = []
    for part in parts:
        pages = index.client.get_paginator("list_vectors").paginate(
            vectorBucketName=index.bucket,
            indexName=index.name,
            **part,
        )
        keys += [vector["key"] for page in pages for vector in page["vectors"]]
    assert sorted(keys) == sorted({f"key{number}" for number in range(1200)} - {"key7", "key1100"})


def test_a_page_of_a_listing_ends_at_one_megabyte(client: Client, bucket: str) -> None:
    """Documented for ListVectors: it stops there and gives a token."""
    index = new_index(client, bucket, dimension=4096)
    put_many(index, 200, dimension=4096)
    page = client.list_vectors(vectorBucketName=bucket, indexName=index.name, returnData=True)
    assert 0 < len(page["vectors"]) < 65
    assert page["nextToken"]
    assert len(client.list_vectors(vectorBucketName=bucket, indexName=index.name)["vectors"]) == 200


@pytest.mark.parametrize("extra", [{"segmentCount": 2}, {"segmentIndex": 0}, {"segmentCount": 2, "segmentIndex": 2}])
def test_segments_that_do_not_fit_are_refused(extra: dict[str, int], index: Index) -> None:
    """Both together, and the index below the count."""
    with pytest.raises(index.client.exceptions.ValidationException, match="segment"):
        index.client.list_vectors(vectorBucketName=index.bucket, indexName=index.name, **extra)


@pytest.mark.parametrize(
    ("vector", "words"),
    [
        ([1.0], "vector must have length 2, but has length 1"),
        ([1.0, 2.0, 3.0], "vector must have length 2, but has length 3"),
        ([0.0, 0.0], "must not be all zeros"),
        ([1e39, 1.0], "finite"),
    ],
    ids=["short", "long", "zero", "beyond float32"],
)
def test_a_vector_that_cannot_be_kept_is_refused_and_its_batch_with_it(
    vector: list[float], words: str, index: Index
) -> None:
    """The message names the key; nothing of the request is stored."""
    with pytest.raises(index.client.exceptions.ValidationException, match=f"Invalid record for key 'bad': .*{words}"):
        index.client.put_vectors(
            vectorBucketName=index.bucket,
            indexName=index.name,
            vectors=[{"key": "good", "data": {"float32": [1, 0]}}, {"key": "bad", "data": {"float32": vector}}],
        )
    assert vectors_of(index, ["good"]) == {}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_not_finite_is_refused(number: float, index: Index) -> None:
    """boto3 sends these as the strings of AWS's JSON protocol; the answer names the place."""
    with pytest.raises(index.client.exceptions.ValidationException, match=r"'/vectors/0/data/float32/1'.*finite"):
        index.put("k", [1.0, number])


def test_a_zero_vector_is_kept_where_distance_is_euclidean(client: Client, bucket: str) -> None:
    """Only cosine has no direction for it."""
    index = new_index(client, bucket, metric="euclidean")
    index.put("zero", [0, 0])
    assert index.keys([1, 0]) == ["zero"]


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"filterable": "x" * 2048}, "Filterable metadata must have at most 2048 bytes"),
        ({"text": "x" * 41_000}, "Metadata must have at most 40960 bytes"),
        ({f"k{number}": 1 for number in range(51)}, "at most 50 keys"),
        ({"nested": {"a": 1}}, "'nested'"),
        ({"nothing": None}, "'nothing'"),
        ({"list": [["a"]]}, "'list'"),
        ({"ü" * 1022: 1}, "2048 bytes"),
    ],
    ids=["filterable bytes", "bytes", "keys", "object", "null", "list of lists", "bytes, not characters"],
)
def test_metadata_against_the_rules_is_refused(metadata: dict[str, object], words: str, index: Index) -> None:
    """The message names the key of the record and the rule."""
    with pytest.raises(index.client.exceptions.ValidationException, match=f"Invalid record for key 'k': .*{words}"):
        index.put("k", [1, 0], **metadata)


def test_a_non_filterable_key_may_be_large(index: Index) -> None:
    """The 2 KB are for what can be filtered; the chunk's text is not."""
    index.put("k", [1, 0], text="x" * 40_000, owner="me")
    assert index.keys([1, 0], filter={"owner": "me"}) == ["k"]
    with pytest.raises(index.client.exceptions.ValidationException, match="not filterable"):
        index.keys([1, 0], filter={"text": "x"})


def test_a_repeated_key_in_one_request_is_refused(index: Index) -> None:
    """Our reading: which of the two would be kept is not documented."""
    vector = {"key": "k", "data": {"float32": [1.0, 0.0]}}
    with pytest.raises(index.client.exceptions.ValidationException, match="distinct"):
        index.client.put_vectors(vectorBucketName=index.bucket, indexName=index.name, vectors=[vector, vector])


@pytest.mark.parametrize(
    ("operation", "member", "value"),
    [
        ("put_vectors", "vectors", []),
        ("put_vectors", "vectors", [{"key": f"{number}", "data": {"float32": [1, 0]}} for number in range(501)]),
        ("put_vectors", "vectors", [{"key": "", "data": {"float32": [1, 0]}}]),
        ("put_vectors", "vectors", [{"key": "k" * 1025, "data": {"float32": [1, 0]}}]),
        ("put_vectors", "vectors", [{"data": {"float32": [1, 0]}}]),
        ("put_vectors", "vectors", None),
        ("get_vectors", "keys", []),
        ("get_vectors", "keys", ["k"] * 101),
        ("delete_vectors", "keys", ["k"] * 501),
        ("list_vectors", "maxResults", 1001),
        ("list_vectors", "nextToken", "made up"),
    ],
)
def test_a_member_against_the_rules_is_refused(
    operation: str, member: str, value: object, index: Index, shared_server: LocalAws
) -> None:
    """400 whose fieldList points at the member."""
    client = shared_server.s3vectors(Config(parameter_validation=False, retries={"total_max_attempts": 1}))
    with pytest.raises(client.exceptions.ValidationException) as caught:
        getattr(client, operation)(vectorBucketName=index.bucket, indexName=index.name, **{member: value})
    path = caught.value.response["fieldList"][0]["path"]
    assert path.startswith(f"/{member}")


def test_clients_that_write_at_once_lose_nothing(index: Index, shared_server: LocalAws) -> None:
    """Four clients put, each its own keys; every query meanwhile is answered."""

    def work(number: int) -> int:
        own = Index(shared_server.s3vectors(), index.bucket, index.name)
        answered = 0
        for turn in range(20):
            own.put(f"{number}-{turn}", [number + 1.0, turn])
            answered += f"{number}-{turn}" in own.keys([number + 1.0, turn], top_k=80)
        return answered

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == [20] * 4
    assert len(index.keys([1, 1], top_k=100)) == 80
