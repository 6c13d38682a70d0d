"""The two readers that are compared: `@playwright/mcp` as its users run it, and the browser server."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import psutil  # type: ignore[import-untyped]  # has no types
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

KEY = "bench-key"
SERVER = Path(__file__).with_name("offline_server.py")
READ_SECONDS = 90.0
"""Longest read of one page on either side."""
MEGABYTE = 1_000_000


@dataclass
class Read:
    """One page as a model gets it."""

    text: str
    seconds: float
    failed: bool
    rendered: bool = True


class AnchorSession:
    """One client of one `@playwright/mcp` process: navigate, then snapshot, as navigate returns a file link only."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def read(self, url: str) -> Read:
        """Read a page; a dialog in the way is answered, as its user would have to."""
        begun = time.perf_counter()
        await self._call("browser_navigate", {"url": url})
        result = await self._call("browser_snapshot", {})
        if result.is_error and "modal state" in text_of(result):
            await self._call("browser_handle_dialog", {"accept": True})
            result = await self._call("browser_snapshot", {})
        return Read(text_of(result), time.perf_counter() - begun, bool(result.is_error))

    async def _call(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        try:
            async with asyncio.timeout(READ_SECONDS):
                return await self._client.call_tool(tool, arguments)
        except TimeoutError:
            return CallToolResult(content=[TextContent(type="text", text="timed out")], is_error=True)


class OurSession:
    """One client of the browser server."""

    def __init__(self, client: Client, render: str, max_chars: int | None) -> None:
        self._client = client
        self._arguments: dict[str, Any] = {"render": render} | ({"max_chars": max_chars} if max_chars else {})

    async def read(self, url: str) -> Read:
        """Read a page."""
        begun = time.perf_counter()
        result = await self._client.call_tool("read_page", {"url": url, **self._arguments})
        rendered = bool((result.structured_content or {}).get("rendered"))
        return Read(text_of(result), time.perf_counter() - begun, bool(result.is_error), rendered)


def text_of(result: CallToolResult) -> str:
    """Return the text that a model is given."""
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


@asynccontextmanager
async def anchor_session(command: list[str], folder: Path) -> AsyncIterator[AnchorSession]:
    """Start `@playwright/mcp` and connect to it."""
    server = StdioServerParameters(command=command[0], args=command[1:], cwd=folder, env=dict(os.environ))
    with Path(os.devnull).open("w", encoding="utf-8") as silent:  # noqa: ASYNC230  opens nothing
        async with Client(stdio_client(server, errlog=silent)) as client:
            yield AnchorSession(client)


class OurServer:
    """A running browser server of its own process."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.process = process
        self.url = url

    @asynccontextmanager
    async def session(self, render: str, max_chars: int | None = None) -> AsyncIterator[OurSession]:
        """Connect a client."""
        async with AsyncExitStack() as stack:
            http = await stack.enter_async_context(httpx2.AsyncClient(headers={"x-api-key": KEY}, timeout=READ_SECONDS))
            transport = streamable_http_client(f"{self.url}/mcp", http_client=http)
            yield OurSession(await stack.enter_async_context(Client(transport)), render, max_chars)


@asynccontextmanager
async def our_server(chromium: str, settings: Mapping[str, str]) -> AsyncIterator[OurServer]:
    """Start the browser server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"ALEX_API_KEYS": KEY, "BROWSER_EXECUTABLE": chromium, "ALEX_LOG_LEVEL": "ERROR", **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(SERVER), "--port", str(port), env={**os.environ, **own}
    )
    url = f"http://127.0.0.1:{port}"
    try:
        await _healthy(url)
        yield OurServer(process, url)
    finally:
        process.terminate()
        await process.wait()


async def _healthy(url: str) -> None:
    async with httpx2.AsyncClient() as http, asyncio.timeout(READ_SECONDS):
        while True:
            try:
                if (await http.get(f"{url}/health")).is_success:
                    return
            except httpx2.TransportError:
                await asyncio.sleep(0.02)


def memory_megabytes(roots: list[psutil.Process]) -> float:
    """Return the proportional set size of the process trees under `roots`, in MB (Linux)."""
    total = 0
    for root in roots:
        for process in [root, *root.children(recursive=True)]:
            try:
                total += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
    return total / MEGABYTE
