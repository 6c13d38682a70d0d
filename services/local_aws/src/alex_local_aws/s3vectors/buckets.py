"""Vector buckets: create, get, list, delete."""

import time

from alex_local_aws.engine.catalog import Bucket
from alex_local_aws.s3vectors.inputs import (
    BucketTarget,
    CreateVectorBucketInput,
    EncryptionConfiguration,
    ListVectorBucketsInput,
)
from alex_local_aws.s3vectors.tags import check_tags
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.s3vectors.tokens import decode_token, encode_token
from alex_local_aws.wire.errors import ConflictException, ValidationException

DEFAULT_PAGE = 500
"""Buckets or indexes of a page when the request does not say; also the most."""


def create_vector_bucket(account: Account, request: CreateVectorBucketInput) -> Answer:
    name = request.vector_bucket_name
    arn = account.arns.bucket(name)
    settings: Answer = {
        "encryptionConfiguration": encryption(request.encryption_configuration),
        "defaultIndexMode": account.index_mode,
        "classicAllowed": account.index_mode == "CLASSIC",
    }
    with account.store.catalog.change():
        if account.store.catalog.bucket(name) is not None:
            raise ConflictException("A vector bucket with the specified name already exists")
        account.store.catalog.add_bucket(Bucket(name, time.time(), settings))
        check_tags({}, request.tags or {})
        account.store.catalog.put_tags(arn, request.tags or {})
    return {"vectorBucketArn": arn}


def get_vector_bucket(account: Account, request: BucketTarget) -> Answer:
    bucket = account.find_bucket(request)
    described = {name: bucket.settings[name] for name in ("encryptionConfiguration", "defaultIndexMode")}
    return {"vectorBucket": {**_summary(account, bucket), **described}}


def list_vector_buckets(account: Account, request: ListVectorBucketsInput) -> Answer:
    size = request.max_results or DEFAULT_PAGE
    after = decode_token("buckets", request.next_token)
    buckets = account.store.catalog.buckets(prefix=request.prefix or "", after=after, count=size + 1)
    answer: Answer = {"vectorBuckets": [_summary(account, bucket) for bucket in buckets[:size]]}
    if len(buckets) > size:
        answer["nextToken"] = encode_token("buckets", buckets[size - 1].name)
    return answer


def delete_vector_bucket(account: Account, request: BucketTarget) -> Answer:
    with account.store.catalog.change():
        bucket = account.find_bucket(request)
        if account.store.catalog.indexes(bucket.name, count=1):
            raise ConflictException("The specified vector bucket is not empty")
        account.store.catalog.remove_bucket(bucket.name)
        account.store.catalog.remove_tags(account.arns.bucket(bucket.name))
    return {}


def encryption(given: EncryptionConfiguration | None) -> Answer:
    """Return the encryption to answer with; the default of S3 is AES256.

    Raises:
        ValidationException: a KMS key without `aws:kms`, or the other way round.
    """
    sse_type = (given and given.sse_type) or "AES256"
    key = given.kms_key_arn if given else None
    if (sse_type == "aws:kms") != (key is not None):
        raise ValidationException.at(
            "/encryptionConfiguration/kmsKeyArn", "kmsKeyArn is given if and only if sseType is aws:kms"
        )
    return {"sseType": sse_type} | ({"kmsKeyArn": key} if key else {})


def _summary(account: Account, bucket: Bucket) -> Answer:
    return {
        "vectorBucketName": bucket.name,
        "vectorBucketArn": account.arns.bucket(bucket.name),
        "creationTime": bucket.created,
    }
