"""Refuses calls that a page of another site makes from a reader's browser (DNS rebinding), as plain ASGI.

A browser names the page's site in `Origin` with every such call; programs send no `Origin`. The `Host` is not looked
at: behind a load balancer it is whatever name the service has there, and the API key is asked for in any case.
Source: MCP specification 2025-11-25, "Transports", Security Warning.
"""

from urllib.parse import urlsplit

from alex_edge.errors import error_body
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class OriginCheck:
    """Let through what has no `Origin`, or one on this machine; answer 403 to the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" else None
        if origin is None or _host_of(origin) in LOCAL_HOSTS:
            await self._app(scope, receive, send)
            return
        message = f"calls from pages of {origin[:200]!r} are refused; call from a program or from a local page"
        await JSONResponse(error_body("forbidden", message), status_code=403)(scope, receive, send)


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).hostname
    except ValueError:
        return None
