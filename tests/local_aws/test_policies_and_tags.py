"""Policies and tags through boto3: kept, answered, refused; nobody is kept out by them."""

import json

import pytest

from tests.local_aws.conftest import Client, Index

POLICY = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*"}]})


def test_a_policy_is_kept_until_it_is_deleted(client: Client, bucket: str) -> None:
    """404 before and after; the text comes back as it was given."""
    with pytest.raises(client.exceptions.NotFoundException, match="policy could not be found"):
        client.get_vector_bucket_policy(vectorBucketName=bucket)
    client.put_vector_bucket_policy(vectorBucketName=bucket, policy=POLICY)
    assert client.get_vector_bucket_policy(vectorBucketName=bucket)["policy"] == POLICY
    client.delete_vector_bucket_policy(vectorBucketName=bucket)
    client.delete_vector_bucket_policy(vectorBucketName=bucket)
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_vector_bucket_policy(vectorBucketName=bucket)


@pytest.mark.parametrize("policy", ["", "{", "[]", "{}", json.dumps({"Statement": ["x" * 21_000]})])
def test_a_policy_that_is_none_is_refused(policy: str, client: Client, bucket: str) -> None:
    """400."""
    with pytest.raises(client.exceptions.ValidationException, match="policy"):
        client.put_vector_bucket_policy(vectorBucketName=bucket, policy=policy)


@pytest.mark.parametrize("kind", ["bucket", "index"])
def test_a_resource_is_tagged_and_untagged(kind: str, index: Index) -> None:
    """By ARN; a second value replaces the first."""
    client = index.client
    arn = f"arn:aws:s3vectors:us-east-1:000000000000:bucket/{index.bucket}"
    arn += f"/index/{index.name}" if kind == "index" else ""
    client.tag_resource(resourceArn=arn, tags={"team": "a b/c", "stage": "dev"})
    client.tag_resource(resourceArn=arn, tags={"team": "größe"})
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"stage": "dev", "team": "größe"}
    client.untag_resource(resourceArn=arn, tagKeys=["stage", "unknown"])
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "größe"}


def test_tags_come_and_go_with_their_resource(client: Client) -> None:
    """Given at creation; a resource of the same name starts without."""
    arn = client.create_vector_bucket(vectorBucketName="tagged", tags={"a": "b"})["vectorBucketArn"]
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"a": "b"}
    client.delete_vector_bucket(vectorBucketName="tagged")
    with pytest.raises(client.exceptions.NotFoundException):
        client.list_tags_for_resource(resourceArn=arn)
    client.create_vector_bucket(vectorBucketName="tagged")
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {}


@pytest.mark.parametrize(
    "tags",
    [{"aws:mine": "x"}, {"k" * 129: "x"}, {"k": "v" * 257}, {"k!": "x"}, {f"k{n}": "" for n in range(51)}],
    ids=["reserved", "long key", "long value", "character", "too many"],
)
def test_tags_against_the_rules_are_refused(tags: dict[str, str], client: Client, bucket: str) -> None:
    """400, and none of them is kept."""
    arn = f"arn:aws:s3vectors:us-east-1:000000000000:bucket/{bucket}"
    with pytest.raises(client.exceptions.ValidationException):
        client.tag_resource(resourceArn=arn, tags=tags)
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {}


@pytest.mark.parametrize("arn", ["nonsense", "arn:aws:s3vectors:us-east-1:000000000000:bucket/not-there"])
def test_tags_of_what_is_not_there_are_not_found(arn: str, client: Client) -> None:
    """404."""
    with pytest.raises(client.exceptions.NotFoundException):
        client.list_tags_for_resource(resourceArn=arn)
