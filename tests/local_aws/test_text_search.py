"""Full-text and hybrid search through boto3."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.local_aws.conftest import Client, Index, LocalAws, new_bucket, new_index

DOCUMENTS = {
    "dividend": "The board raised the dividend and announced a buyback.",
    "buyback": "A buyback, another buyback: shares were bought back.",
    "revenue": "Revenue of the cloud unit was growing.",
    "nothing": "Weather",
}


def create(client: Client, bucket: str, *configurations: dict[str, str]) -> Index:
    """Create an index whose keys in `configurations` are searchable, with DOCUMENTS in the key `text`."""
    client.create_index(
        vectorBucketName=bucket,
        indexName="texts",
        dataType="float32",
        dimension=2,
        distanceMetric="cosine",
        metadataConfiguration={
            "nonFilterableMetadataKeys": ["text"],
            "textSearchConfigurations": list(configurations),
        },
    )
    index = Index(client, bucket, "texts")
    for number, (key, text) in enumerate(DOCUMENTS.items()):
        index.put(key, [1, number], text=text, title=key, number=number)
    return index


@pytest.fixture
def texts(client: Client, bucket: str) -> Index:
    return create(client, bucket, {"metadataKey": "text", "language": "en"}, {"metadataKey": "title"})


def search(index: Index, text: str, **extra: Any) -> list[Any]:
    request = {"topK": 10, "queryTexts": [{"text": text, "metadataKey": "text"}], **extra}
    answer = index.client.query_vectors(vectorBucketName=index.bucket, indexName=index.name, **request)
    return list(answer["vectors"])


def keys(vectors: list[Any]) -> list[str]:
    return [vector["key"] for vector in vectors]


def test_a_text_query_ranks_by_relevance(texts: Index) -> None:
    """BM25: the word that occurs more often in a shorter text comes first; no score unless asked for."""
    assert search(texts, "buyback") == [{"key": "buyback"}, {"key": "dividend"}]


def test_a_text_query_finds_any_word(texts: Index) -> None:
    """Words are alternatives; case, accents and, in English, endings and stop words do not matter."""
    assert sorted(keys(search(texts, "DIVIDENDS or the révenues grow"))) == ["dividend", "revenue"]
    assert search(texts, "the of and") == []
    assert search(texts, '"quoted" OR (NEAR* ^weather') == [{"key": "nothing"}]


def test_scores_are_returned_when_asked_for(texts: Index) -> None:
    """Of a text query the BM25 scores alone, higher first."""
    first, second = search(texts, "buyback", returnScores=True)
    assert set(first["scores"]) == {"bm25Scores"}
    assert first["scores"]["bm25Scores"][0]["metadataKey"] == "text"
    assert first["scores"]["bm25Scores"][0]["score"] > second["scores"]["bm25Scores"][0]["score"] > 0


def test_a_hybrid_query_fuses_the_rankings(texts: Index) -> None:
    """Reciprocal rank fusion: `1 / (60 + rank)` summed; matches of either side are in one list."""
    vectors = search(texts, "revenue", queryVector={"float32": [1, 0]}, returnScores=True, returnDistance=True)
    assert keys(vectors) == ["revenue", "dividend", "buyback", "nothing"]
    assert vectors[0]["scores"]["fused"] == pytest.approx(1 / 61 + 1 / 63)
    assert vectors[1]["scores"]["fused"] == pytest.approx(1 / 61)
    assert vectors[1]["scores"]["bm25Scores"] == []
    assert vectors[1]["scores"]["vectorDistance"] == vectors[1]["distance"] == pytest.approx(0.0)


def test_several_texts_are_fused(texts: Index) -> None:
    """Each entry is a ranking of its own."""
    vectors = search(
        texts,
        "",
        queryTexts=[{"text": "buyback", "metadataKey": "text"}, {"text": "dividend", "metadataKey": "title"}],
        returnScores=True,
    )
    assert keys(vectors) == ["dividend", "buyback"]
    assert {score["metadataKey"] for score in vectors[0]["scores"]["bm25Scores"]} == {"text", "title"}


def test_a_filter_applies_to_text(texts: Index) -> None:
    """Before the ranking is cut."""
    assert keys(search(texts, "buyback", filter={"number": 0}, topK=1)) == ["dividend"]


def test_text_follows_every_write(texts: Index) -> None:
    """Strongly consistent: replaced and deleted texts are found no more, new ones at once."""
    texts.put("revenue", [1, 2], text="Nothing of the kind", title="x")
    texts.put("new", [1, 2], text="Revenue again", title="y")
    texts.client.delete_vectors(vectorBucketName=texts.bucket, indexName=texts.name, keys=["buyback"])
    assert search(texts, "revenue") == [{"key": "new"}]
    assert search(texts, "buyback") == [{"key": "dividend"}]


def test_a_key_becomes_searchable_later_and_stops_being_so(client: Client, bucket: str) -> None:
    """UpdateMetadataConfiguration indexes what is there; GetIndex describes it."""
    index = create(client, bucket)
    target = {"vectorBucketName": bucket, "indexName": index.name}
    assert "textSearchConfigurations" not in client.get_index(**target)["index"]["metadataConfiguration"]
    configuration = {"textSearchConfigurations": [{"metadataKey": "text", "language": "en"}]}
    client.update_metadata_configuration(**target, add=configuration)
    assert when_active(index) == [{"metadataKey": "text", "language": "en", "status": "ACTIVE"}]
    assert keys(search(index, "buyback")) == ["buyback", "dividend"]
    with pytest.raises(client.exceptions.ConflictException, match="already exists"):
        client.update_metadata_configuration(**target, add=configuration)
    deletion = {"textSearchConfigurations": [{"metadataKey": "text"}]}
    client.update_metadata_configuration(**target, delete=deletion)
    with pytest.raises(client.exceptions.ValidationException, match="not full-text searchable"):
        search(index, "buyback")
    with pytest.raises(client.exceptions.NotFoundException):
        client.update_metadata_configuration(**target, delete=deletion)


def when_active(index: Index) -> list[Any]:
    """Poll GetIndex, as there is no waiter, until every searchable key is ACTIVE; return the configurations."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        described = index.client.get_index(vectorBucketName=index.bucket, indexName=index.name)["index"]
        configurations: list[Any] = described["metadataConfiguration"]["textSearchConfigurations"]
        if all(configuration["status"] == "ACTIVE" for configuration in configurations):
            return configurations
    pytest.fail(f"still building: {configurations}")


