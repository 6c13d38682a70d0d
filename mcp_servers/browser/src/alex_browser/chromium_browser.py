"""One long-lived Chromium, started when it is first needed and replaced when it dies.

It hands out tabs, each in a context of its own that is closed afterwards; a few are opened ahead, because opening
one takes as long as reading many a page. It knows nothing of what the tabs are for.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path

from playwright.async_api import Browser, Error, Page, Playwright, async_playwright

from alex_browser.addresses import AddressPolicy
from alex_browser.chromium import find_chromium
from alex_browser.egress_proxy import EgressProxy
from alex_browser.schemas import BrowserState
from alex_browser.settings import BrowserSettings
from alex_browser.tabs import Tab

LAUNCH_SECONDS = 20.0
CLOSE_SECONDS = 5.0
"""A context that does not close in this time has its process ended."""
RECYCLE_AFTER_PAGES = 500
"""Pages after which Chromium is restarted when it is idle: its memory grows with use."""
TABS_AHEAD = 2
"""Tabs kept open for the next reading; each is one idle process of some 20 MB."""
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
_NOWHERE = "http://127.0.0.1:9"
"""The discard port (RFC 863): what belongs to no tab gets nowhere."""
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
    """Gives out tabs of one Chromium; each goes out through a proxy of its own that keeps to `policy`."""

    def __init__(self, settings: BrowserSettings, policy: AddressPolicy) -> None:
        self._settings = settings
        self._policy = policy
        self._slots = asyncio.Semaphore(settings.max_contexts)
        self._starting = asyncio.Lock()
        self._refilling = asyncio.Lock()
        self._ahead: list[Tab] = []
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._executable: Path | None = None
        self._open = 0
        self._served = 0
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> bool:
        """Whether Chromium runs now."""
        return self._browser is not None and self._browser.is_connected()

    async def state(self, sessions: int) -> BrowserState:
        """Return which Chromium there is and whether it runs, with the number of `sessions` in it."""
        executable = await self._find()
        version = self._browser.version if self._browser and self.running else None
        return BrowserState(
            executable=str(executable) if executable else None,
            running=self.running,
            version=version,
            sessions=sessions,
        )

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        """Give a tab in a fresh context; waits while `max_contexts` are open.

        Raises:
            NoChromium: there is none, or it does not start.
        """
        await self._slots.acquire()
        self._open += 1
        tab: Tab | None = None
        try:
            tab = await self._take()
            yield tab
        finally:
            # Closed in a task of its own: a caller who has gone away cancels every wait in here.
            self._in_background(self._finish(tab))

    async def open_lasting(self) -> Tab:
        """Give a tab in a context of its own that stays open until `give_back`; does not count as a reading.

        Raises:
            NoChromium: there is none, or it does not start.
        """
        self._open += 1
        try:
            return await self._take()
        except BaseException:
            self._open -= 1
            raise

    async def give_back(self, tab: Tab) -> None:
        """Close the context of a tab from `open_lasting`."""
        await self._close_tab(tab)
        self._open -= 1

    async def close(self) -> None:
        """Close Chromium and wait until it has ended."""
        if self._closing:
            await asyncio.wait(self._closing, timeout=CLOSE_SECONDS)
        await self._stop()

    async def _take(self) -> Tab:
        while self._ahead:
            tab = self._ahead.pop()
            if not tab.page.is_closed():
                self._served += 1
                return tab
        browser = await self._running()
        try:
            return await self._open_tab(browser)
        except Error as exc:
            # Chromium died since its last page, or on this one: a new one gets a second chance.
            await self._discard(browser, str(exc).splitlines()[0])
            return await self._open_tab(await self._running())

    async def _open_tab(self, browser: Browser) -> Tab:
        proxy = EgressProxy(self._policy)
        await proxy.open()
        try:
            return await self._open_context(browser, proxy)
        except BaseException:
            await proxy.close()
            raise

    async def _open_context(self, browser: Browser, proxy: EgressProxy) -> Tab:
        context = await browser.new_context(
            proxy={"server": proxy.url, "bypass": "<-loopback>"},
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
            locale="en-US",
            user_agent=_USER_AGENT.format(browser.version.partition(".")[0]),
            viewport={"width": 1280, "height": 1600},
        )
        await context.add_init_script(_SETTLE_SCRIPT)
        return await Tab.attach(await context.new_page(), proxy)

    async def _open_ahead(self) -> None:
        """Open tabs for the next readings, when Chromium is there and not worn out."""
        async with self._refilling:
            browser = self._browser
            while browser is not None and browser.is_connected() and len(self._ahead) < TABS_AHEAD:
                if self._served >= RECYCLE_AFTER_PAGES:
                    return
                tab = await self._open_tab(browser)
                # One that dies while it waits is forgotten: its page closes.
                tab.page.on("crash", self._forget)
                tab.page.on("close", self._forget)
                self._ahead.append(tab)

    def _forget(self, page: Page) -> None:
        lost = [tab for tab in self._ahead if tab.page is page]
        self._ahead = [tab for tab in self._ahead if tab.page is not page]
        for tab in lost:
            self._in_background(self._close_tab(tab))

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
                proxy={"server": _NOWHERE, "bypass": "<-loopback>"},
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

    async def _discard(self, browser: Browser | None, reason: str) -> None:
        """Stop `browser`, unless another one has taken its place."""
        async with self._starting:
            if self._browser is not None and self._browser is browser:
                _log.warning("Chromium is replaced: %s", reason)
                await self._stop()

    async def _stop(self) -> None:
        browser, playwright, ahead = self._browser, self._playwright, self._ahead
        self._browser = self._playwright = None
        self._ahead = []
        with suppress(Error, TimeoutError):
            if browser is not None:
                await asyncio.wait_for(browser.close(), CLOSE_SECONDS)
        with suppress(Error, TimeoutError):
            if playwright is not None:
                # Ends the driver too, which takes a Chromium that does not answer with it.
                await asyncio.wait_for(playwright.stop(), CLOSE_SECONDS)
        for tab in ahead:
            await tab.proxy.close()

    async def _finish(self, tab: Tab | None) -> None:
        if tab is not None:
            await self._close_tab(tab)
        self._open -= 1
        self._slots.release()
        with suppress(Error):
            await self._open_ahead()

    async def _close_tab(self, tab: Tab) -> None:
        try:
            await self._close_context(tab)
        finally:
            await tab.proxy.close()

    async def _close_context(self, tab: Tab) -> None:
        for _ in range(2):
            try:
                await asyncio.wait_for(tab.page.context.close(), CLOSE_SECONDS)
            except TimeoutError:
                await tab.kill()
            except Error:
                _log.debug("the context was closed already", exc_info=True)
                return
            else:
                return
        await self._discard(tab.page.context.browser, "a page did not close")

    def _in_background(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def _reason(exc: Error) -> str:
    if "No usable sandbox" in str(exc):
        return (
            "it may not make the user namespaces that its sandbox is made of; allow them, as compose.yaml does with"
            " seccomp.json, or set BROWSER_CHROMIUM_SANDBOX=false where nothing else runs beside it"
        )
    return str(exc).splitlines()[0]
