"""One long-lived Chromium, started when it is first needed and replaced when it dies.

It hands out pages, each in a context of its own that is closed afterwards. It knows nothing of what
the pages are for.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Error, Page, Playwright, async_playwright

from alex_browser.chromium import find_chromium
from alex_browser.egress_proxy import EgressProxy
from alex_browser.schemas import BrowserState
from alex_browser.settings import BrowserSettings

LAUNCH_SECONDS = 20.0
CLOSE_SECONDS = 5.0
"""A page whose script never ends may not close in this time; then the whole browser is replaced."""
RECYCLE_AFTER_PAGES = 500
"""Pages after which Chromium is restarted when it is idle: its memory grows with use."""
_ARGUMENTS = (
    "--blink-settings=imagesEnabled=false",
    "--disable-remote-fonts",
    "--autoplay-policy=user-gesture-required",
    "--mute-audio",
    # What would reach the network on its own, or past the proxy.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_UNWANTED = ["*.mp4*", "*.webm*", "*.m3u8*", "*.mp3*", "*.ogg*", "*.mov*", "*.m4s*", "*.woff*", "*.ttf*", "*.otf*"]
_USER_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
    " AlexBrowser/0.1"
)
"""A full Chromium's own, with our name behind it; the headless one is turned away by many sites."""
_SETTLE_SCRIPT = files("alex_browser").joinpath("settle.js").read_text(encoding="utf-8")

_log = logging.getLogger(__name__)


class NoChromium(Exception):
    """There is no Chromium on this machine, or it does not start; the message says what to do."""


class ChromiumBrowser:
    """Gives out pages of one Chromium that goes out through `proxy` alone."""

    def __init__(self, settings: BrowserSettings, proxy: EgressProxy) -> None:
        self._settings = settings
        self._proxy = proxy
        self._slots = asyncio.Semaphore(settings.max_contexts)
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._executable: Path | None = None
        self._open = 0
        self._served = 0
        self._closing: set[asyncio.Task[None]] = set()

    async def state(self) -> BrowserState:
        """Return which Chromium there is and whether it runs."""
        executable = await self._find()
        running = self._browser is not None and self._browser.is_connected()
        version = self._browser.version if running and self._browser else None
        return BrowserState(executable=str(executable) if executable else None, running=running, version=version)

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """Give a page in a fresh context; waits while `max_contexts` are open.

        Raises:
            NoChromium: there is none, or it does not start.
        """
        await self._slots.acquire()
        self._open += 1
        context: BrowserContext | None = None
        try:
            context, page = await self._new_page()
            yield page
        finally:
            # Closed in a task of its own: a caller who has gone away cancels every wait in here.
            task = asyncio.create_task(self._give_back(context))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def open_lasting(self) -> Page:
        """Give a page in a context of its own that stays open until `give_back`; does not count as a reading.

        Raises:
            NoChromium: there is none, or it does not start.
        """
        self._open += 1
        try:
            _, page = await self._new_page()
        except BaseException:
            self._open -= 1
            raise
        return page

    async def give_back(self, page: Page) -> None:
        """Close the context of a page from `open_lasting`."""
        await self._close_context(page.context)
        self._open -= 1

    async def close(self) -> None:
        """Close Chromium and wait until it has ended."""
        if self._closing:
            await asyncio.wait(self._closing, timeout=CLOSE_SECONDS)
        await self._stop()

    async def _new_page(self) -> tuple[BrowserContext, Page]:
        try:
            return await self._open_page(await self._running())
        except Error as exc:
            # Chromium died since its last page, or on this one: a new one gets a second chance.
            _log.warning("Chromium is replaced: %s", str(exc).splitlines()[0])
            await self._stop()
            return await self._open_page(await self._running())

    async def _open_page(self, browser: Browser) -> tuple[BrowserContext, Page]:
        context = await browser.new_context(
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
            locale="en-US",
            user_agent=_USER_AGENT.format(browser.version.partition(".")[0]),
            viewport={"width": 1280, "height": 1600},
        )
        await context.add_init_script(_SETTLE_SCRIPT)
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await session.send("Network.enable")
        await session.send("Network.setBlockedURLs", {"urls": _UNWANTED})
        return context, page

    async def _running(self) -> Browser:
        async with self._starting:
            worn_out = self._served >= RECYCLE_AFTER_PAGES and self._open == 1
            if self._browser is not None and (worn_out or not self._browser.is_connected()):
                await self._stop()
            if self._browser is None:
                self._browser = await self._start()
                self._served = 0
            self._served += 1
            return self._browser

    async def _start(self) -> Browser:
        executable = await self._find()
        if executable is None:
            raise NoChromium(
                "no Chromium was found; run `python -m alex_browser.chromium --install`, or set BROWSER_EXECUTABLE"
                " to a Chrome, Chromium or Edge"
            )
        self._playwright = self._playwright or await async_playwright().start()
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        try:
            return await self._playwright.chromium.launch(
                executable_path=executable,
                headless=True,
                chromium_sandbox=self._settings.chromium_sandbox and not is_root,
                args=[*_ARGUMENTS],
                proxy={"server": self._proxy.url, "bypass": "<-loopback>"},
                timeout=LAUNCH_SECONDS * 1000,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Error as exc:
            await self._stop()
            raise NoChromium(f"{executable} does not start: {_reason(exc)}") from exc

    async def _find(self) -> Path | None:
        if self._executable is None or not self._executable.is_file():
            self._executable = await asyncio.to_thread(find_chromium, self._settings.executable)
        return self._executable

    async def _stop(self) -> None:
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        with suppress(Error, TimeoutError):
            if browser is not None:
                await asyncio.wait_for(browser.close(), CLOSE_SECONDS)
        with suppress(Error, TimeoutError):
            if playwright is not None:
                # Ends the driver too, which takes a Chromium that does not answer with it.
                await asyncio.wait_for(playwright.stop(), CLOSE_SECONDS)

    async def _give_back(self, context: BrowserContext | None) -> None:
        if context is not None:
            await self._close_context(context)
        self._open -= 1
        self._slots.release()

    async def _close_context(self, context: BrowserContext) -> None:
        try:
            await asyncio.wait_for(context.close(), CLOSE_SECONDS)
        except TimeoutError:
            _log.warning("a page did not close within %g s; Chromium is replaced", CLOSE_SECONDS)
            async with self._starting:
                await self._stop()
        except Error:
            _log.debug("the context was closed already", exc_info=True)


def _reason(exc: Error) -> str:
    if "No usable sandbox" in str(exc):
        return (
            "it may not make the user namespaces that its sandbox is made of; allow them, as compose.yaml does with"
            " seccomp.json, or set BROWSER_CHROMIUM_SANDBOX=false where nothing else runs beside it"
        )
    return str(exc).splitlines()[0]
