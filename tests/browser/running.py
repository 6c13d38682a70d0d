"""Servers on free ports, and a client of the browser server."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2
import uvicorn
from alex_browser.schemas import PageRead
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent
from starlette.types import ASGIApp

KEY = "test-key"
MODERN = "2026-07-28"
START_SECONDS = 20.0


@contextmanager
def served(app: ASGIApp) -> Iterator[int]:
    """Serve `app` on a free port from a thread of its own."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, ws="none", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        thread.join(0.01)
    assert server.started, "the server did not start"
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(START_SECONDS)
    assert not thread.is_alive(), "the server did not stop"


@dataclass(frozen=True)
class Reader:
    """A client of one running browser server."""

    url: str

    async def call(self, tool: str, arguments: dict[str, object]) -> CallToolResult:
        """Call a tool over HTTP in the modern era of the protocol."""
        async with (
            httpx2.AsyncClient(headers={"x-api-key": KEY}, timeout=60) as http,
            Client(streamable_http_client(f"{self.url}/mcp", http_client=http), mode=MODERN) as client,
        ):
            return await client.call_tool(tool, arguments)

    async def read(self, url: str, **arguments: object) -> PageRead:
        """Read a page that can be read."""
        result = await self.call("read_page", {"url": url, **arguments})
        assert not result.is_error, result.content
        return PageRead.model_validate(result.structured_content)

    async def refusal(self, url: str, **arguments: object) -> str:
        """Return why a page cannot be read."""
        result = await self.call("read_page", {"url": url, **arguments})
        assert result.is_error, result.structured_content
        assert isinstance(result.content[0], TextContent)
        return result.content[0].text

    async def get(self, path: str) -> httpx2.Response:
        """Ask one of the plain HTTP routes."""
        async with httpx2.AsyncClient(headers={"x-api-key": KEY}) as http:
            return await http.get(self.url + path)
