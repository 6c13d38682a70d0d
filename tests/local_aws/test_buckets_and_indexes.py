"""Vector buckets and indexes through boto3: created, described, listed, deleted, refused."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.local_aws.conftest import Client, Index, LocalAws, new_bucket, new_index

SHAPE = {"dataType": "float32", "dimension": 3, "distanceMetric": "cosine"}


def assert_refused(caught: pytest.ExceptionInfo[ClientError], code: str, status: int) -> None:
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_a_bucket_is_described_as_it_was_created(client: Client) -> None:
    """GetVectorBucket answers name, ARN, time, encryption and default index mode."""
    name = new_bucket(client)
    bucket = client.get_vector_bucket(vectorBucketName=name)["vectorBucket"]
    assert bucket["vectorBucketArn"] == f"arn:aws:s3vectors:us-east-1:000000000000:bucket/{name}"
    assert bucket["vectorBucketName"] == name
    assert bucket["encryptionConfiguration"] == {"sseType": "AES256"}
    assert bucket["defaultIndexMode"] == "ENHANCED"
    assert abs(datetime.now(UTC) - bucket["creationTime"]) < timedelta(minutes=1)


def test_a_bucket_is_found_by_its_arn(client: Client) -> None:
    """Every bucket operation takes name or ARN."""
    name = new_bucket(client)
    arn = client.get_vector_bucket(vectorBucketName=name)["vectorBucket"]["vectorBucketArn"]
    assert client.get_vector_bucket(vectorBucketArn=arn)["vectorBucket"]["vectorBucketName"] == name


def test_a_second_bucket_of_the_same_name_is_a_conflict(client: Client, bucket: str) -> None:
    """409 with AWS's words."""
    with pytest.raises(client.exceptions.ConflictException, match="specified name already exists") as caught:
        client.create_vector_bucket(vectorBucketName=bucket)
    assert_refused(caught, "ConflictException", 409)


def test_a_deleted_bucket_is_gone(client: Client, bucket: str) -> None:
    """404 afterwards, and the name is free."""
    client.delete_vector_bucket(vectorBucketName=bucket)
    with pytest.raises(client.exceptions.NotFoundException) as caught:
        client.get_vector_bucket(vectorBucketName=bucket)
    assert_refused(caught, "NotFoundException", 404)
    client.create_vector_bucket(vectorBucketName=bucket)


def test_a_bucket_with_an_index_is_not_deleted(client: Client, bucket: str, index: Index) -> None:
    """409 until the last index is gone."""
    with pytest.raises(client.exceptions.ConflictException, match="not empty"):
        client.delete_vector_bucket(vectorBucketName=bucket)
    client.delete_index(vectorBucketName=bucket, indexName=index.name)
    client.delete_vector_bucket(vectorBucketName=bucket)


def test_buckets_are_listed_in_pages_by_prefix(client: Client) -> None:
    """The paginator of boto3 sees each bucket once, in order of name."""
    prefix = f"list-{uuid4().hex[:8]}-"
    names = [f"{prefix}{number}" for number in range(5)]
    for name in names:
        client.create_vector_bucket(vectorBucketName=name)
    pages = list(client.get_paginator("list_vector_buckets").paginate(prefix=prefix, PaginationConfig={"PageSize": 2}))
    assert [bucket["vectorBucketName"] for page in pages for bucket in page["vectorBuckets"]] == names
    assert len(pages) == 3


def test_a_token_of_another_listing_is_refused(client: Client, bucket: str) -> None:
    """400 that names the token."""
    new_bucket(client)
    token = client.list_vector_buckets(maxResults=1)["nextToken"]
    with pytest.raises(client.exceptions.ValidationException, match="nextToken"):
        client.list_indexes(vectorBucketName=bucket, nextToken=token)
    with pytest.raises(client.exceptions.ValidationException, match="nextToken"):
        client.list_vector_buckets(nextToken="made up")


@pytest.mark.parametrize("name", ["ab", "a" * 64, "Upper-case", "-dash", "dash-", "under_score", "sp ace"])
def test_a_name_against_the_rules_is_refused(name: str, shared_server: LocalAws) -> None:
    """3 to 63 of `a-z 0-9 - .`, letters or digits at the ends; boto3's own check is switched off here."""
    client = unchecked(shared_server)
    with pytest.raises(client.exceptions.ValidationException, match="vectorBucketName") as caught:
        client.create_vector_bucket(vectorBucketName=name)
    assert_refused(caught, "ValidationException", 400)
    (field,) = caught.value.response["fieldList"]
    assert field["path"] == "/vectorBucketName"


