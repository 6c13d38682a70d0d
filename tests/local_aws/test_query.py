"""QueryVectors through boto3: distances, filters, pages."""

import numpy as np
import pytest

from tests.local_aws.conftest import Client, Index, new_index

ROWS: dict[str, dict[str, object]] = {
    "one": {"n": 1, "s": "apple", "flag": True, "l": ["x", 1]},
    "two": {"n": 2, "s": "apricot", "flag": False, "l": ["y", 2.5, True]},
    "three": {"n": 3.0, "s": "Banana", "l": []},
    "bare": {},
}


@pytest.fixture(scope="module")
def filtered(client: Client) -> Index:
    """An index with ROWS."""
    bucket = f"filtered-{np.random.default_rng().integers(1 << 60)}"
    client.create_vector_bucket(vectorBucketName=bucket)
    index = new_index(client, bucket)
    for number, (key, metadata) in enumerate(ROWS.items()):
        index.put(key, [1, number], **metadata)
    return index


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
@pytest.mark.parametrize("dimension", [1, 7, 384])
def test_a_query_finds_the_true_neighbours_in_order(metric: str, dimension: int, client: Client, bucket: str) -> None:
    """Exact search: keys and distances equal those of a plain computation in double precision."""
    random = np.random.default_rng(dimension)
    vectors = random.normal(size=(300, dimension)).astype(np.float32)
    query = random.normal(size=dimension).astype(np.float32)
    index = new_index(client, bucket, dimension=dimension, metric=metric)
    client.put_vectors(
        vectorBucketName=bucket,
        indexName=index.name,
        vectors=[{"key": str(row), "data": {"float32": vector.tolist()}} for row, vector in enumerate(vectors)],
    )
    answer = client.query_vectors(
        vectorBucketName=bucket,
        indexName=index.name,
        topK=50,
        queryVector={"float32": query.tolist()},
        returnDistance=True,
    )
    rows, wanted = vectors.astype(np.float64), query.astype(np.float64)
    if metric == "cosine":
        distances = 1 - rows @ wanted / np.linalg.norm(rows, axis=1) / np.linalg.norm(wanted)
    else:
        distances = np.linalg.norm(rows - wanted, axis=1)
    assert answer["distanceMetric"] == metric
    found = [vector["distance"] for vector in answer["vectors"]]
    assert found == pytest.approx(np.sort(distances)[:50].tolist(), abs=1e-6)
    assert found == pytest.approx([distances[int(vector["key"])] for vector in answer["vectors"]], abs=1e-6)


def test_the_distance_to_itself_is_zero(index: Index) -> None:
    """And twice that to the opposite: cosine distance is 1 - cos."""
    index.put("same", [0.3, 0.4])
    index.put("opposite", [-0.3, -0.4])
    answer = index.client.query_vectors(
        vectorBucketName=index.bucket,
        indexName=index.name,
        topK=2,
        queryVector={"float32": [3, 4]},
        returnDistance=True,
    )
    assert [(vector["key"], round(vector["distance"], 6)) for vector in answer["vectors"]] == [
        ("same", 0.0),
        ("opposite", 2.0),
    ]


def test_only_what_is_asked_for_comes_back(filtered: Index) -> None:
    """ReturnDistance and returnMetadata default to false; metadata comes whole."""
    target = {"vectorBucketName": filtered.bucket, "indexName": filtered.name}
    (bare,) = filtered.client.query_vectors(**target, topK=1, queryVector={"float32": [1, 0]})["vectors"]
    assert bare == {"key": "one"}
    (full,) = filtered.client.query_vectors(**target, topK=1, queryVector={"float32": [1, 0]}, returnMetadata=True)[
        "vectors"
    ]
    assert full == {"key": "one", "metadata": ROWS["one"]}


def test_an_empty_index_is_answered_with_nothing(index: Index) -> None:
    """No vectors is no error."""
    assert index.keys([1, 0]) == []


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"n": 1}, ["one"]),
        ({"n": {"$eq": 3}}, ["three"]),
        ({"n": {"$ne": 1}}, ["two", "three", "bare"]),
        ({"n": {"$gt": 1}}, ["two", "three"]),
        ({"n": {"$gte": 2, "$lt": 3}}, ["two"]),
        ({"n": {"$lte": 1.5}}, ["one"]),
        ({"n": {"$in": [3, 1, "apple"]}}, ["one", "three"]),
        ({"s": {"$nin": ["apple", "Banana"]}}, ["two", "bare"]),
        ({"s": {"$startsWith": "ap"}}, ["one", "two"]),
        ({"l": {"$startsWith": "y"}}, ["two"]),
        ({"l": "x"}, ["one"]),
        ({"l": {"$gt": 2}}, ["two"]),
        ({"l": {"$in": [1, "y"]}}, ["one", "two"]),
        ({"l": 1}, ["one"]),
        ({"l": True}, ["two"]),
        ({"flag": True}, ["one"]),
        ({"flag": 1}, []),
        ({"n": True}, []),
        ({"n": "1"}, []),
        ({"flag": {"$exists": False}}, ["three", "bare"]),
        ({"l": {"$exists": True}}, ["one", "two", "three"]),
        ({"unknown": 1}, []),
        ({"unknown": {"$ne": 1}}, ["one", "two", "three", "bare"]),
        ({"$and": [{"n": {"$gt": 0}}, {"$or": [{"s": "Banana"}, {"flag": True}]}]}, ["one", "three"]),
        ({"n": {"$gt": 1}, "s": "apricot"}, ["two"]),
    ],
    ids=str,
)
def test_a_filter_keeps_what_it_says(tree: dict[str, object], expected: list[str], filtered: Index) -> None:
    """The filter language as documented; a list matches when any element does."""
    assert filtered.keys([1, 0], filter=tree) == expected


