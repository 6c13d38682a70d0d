"""Sessions: pages that stay open between calls, each under an unguessable handle that only its caller can use.

The protocol keeps no state, so the handle is all that ties a call to its page. Sessions are few, in memory,
and end when they are idle; an unknown handle is answered with how to go on.
"""

import asyncio
import hashlib
import logging
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from alex_edge import DEFAULT_OWNER
from playwright.async_api import Dialog, Download, Page, Response

from alex_browser.chromium_browser import ChromiumBrowser, NoChromium
from alex_browser.egress_proxy import REFUSED_HEADER
from alex_browser.errors import ChromiumMissing, ReadFailed, SessionUnknown
from alex_browser.settings import BrowserSettings

HANDLE_BYTES = 24
"""192 random bits: a handle cannot be guessed."""
SWEEP_SECONDS = 15.0
"""Time between two looks for idle sessions."""
MAX_NOTES = 20

_log = logging.getLogger(__name__)


@dataclass
class Session:
    """One caller's tabs; `page` is the current one."""

    handle: str
    holder: str
    page: Page
    first: Page
    used_at: float = field(default_factory=time.monotonic)
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    notes: list[str] = field(default_factory=list)
    dialog: Dialog | None = None
    dialog_opened: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Task[None] | None = None
    """The action that a dialog interrupted; it ends when the dialog is answered."""
    response: Response | None = None
    url: str = "about:blank"

    @property
    def ended(self) -> bool:
        """Whether the browser behind the session is gone."""
        browser = self.first.context.browser
        return browser is None or not browser.is_connected() or not self.first.context.pages

    def watch(self, page: Page) -> None:
        """Note what happens on `page`, and keep its dialogs for `browser_handle_dialog`."""
        page.on("dialog", self._on_dialog)
        page.on("download", self._on_download)
        page.on("response", self._on_response)
        page.on("crash", self._on_crash)

    def note(self, text: str) -> None:
        """Add a note for the next answer."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(text)

    def take_notes(self) -> list[str]:
        """Return the notes since the last answer."""
        taken, self.notes = self.notes, []
        return taken

    async def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            await dialog.accept()
            return
        self.dialog = dialog
        self.dialog_opened.set()

    async def _on_download(self, download: Download) -> None:
        self.note(f"the page offered the download {download.suggested_filename!r}; it was refused")
        await download.cancel()

    def _on_response(self, response: Response) -> None:
        if REFUSED_HEADER in response.headers:
            self.note(f"{response.url} was refused: it has no public address")
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.response = response

    def _on_crash(self, page: Page) -> None:
        self.note(f"the tab at {page.url} crashed; go to the page again with browser_navigate")


def holder_of(headers: Mapping[str, str]) -> str:
    """Return who a call is from: the caller's key and owner, as a hash, because keys are not kept."""
    named = f"{headers.get('x-api-key', '')}\n{headers.get('x-alex-owner', DEFAULT_OWNER)}"
    return hashlib.sha256(named.encode()).hexdigest()


class BrowserSessions:
    """The open sessions of this process."""

    def __init__(self, browser: ChromiumBrowser, settings: BrowserSettings) -> None:
        self._browser = browser
        self._settings = settings
        self._open: dict[str, Session] = {}
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to close idle sessions."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Close every session."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        await asyncio.gather(*(self._end(session) for session in list(self._open.values())))

    async def open(self, holder: str) -> Session:
        """Return a new session for `holder`; the longest idle one makes room when there are too many.

        Raises:
            ReadFailed: there is no Chromium, or every session is in use.
        """
        while len(self._open) >= self._settings.max_sessions:
            idle = [session for session in self._open.values() if not session.busy.locked()]
            if not idle:
                raise ReadFailed(f"all {self._settings.max_sessions} sessions are in use; try again in a moment")
            await self._end(min(idle, key=lambda session: session.used_at))
        try:
            page = await self._browser.open_lasting()
        except NoChromium as exc:
            raise ChromiumMissing("an interactive session", str(exc)) from exc
        session = Session("bs_" + secrets.token_urlsafe(HANDLE_BYTES), holder, page, page)
        session.watch(page)
        page.context.on("page", session.watch)
        self._open[session.handle] = session
        return session

    @asynccontextmanager
    async def use(self, handle: str, holder: str) -> AsyncIterator[Session]:
        """Give the session `handle` to one action at a time.

        Raises:
            SessionUnknown: it is not open, or not `holder`'s.
        """
        session = self._open.get(handle)
        if session is None or not secrets.compare_digest(session.holder, holder):
            raise SessionUnknown(handle)
        async with session.busy:
            if session.ended:
                await self._end(session)
                raise SessionUnknown(handle, session.url)
            session.used_at = time.monotonic()
            yield session
            session.used_at = time.monotonic()

    async def close(self, handle: str, holder: str) -> None:
        """Close a session; closing it twice is no error."""
        with suppress(SessionUnknown):
            async with self.use(handle, holder) as session:
                await self._end(session)

    async def _end(self, session: Session) -> None:
        if self._open.pop(session.handle, None) is None:
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
