"""Takes the API key as OpenAI's clients send it, `Authorization: Bearer KEY`, as plain ASGI.

Many of them let their user set an address and a key and nothing else. The key is moved to `x-api-key`, where the check
of every service looks for it; a client that sends `x-api-key` itself is left alone.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

API_KEY_HEADER = "x-api-key"
SCHEME = "bearer "


class BearerKey:
    """Pass every request on, with the key where the check looks for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        given = headers.get("authorization", "")
        if API_KEY_HEADER not in headers and given.lower().startswith(SCHEME):
            key = (API_KEY_HEADER.encode(), given[len(SCHEME) :].strip().encode("latin-1"))
            scope = {**scope, "headers": [*scope["headers"], key]}
        await self._app(scope, receive, send)
