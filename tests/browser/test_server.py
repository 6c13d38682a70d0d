"""The server around the tool: both eras of MCP, the key, the routes, and a browser that is missing or dies."""

import os
import signal
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import httpx2
import psutil  # type: ignore[import-untyped]  # has no types
import pytest
from alex_browser.chromium import find_chromium
from alex_browser.settings import BrowserSettings
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.browser.running import KEY, Reader
from tests.mcp_streams import assert_changes_of_tools_are_not_told, assert_no_stream

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
async def test_the_tool_answers_in_both_eras(
    reader: Reader, site: str, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spec: the handshake of 2025-06-18 and the stateless protocol of 2026-07-28 reach the same tool."""
    modern = version == "2026-07-28"
    if not modern:
        monkeypatch.setattr("mcp.client.session.LATEST_HANDSHAKE_VERSION", version)
    async with (
        httpx2.AsyncClient(headers={"x-api-key": KEY}) as http,
        Client(
            streamable_http_client(f"{reader.url}/mcp", http_client=http), mode=version if modern else "legacy"
        ) as client,
    ):
        tools = (await client.list_tools()).tools
        result = await client.call_tool("read_page", {"url": f"{site}/article.html"})
        negotiated = client.protocol_version

    tool = next(tool for tool in tools if tool.name == "read_page")
    assert negotiated == version
    assert tool.annotations is not None
    assert tool.annotations.read_only_hint
    assert tool.output_schema is not None
    assert result.structured_content is not None
    assert result.structured_content["title"] == "Northwind raises its dividend"


async def test_a_call_without_the_key_is_refused(reader: Reader) -> None:
    """Ours: every path but /health asks for the key."""
    async with httpx2.AsyncClient() as http:
        assert (await http.get(f"{reader.url}/health")).status_code == 200
        for path in ("/mcp", "/ready", "/browser"):
            assert (await http.post(reader.url + path)).status_code == 401


@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_no_stream_stands_open_for_nothing(reader: Reader, method: str, version: str) -> None:
    """Spec: a server that offers no stream answers 405; in App Runner each open one would cost money."""
    await assert_no_stream(reader.url, KEY, method, version)


async def test_changes_of_tools_are_not_listened_to(reader: Reader) -> None:
    """Spec, 2026-07-28: a method that is not offered is a 404; clients keep the list for as long as its answer says."""
    await assert_changes_of_tools_are_not_told(reader.url, KEY)


async def test_the_state_of_chromium_is_told(reader: Reader, site: str, chromium: str) -> None:
    """Ours: which Chromium there is, and that it runs once a page has needed it."""
    await reader.read(f"{site}/late-fetch.html")

    state = (await reader.get("/browser")).json()

    assert state["executable"] == chromium
    assert state["running"] is True
    assert int(state["version"].partition(".")[0]) > 100


async def test_health_says_whether_chromium_runs(reader: Reader, reader_without_chromium: Reader, site: str) -> None:
    """Ours: without a key, and without starting one."""
    await reader.read(f"{site}/late-fetch.html")

    async with httpx2.AsyncClient() as http:
        running = (await http.get(f"{reader.url}/health")).json()
        stopped = (await http.get(f"{reader_without_chromium.url}/health")).json()

    assert (running["status"], running["name"], running["chromium"]) == ("ok", "browser", "running")
    assert stopped["chromium"] == "stopped"


def test_the_executable_is_a_setting_wherever_it_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Ours: neither AWS nor a container is looked for to choose a browser or its arguments."""
    chosen = tmp_path / "chromium"
    chosen.touch()
    monkeypatch.setenv("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE")
    monkeypatch.setenv("BROWSER_EXECUTABLE", str(chosen))
    sources = files("alex_browser")

    assert find_chromium(BrowserSettings().executable) == chosen
    for source in sources.iterdir():
        if source.name.endswith(".py"):
            text = source.read_text(encoding="utf-8")
            assert "AWS_EXECUTION_ENV" not in text, source
            assert "dockerenv" not in text, source


async def test_static_pages_are_read_without_a_chromium(reader_without_chromium: Reader, site: str) -> None:
    """Ours: a missing Chromium costs only the pages that need one, and the reason says how to get it."""
    page = await reader_without_chromium.read(f"{site}/article.html")
    message = await reader_without_chromium.refusal(f"{site}/late.html")
    state = (await reader_without_chromium.get("/browser")).json()

    assert "Northwind Foods raised" in page.text
    assert f"{site}/late.html needs a browser" in message
    assert "python -m alex_browser.chromium --install" in message
    assert state == {"executable": None, "running": False, "version": None, "sessions": 0}
    assert (await reader_without_chromium.get("/ready")).json()["status"] == "ready"


async def test_a_killed_browser_is_replaced(reader: Reader, site: str) -> None:
    """Ours: the next page starts a new Chromium."""
    await reader.read(f"{site}/late-fetch.html")
    mine = psutil.Process().children(recursive=True)
    browsers = []
    for process in mine:
        # A process may end while it is looked at.
        with suppress(psutil.Error):
            command = process.cmdline()
            if "--headless" in command and "--type=" not in str(command):
                browsers.append(process)
    assert browsers
    for browser in browsers:
        os.kill(browser.pid, signal.SIGKILL)

    page = await reader.read(f"{site}/late-fetch.html")

    assert "4.25 million" in page.text
