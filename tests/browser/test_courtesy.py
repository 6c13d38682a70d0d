"""Manners towards sites, and patience with them."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from alex_browser.addresses import AddressPolicy
from alex_browser.fetching import PageFetcher
from alex_browser.settings import BrowserSettings
from typing_extensions import override

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

    class Echo(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.headers["user-agent"].encode()
            self.send_response(200)
            self.send_header("content-type", "text/plain")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, *_: object) -> None:
            """Write nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join(timeout=5)


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
