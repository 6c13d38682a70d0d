"""The `x-api-key` check, as plain ASGI so that it never wraps a streamed body."""

import hmac
from collections.abc import Sequence

from pydantic import SecretStr
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from alex_edge.errors import error_body

API_KEY_HEADER = "x-api-key"
OPEN_PATHS = frozenset({"/health"})
"""What answers without a key: the liveness check of a container platform cannot send one."""


class ApiKeyMiddleware:
    """Refuse every request whose `x-api-key` is not one of the accepted keys."""

    def __init__(self, app: ASGIApp, keys: Sequence[SecretStr]) -> None:
        self._app = app
        self._keys = [key.get_secret_value().encode() for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS or self._accepts(scope):
            await self._app(scope, receive, send)
            return
        message = f"missing or unknown {API_KEY_HEADER}; send one of the keys in ALEX_API_KEYS"
        await JSONResponse(error_body("unauthorized", message), status_code=401)(scope, receive, send)

    def _accepts(self, scope: Scope) -> bool:
        given = next((value for name, value in scope["headers"] if name == API_KEY_HEADER.encode()), b"")
        accepted = False
        # Every key is compared, so that the time taken does not tell which one came close.
        for key in self._keys:
            accepted |= hmac.compare_digest(given, key)
        return accepted
