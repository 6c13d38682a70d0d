"""A local web site with the pages that trouble readers, and the browser server in front of it."""

import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
from alex_browser.addresses import AddressPolicy
from alex_browser.app import create_app
from alex_browser.chromium_browser import ChromiumBrowser
from alex_browser.settings import BrowserSettings
from alex_edge import EdgeSettings

from tests.browser.local_site import build_site
from tests.browser.running import KEY, Reader, served

INSTALL_SECONDS = 900.0
BODY_LIMIT = 2_000_000


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
    with served(build_site()) as port:
        yield f"http://127.0.0.1:{port}"


def settings_for(site: str, executable: str) -> BrowserSettings:
    """Settings that let the local site be read, with short waits."""
    return BrowserSettings(
        executable=executable,
        allowed_hosts=(site.removeprefix("http://"),),
        fetch_seconds=4,
        navigation_seconds=6,
        action_seconds=4,
        max_body_bytes=BODY_LIMIT,
        max_sessions=3,
        searxng_url=f"{site}/searx",
    )


def serve_reader(settings: BrowserSettings) -> Iterator[Reader]:
    """Serve with `settings`."""
    edge = EdgeSettings(api_keys=(KEY,), log_level="ERROR")
    with served(create_app(edge, settings)) as port:
        yield Reader(f"http://127.0.0.1:{port}")


@pytest.fixture
async def browser(site: str, chromium: str) -> AsyncIterator[ChromiumBrowser]:
    """A Chromium without a server around it."""
    settings = settings_for(site, chromium)
    opened = ChromiumBrowser(settings, AddressPolicy(settings.allowed_hosts))
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def reader(site: str, chromium: str) -> Iterator[Reader]:
    """A server with Chromium."""
    yield from serve_reader(settings_for(site, chromium))


@pytest.fixture(scope="session")
def reader_without_chromium(site: str) -> Iterator[Reader]:
    """A server on a machine that has no Chromium."""
    yield from serve_reader(settings_for(site, "/no/such/chromium"))


@pytest.fixture(scope="session")
def reader_of_closed_port() -> Iterator[tuple[Reader, str]]:
    """A server that may read an address at which nobody listens, and that address."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/"
        for reader in serve_reader(settings_for(url.rstrip("/"), "/no/such/chromium")):
            yield reader, url
