"""The operations of S3 Vectors on their paths."""

from collections.abc import Callable

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alex_local_aws.s3vectors import (
    buckets,
    index_modes,
    indexes,
    inputs,
    policies,
    query,
    tags,
    text_search,
    vectors,
)
from alex_local_aws.s3vectors.query_pages import QueryPages
from alex_local_aws.s3vectors.targets import Account, Answer
from alex_local_aws.wire.errors import InternalServerException, ValidationException
from alex_local_aws.wire.members import Input, parse
from alex_local_aws.wire.protocol import Work, aws_endpoint, json_response

LARGEST_BODY_BYTES = 20 * 1024 * 1024
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html (request payload)."""


def s3vectors_routes(account: Account) -> list[Route]:
    """Return one route per operation."""
    pages = QueryPages()

    def query_vectors(account: Account, request: inputs.QueryVectorsInput) -> Answer:
        return query.query_vectors(account, pages, request)

    operations: dict[str, Work] = {
        "CreateVectorBucket": _operation(account, inputs.CreateVectorBucketInput, buckets.create_vector_bucket),
        "GetVectorBucket": _operation(account, inputs.BucketTarget, buckets.get_vector_bucket),
        "ListVectorBuckets": _operation(account, inputs.ListVectorBucketsInput, buckets.list_vector_buckets),
        "DeleteVectorBucket": _operation(account, inputs.BucketTarget, buckets.delete_vector_bucket),
        "PutVectorBucketDefaultIndexMode": _operation(
            account, inputs.PutVectorBucketDefaultIndexModeInput, index_modes.put_vector_bucket_default_index_mode
        ),
        "PutVectorBucketPolicy": _operation(
            account, inputs.PutVectorBucketPolicyInput, policies.put_vector_bucket_policy
        ),
        "GetVectorBucketPolicy": _operation(account, inputs.BucketTarget, policies.get_vector_bucket_policy),
        "DeleteVectorBucketPolicy": _operation(account, inputs.BucketTarget, policies.delete_vector_bucket_policy),
        "CreateIndex": _operation(account, inputs.CreateIndexInput, indexes.create_index),
        "GetIndex": _operation(account, inputs.IndexTarget, indexes.get_index),
        "ListIndexes": _operation(account, inputs.ListIndexesInput, indexes.list_indexes),
        "DeleteIndex": _operation(account, inputs.IndexTarget, indexes.delete_index),
        "UpdateIndexMode": _operation(account, inputs.UpdateIndexModeInput, index_modes.update_index_mode),
        "UpdateMetadataConfiguration": _operation(
            account, inputs.UpdateMetadataConfigurationInput, text_search.update_metadata_configuration
        ),
        "PutVectors": _operation(account, inputs.PutVectorsInput, vectors.put_vectors),
        "GetVectors": _operation(account, inputs.GetVectorsInput, vectors.get_vectors),
        "ListVectors": _operation(account, inputs.ListVectorsInput, vectors.list_vectors),
        "DeleteVectors": _operation(account, inputs.DeleteVectorsInput, vectors.delete_vectors),
        "QueryVectors": _operation(account, inputs.QueryVectorsInput, query_vectors),
    }
    routes = [_route(f"/{name}", "POST", work) for name, work in operations.items()]
    return routes + [_route("/tags/{arn:path}", method, work) for method, work in _tag_operations(account).items()]


def _operation(account: Account, model: type[Input], work: Callable[[Account, Input], Answer]) -> Work:
    def answer(_: Request, body: bytes) -> Response:
        return json_response(work(account, parse(model, body)))

    return answer


def _tag_operations(account: Account) -> dict[str, Work]:
    """Return the operations that have the ARN in the path, by HTTP method."""

    def list_tags(request: Request, _: bytes) -> Response:
        return json_response(tags.list_tags(account, request.path_params["arn"]))

    def tag(request: Request, body: bytes) -> Response:
        return json_response(
            tags.tag_resource(account, request.path_params["arn"], parse(inputs.TagResourceInput, body))
        )

    def untag(request: Request, _: bytes) -> Response:
        members = parse(inputs.UntagResourceInput, to_json({"tagKeys": request.query_params.getlist("tagKeys")}))
        return json_response(tags.untag_resource(account, request.path_params["arn"], members))

    return {"GET": list_tags, "POST": tag, "DELETE": untag}


def _route(path: str, method: str, work: Work) -> Route:
    too_large = ValidationException(f"Request body must have at most {LARGEST_BODY_BYTES} bytes")
    endpoint = aws_endpoint(
        work, largest_body_bytes=LARGEST_BODY_BYTES, too_large=too_large, failure=InternalServerException
    )
    return Route(path, endpoint, methods=[method])
