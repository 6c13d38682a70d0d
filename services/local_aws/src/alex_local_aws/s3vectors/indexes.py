"""Vector indexes: create, get, list, delete."""

import time

from pydantic import JsonValue

from alex_local_aws.engine.catalog import Bucket, IndexEntry
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.store import IndexShape
from alex_local_aws.s3vectors import text_search
from alex_local_aws.s3vectors.buckets import DEFAULT_PAGE, encryption
from alex_local_aws.s3vectors.inputs import CreateIndexInput, IndexTarget, ListIndexesInput, MetadataConfiguration
from alex_local_aws.s3vectors.tags import check_tags
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.s3vectors.tokens import decode_token, encode_token
from alex_local_aws.wire.errors import ConflictException, ValidationException


def create_index(account: Account, request: CreateIndexInput) -> Answer:
    with account.store.catalog.exclusive():
        bucket = account.find_bucket(request)
        if account.store.catalog.index(bucket.name, request.index_name) is not None:
            raise ConflictException("An index with the specified name already exists")
        arn = account.arns.index(bucket.name, request.index_name)
        tags = request.tags or {}
        check_tags({}, tags)
        account.store.create_index(
            bucket.name, request.index_name, time.time(), _shape(bucket, request), tags={arn: tags}
        )
    return {"indexArn": arn}


def get_index(account: Account, request: IndexTarget) -> Answer:
    entry, index = account.open_index(request)
    settings = dict(entry.settings)
    configuration: Answer = {"nonFilterableMetadataKeys": settings.pop("nonFilterableMetadataKeys")}
    texts = text_search.describe(index)
    if texts:
        configuration["textSearchConfigurations"] = texts
    return {
        "index": {
            **_summary(account, entry),
            "dataType": "float32",
            "dimension": entry.dimension,
            "distanceMetric": entry.metric.value,
            "metadataConfiguration": configuration,
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
        account.store.delete_index(entry, arn=account.arns.index(entry.bucket, entry.name))
    return {}


def _shape(bucket: Bucket, request: CreateIndexInput) -> IndexShape:
    configuration = request.metadata_configuration or MetadataConfiguration()
    mode = bucket.settings["defaultIndexMode"]
    texts = text_search.languages(configuration.text_search_configurations or [])
    if texts and mode != "ENHANCED":
        raise text_search.needs_enhanced()
    own = request.encryption_configuration
    settings: Answer = {
        "nonFilterableMetadataKeys": _non_filterable(configuration),
        "encryptionConfiguration": encryption(own) if own else bucket.settings["encryptionConfiguration"],
        "indexMode": mode,
    }
    return IndexShape(request.dimension, Metric(request.distance_metric), settings, texts)


def _non_filterable(configuration: MetadataConfiguration) -> list[JsonValue]:
    keys = configuration.non_filterable_metadata_keys or []
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
