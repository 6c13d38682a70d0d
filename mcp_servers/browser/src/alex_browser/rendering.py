"""A page as Chromium shows it: loaded, given time for its scripts, and read without its invisible parts."""

import asyncio
import logging
import re
from dataclasses import dataclass

from playwright.async_api import Error, Response
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from alex_browser.addresses import AddressPolicy, checked_url, port_of
from alex_browser.chromium_browser import ChromiumBrowser, NoChromium
from alex_browser.egress_proxy import REFUSED_HEADER
from alex_browser.errors import (
    ChromiumMissing,
    ConnectionBroke,
    NotReadable,
    PageTooSlow,
    PageUnreachable,
    ReadFailed,
    TooManyRedirects,
)
from alex_browser.overlays import answer_consent, close_overlay
from alex_browser.page_watch import PageWatch, describe_download
from alex_browser.politeness import retry_pause
from alex_browser.settings import BrowserSettings
from alex_browser.settling import Watcher, settle
from alex_browser.tabs import Tab
from alex_browser.visible_page import VisiblePage, visible_page

_NETWORK_ERROR = re.compile(r"net::(ERR_\w+)")
_PASSING_ERRORS = ("CONNECTION", "TIMED_OUT", "EMPTY_RESPONSE", "NETWORK_CHANGED", "TUNNEL", "HTTP2", "ABORTED")
"""Parts of the names of Chromium's errors after which a new try may work; a crash before the answer is an abort."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rendered:
    """What Chromium shows for a URL."""

    url: str
    status: int
    content_type: str
    retry_after: str | None
    html: str
    notes: list[str]


class PageRenderer:
    """Reads pages through one Chromium."""

    def __init__(self, browser: ChromiumBrowser, policy: AddressPolicy, settings: BrowserSettings) -> None:
        self._policy = policy
        self._browser = browser
        self._settings = settings

    async def render(self, url: str) -> Rendered:
        """Return what Chromium shows for `url`, an HTTP error page included.

        A broken connection, a crashed tab or a lost browser is tried again.

        Raises:
            ReadFailed: there is no Chromium, the page is refused, unreachable, a download, or never ends.
        """
        parts = checked_url(url)
        # The proxy checks every connection again; asked here, the reason is the first thing to be known.
        await self._policy.resolve(parts.hostname or "", port_of(parts))
        for tried in range(self._settings.max_retries):
            try:
                return await self._once(url)
            except ConnectionBroke as exc:
                _log.info("%s", exc.message)
                await asyncio.sleep(retry_pause(tried))
        return await self._once(url)

    async def go(self, tab: Tab, url: str, watcher: Watcher) -> None:
        """Load `url` in a tab that stays open, until it has settled and nothing stands before it.

        Raises:
            ReadFailed: it is refused, unreachable, a download, or too slow.
        """
        await self._open(tab, url, PageWatch())
        await self.settle(tab, watcher)
        await self._clear(tab, watcher)

    async def settle(self, tab: Tab, watcher: Watcher) -> None:
        """Wait until nothing is under way that could change the text of a tab."""
        await settle(tab, self._settings.settle_seconds, self._settings.navigation_seconds, watcher)

    async def _once(self, url: str) -> Rendered:
        watch = PageWatch()
        try:
            async with self._browser.tab() as tab:
                watch.follow(tab.page)
                return await self._render(tab, url, watch)
        except NoChromium as exc:
            _log.warning("%s", exc)
            raise ChromiumMissing(url, str(exc)) from exc
        except Error as exc:
            what = "the page made the browser crash" if watch.crashed else "the browser stopped"
            raise ConnectionBroke(url, f"{what}: {str(exc).splitlines()[0]}") from exc

    async def _render(self, tab: Tab, url: str, watch: PageWatch) -> Rendered:
        response = await self._open(tab, url, watch)
        await self.settle(tab, watch)
        await self._clear(tab, watch)
        seen = await self._look(tab, url)
        if seen.cut:
            watch.note("the page is longer than can be read; the rest was left out")
        if tab.proxy.refusals:
            watch.note(f"{tab.proxy.refusals} requests of the page to addresses that are not public were refused")
        headers = response.headers if response and response.status == seen.status else {}
        return Rendered(
            url=tab.page.url,
            status=seen.status,
            content_type=seen.content_type,
            retry_after=headers.get("retry-after"),
            html=seen.html,
            notes=watch.notes,
        )

    async def _open(self, tab: Tab, url: str, watch: PageWatch) -> Response | None:
        seconds = self._settings.navigation_seconds
        tab.proxy.forget()
        try:
            response = await tab.page.goto(url, wait_until="commit", timeout=seconds * 1000)
        except PlaywrightTimeoutError as exc:
            raise PageTooSlow(url, seconds) from exc
        except Error as exc:
            raise self._failure(tab, url, watch, exc) from exc
        if response is not None and REFUSED_HEADER in response.headers:
            raise tab.proxy.latest_refusal or ConnectionBroke(url, "the connection failed")
        return response

    def _failure(self, tab: Tab, url: str, watch: PageWatch, exc: Error) -> ReadFailed:
        message = exc.message.splitlines()[0]
        if watch.download is not None or "Download is starting" in message:
            what = describe_download(watch.download or "of a file", None)
            return NotReadable(url, f"it is {what}, which is refused")
        found = _NETWORK_ERROR.search(message)
        if found is None:
            return ConnectionBroke(url, f"the browser stopped: {message}")
        code = found.group(1)
        if code == "ERR_TOO_MANY_REDIRECTS":
            return TooManyRedirects(url)
        if refusal := tab.proxy.latest_refusal:
            return refusal
        passing = any(part in code for part in _PASSING_ERRORS)
        return ConnectionBroke(url, code) if passing else PageUnreachable(url, code)

    async def _clear(self, tab: Tab, watcher: Watcher) -> None:
        """Take away what stands before the page."""
        for clear in (answer_consent, close_overlay):
            if done := await clear(tab.page):
                watcher.note(done)
                await self.settle(tab, watcher)

    async def _look(self, tab: Tab, url: str) -> VisiblePage:
        seconds = self._settings.navigation_seconds
        try:
            # A script that never ends gives no answer.
            async with asyncio.timeout(seconds):
                return await visible_page(tab)
        except TimeoutError as exc:
            raise PageTooSlow(url, seconds) from exc
