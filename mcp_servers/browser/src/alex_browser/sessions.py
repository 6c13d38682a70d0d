"""Sessions: tabs that stay open between calls, each session under a handle that only its caller can use (`handles`).

Sessions are few, in memory, and end when they are idle. One that is not open here but whose handle is genuine and
young, because another instance gave it out or it had to make room, begins again at its last URL.
"""

import asyncio
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from playwright.async_api import Dialog, Download, Error, Page, Response

from alex_browser.chromium_browser import ChromiumBrowser, NoChromium
from alex_browser.egress_proxy import REFUSED_HEADER
from alex_browser.errors import ChromiumMissing, ReadFailed, SessionUnknown
from alex_browser.handles import new_session_id, read_handle, session_id_of
from alex_browser.page_watch import describe_download
from alex_browser.session_tab import SessionTab
from alex_browser.settings import BrowserSettings

SWEEP_SECONDS = 15.0
"""Time between two looks for idle sessions."""
MAX_NOTES = 20
MAX_TABS = 8
"""Tabs of one session; a page that opens more windows sees them closed."""
_MAX_CLOSED = 1000
"""Closed sessions remembered, so that their handles do not open them again."""

_log = logging.getLogger(__name__)


@dataclass
class Session:
    """One caller's tabs; `tab` is the current one."""

    id: str
    holder: str
    tab: SessionTab
    first: SessionTab
    url: str = "about:blank"
    """Where the session is, or was before its page was lost."""
    lost: str = ""
    """Why the page has to be opened anew; empty while it is there."""
    used_at: float = field(default_factory=time.monotonic)
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    notes: list[str] = field(default_factory=list)
    dialog: Dialog | None = None
    dialog_opened: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Task[None] | None = None
    """The action that a dialog interrupted; it ends when the dialog is answered."""
    response: Response | None = None
    _tabs: dict[Page, SessionTab] = field(default_factory=dict)

    @property
    def pages(self) -> list[Page]:
        """The pages that are open, in the order of their opening."""
        return self.first.page.context.pages

    @property
    def ended(self) -> bool:
        """Whether the browser behind the session is gone."""
        browser = self.first.page.context.browser
        return browser is None or not browser.is_connected() or not self.pages

    @property
    def held(self) -> bool:
        """Whether a dialog waits for an answer."""
        return self.dialog is not None

    def begin(self, tab: SessionTab) -> None:
        """Go on in `tab`, in a context of its own, where there was none or an other one before."""
        self.tab = self.first = tab
        self._tabs = {tab.page: tab}
        self.dialog = None
        self._watch(tab.page)
        tab.page.context.on("page", self._on_page)

    async def adopt(self, page: Page) -> SessionTab:
        """Return the tab of a page of the session."""
        if page not in self._tabs:
            self._tabs[page] = await SessionTab.attach(page, self.first.proxy)
        return self._tabs[page]

    def note(self, text: str) -> None:
        """Add a note for the next answer."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(text)

    def take_notes(self) -> list[str]:
        """Return the notes since the last answer."""
        taken, self.notes = self.notes, []
        return taken

    def _watch(self, page: Page) -> None:
        page.on("dialog", self._on_dialog)
        page.on("download", self._on_download)
        page.on("response", self._on_response)
        page.on("crash", self._on_crash)

    async def _on_page(self, page: Page) -> None:
        with suppress(Error):
            if len(self.pages) > MAX_TABS:
                self.note(f"the page opened more than {MAX_TABS} windows; the last one was closed")
                await page.close()
                return
            self._watch(page)
            await self.adopt(page)

    async def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            await dialog.accept()
            return
        self.dialog = dialog
        self.dialog_opened.set()

    async def _on_download(self, download: Download) -> None:
        headers = self.response.headers if self.response else {}
        told = describe_download(download.suggested_filename, headers)
        self.note(f"the page offered {told}; it was refused")
        await download.cancel()

    def _on_response(self, response: Response) -> None:
        if REFUSED_HEADER in response.headers:
            self.note(f"{response.url} was refused: it has no public address")
        if response.request.is_navigation_request() and response.frame == self.tab.page.main_frame:
            self.response = response

    def _on_crash(self, page: Page) -> None:
        if page is self.tab.page:
            self.lost = "its tab crashed"


class BrowserSessions:
    """The open sessions of this process."""

    def __init__(self, browser: ChromiumBrowser, settings: BrowserSettings) -> None:
        self._browser = browser
        self._settings = settings
        self._open: dict[str, Session] = {}
        self._closed: OrderedDict[str, None] = OrderedDict()
        self._beginning = asyncio.Lock()
        self._sweeper: asyncio.Task[None] | None = None

    @property
    def count(self) -> int:
        """How many sessions are open."""
        return len(self._open)

    def start(self) -> None:
        """Begin to close idle sessions."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Close every session."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        await asyncio.gather(*(self._end(session) for session in list(self._open.values())))

    async def open(self, holder: str, session_id: str | None = None) -> Session:
        """Return a new session for `holder`; the longest idle one makes room when there are too many.

        Raises:
            ReadFailed: there is no Chromium, or every session is in use.
        """
        while len(self._open) >= self._settings.max_sessions:
            idle = [session for session in self._open.values() if not session.busy.locked()]
            if not idle:
                raise ReadFailed(f"all {self._settings.max_sessions} sessions are in use; try again in a moment")
            await self._end(min(idle, key=lambda session: session.used_at))
        tab = await self._new_tab()
        session = Session(session_id or new_session_id(), holder, tab, tab)
        session.begin(tab)
        self._open[session.id] = session
        return session

    @asynccontextmanager
    async def use(self, handle: str, holder: str) -> AsyncIterator[Session]:
        """Give the session of `handle` to one action at a time; its page may be `lost`.

        Raises:
            SessionUnknown: it expired, was closed, or is not `holder`'s.
        """
        session = self._open.get(session_id_of(handle))
        if session is None:
            async with self._beginning:
                session = self._open.get(session_id_of(handle)) or await self._begin_again(handle, holder)
        if not secrets.compare_digest(session.holder, holder):
            raise SessionUnknown(handle)
        async with session.busy:
            if session.ended:
                await self._replace_browser(session)
            session.used_at = time.monotonic()
            try:
                yield session
            finally:
                session.used_at = time.monotonic()

    async def replace_tab(self, session: Session) -> None:
        """Put a new tab in the place of the current one, which crashed or does not react."""
        dead = session.tab
        await dead.kill()
        page = await session.first.page.context.new_page()
        session.tab = await session.adopt(page)
        with suppress(Error):
            await dead.page.close()

    async def close(self, handle: str, holder: str) -> None:
        """Close a session; closing it twice is no error."""
        session_id = session_id_of(handle)
        session = self._open.get(session_id)
        if session is not None and not secrets.compare_digest(session.holder, holder):
            return
        if session is not None or read_handle(handle, holder) is not None:
            self._closed[session_id] = None
            while len(self._closed) > _MAX_CLOSED:
                self._closed.popitem(last=False)
        if session is not None:
            async with session.busy:
                await self._end(session)

    async def _begin_again(self, handle: str, holder: str) -> Session:
        named = read_handle(handle, holder)
        if named is None or named.id in self._closed:
            raise SessionUnknown(handle)
        if time.time() - named.given_at > self._settings.session_idle_seconds:
            raise SessionUnknown(handle, named.url)
        session = await self.open(holder, named.id)
        session.url = named.url
        session.lost = "this instance of the browser did not have it"
        return session

    async def _replace_browser(self, session: Session) -> None:
        """Give `session` a tab of the browser that took the place of the one it had."""
        await self._browser.give_back(session.first)
        try:
            session.begin(await self._new_tab())
        except ReadFailed:
            self._open.pop(session.id, None)
            raise
        session.lost = session.lost or "its browser ended"

    async def _new_tab(self) -> SessionTab:
        try:
            return await self._browser.open_lasting()
        except NoChromium as exc:
            raise ChromiumMissing("an interactive session", str(exc)) from exc

    async def _end(self, session: Session) -> None:
        if self._open.pop(session.id, None) is None:
            return
        if session.waiting is not None:
            session.waiting.cancel()
        await self._browser.give_back(session.first)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(min(SWEEP_SECONDS, self._settings.session_idle_seconds))
            oldest = time.monotonic() - self._settings.session_idle_seconds
            for session in list(self._open.values()):
                if session.used_at < oldest and not session.busy.locked():
                    _log.info("a session was idle and is closed")
                    await self._end(session)
