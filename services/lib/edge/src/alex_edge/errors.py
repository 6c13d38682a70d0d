"""The one error shape of every service.

    ServiceError                 500  internal_error
    ├── InvalidInput             422  invalid_input
    ├── NotFound                 404  not_found
    └── UpstreamUnavailable      503  upstream_unavailable

A service derives its own errors from these, with its own `code`. The answer is always
`{"error": {"code", "message", "detail", "request_id"}}`; a stack trace only reaches the log.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import JsonValue
from starlette.exceptions import HTTPException

from alex_edge.request_id import current_request_id

_log = logging.getLogger(__name__)


class ServiceError(Exception):
    """Something that a caller is told, with its HTTP status and a stable code."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    retry_after_seconds: ClassVar[int | None] = None
    """Said in the header `Retry-After`, where trying again may help."""

    def __init__(self, message: str, **detail: JsonValue) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class InvalidInput(ServiceError):
    """The caller sent something that cannot be used; `detail` names the field."""

    status = 422
    code = "invalid_input"


class NotFound(ServiceError):
    """There is no such thing, or it belongs to somebody else."""

    status = 404
    code = "not_found"


class UpstreamUnavailable(ServiceError):
    """A service that this one depends on does not answer, or answers with a failure of its own."""

    status = 503
    code = "upstream_unavailable"
    retry_after_seconds = 5

    def __init__(self, upstream: str, reason: str) -> None:
        super().__init__(f"{upstream} does not answer ({reason}); start it or try again later", upstream=upstream)
        self.upstream = upstream


def error_body(code: str, message: str, detail: Mapping[str, JsonValue] | None = None) -> dict[str, JsonValue]:
    """Return the error shape with the id of the current request."""
    return {
        "error": {
            "code": code,
            "message": message,
            "detail": dict(detail or {}),
            "request_id": current_request_id(),
        }
    }


def in_plain_words(message: str) -> str:
    """Return what a validator of ours says, without what pydantic puts in front of it."""
    return message.removeprefix("Value error, ")


def install_error_handlers(app: FastAPI) -> None:
    """Make every failure of `app` answer in the error shape."""
    app.add_exception_handler(ServiceError, _on_service_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, _on_unexpected)


async def _on_service_error(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, ServiceError)
    after = exc.retry_after_seconds
    headers = {} if after is None else {"Retry-After": str(after)}
    return JSONResponse(error_body(exc.code, exc.message, exc.detail), status_code=exc.status, headers=headers)


async def _on_invalid_request(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, RequestValidationError)
    fields: list[JsonValue] = [
        {"field": ".".join(str(part) for part in error["loc"]), "message": in_plain_words(error["msg"])}
        for error in exc.errors()
    ]
    first = exc.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return JSONResponse(
        error_body("invalid_input", f"{where}: {in_plain_words(first['msg'])}", {"fields": fields}),
        status_code=InvalidInput.status,
    )


async def _on_http_exception(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, HTTPException)
    phrase = HTTPStatus(exc.status_code).phrase
    code = phrase.lower().replace(" ", "_").replace("-", "_")
    return JSONResponse(error_body(code, str(exc.detail)), status_code=exc.status_code, headers=exc.headers)


async def _on_unexpected(request: Request, exc: Exception) -> JSONResponse:
    _log.error("unexpected failure in %s %s", request.method, request.url.path, exc_info=exc)
    return JSONResponse(
        error_body("internal_error", "unexpected failure; the log of this service has it under the request id"),
        status_code=HTTPStatus.INTERNAL_SERVER_ERROR,
    )
