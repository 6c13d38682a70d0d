"""The tabs of one running Chromium that pages are read in.

Every tab has a context of its own: its cookies, storage and cache are no other tab's. A tab is used for one caller and
one host alone; for the next page of both it is used again, without what was stored. A few are opened ahead, because
opening one takes as long as reading many a page.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass

from playwright.async_api import Browser, CDPSession, Error

from alex_browser.addresses import AddressPolicy
from alex_browser.devtools import Params, TargetSessions
from alex_browser.egress_proxy import EgressProxy
from alex_browser.reading_tab import BLANK, ReadingTab

CLOSE_SECONDS = 5.0
"""A context that does not close in this time means that Chromium does not react."""
OPEN_SECONDS = 10.0
"""Longest wait for a new tab, on a busy machine."""
TABS_AHEAD = 2
"""Tabs kept open for the next reading; each is one idle process of some 20 MB."""
MAX_KEPT = 2
"""Tabs kept for the next page of their host."""
KEEP_SECONDS = 15.0
"""How long a tab is kept for the next page of its host."""
REST_SECONDS = 1.0
"""After this time without a page a tab gives memory back; between two pages it would take longer than it is worth."""
MAX_READS = 20
"""Pages after which a tab is not used again: its memory grows with use."""
_PAGES = [{"type": "page"}]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Whose page of which host is read."""

    holder: str
    """The caller, as `handles.holder_of` names it."""
    host: str


@dataclass
class _Kept:
    """A tab that waits for the next page of its place."""

    tab: ReadingTab
    place: Place
    timers: tuple[asyncio.TimerHandle, asyncio.TimerHandle]

    def wake(self) -> ReadingTab:
        """Return the tab, which waits no longer."""
        for timer in self.timers:
            timer.cancel()
        return self.tab


class ReadingTabs:
    """Opens, keeps and closes the tabs."""

    def __init__(self, root: CDPSession, policy: AddressPolicy, user_agent: str) -> None:
        self._root = root
        self._policy = policy
        self._user_agent = user_agent
        self._sessions = TargetSessions(root)
        self._refilling = asyncio.Lock()
        self._open: dict[str, ReadingTab] = {}
        self._ahead: list[ReadingTab] = []
        self._kept: list[_Kept] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def of(cls, browser: Browser, policy: AddressPolicy, user_agent: str) -> "ReadingTabs":
        """Return the tabs of `browser`, none yet.

        Raises:
            Error: it is gone.
        """
        root = await browser.new_browser_cdp_session()
        tabs = cls(root, policy, user_agent)
        root.on("Target.targetCreated", tabs._on_created)
        root.on("Target.targetCrashed", tabs._on_crashed)
        browser.on("disconnected", lambda _: tabs._sessions.end("the browser stopped"))
        await root.send("Target.setDiscoverTargets", {"discover": True, "filter": _PAGES})
        return tabs

    async def take(self, place: Place) -> ReadingTab:
        """Return a tab for a page of `place`.

        Raises:
            Error: Chromium is gone, or does not open one.
        """
        for kept in reversed(self._kept):
            if kept.place == place and not kept.tab.gone:
                self._kept.remove(kept)
                return kept.wake()
        while self._ahead:
            tab = self._ahead.pop()
            if not tab.gone:
                return tab
            self._in_background(self._let_go(tab))
        return await self._open_tab()

    async def give_back(self, tab: ReadingTab, place: Place) -> None:
        """Keep a tab for the next page of its place, or close it when it is worn out.

        Raises:
            TimeoutError: Chromium does not react.
        """
        tab.listener = None
        tab.reads += 1
        if tab.gone or tab.reads >= MAX_READS or not await self._cleared(tab):
            await self.close_tab(tab)
            return
        loop = asyncio.get_running_loop()
        rests = loop.call_later(REST_SECONDS, lambda: self._in_background(tab.rest()))
        self._kept.append(_Kept(tab, place, (rests, loop.call_later(KEEP_SECONDS, self._expire, tab))))
        if len(self._kept) > MAX_KEPT:
            await self._drop(self._kept[0])

    async def close_tab(self, tab: ReadingTab) -> None:
        """Close a tab with all that belongs to its context.

        Raises:
            TimeoutError: Chromium does not react.
        """
        self._open.pop(tab.context_id, None)
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._root.send("Target.disposeBrowserContext", {"browserContextId": tab.context_id})
        except Error:
            _log.debug("the context was closed already", exc_info=True)
        finally:
            tab.debugger.end("the page was closed")
            await tab.proxy.close()

    async def open_ahead(self) -> None:
        """Open tabs for the next readings.

        Raises:
            Error: Chromium is gone.
        """
        async with self._refilling:
            while len(self._ahead) < TABS_AHEAD:
                self._ahead.append(await self._open_tab())

    async def end(self) -> None:
        """Let go of a Chromium that was closed."""
        self._sessions.end("the browser was closed")
        for kept in self._kept:
            kept.wake()
        for tab in list(self._open.values()):
            await tab.proxy.close()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS)

    async def _open_tab(self) -> ReadingTab:
        proxy = EgressProxy(self._policy)
        await proxy.open()
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                return await self._in_new_context(proxy)
        except TimeoutError as exc:
            await proxy.close()
            raise Error("the browser opens no page") from exc
        except BaseException:
            await proxy.close()
            raise

    async def _in_new_context(self, proxy: EgressProxy) -> ReadingTab:
        context = await self._root.send(
            "Target.createBrowserContext",
            {"proxyServer": proxy.url, "proxyBypassList": "<-loopback>", "disposeOnDetach": True},
        )
        in_context = {"browserContextId": context["browserContextId"]}
        await self._root.send("Browser.setDownloadBehavior", {"behavior": "deny", **in_context})
        target = await self._root.send("Target.createTarget", {"url": BLANK, **in_context})
        debugger = await self._sessions.attach(target["targetId"])
        tab = ReadingTab(proxy, debugger, context["browserContextId"], target["targetId"])
        # Known from here on: one that crashes now would be waited for.
        self._open[tab.context_id] = tab
        try:
            await tab.prepare(self._user_agent)
        except BaseException:
            self._in_background(self._let_go(tab))
            raise
        return tab

    async def _cleared(self, tab: ReadingTab) -> bool:
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._root.send("Storage.clearCookies", {"browserContextId": tab.context_id})
                await tab.clear()
        except (Error, TimeoutError):
            return False
        return True

    async def _drop(self, kept: _Kept) -> None:
        self._kept.remove(kept)
        await self._let_go(kept.wake())

    async def _let_go(self, tab: ReadingTab) -> None:
        try:
            await self.close_tab(tab)
        except TimeoutError:
            _log.warning("a tab that nobody uses did not close")

    def _expire(self, tab: ReadingTab) -> None:
        for kept in [one for one in self._kept if one.tab is tab]:
            self._in_background(self._drop(kept))

    def _on_created(self, event: Params) -> None:
        target = event["targetInfo"]
        tab = self._open.get(target.get("browserContextId", ""))
        if tab is None or target["targetId"] == tab.target_id:
            return
        if tab.listener is not None:
            tab.listener.note("the page opened another window; it was closed")
        self._in_background(self._close_target(target["targetId"]))

    async def _close_target(self, target_id: str) -> None:
        try:
            await self._root.send("Target.closeTarget", {"targetId": target_id})
        except Error:
            _log.debug("the window was closed already", exc_info=True)

    def _on_crashed(self, event: Params) -> None:
        for tab in self._open.values():
            if tab.target_id == event["targetId"]:
                tab.debugger.end("the page made the browser crash")

    def _in_background(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
