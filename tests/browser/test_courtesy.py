"""Manners towards sites, and patience with them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from alex_browser.addresses import AddressPolicy
from alex_browser.chromium_browser import ChromiumBrowser
from alex_browser.fetching import PageFetcher
from alex_browser.reading import PageReader, Wanted
from alex_browser.rendering import PageRenderer, Rendered
from alex_browser.settings import BrowserSettings
from alex_browser.workers import Workers
from typing_extensions import override

from tests.answering import answering
from tests.browser.conftest import settings_for
from tests.browser.running import Reader

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_a_page_that_robots_may_not_read_is_left_alone(reader: Reader, site: str, render: str) -> None:
    """Spec: RFC 9309, by plain HTTP and through Chromium."""
    assert "robots.txt" in await reader.refusal(f"{site}/members/list", render=render)


async def test_a_redirect_into_an_excluded_place_is_not_followed(reader: Reader, site: str) -> None:
    """Ours: robots.txt counts at every redirect."""
    assert "robots.txt" in await reader.refusal(f"{site}/redirect?to={site}/members/list")


async def test_a_site_that_is_busy_for_a_moment_is_asked_again(reader: Reader, site: str) -> None:
    """Ours: 503 once is no reason to give up."""
    assert (await reader.read(f"{site}/flaky")).title == "Back again"


async def test_a_port_where_nobody_listens_is_named(reader_of_closed_port: tuple[Reader, str]) -> None:
    """Ours: after the new tries the reason is told."""
    reader, url = reader_of_closed_port

    assert f"{url} could not be reached" in await reader.refusal(url)


class LocalNames(AddressPolicy):
    """Finds every name on this machine, because the SEC cannot be asked from a test."""

    @override
    async def resolve(self, host: str, port: int) -> list[str]:
        return ["127.0.0.1"]


@pytest.fixture
def port_of_echo() -> Iterator[int]:
    """The port of a server that answers with the caller's User-Agent."""
    with answering(lambda _, agent: (200, "text/plain", agent.encode())) as url:
        yield int(url.rpartition(":")[2])


@pytest.mark.parametrize(
    ("host", "named"),
    [("www.sec.gov", True), ("sec.gov", True), ("example.org", False), ("notsec.gov", False), ("sec.gov.test", False)],
)
async def test_the_sec_alone_is_told_who_reads(port_of_echo: int, host: str, *, named: bool) -> None:
    """The SEC's rule, and ours: no other site learns the reader's name and address."""
    settings = BrowserSettings(obey_robots=False)
    fetcher = PageFetcher(LocalNames(()), settings, "Ann Example ann@example.com")
    try:
        fetched = await fetcher.fetch(f"http://{host}:{port_of_echo}/Archives/report.htm")
    finally:
        await fetcher.close()
    assert fetched.body.decode() == ("Ann Example ann@example.com" if named else settings.user_agent)


async def test_a_connection_that_breaks_is_made_again_through_chromium(chromium: str) -> None:
    """Ours: the tries of a page that needs Chromium are those of plain HTTP."""
    async with _breaks_at_first(times=2) as (site, broken):
        settings = settings_for(site, chromium)
        policy = AddressPolicy(settings.allowed_hosts)
        browser = ChromiumBrowser(settings, policy)
        shown = await PageRenderer(browser, policy, settings).render(f"{site}/page", "holder")
        await browser.close()

    assert "Back again" in shown.html
    assert len(broken) == 2


class _Counting:
    """Shows pages in Chromium and counts how many at once."""

    def __init__(self, renderer: PageRenderer) -> None:
        self._renderer = renderer
        self._now = 0
        self.most = 0

    async def render(self, url: str, holder: str) -> Rendered:
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            return await self._renderer.render(url, holder)
        finally:
            self._now -= 1


@pytest.mark.parametrize("at_once", [1, 2])
async def test_turns_at_a_host_count_through_chromium(
    browser: ChromiumBrowser, site: str, chromium: str, at_once: int
) -> None:
    """Ours: a host is not asked for more pages at once because a browser asks."""
    settings = settings_for(site, chromium).model_copy(update={"max_per_host": at_once, "obey_robots": False})
    policy = AddressPolicy(settings.allowed_hosts)
    fetcher = PageFetcher(policy, settings)
    counting = _Counting(PageRenderer(browser, policy, settings))
    reader = PageReader(fetcher, counting, Workers(), settings)
    names = ("article", "quote", "form", "shadow")

    pages = await asyncio.gather(
        *(reader.read(f"{site}/{name}.html", Wanted(0, 1000, None), "always", "holder") for name in names)
    )
    await fetcher.close()

    assert all(page.rendered for page in pages)
    assert counting.most == at_once


@asynccontextmanager
async def _breaks_at_first(times: int) -> AsyncIterator[tuple[str, list[int]]]:
    """Serve one page; the first `times` connections are closed without an answer and listed."""
    broken: list[int] = []
    body = b"<h1>Back again</h1><p>Northwind Foods raised its dividend.</p>"
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\nconnection: close\r\n\r\n" % len(body)

    async def answer(incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        await incoming.readuntil(b"\r\n\r\n")
        if len(broken) < times:
            broken.append(len(broken))
        else:
            outgoing.write(head + body)
            await outgoing.drain()
        outgoing.close()
        await outgoing.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", broken