def test_an_index_is_described_as_it_was_created(client: Client, bucket: str) -> None:
    """GetIndex answers everything that CreateIndex was given, and what the bucket adds."""
    arn = client.create_index(
        vectorBucketName=bucket,
        indexName="my.index",
        dataType="float32",
        dimension=4096,
        distanceMetric="euclidean",
        metadataConfiguration={"nonFilterableMetadataKeys": ["text", "html"]},
    )["indexArn"]
    index = client.get_index(indexArn=arn)["index"]
    assert index["indexArn"] == f"arn:aws:s3vectors:us-east-1:000000000000:bucket/{bucket}/index/my.index"
    assert (index["vectorBucketName"], index["indexName"]) == (bucket, "my.index")
    assert (index["dataType"], index["dimension"], index["distanceMetric"]) == ("float32", 4096, "euclidean")
    assert index["metadataConfiguration"]["nonFilterableMetadataKeys"] == ["text", "html"]
    assert index["encryptionConfiguration"] == {"sseType": "AES256"}
    assert index["indexMode"] == "ENHANCED"


def test_encryption_is_kept_and_inherited(client: Client) -> None:
    """An index has the encryption of its bucket unless it is given its own."""
    name = f"kms-{uuid4().hex}"
    key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd"
    client.create_vector_bucket(vectorBucketName=name, encryptionConfiguration={"sseType": "aws:kms", "kmsKeyArn": key})
    index = new_index(client, name)
    described = client.get_index(vectorBucketName=name, indexName=index.name)["index"]
    assert described["encryptionConfiguration"] == {"sseType": "aws:kms", "kmsKeyArn": key}
    with pytest.raises(client.exceptions.ValidationException, match="kmsKeyArn"):
        client.create_vector_bucket(
            vectorBucketName=f"kms-{uuid4().hex}", encryptionConfiguration={"sseType": "aws:kms"}
        )


def test_a_second_index_of_the_same_name_is_a_conflict(client: Client, bucket: str, index: Index) -> None:
    """409; the first one stays as it is."""
    index.put("a", [1, 0])
    with pytest.raises(client.exceptions.ConflictException):
        client.create_index(vectorBucketName=bucket, indexName=index.name, **SHAPE)
    assert index.keys([1, 0]) == ["a"]


def test_indexes_are_listed_in_pages(client: Client, bucket: str) -> None:
    """Each index once, in order of name, those of this bucket alone."""
    names = sorted(new_index(client, bucket).name for _ in range(5))
    pages = client.get_paginator("list_indexes").paginate(vectorBucketName=bucket, PaginationConfig={"PageSize": 2})
    assert [index["indexName"] for page in pages for index in page["indexes"]] == names


def test_a_deleted_index_takes_its_vectors_along(client: Client, bucket: str, index: Index) -> None:
    """404 afterwards; an index created anew under the name is empty."""
    index.put("a", [1, 0])
    client.delete_index(vectorBucketName=bucket, indexName=index.name)
    with pytest.raises(client.exceptions.NotFoundException, match="index could not be found"):
        index.keys([1, 0])
    client.create_index(
        vectorBucketName=bucket, indexName=index.name, dataType="float32", dimension=2, distanceMetric="cosine"
    )
    assert index.keys([1, 0]) == []


@pytest.mark.parametrize(
    "target",
    [
        {},
        {"indexName": "index"},
        {"vectorBucketName": "bucket"},
        {"vectorBucketName": "bucket", "indexArn": "arn:aws:s3vectors:us-east-1:000000000000:bucket/abc/index/abc"},
    ],
    ids=["nothing", "no bucket", "no index", "name and ARN"],
)
def test_an_index_named_by_half_is_refused(target: dict[str, str], client: Client) -> None:
    """400: both names, or the ARN."""
    with pytest.raises(client.exceptions.ValidationException, match="Must specify either"):
        client.get_index(**target)


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:s3vectors:eu-west-1:000000000000:bucket/abc/index/abc",
        "arn:aws:s3vectors:us-east-1:000000000000:bucket/not-there/index/abc",
    ],
    ids=["other region", "no such bucket"],
)
def test_an_arn_of_elsewhere_is_not_found(arn: str, client: Client) -> None:
    """404, as for any name that does not exist."""
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_index(indexArn=arn)


@pytest.mark.parametrize(
    ("member", "value"),
    [("dimension", 0), ("dimension", 4097), ("distanceMetric", "dot"), ("dataType", "float64"), ("indexName", "X")],
)
def test_a_shape_against_the_rules_is_refused(member: str, value: object, bucket: str, shared_server: LocalAws) -> None:
    """400 that names the member."""
    client = unchecked(shared_server)
    request = {"vectorBucketName": bucket, "indexName": "index", **SHAPE, member: value}
    with pytest.raises(client.exceptions.ValidationException) as caught:
        client.create_index(**request)
    assert caught.value.response["fieldList"][0]["path"] == f"/{member}"


def unchecked(server: LocalAws) -> Client:
    """Return a client that sends whatever it is given."""
    return server.s3vectors(Config(parameter_validation=False, retries={"total_max_attempts": 1}))
