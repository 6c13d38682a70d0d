"""A page as Chromium shows it: loaded, given time for its scripts, and read without its invisible parts."""

import asyncio
import logging
from dataclasses import dataclass

from playwright.async_api import Error

from alex_browser.addresses import AddressPolicy, checked_url, port_of
from alex_browser.chromium_browser import ChromiumBrowser, NoChromium
from alex_browser.egress_proxy import REFUSED_HEADER
from alex_browser.errors import (
    ChromiumMissing,
    ConnectionBroke,
    NotReadable,
    PageAnswered,
    PageTooSlow,
    PageUnreachable,
    ReadFailed,
    TooManyRedirects,
)
from alex_browser.overlays import clear_away
from alex_browser.page_watch import PageWatch, describe_download
from alex_browser.politeness import retry_pause
from alex_browser.reading_tab import ReadingTab
from alex_browser.reading_tabs import Place
from alex_browser.settings import BrowserSettings
from alex_browser.settling import Watcher, settle
from alex_browser.tabs import Answer, NavigationFailed, Tab
from alex_browser.visible_page import VisiblePage, visible_page

_PASSING_ERRORS = ("CONNECTION", "TIMED_OUT", "EMPTY_RESPONSE", "NETWORK_CHANGED", "TUNNEL", "HTTP2", "ABORTED")
"""Parts of the names of Chromium's errors after which a new try may work; a crash before the answer is an abort."""
_CLEARINGS = 2
"""Looks at what stands before a page: behind a consent banner another window may wait."""
_ERROR_STATUS = 400

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

    async def render(self, url: str, holder: str) -> Rendered:
        """Return what Chromium shows for `url`, an HTTP error page included.

        `holder` is the caller: nothing of a page that was read for one reaches a page that is read for another.

        A broken connection, a crashed tab or a lost browser is tried again.

        Raises:
            ReadFailed: there is no Chromium, the page is refused, unreachable, a download, or never ends.
        """
        parts = checked_url(url)
        # The proxy checks every connection again; asked here, the reason is the first thing to be known.
        await self._policy.resolve(parts.hostname or "", port_of(parts))
        place = Place(holder, parts.hostname or "")
        for tried in range(self._settings.max_retries):
            try:
                return await self._once(url, place)
            except ConnectionBroke as exc:
                _log.info("%s", exc.message)
                await asyncio.sleep(retry_pause(tried))
        return await self._once(url, place)

    async def go(self, tab: Tab, url: str, watcher: Watcher) -> None:
        """Load `url` in a tab that stays open, until it has settled and nothing stands before it.

        Raises:
            ReadFailed: it is refused, unreachable, a download, or too slow.
        """
        await self._open(tab, url)
        await self.settle(tab, watcher)
        await self._clear(tab, watcher)

    async def settle(self, tab: Tab, watcher: Watcher) -> None:
        """Wait until nothing is under way that could change the text of a tab."""
        await settle(tab, self._settings.settle_seconds, self._settings.navigation_seconds, watcher)

    async def _once(self, url: str, place: Place) -> Rendered:
        watch = PageWatch()
        try:
            async with self._browser.tab(place) as tab:
                tab.listener = watch
                return await self._render(tab, url, watch)
        except NoChromium as exc:
            _log.warning("%s", exc)
            raise ChromiumMissing(url, str(exc)) from exc
        except Error as exc:
            raise ConnectionBroke(url, f"the browser stopped: {str(exc).splitlines()[0]}") from exc

    async def _render(self, tab: ReadingTab, url: str, watch: PageWatch) -> Rendered:
        answer = await self._open(tab, url)
        await self.settle(tab, watch)
        await self._clear(tab, watch)
        seen = await self._look(tab, url)
        if seen.cut:
            watch.note("the page is longer than can be read; the rest was left out")
        if tab.proxy.refusals:
            watch.note(f"{tab.proxy.refusals} requests of the page to addresses that are not public were refused")
        headers = answer.headers if answer and answer.status == seen.status else {}
        return Rendered(
            url=seen.url,
            status=seen.status,
            content_type=seen.content_type,
            retry_after=headers.get("retry-after"),
            html=seen.html,
            notes=watch.notes,
        )

    async def _open(self, tab: Tab, url: str) -> Answer | None:
        seconds = self._settings.navigation_seconds
        tab.proxy.forget()
        try:
            answer = await tab.navigate(url, seconds)
        except TimeoutError as exc:
            raise PageTooSlow(url, seconds) from exc
        except NavigationFailed as exc:
            raise self._failure(tab, url, exc) from exc
        except Error as exc:
            raise ConnectionBroke(url, f"the browser stopped: {str(exc).splitlines()[0]}") from exc
        if answer is not None and REFUSED_HEADER in answer.headers:
            raise tab.proxy.latest_refusal or ConnectionBroke(url, "the connection failed")
        return answer

    def _failure(self, tab: Tab, url: str, exc: NavigationFailed) -> ReadFailed:
        headers = exc.answer.headers if exc.answer else {}
        if exc.download:
            name = url.partition("?")[0].rpartition("/")[2]
            return NotReadable(url, f"it is {describe_download(name, headers)}, which is refused")
        if exc.answer and exc.answer.status >= _ERROR_STATUS:
            return PageAnswered(url, exc.answer.status, headers.get("retry-after"))
        if exc.code == "ERR_TOO_MANY_REDIRECTS":
            return TooManyRedirects(url)
        if refusal := tab.proxy.latest_refusal:
            return refusal
        passing = any(part in exc.code for part in _PASSING_ERRORS)
        return ConnectionBroke(url, exc.code) if passing else PageUnreachable(url, exc.code)

    async def _clear(self, tab: Tab, watcher: Watcher) -> None:
        """Take away what stands before the page."""
        for _ in range(_CLEARINGS):
            notes = await clear_away(tab)
            if not notes:
                return
            for note in notes:
                watcher.note(note)
            await self.settle(tab, watcher)

    async def _look(self, tab: ReadingTab, url: str) -> VisiblePage:
        seconds = self._settings.navigation_seconds
        try:
            # A script that never ends gives no answer.
            async with asyncio.timeout(seconds):
                return await visible_page(tab)
        except TimeoutError as exc:
            raise PageTooSlow(url, seconds) from exc
