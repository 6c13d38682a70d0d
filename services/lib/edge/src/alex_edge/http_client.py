"""HTTP clients for calls between services: key, request id, one time-out policy, one translation of failures."""

from collections.abc import Mapping

import httpx2
from pydantic import SecretStr

from alex_edge.api_key import API_KEY_HEADER
from alex_edge.errors import UpstreamUnavailable
from alex_edge.request_id import REQUEST_ID_HEADER, current_request_id

CONNECT_TIMEOUT_SECONDS = 5.0
"""A service on the same machine or region either accepts at once or is not there."""


def create_http_client(
    base_url: str,
    api_key: str | SecretStr,
    *,
    timeout_seconds: float,
    headers: Mapping[str, str] | None = None,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> httpx2.AsyncClient:
    """Return a client that sends the API key and the current request id with every call.

    `timeout_seconds` bounds each wait for the other side's bytes; the caller closes the client. Clients that
    share a `transport` share its connections; then closing the transport is enough.
    """
    key = api_key.get_secret_value() if isinstance(api_key, SecretStr) else api_key
    return httpx2.AsyncClient(
        base_url=base_url,
        headers={API_KEY_HEADER: key, **(headers or {})},
        timeout=httpx2.Timeout(timeout_seconds, connect=CONNECT_TIMEOUT_SECONDS),
        event_hooks={"request": [_add_request_id]},
        transport=transport,
    )


def raise_for_upstream(upstream: str, response: httpx2.Response) -> None:
    """Raise when `response` is a failure of the upstream itself.

    Raises:
        UpstreamUnavailable: 401, 403, 429 or any 5xx: nothing that our own caller can mend.
    """
    if response.status_code in (401, 403, 429) or response.status_code >= 500:  # noqa: PLR2004
        raise UpstreamUnavailable(upstream, f"HTTP {response.status_code} from {response.request.url}")


async def _add_request_id(request: httpx2.Request) -> None:
    request.headers.setdefault(REQUEST_ID_HEADER, current_request_id())