@pytest.mark.parametrize(
    "tree",
    [
        {},
        [],
        "n",
        {"n": {}},
        {"n": {"$not": 1}},
        {"$not": {"n": 1}},
        {"$and": []},
        {"$and": {"n": 1}},
        {"$or": [1]},
        {"n": {"$gt": "1"}},
        {"n": {"$gt": True}},
        {"n": {"$in": []}},
        {"n": {"$in": 1}},
        {"n": {"$in": [[1]]}},
        {"n": {"$exists": 1}},
        {"n": {"$startsWith": 1}},
        {"n": None},
        {"n": [1]},
        {"$or": [{"n": number} for number in range(101)]},
    ],
    ids=lambda tree: str(tree)[:40],
)
def test_a_filter_against_the_rules_is_refused(tree: object, filtered: Index) -> None:
    """400 that says what is wrong with the filter."""
    with pytest.raises(filtered.client.exceptions.ValidationException, match="Invalid query filter"):
        filtered.keys([1, 0], filter=tree)


@pytest.mark.parametrize(
    ("query", "top_k"),
    [([1, 0, 0], 1), ([0, 0], 1), ([float("nan"), 1], 1), ([1, 0], 10_001)],
    ids=["length", "zero", "not a number", "topK"],
)
def test_a_query_against_the_rules_is_refused(query: list[float], top_k: int, index: Index) -> None:
    """400 in all cases."""
    with pytest.raises(index.client.exceptions.ValidationException):
        index.keys(query, top_k=top_k)


def test_a_large_result_comes_in_pages_that_later_writes_do_not_disturb(index: Index) -> None:
    """Every match once, in order, though vectors are put and deleted between the pages."""
    vectors = [
        {"key": f"{row:03}", "data": {"float32": [1.0, row / 100]}, "metadata": {"row": row}} for row in range(350)
    ]
    target = {"vectorBucketName": index.bucket, "indexName": index.name}
    index.client.put_vectors(**target, vectors=vectors)
    request = {**target, "topK": 330, "queryVector": {"float32": [1, 0]}, "returnDistance": True}
    page = index.client.query_vectors(**request)
    keys = [vector["key"] for vector in page["vectors"]]
    index.put("new", [1, 0])
    index.client.delete_vectors(**target, keys=["000", "340"])
    while "nextToken" in page:
        page = index.client.query_vectors(**request, nextToken=page["nextToken"])
        keys += [vector["key"] for vector in page["vectors"]]
    assert keys == [f"{row:03}" for row in range(330)]


def test_the_paginator_of_boto3_collects_all_pages(index: Index) -> None:
    """TopK up to 10,000; a token is of no use with another query."""
    for start in range(0, 1000, 500):
        index.client.put_vectors(
            vectorBucketName=index.bucket,
            indexName=index.name,
            vectors=[{"key": str(row), "data": {"float32": [1.0, row]}} for row in range(start, start + 500)],
        )
    pages = index.client.get_paginator("query_vectors").paginate(
        vectorBucketName=index.bucket,
        indexName=index.name,
        topK=10_000,
        queryVector={"float32": [1, 0]},
        returnMetadata=True,
    )
    vectors = [vector for page in pages for vector in page["vectors"]]
    assert [vector["key"] for vector in vectors] == [str(row) for row in range(1000)]
    assert all(vector["metadata"] == {} for vector in vectors)
    token = index.client.query_vectors(
        vectorBucketName=index.bucket, indexName=index.name, topK=500, queryVector={"float32": [1, 0]}
    )["nextToken"]
    with pytest.raises(index.client.exceptions.ValidationException, match="nextToken"):
        index.client.query_vectors(
            vectorBucketName=index.bucket,
            indexName=index.name,
            topK=500,
            queryVector={"float32": [0, 1]},
            nextToken=token,
        )
