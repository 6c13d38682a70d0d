"""The operations of S3 Vectors on their paths."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alex_local_aws.s3vectors import buckets, indexes, inputs, query, vectors
from alex_local_aws.s3vectors.query_pages import QueryPages
from alex_local_aws.s3vectors.targets import Account
from alex_local_aws.wire.errors import InternalServerException, ValidationException
from alex_local_aws.wire.members import Input, parse
from alex_local_aws.wire.protocol import Work, aws_endpoint, json_response

LARGEST_BODY_BYTES = 20 * 1024 * 1024
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html (request payload)."""


def s3vectors_routes(account: Account) -> list[Route]:
    """Return one route per operation."""
    pages = QueryPages()
    operations: dict[str, Work] = {
        "CreateVectorBucket": _operation(account, inputs.CreateVectorBucketInput, buckets.create_vector_bucket),
        "GetVectorBucket": _operation(account, inputs.BucketTarget, buckets.get_vector_bucket),
        "ListVectorBuckets": _operation(account, inputs.ListVectorBucketsInput, buckets.list_vector_buckets),
        "DeleteVectorBucket": _operation(account, inputs.BucketTarget, buckets.delete_vector_bucket),
        "CreateIndex": _operation(account, inputs.CreateIndexInput, indexes.create_index),
        "GetIndex": _operation(account, inputs.IndexTarget, indexes.get_index),
        "ListIndexes": _operation(account, inputs.ListIndexesInput, indexes.list_indexes),
        "DeleteIndex": _operation(account, inputs.IndexTarget, indexes.delete_index),
        "PutVectors": _operation(account, inputs.PutVectorsInput, vectors.put_vectors),
        "GetVectors": _operation(account, inputs.GetVectorsInput, vectors.get_vectors),
        "ListVectors": _operation(account, inputs.ListVectorsInput, vectors.list_vectors),
        "DeleteVectors": _operation(account, inputs.DeleteVectorsInput, vectors.delete_vectors),
        "QueryVectors": _operation(
            account,
            inputs.QueryVectorsInput,
            lambda account, request: query.query_vectors(account, pages, request),
        ),
    }
    return [_route(name, work) for name, work in operations.items()]


def _operation(account: Account, model: type[Input], work: Callable[[Account, Input], buckets.Answer]) -> Work:
    def answer(_: Request, body: bytes) -> Response:
        return json_response(work(account, parse(model, body)))

    return answer


def _route(name: str, work: Work) -> Route:
    too_large = ValidationException(f"Request body must have at most {LARGEST_BODY_BYTES} bytes")
    endpoint = aws_endpoint(
        work, largest_body_bytes=LARGEST_BODY_BYTES, too_large=too_large, failure=InternalServerException
    )
    return Route(f"/{name}", endpoint, methods=["POST"])
