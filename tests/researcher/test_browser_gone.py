"""The browser server goes away in the middle of research: killed as a process, and started again or not."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alex_researcher.builtin_model import ExtractiveResearcher
from alex_researcher.schemas import ResearchInput
from alex_runs import failures

from tests.service_process import KEY, free_port, kill_tree, wait_until_alive

from .conftest import ResearchBench, Site, opened_bench

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ASKED_SECONDS = 30.0


class BrowserProcess:
    """A browser server at one port, which can be killed and started again."""

    def __init__(self, site: Site) -> None:
        self._port = free_port()
        self.mcp_url = f"http://127.0.0.1:{self._port}/mcp"
        self._environment = {
            **os.environ,
            "ALEX_API_KEYS": KEY,
            "ALEX_LOG_LEVEL": "WARNING",
            "BROWSER_ALLOWED_HOSTS": site.url.removeprefix("http://"),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "alex_browser", "--port", str(self._port)]
        self._process = subprocess.Popen(command, env=self._environment)
        wait_until_alive(self.mcp_url.removesuffix("/mcp"), self._process)

    def kill(self) -> None:
        """End it at once, and what it started."""
        if self._process is not None:
            kill_tree(self._process)
        self._process = None


@pytest.fixture
def browser(site: Site) -> Iterator[BrowserProcess]:
    """A browser server, running."""
    browser = BrowserProcess(site)
    browser.start()
    yield browser
    browser.kill()


@pytest.fixture
def retrying_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failed phases are tried again at once: the server does not come back."""
    monkeypatch.setattr(failures, "FIRST_RETRY_SECONDS", 0.05)


@pytest.fixture
def held_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Makes the site wait with `/tarn.html`: the first event says that it was asked for, the second lets it answer."""
    asked, release, answer = threading.Event(), threading.Event(), site.answer

    def slow(target: str) -> tuple[int, str, bytes]:
        if target.endswith("/tarn.html"):
            asked.set()
            release.wait(ASKED_SECONDS)
        return answer(target)

    monkeypatch.setattr(site, "answer", slow)
    yield asked, release
    release.set()


def wanted(site: Site) -> ResearchInput:
    """Research that reads the page."""
    asked: dict[str, Any] = {
        "topic": "Tarnfield Rail: outlook and risks",
        "sources": [f"{site.url}/tarn.html"],
        "max_pages": 1,
        "freshness": 0,
    }
    return ResearchInput.model_validate(asked)


async def killed_while_reading(
    bench: ResearchBench, browser: BrowserProcess, site: Site, asked: threading.Event
) -> tuple[str, asyncio.Task[Any]]:
    """Begin research, and kill the browser server while it reads; return the owner and the research."""
    owner = bench.new_owner()
    await bench.store(owner, "My note", "Tarnfield Rail reported a profit of 12 million for the spring.", "note")
    run = asyncio.create_task(bench.run(ExtractiveResearcher(), wanted(site), owner))
    assert await asyncio.to_thread(asked.wait, ASKED_SECONDS)
    await asyncio.to_thread(browser.kill)
    return owner, run


async def test_research_is_completed_when_the_browser_server_comes_back(
    servers: tuple[str, str],
    browser: BrowserProcess,
    held_page: tuple[threading.Event, threading.Event],
    site: Site,
    tmp_path: Path,
) -> None:
    """Issue: the browser server gone; the page is read again and stored once."""
    asked, release = held_page
    async with opened_bench((browser.mcp_url, servers[1]), tmp_path) as bench:
        owner, run = await killed_while_reading(bench, browser, site, asked)
        release.set()
        await asyncio.to_thread(browser.start)
        status, brief = await run
        stored = [document for document in await bench.documents(owner) if document["kind"] == "page"]
    assert (status, brief.missing) == ("completed", [])
    assert any("310 million crowns" in finding.quote for finding in brief.findings)
    assert len(stored) == 1


@pytest.mark.usefixtures("retrying_soon")
async def test_research_ends_partial_and_names_the_browser_server_that_stays_away(
    servers: tuple[str, str],
    browser: BrowserProcess,
    held_page: tuple[threading.Event, threading.Event],
    site: Site,
    tmp_path: Path,
) -> None:
    """Issue: what is stored already is still found and quoted; what could not be read is named."""
    async with opened_bench((browser.mcp_url, servers[1]), tmp_path) as bench:
        _, run = await killed_while_reading(bench, browser, site, held_page[0])
        status, brief = await run
    assert status == "partial"
    assert [finding.quote for finding in brief.findings] == [
        "Tarnfield Rail reported a profit of 12 million for the spring."
    ]
    (source,) = brief.sources
    assert source.status == "failed"
    assert any("tarn.html" in reason and "browser" in reason for reason in brief.missing)