def test_a_change_is_an_addition_or_a_deletion(texts: Index) -> None:
    """Not both, not neither, and at most ten keys in all."""
    target = {"vectorBucketName": texts.bucket, "indexName": texts.name}
    refused = texts.client.exceptions.ValidationException
    with pytest.raises(refused, match="either add or delete"):
        texts.client.update_metadata_configuration(**target)
    with pytest.raises(refused, match="either add or delete"):
        texts.client.update_metadata_configuration(
            **target,
            add={"textSearchConfigurations": [{"metadataKey": "a"}]},
            delete={"textSearchConfigurations": [{"metadataKey": "text"}]},
        )
    nine = [{"metadataKey": f"key{number}"} for number in range(9)]
    with pytest.raises(refused, match="at most 10"):
        texts.client.update_metadata_configuration(**target, add={"textSearchConfigurations": nine})


def test_languages_without_spaces_are_found_by_their_characters(client: Client, bucket: str) -> None:
    """Ours: FTS5 has no analyzer for these languages, so each character is a word."""
    index = create(client, bucket, {"metadataKey": "text", "language": "ja"})
    index.put("tokyo", [1, 0], text="東京証券取引所の配当")
    assert keys(search(index, "配当")) == ["tokyo"]


@pytest.mark.parametrize(
    "texts_asked",
    [
        [{"text": "a", "metadataKey": "number"}],
        [{"text": "a", "metadataKey": "text"}, {"text": "b", "metadataKey": "text"}],
    ],
    ids=["not searchable", "twice"],
)
def test_texts_against_the_rules_are_refused(texts_asked: list[dict[str, str]], texts: Index) -> None:
    """Each entry targets a distinct searchable key."""
    with pytest.raises(texts.client.exceptions.ValidationException, match=r"searchable|distinct"):
        search(texts, "", queryTexts=texts_asked)


def test_text_survives_a_kill(own_server: LocalAws) -> None:
    """The words lie in the same transaction as the rows."""
    client = own_server.s3vectors()
    client.create_vector_bucket(vectorBucketName="bucket")
    create(client, "bucket", {"metadataKey": "text"})
    own_server.kill()
    own_server.start()
    assert keys(search(Index(own_server.s3vectors(), "bucket", "texts"), "buyback")) == ["buyback", "dividend"]


