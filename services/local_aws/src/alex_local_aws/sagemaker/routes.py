"""`POST /endpoints/{name}/invocations` of SageMaker Runtime."""

import re

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alex_local_aws.model.embedding import SentenceModel
from alex_local_aws.sagemaker.invocation import (
    JSON,
    LARGEST_PAYLOAD_BYTES,
    EmbeddingShape,
    answer_invocation,
    parse_invocation,
)
from alex_local_aws.sagemaker.serverless import ServerlessEndpoint, Simulation
from alex_local_aws.wire.errors import InternalFailure, ValidationError
from alex_local_aws.wire.protocol import aws_endpoint

INVOCATIONS_AT_ONCE = 64
"""Invocations in a thread, apart from those of S3 Vectors; they wait for their turns at the model there."""
_ENDPOINT_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")
"""Of the `sagemaker-runtime` model."""


def sagemaker_routes(model: SentenceModel, shape: EmbeddingShape, simulation: Simulation) -> list[Route]:
    """Return the route of InvokeEndpoint."""
    serverless = ServerlessEndpoint(simulation)

    def invoke(request: Request, body: bytes) -> Response:
        name = request.path_params["name"]
        if not _ENDPOINT_NAME.fullmatch(name):
            raise ValidationError(f"1 validation error detected: Value '{name}' at 'endpointName' is not a valid name")
        with serverless.invocation():
            answer = answer_invocation(model, shape, parse_invocation(body), request.headers.get("accept", JSON))
        return Response(
            answer.content,
            media_type=answer.media_type,
            headers={"x-amzn-invoked-production-variant": "AllTraffic"},
        )

    endpoint = aws_endpoint(
        invoke,
        largest_body_bytes=LARGEST_PAYLOAD_BYTES,
        too_large=ValidationError(f"Request payload must have at most {LARGEST_PAYLOAD_BYTES} bytes"),
        failure=InternalFailure,
        limiter=CapacityLimiter(INVOCATIONS_AT_ONCE),
    )
    return [Route("/endpoints/{name}/invocations", endpoint, methods=["POST"])]
