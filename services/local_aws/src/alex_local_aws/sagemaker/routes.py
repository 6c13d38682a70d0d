"""`POST /endpoints/{name}/invocations` of SageMaker Runtime."""

import re
import threading

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

RUNS_AT_ONCE = 2
"""Runs of the model beside each other; more would only wait for the same cores."""
WAITING_AT_ONCE = 64
"""Invocations in a thread, running or waiting for one; apart from the threads of S3 Vectors."""
_ENDPOINT_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")
"""Of the `sagemaker-runtime` model."""


def sagemaker_routes(model: SentenceModel, shape: EmbeddingShape, simulation: Simulation) -> list[Route]:
    """Return the route of InvokeEndpoint."""
    serverless = ServerlessEndpoint(simulation)
    cores = threading.BoundedSemaphore(RUNS_AT_ONCE)

    def invoke(request: Request, body: bytes) -> Response:
        name = request.path_params["name"]
        if not _ENDPOINT_NAME.fullmatch(name):
            raise ValidationError(f"1 validation error detected: Value '{name}' at 'endpointName' is not a valid name")
        with serverless.invocation(), cores:
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
        limiter=CapacityLimiter(WAITING_AT_ONCE),
    )
    return [Route("/endpoints/{name}/invocations", endpoint, methods=["POST"])]