def test_building_goes_on_after_a_kill(own_server: LocalAws) -> None:
    """A key that was BUILDING when the process was killed becomes ACTIVE after the next start, with every row."""
    client = own_server.s3vectors()
    index = new_index(client, new_bucket(client))
    batch = [{"key": f"key{row}", "data": {"float32": [1, row]}, "metadata": {"text": "word"}} for row in range(500)]
    for number in range(6):
        vectors = [{**vector, "key": f"{number}-{vector['key']}"} for vector in batch]
        client.put_vectors(vectorBucketName=index.bucket, indexName=index.name, vectors=vectors)
    configuration = {"textSearchConfigurations": [{"metadataKey": "text"}]}
    client.update_metadata_configuration(vectorBucketName=index.bucket, indexName=index.name, add=configuration)
    own_server.kill()
    own_server.start()
    index = Index(own_server.s3vectors(), index.bucket, index.name)
    when_active(index)
    pages = index.client.get_paginator("query_vectors").paginate(
        vectorBucketName=index.bucket,
        indexName=index.name,
        topK=10_000,
        queryTexts=[{"text": "word", "metadataKey": "text"}],
    )
    assert len({vector["key"] for page in pages for vector in page["vectors"]}) == 3000


@pytest.fixture(scope="module")
def classic(tmp_path_factory: pytest.TempPathFactory, graph_cache: Any) -> Iterator[Client]:
    """A client of a server that stands for an account with older buckets."""
    from tests.local_aws.conftest import new_server  # noqa: PLC0415  a fixture of this module alone

    server = new_server(tmp_path_factory.mktemp("classic") / "data", graph_cache, LOCAL_AWS_INDEX_MODE="CLASSIC")
    server.start()
    yield server.s3vectors()
    server.stop()


def test_an_older_bucket_makes_classic_indexes(classic: Client) -> None:
    """No text, no $startsWith, until the mode of the index or of the query is ENHANCED."""
    classic.create_vector_bucket(vectorBucketName="older")
    target = {"vectorBucketName": "older", "indexName": "texts"}
    with pytest.raises(classic.exceptions.ValidationException, match="ENHANCED"):
        create(classic, "older", {"metadataKey": "text"})
    index = Index(classic, "older", "texts")
    classic.create_index(**target, dataType="float32", dimension=2, distanceMetric="cosine")
    index.put("a", [1, 0], name="abc")
    prefix = {"name": {"$startsWith": "ab"}}
    assert classic.get_index(**target)["index"]["indexMode"] == "CLASSIC"
    with pytest.raises(classic.exceptions.ValidationException, match="ENHANCED"):
        index.keys([1, 0], filter=prefix)
    query = {"topK": 1, "queryVector": {"float32": [1, 0]}, "filter": prefix}
    assert keys(classic.query_vectors(**target, **query, queryMode="ENHANCED")["vectors"]) == ["a"]
    with pytest.raises(classic.exceptions.ValidationException, match="ENHANCED"):
        classic.update_metadata_configuration(**target, add={"textSearchConfigurations": [{"metadataKey": "name"}]})
    classic.update_index_mode(**target, indexMode="ENHANCED")
    assert index.keys([1, 0], filter=prefix) == ["a"]
    classic.update_metadata_configuration(**target, add={"textSearchConfigurations": [{"metadataKey": "name"}]})
    with pytest.raises(classic.exceptions.ValidationException, match="cannot be CLASSIC"):
        classic.update_index_mode(**target, indexMode="CLASSIC")


def test_the_default_mode_of_an_older_bucket_can_be_changed(classic: Client) -> None:
    """It applies to later indexes alone."""
    classic.create_vector_bucket(vectorBucketName="default")
    shape: Any = {"dataType": "float32", "dimension": 2, "distanceMetric": "cosine"}
    classic.create_index(vectorBucketName="default", indexName="before", **shape)
    classic.put_vector_bucket_default_index_mode(vectorBucketName="default", defaultIndexMode="ENHANCED")
    classic.create_index(vectorBucketName="default", indexName="after", **shape)
    modes = [
        classic.get_index(vectorBucketName="default", indexName=name)["index"]["indexMode"]
        for name in ("before", "after")
    ]
    assert modes == ["CLASSIC", "ENHANCED"]
    assert classic.get_vector_bucket(vectorBucketName="default")["vectorBucket"]["defaultIndexMode"] == "ENHANCED"


def test_a_newer_bucket_cannot_be_classic(index: Index) -> None:
    """Since 2026-09-30 there is no way back; nor has a query on an ENHANCED index one."""
    refused = index.client.exceptions.ValidationException
    with pytest.raises(refused, match="September 30, 2026"):
        index.client.put_vector_bucket_default_index_mode(vectorBucketName=index.bucket, defaultIndexMode="CLASSIC")
    with pytest.raises(refused, match="September 30, 2026"):
        index.client.update_index_mode(vectorBucketName=index.bucket, indexName=index.name, indexMode="CLASSIC")
    with pytest.raises(refused, match="CLASSIC"):
        index.client.query_vectors(
            vectorBucketName=index.bucket,
            indexName=index.name,
            topK=1,
            queryVector={"float32": [1, 0]},
            queryMode="CLASSIC",
        )
