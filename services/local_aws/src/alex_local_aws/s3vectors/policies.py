"""Policies of vector buckets: kept and answered, never applied, for nobody is refused here."""

import json
from dataclasses import replace

from alex_local_aws.s3vectors.inputs import BucketTarget, PutVectorBucketPolicyInput
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.wire.errors import NotFoundException, ValidationException

MOST_POLICY_BYTES = 20 * 1024
"""As for policies of S3 buckets; S3 Vectors documents no number."""


def put_vector_bucket_policy(account: Account, request: PutVectorBucketPolicyInput) -> Answer:
    _check(request.policy)
    with account.store.catalog.change():
        bucket = account.find_bucket(request)
        account.store.catalog.update_bucket(replace(bucket, settings={**bucket.settings, "policy": request.policy}))
    return {}


def get_vector_bucket_policy(account: Account, request: BucketTarget) -> Answer:
    policy = account.find_bucket(request).settings.get("policy")
    if policy is None:
        raise NotFoundException("The specified vector bucket policy could not be found")
    return {"policy": policy}


def delete_vector_bucket_policy(account: Account, request: BucketTarget) -> Answer:
    with account.store.catalog.change():
        bucket = account.find_bucket(request)
        settings = {name: value for name, value in bucket.settings.items() if name != "policy"}
        account.store.catalog.update_bucket(replace(bucket, settings=settings))
    return {}


def _check(policy: str) -> None:
    try:
        document = json.loads(policy)
    except ValueError:
        document = None
    if not isinstance(document, dict) or not document.get("Statement"):
        raise ValidationException.at("/policy", "The policy is not a JSON object with a Statement")
    if len(policy.encode()) > MOST_POLICY_BYTES:
        raise ValidationException.at("/policy", f"The policy must have at most {MOST_POLICY_BYTES} bytes")
