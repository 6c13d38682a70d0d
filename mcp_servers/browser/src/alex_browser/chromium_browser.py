"""One long-lived Chromium, started when it is first needed and replaced when it dies.

It hands out tabs: for one reading (`reading_tabs`), or lasting ones that Playwright drives. It knows nothing of what
they show.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from playwright.async_api import Browser, Error, Playwright, async_playwright

from alex_browser.addresses import AddressPolicy
from alex_browser.chromium import find_chromium
from alex_browser.egress_proxy import EgressProxy
from alex_browser.reading_tab import LANGUAGE, SCREEN_HEIGHT, SCREEN_WIDTH, SETTLE_SCRIPT, ReadingTab
from alex_browser.reading_tabs import Place, ReadingTabs
from alex_browser.schemas import BrowserState
from alex_browser.session_tab import SessionTab
from alex_browser.settings import BrowserSettings

LAUNCH_SECONDS = 20.0
CLOSE_SECONDS = 5.0
"""A context that does not close in this time has its process ended."""
RECYCLE_AFTER_PAGES = 500
"""Pages after which Chromium is restarted when it is idle: its memory grows with use."""
_ARGUMENTS = (
    "--blink-settings=imagesEnabled=false",
    "--disable-remote-fonts",
    "--autoplay-policy=user-gesture-required",
    "--mute-audio",
    f"--lang={LANGUAGE}",
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

_AnyTab = TypeVar("_AnyTab", ReadingTab, SessionTab)

_log = logging.getLogger(__name__)


class NoChromium(Exception):
    """There is no Chromium on this machine, or it does not start; the message says what to do."""


@dataclass(frozen=True)
class _Running:
    """A Chromium that runs, and the tabs that pages are read in."""

    browser: Browser
    reading: ReadingTabs


class ChromiumBrowser:
    """Gives out tabs of one Chromium; each goes out through a proxy of its own that keeps to `policy`."""

    def __init__(self, settings: BrowserSettings, policy: AddressPolicy) -> None:
        self._settings = settings
        self._policy = policy
        self._slots = asyncio.Semaphore(settings.max_contexts)
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._chromium: _Running | None = None
        self._executable: Path | None = None
        self._open = 0
        self._served = 0
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> bool:
        """Whether Chromium runs now."""
        return self._chromium is not None and self._chromium.browser.is_connected()

    async def state(self, sessions: int) -> BrowserState:
        """Return which Chromium there is and whether it runs, with the number of `sessions` in it."""
        executable = await self._find()
        version = self._chromium.browser.version if self._chromium and self.running else None
        return BrowserState(
            executable=str(executable) if executable else None,
            running=self.running,
            version=version,
            sessions=sessions,
        )

    @asynccontextmanager
    async def tab(self, place: Place) -> AsyncIterator[ReadingTab]:
        """Give a tab for one page of `place`; waits while `max_contexts` are in use.

        Raises:
            NoChromium: there is none, or it does not start.
        """
        await self._slots.acquire()
        self._open += 1
        taken: tuple[_Running, ReadingTab] | None = None
        went_well = False
        try:
            taken = await self._take(lambda chromium: chromium.reading.take(place))
            yield taken[1]
            went_well = True
        finally:
            # Given back in a task of its own: a caller who has gone away cancels every wait in here.
            self._in_background(self._finish(taken, place if went_well else None))

    async def open_lasting(self) -> SessionTab:
        """Give a tab in a context of its own that stays open until `give_back`; does not count as a reading.

        Raises:
            NoChromium: there is none, or it does not start.
        """
        self._open += 1
        try:
            _, tab = await self._take(lambda chromium: self._open_session_tab(chromium.browser))
        except BaseException:
            self._open -= 1
            raise
        return tab

    async def give_back(self, tab: SessionTab) -> None:
        """Close the context of a tab from `open_lasting`."""
        try:
            await self._close_context(tab)
        finally:
            await tab.proxy.close()
            self._open -= 1

    async def close(self) -> None:
        """Close Chromium and wait until it has ended."""
        if self._closing:
            await asyncio.wait(self._closing, timeout=CLOSE_SECONDS)
        await self._stop()

    async def _take(self, open_tab: Callable[[_Running], Awaitable[_AnyTab]]) -> tuple[_Running, _AnyTab]:
        chromium = await self._running()
        try:
            return chromium, await open_tab(chromium)
        except Error as exc:
            # Chromium died since its last page, or on this one: a new one gets a second chance.
            await self._discard(chromium.browser, str(exc).splitlines()[0])
            chromium = await self._running()
            return chromium, await open_tab(chromium)

    async def _open_session_tab(self, browser: Browser) -> SessionTab:
        proxy = EgressProxy(self._policy)
        await proxy.open()
        try:
            context = await browser.new_context(
                proxy={"server": proxy.url, "bypass": "<-loopback>"},
                accept_downloads=False,
                reduced_motion="reduce",
                locale=LANGUAGE,
                user_agent=_user_agent(browser),
                viewport={"width": SCREEN_WIDTH, "height": SCREEN_HEIGHT},
            )
            await context.add_init_script(SETTLE_SCRIPT)
            return await SessionTab.attach(await context.new_page(), proxy)
        except BaseException:
            await proxy.close()
            raise

    async def _running(self) -> _Running:
        async with self._starting:
            worn_out = self._served >= RECYCLE_AFTER_PAGES and self._open == 1
            if self._chromium is not None and (worn_out or not self.running):
                await self._stop()
            if self._chromium is None:
                self._chromium = await self._start()
                self._served = 0
            self._served += 1
            return self._chromium

    async def _start(self) -> _Running:
        executable = await self._find()
        if executable is None:
            raise NoChromium(
                "no Chromium was found; run `python -m alex_browser.chromium --install`, or set BROWSER_EXECUTABLE"
                " to a Chrome, Chromium or Edge"
            )
        self._playwright = self._playwright or await async_playwright().start()
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        try:
            browser = await self._playwright.chromium.launch(
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
            return _Running(browser, await ReadingTabs.of(browser, self._policy, _user_agent(browser)))
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
            if self._chromium is not None and self._chromium.browser is browser:
                _log.warning("Chromium is replaced: %s", reason)
                await self._stop()

    async def _stop(self) -> None:
        chromium, playwright = self._chromium, self._playwright
        self._chromium = self._playwright = None
        with suppress(Error, TimeoutError):
            if chromium is not None:
                await asyncio.wait_for(chromium.browser.close(), CLOSE_SECONDS)
        with suppress(Error, TimeoutError):
            if playwright is not None:
                # Ends the driver too, which takes a Chromium that does not answer with it.
                await asyncio.wait_for(playwright.stop(), CLOSE_SECONDS)
        if chromium is not None:
            await chromium.reading.end()

    async def _finish(self, taken: tuple[_Running, ReadingTab] | None, place: Place | None) -> None:
        """Give a tab back for the next page of `place`, or close it when there is none, and open others ahead."""
        try:
            if taken is not None:
                await self._give_back(*taken, place)
        finally:
            self._open -= 1
            self._slots.release()
        if self._chromium is not None and self._served < RECYCLE_AFTER_PAGES:
            with suppress(Error):
                await self._chromium.reading.open_ahead()

    async def _give_back(self, chromium: _Running, tab: ReadingTab, place: Place | None) -> None:
        try:
            if place is None:
                await chromium.reading.close_tab(tab)
            else:
                await chromium.reading.give_back(tab, place)
        except TimeoutError:
            await self._discard(chromium.browser, "a page did not close")

    async def _close_context(self, tab: SessionTab) -> None:
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


def _user_agent(browser: Browser) -> str:
    return _USER_AGENT.format(browser.version.partition(".")[0])


def _reason(exc: Error) -> str:
    if "No usable sandbox" in str(exc):
        return (
            "it may not make the user namespaces that its sandbox is made of; allow them, as compose.yaml does with"
            " seccomp.json, or set BROWSER_CHROMIUM_SANDBOX=false where nothing else runs beside it"
        )
    return str(exc).splitlines()[0]
