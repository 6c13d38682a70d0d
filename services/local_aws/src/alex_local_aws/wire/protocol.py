"""From an HTTP request to an AWS answer: body limit, worker thread, error headers. Knows no service.

Everything behind the body runs in a worker thread, so that a large put or a long search delays no other request.
"""

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping

from alex_edge.request_id import current_request_id
from anyio import CapacityLimiter, to_thread
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from alex_local_aws.wire.errors import AwsError

_log = logging.getLogger(__name__)

Work = Callable[[Request, bytes], Response]
"""What answers a request, given its whole body; may raise `AwsError`; runs in a worker thread."""
Endpoint = Callable[[Request], Awaitable[Response]]


def aws_endpoint(
    work: Work,
    *,
    largest_body_bytes: int,
    too_large: AwsError,
    failure: type[AwsError],
    limiter: CapacityLimiter | None = None,
) -> Endpoint:
    """Return a Starlette endpoint that runs `work` and answers every failure in AWS's shape.

    Args:
        too_large: what to answer to a body beyond the limit.
        failure: the service's word for an unexpected failure.
        limiter: bounds how many run at once; the default is that of anyio's threads.
    """

    async def endpoint(request: Request) -> Response:
        try:
            body = await _read_body(request, largest_body_bytes)
            if body is None:
                answer = error_response(too_large)
            else:
                answer = await to_thread.run_sync(work, request, body, limiter=limiter)
        except AwsError as error:
            answer = error_response(error)
        except (OSError, sqlite3.OperationalError) as error:
            _log.exception("files cannot be used in %s", request.url.path)
            message = f"local_aws cannot use its files ({error}); is the disk full? Nothing of this call was stored"
            answer = error_response(failure(message))
        except Exception:  # noqa: BLE001  the edge of the process: logged, and answered in AWS's shape
            _log.exception("unexpected failure in %s", request.url.path)
            answer = error_response(failure("Internal failure; the log of local_aws has it under the request id"))
        answer.headers["x-amzn-requestid"] = current_request_id()
        return answer

    return endpoint


def json_response(content: Mapping[str, object], *, status: int = 200) -> Response:
    """Return an AWS JSON answer."""
    return Response(to_json(content), status_code=status, media_type="application/json")


def error_response(error: AwsError) -> Response:
    """Return `error` as boto3 parses it: the code in a header, the message in the body."""
    answer = json_response(error.body(), status=error.status)
    answer.headers["x-amzn-errortype"] = error.code
    return answer


async def _read_body(request: Request, largest_bytes: int) -> bytes | None:
    """Return the body, or nothing when it is longer than `largest_bytes`; never holds more than that."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest_bytes:
            return None
        parts.append(part)
    return b"".join(parts)
