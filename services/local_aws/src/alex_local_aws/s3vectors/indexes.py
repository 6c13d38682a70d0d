"""Vector indexes: create, get, list, delete."""

import time

from pydantic import JsonValue

from alex_local_aws.engine.catalog import IndexEntry
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.store import IndexShape
from alex_local_aws.s3vectors.buckets import DEFAULT_PAGE, Answer, encryption
from alex_local_aws.s3vectors.inputs import CreateIndexInput, IndexTarget, ListIndexesInput
from alex_local_aws.s3vectors.targets import Account
from alex_local_aws.s3vectors.tokens import decode_token, encode_token
from alex_local_aws.wire.errors import ConflictException, ValidationException


def create_index(account: Account, request: CreateIndexInput) -> Answer:
    with account.store.catalog.exclusive():
        bucket = account.find_bucket(request)
        if account.store.catalog.index(bucket.name, request.index_name) is not None:
            raise ConflictException("An index with the specified name already exists")
        settings: Answer = {
            "nonFilterableMetadataKeys": _non_filterable(request),
            "encryptionConfiguration": encryption(request.encryption_configuration)
            if request.encryption_configuration
            else bucket.settings["encryptionConfiguration"],
            "indexMode": bucket.settings["defaultIndexMode"],
        }
        shape = IndexShape(request.dimension, Metric(request.distance_metric), settings)
        account.store.create_index(bucket.name, request.index_name, time.time(), shape)
        arn = account.arns.index(bucket.name, request.index_name)
        account.store.catalog.put_tags(arn, request.tags or {})
    return {"indexArn": arn}


def get_index(account: Account, request: IndexTarget) -> Answer:
    entry = account.find_index(request)
    settings = dict(entry.settings)
    keys = settings.pop("nonFilterableMetadataKeys")
    return {
        "index": {
            **_summary(account, entry),
            "dataType": "float32",
            "dimension": entry.dimension,
            "distanceMetric": entry.metric.value,
            "metadataConfiguration": {"nonFilterableMetadataKeys": keys},
            **settings,
        }
    }


def list_indexes(account: Account, request: ListIndexesInput) -> Answer:
    bucket = account.find_bucket(request)
    size = request.max_results or DEFAULT_PAGE
    purpose = f"indexes {bucket.name}"
    after = decode_token(purpose, request.next_token)
    entries = account.store.catalog.indexes(bucket.name, prefix=request.prefix or "", after=after, count=size + 1)
    answer: Answer = {"indexes": [_summary(account, entry) for entry in entries[:size]]}
    if len(entries) > size:
        answer["nextToken"] = encode_token(purpose, entries[size - 1].name)
    return answer


def delete_index(account: Account, request: IndexTarget) -> Answer:
    with account.store.catalog.exclusive():
        entry = account.find_index(request)
        account.store.catalog.remove_tags(account.arns.index(entry.bucket, entry.name))
        account.store.delete_index(entry)
    return {}


def _non_filterable(request: CreateIndexInput) -> list[JsonValue]:
    configuration = request.metadata_configuration
    keys = (configuration and configuration.non_filterable_metadata_keys) or []
    if len(set(keys)) < len(keys):
        raise ValidationException.at(
            "/metadataConfiguration/nonFilterableMetadataKeys", "Metadata keys must be distinct"
        )
    return list(keys)


def _summary(account: Account, entry: IndexEntry) -> Answer:
    return {
        "vectorBucketName": entry.bucket,
        "indexName": entry.name,
        "indexArn": account.arns.index(entry.bucket, entry.name),
        "creationTime": entry.created,
    }
