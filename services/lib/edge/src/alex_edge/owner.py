"""Whose data a request is about.

The API key says that the caller may speak to the service at all; the owner says for whom. In AWS the
gateway writes the owner header from the caller's key and replaces the key itself, so a caller cannot
choose another owner; services pass the header on to the services they call.
"""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from alex_edge.errors import InvalidInput, error_body

OWNER_HEADER = "x-alex-owner"
DEFAULT_OWNER = "local"
"""The owner when no header is sent: one person on one machine."""
_ACCEPTED = re.compile(r"[A-Za-z0-9._@-]{1,64}")


def owner_from_headers(headers: Mapping[str, str]) -> str:
    """Return the owner named in `headers`.

    Raises:
        InvalidInput: the header is there but is not 1 to 64 letters, digits or `._@-`.
    """
    owner = headers.get(OWNER_HEADER, DEFAULT_OWNER)
    if not _ACCEPTED.fullmatch(owner):
        raise InvalidInput(
            f"{OWNER_HEADER} must be 1 to 64 letters, digits or ._@-, got {owner[:80]!r}", field=OWNER_HEADER
        )
    return owner


def _owner(request: Request) -> str:
    return owner_from_headers(request.headers)


Owner = Annotated[str, Depends(_owner)]
"""A route parameter of this type is the owner of the request."""


class OneOwner:
    """Refuse a request that names two owners, also to an MCP server; plain ASGI, so it never wraps a streamed body.

    A gateway writes the header. One that replaces it only where the caller wrote its name in the same letters would
    send both, and the caller could speak for somebody else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with an error."""
        named = {value for name, value in scope.get("headers", ()) if name.lower() == OWNER_HEADER.encode()}
        if len(named) <= 1:
            await self._app(scope, receive, send)
            return
        body = error_body("invalid_input", f"{OWNER_HEADER} was sent with two values", {"field": OWNER_HEADER})
        await JSONResponse(body, status_code=InvalidInput.status)(scope, receive, send)
