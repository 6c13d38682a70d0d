"""A local web site with the pages that trouble readers, and the browser server in front of it."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
import uvicorn
from alex_browser.app import create_app
from alex_browser.schemas import PageRead
from alex_browser.settings import BrowserSettings
from alex_edge import EdgeSettings
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

PAGES = Path(__file__).parent / "pages"
KEY = "test-key"
MODERN = "2026-07-28"
START_SECONDS = 20.0
INSTALL_SECONDS = 900.0
BODY_LIMIT = 2_000_000
PARAGRAPH = "<p>Northwind Foods raised its dividend for the ninth year in a row, the company said on Monday.</p>"


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


async def _status(request: Request) -> Response:
    code = int(request.path_params["code"])
    return HTMLResponse(f"<h1>{code}</h1>", status_code=code, headers={"retry-after": "7"} if code == 429 else None)


async def _redirect(request: Request) -> Response:
    return RedirectResponse(request.query_params["to"])


async def _loop(request: Request) -> Response:
    return RedirectResponse(request.url_for("loop"))


async def _never_ends(_: Request) -> Response:
    async def drip() -> AsyncIterator[str]:
        yield "<html><body><h1>Slow</h1>"
        while True:
            await asyncio.sleep(0.2)
            yield "<!-- drip -->"

    return StreamingResponse(drip(), media_type="text/html")


async def _huge(_: Request) -> Response:
    async def chunks() -> AsyncIterator[str]:
        yield "<html><head><title>Huge</title></head><body><h1>Huge page</h1>"
        for _ in range(500):
            yield PARAGRAPH * 1000
        yield "</body></html>"

    return StreamingResponse(chunks(), media_type="text/html")


async def _wrong_charset(_: Request) -> Response:
    head = '<head><meta charset="windows-1251"><title>Отчёт</title></head>'
    text = f"<html>{head}<body><h1>Отчёт компании</h1><p>Выручка выросла на 12%.</p></body></html>"
    declared = "text/html; charset=utf-8"
    return Response(text.encode("windows-1251"), media_type=declared)


async def _download(_: Request) -> Response:
    headers = {"content-disposition": 'attachment; filename="model.xlsx"', "content-length": "5"}
    return Response(b"PK\x03\x04\x00", media_type="application/vnd.ms-excel", headers=headers)


async def _json(_: Request) -> Response:
    return Response('{"symbol": "NWF", "price": 12.5}', media_type="application/json")


async def _late_text(_: Request) -> Response:
    await asyncio.sleep(1)
    return PlainTextResponse("The fetched figure is 4.25 million.")


async def _headers(request: Request) -> Response:
    return JSONResponse(dict(request.headers))


def _site() -> Starlette:
    return Starlette(
        routes=[
            Route("/status/{code}", _status),
            Route("/redirect", _redirect),
            Route("/loop", _loop, name="loop"),
            Route("/never-ends", _never_ends),
            Route("/huge", _huge),
            Route("/wrong-charset", _wrong_charset),
            Route("/download", _download),
            Route("/quote.json", _json),
            Route("/late-text", _late_text),
            Route("/headers", _headers),
            Mount("/", StaticFiles(directory=PAGES, html=True)),
        ]
    )


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a real Chromium, installed if there was none."""
    command = [sys.executable, "-m", "alex_browser.chromium", "--install"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    assert done.returncode == 0, f"these tests need a Chromium: {done.stderr[-2000:]}"
    return done.stdout.strip()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the local site."""
    with served(_site()) as port:
        yield f"http://127.0.0.1:{port}"


def settings_for(site: str, executable: str) -> BrowserSettings:
    """Settings that let the local site be read, with short waits."""
    return BrowserSettings(
        executable=executable,
        allowed_hosts=(site.removeprefix("http://"),),
        fetch_seconds=4,
        navigation_seconds=6,
        max_body_bytes=BODY_LIMIT,
    )


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


def _serve_reader(settings: BrowserSettings) -> Iterator[Reader]:
    edge = EdgeSettings(api_keys=(KEY,), log_level="ERROR")
    with served(create_app(edge, settings)) as port:
        yield Reader(f"http://127.0.0.1:{port}")


@pytest.fixture(scope="session")
def reader(site: str, chromium: str) -> Iterator[Reader]:
    """A server with Chromium."""
    yield from _serve_reader(settings_for(site, chromium))


@pytest.fixture(scope="session")
def reader_without_chromium(site: str) -> Iterator[Reader]:
    """A server on a machine that has no Chromium."""
    yield from _serve_reader(settings_for(site, "/no/such/chromium"))
