"""Refuses calls that were meant for another host, as plain ASGI.

A page of another site can point its own name at 127.0.0.1 (DNS rebinding). The reader's browser then takes this service
for that site, and lets the page send any header and read every answer; only `Host` still has the page's name in it.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from alex_edge.errors import error_body


class HostCheck:
    """Let through what is addressed to one of `allowed`, with any port; answer 421 to the rest."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else None
        if host is None or _name_in(host) in self._allowed:
            await self._app(scope, receive, send)
            return
        message = f"calls to {host[:200]!r} are refused; call one of the names in ALEX_ALLOWED_HOSTS"
        await JSONResponse(error_body("misdirected_request", message), status_code=421)(scope, receive, send)


def _name_in(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
