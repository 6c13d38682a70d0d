"""CLASSIC and ENHANCED: which indexes and queries may be what.

Buckets created before 2026-09-30 may still be CLASSIC; newer ones may not. A new bucket here is a newer one, unless
the setting `LOCAL_AWS_INDEX_MODE=CLASSIC` makes this server stand for an older account.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-index-mode.html
"""

from dataclasses import replace

from alex_local_aws.engine.catalog import Bucket
from alex_local_aws.s3vectors.inputs import IndexMode, PutVectorBucketDefaultIndexModeInput, UpdateIndexModeInput
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.wire.errors import ValidationException


def put_vector_bucket_default_index_mode(account: Account, request: PutVectorBucketDefaultIndexModeInput) -> Answer:
    with account.store.catalog.change():
        bucket = account.find_bucket(request)
        _require_allowed(bucket, request.default_index_mode)
        settings = {**bucket.settings, "defaultIndexMode": request.default_index_mode}
        account.store.catalog.update_bucket(replace(bucket, settings=settings))
    return {}


def update_index_mode(account: Account, request: UpdateIndexModeInput) -> Answer:
    with account.store.catalog.change():
        entry, index = account.open_index(request)
        bucket = account.store.catalog.bucket(entry.bucket)
        assert bucket is not None
        _require_allowed(bucket, request.index_mode)
        if request.index_mode == "CLASSIC" and index.text_fields():
            raise ValidationException.at("/indexMode", "An index with text search configurations cannot be CLASSIC")
        settings = {**entry.settings, "indexMode": request.index_mode}
        account.store.catalog.update_index(replace(entry, settings=settings))
    return {}


def _require_allowed(bucket: Bucket, mode: IndexMode) -> None:
    if mode == "CLASSIC" and not bucket.settings["classicAllowed"]:
        raise ValidationException("CLASSIC is only for vector buckets created before September 30, 2026")
