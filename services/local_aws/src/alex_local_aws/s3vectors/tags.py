"""Tags of vector buckets and indexes, by ARN."""

from collections.abc import Mapping

from alex_local_aws.s3vectors.inputs import BucketTarget, IndexTarget, TagResourceInput, UntagResourceInput
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.wire.errors import NotFoundException, ValidationException

MOST_TAGS = 50
"""Of one resource, as for every AWS service."""
RESERVED = "aws:"


def list_tags(account: Account, arn: str) -> Answer:
    _require_resource(account, arn)
    return {"tags": dict(account.store.catalog.tags(arn))}


def tag_resource(account: Account, arn: str, request: TagResourceInput) -> Answer:
    with account.store.catalog.change():
        _require_resource(account, arn)
        check_tags(account.store.catalog.tags(arn), request.tags)
        account.store.catalog.put_tags(arn, request.tags)
    return {}


def untag_resource(account: Account, arn: str, request: UntagResourceInput) -> Answer:
    with account.store.catalog.change():
        _require_resource(account, arn)
        account.store.catalog.remove_tags(arn, request.tag_keys)
    return {}


def check_tags(present: Mapping[str, str], added: Mapping[str, str]) -> None:
    """Check tags that are to be added to those of a resource.

    Raises:
        ValidationException: a key is reserved, or there would be too many.
    """
    for key in added:
        if key.lower().startswith(RESERVED):
            raise ValidationException.at("/tags", f"Tag keys must not begin with {RESERVED}, '{key}' does")
    if len({*present, *added}) > MOST_TAGS:
        raise ValidationException.at("/tags", f"A resource has at most {MOST_TAGS} tags")


def _require_resource(account: Account, arn: str) -> None:
    parts = account.arns.parts(arn)
    if parts is None:
        raise NotFoundException("The specified resource could not be found")
    if parts[1] is None:
        account.find_bucket(BucketTarget.model_construct(vector_bucket_name=parts[0]))
    else:
        account.find_index(IndexTarget.model_construct(vector_bucket_name=parts[0], index_name=parts[1]))
