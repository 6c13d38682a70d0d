"""A page as Chromium shows it: loaded, given time for its scripts, and read without its invisible parts."""

import asyncio
import logging
import re
import time
from dataclasses import dataclass, field
from importlib.resources import files

from playwright.async_api import Dialog, Download, Error, Frame, Page, Request, Response
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from alex_browser.addresses import AddressPolicy, checked_url, port_of
from alex_browser.chromium_browser import ChromiumBrowser, NoChromium
from alex_browser.egress_proxy import REFUSED_HEADER, EgressProxy
from alex_browser.errors import (
    ChromiumMissing,
    NotReadable,
    PageTooSlow,
    PageUnreachable,
    ReadFailed,
    TooManyRedirects,
)
from alex_browser.settings import BrowserSettings

POLL_SECONDS = 0.05
"""Time between two looks at whether the page has settled."""
STILL_MILLISECONDS = 150
"""A document unchanged for this long, with nothing under way, is taken as complete."""
CONSENT_SECONDS = 2.0
"""Longest wait for one frame to look for a consent banner in itself."""
MAX_FOREIGN_FRAMES = 5
MIN_FRAME_PIXELS = 20_000
"""Smaller frames are buttons and counters."""
_END = "</body></html>"
_BRINGS_TEXT = frozenset(("document", "script", "fetch", "xhr", "stylesheet"))
_NETWORK_ERROR = re.compile(r"net::(ERR_\w+)")
_CONSENT = files("alex_browser").joinpath("consent.js").read_text(encoding="utf-8")
_VISIBLE_DOM = files("alex_browser").joinpath("visible_dom.js").read_text(encoding="utf-8")

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


@dataclass
class _Watch:
    """What happens on a page while it loads."""

    notes: list[str] = field(default_factory=list)
    under_way: set[Request] = field(default_factory=set)
    response: Response | None = None
    download: str | None = None
    refused: int = 0

    def follow(self, page: Page) -> None:
        """Follow the requests of the page."""
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_request_end)
        page.on("requestfailed", self._on_request_end)
        page.on("response", self._on_response)

    def leave(self, page: Page) -> None:
        """Undo `follow`."""
        page.remove_listener("request", self._on_request)
        page.remove_listener("requestfinished", self._on_request_end)
        page.remove_listener("requestfailed", self._on_request_end)
        page.remove_listener("response", self._on_response)

    def answer(self, page: Page) -> None:
        """Answer what the page asks of a person."""
        page.on("dialog", self._on_dialog)
        page.on("download", self._on_download)
        page.on("popup", self._on_popup)

    async def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            await dialog.accept()
            return
        self.notes.append(f"the page opened the dialog {dialog.type}({dialog.message[:200]!r}); it was dismissed")
        await dialog.dismiss()

    async def _on_download(self, download: Download) -> None:
        self.download = download.suggested_filename
        await download.cancel()

    async def _on_popup(self, popup: Page) -> None:
        self.notes.append("the page opened another window; it was closed")
        await popup.close()

    def _on_request(self, request: Request) -> None:
        if request.resource_type in _BRINGS_TEXT:
            self.under_way.add(request)

    def _on_request_end(self, request: Request) -> None:
        self.under_way.discard(request)

    def _on_response(self, response: Response) -> None:
        if response.status == 403 and REFUSED_HEADER in response.headers:  # noqa: PLR2004
            self.refused += 1
        if response.request.is_navigation_request() and response.frame.parent_frame is None:
            self.response = response


class PageRenderer:
    """Reads pages through one Chromium."""

    def __init__(
        self, browser: ChromiumBrowser, policy: AddressPolicy, proxy: EgressProxy, settings: BrowserSettings
    ) -> None:
        self._policy = policy
        self._browser = browser
        self._proxy = proxy
        self._settings = settings

    async def render(self, url: str) -> Rendered:
        """Return what Chromium shows for `url`, an HTTP error page included.

        Raises:
            ReadFailed: there is no Chromium, the page is refused, unreachable, a download, or never ends.
        """
        parts = checked_url(url)
        # The proxy checks every connection again; asked here, the reason is the first thing to be known.
        await self._policy.resolve(parts.hostname or "", port_of(parts))
        try:
            async with self._browser.page() as page:
                return await self._render(page, url)
        except NoChromium as exc:
            _log.warning("%s", exc)
            raise ChromiumMissing(url, str(exc)) from exc
        except Error as exc:
            raise PageUnreachable(url, f"the browser stopped: {str(exc).splitlines()[0]}") from exc

    async def go(self, page: Page, url: str) -> None:
        """Load `url` in a page that stays open, until it is parsed.

        Raises:
            ReadFailed: it is refused, unreachable, a download, or too slow.
        """
        watch = _Watch()
        watch.follow(page)
        try:
            await self._open(page, url, watch)
        finally:
            watch.leave(page)

    async def settle(self, page: Page) -> None:
        """Wait until a page that stays open has nothing under way that could change its text."""
        watch = _Watch()
        watch.follow(page)
        try:
            await self._settle(page, watch)
        finally:
            watch.leave(page)

    async def _render(self, page: Page, url: str) -> Rendered:
        watch = _Watch()
        watch.follow(page)
        watch.answer(page)
        await self._open(page, url, watch)
        await self._settle(page, watch)
        if await self._answer_consent(page, watch):
            await self._settle(page, watch)
        html = await self._visible_html(page, url)
        if watch.refused:
            watch.notes.append(f"{watch.refused} requests of the page to addresses that are not public were refused")
        response = watch.response
        headers = response.headers if response else {}
        return Rendered(
            url=page.url,
            status=response.status if response else 200,
            content_type=headers.get("content-type", "text/html").partition(";")[0].strip().lower(),
            retry_after=headers.get("retry-after"),
            html=html,
            notes=watch.notes,
        )

    async def _open(self, page: Page, url: str, watch: _Watch) -> None:
        seconds = self._settings.navigation_seconds
        try:
            await page.goto(url, wait_until="commit", timeout=seconds * 1000)
        except PlaywrightTimeoutError as exc:
            raise PageTooSlow(url, seconds) from exc
        except Error as exc:
            raise self._failure(url, watch, exc) from exc
        if watch.response is not None and REFUSED_HEADER in watch.response.headers:
            raise self._refusal(watch.response.url) or PageUnreachable(url, "the connection failed")
        try:
            await page.wait_for_load_state("domcontentloaded", timeout=seconds * 1000)
        except PlaywrightTimeoutError:
            watch.notes.append(f"the page was still loading after {seconds:g} s; this is what it showed by then")

    def _failure(self, url: str, watch: _Watch, exc: Error) -> ReadFailed:
        message = str(exc).splitlines()[0]
        if watch.download is not None or "Download is starting" in message:
            return NotReadable(url, f"it is the download {watch.download or 'of a file'!r}, which is refused")
        code = found.group(1) if (found := _NETWORK_ERROR.search(message)) else message
        if code == "ERR_TOO_MANY_REDIRECTS":
            return TooManyRedirects(url)
        asked = [url, *(request.url for request in watch.under_way)]
        refusal = next((refusal for one in asked if (refusal := self._refusal(one))), None)
        return refusal or PageUnreachable(url, code)

    def _refusal(self, url: str) -> ReadFailed | None:
        return self._proxy.refusal_of(url)

    async def _settle(self, page: Page, watch: _Watch) -> None:
        """Wait until nothing is under way that could bring text, at most `settle_seconds`."""
        ends = time.monotonic() + self._settings.settle_seconds
        while time.monotonic() < ends:
            try:
                left = ends - time.monotonic()
                state = await asyncio.wait_for(page.evaluate("() => window.__alexSettle?.()"), left)
            except TimeoutError:
                return
            except Error:
                # The page went on to another one in between; the next look is at that one.
                state = None
            still = state is not None and state["timers"] == 0 and state["stillMs"] >= STILL_MILLISECONDS
            if still and not watch.under_way:
                return
            await asyncio.sleep(POLL_SECONDS)

    async def _answer_consent(self, page: Page, watch: _Watch) -> bool:
        """Refuse or accept what a consent banner asks, in the page or a frame; return whether there was one."""
        for frame in page.frames[: 1 + MAX_FOREIGN_FRAMES]:
            try:
                clicked = await asyncio.wait_for(frame.evaluate(_CONSENT), CONSENT_SECONDS)
            except (Error, TimeoutError):
                continue
            if clicked:
                watch.notes.append(f"a consent banner was answered with {clicked[:60]!r}")
                return True
        return False

    async def _visible_html(self, page: Page, url: str) -> str:
        seconds = self._settings.navigation_seconds
        try:
            # A script that never ends gives no answer.
            async with asyncio.timeout(seconds):
                html: str = await page.evaluate(_VISIBLE_DOM)
                frames = [frame for frame in page.frames if _is_foreign(frame, page)][:MAX_FOREIGN_FRAMES]
                parts = [await _frame_html(frame) for frame in frames]
        except TimeoutError as exc:
            raise PageTooSlow(url, seconds) from exc
        return html.removesuffix(_END) + "".join(parts) + _END


async def _frame_html(frame: Frame) -> str:
    """Return the visible body of a frame that a person can see, as a section; empty for the others."""
    try:
        holder = await frame.frame_element()
        box = await holder.bounding_box()
        if box is None or box["width"] * box["height"] < MIN_FRAME_PIXELS or not await holder.is_visible():
            return ""
        html: str = await frame.evaluate(_VISIBLE_DOM)
    except Error:
        # The frame went away in between, and its text with it.
        return ""
    return f"<section>{html.removesuffix(_END).partition('<body>')[2]}</section>"


def _is_foreign(frame: Frame, page: Page) -> bool:
    """Return whether `frame` is a document of another site within the page, whose text the page cannot read."""
    origin, own = frame.url.split("/")[:3], page.url.split("/")[:3]
    return frame.parent_frame is not None and frame.url.startswith("http") and origin != own
