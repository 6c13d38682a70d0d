"""What can be done in a session: go, click, type, wait, look. Every action is bounded and ends in a view.

Elements are named by the refs of Playwright's accessibility snapshot, or by a selector.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Literal

from playwright.async_api import Error, Page
from pydantic import BaseModel, Field

from alex_browser.addresses import AddressPolicy, checked_url, port_of
from alex_browser.errors import ActionFailed, ConnectionBroke, PageTooSlow
from alex_browser.fetching import PageFetcher
from alex_browser.rendering import PageRenderer
from alex_browser.schemas import SessionView
from alex_browser.session_view import VIEW_CHARS, describe_dialog, find_element, reason_of, view_of
from alex_browser.sessions import BrowserSessions, Session
from alex_browser.settings import BrowserSettings

Button = Literal["left", "right", "middle"]
Modifier = Literal["Alt", "Control", "ControlOrMeta", "Meta", "Shift"]
TabAction = Literal["list", "new", "close", "select"]
Action = Callable[[Page], Awaitable[object]]


class FormField(BaseModel):
    """One field to fill in, as in `@playwright/mcp`."""

    target: str = Field(description="Ref of the field in the snapshot, or a unique selector.")
    name: str = Field(default="", description="Human-readable field name.")
    type: Literal["textbox", "checkbox", "radio", "combobox", "slider"] = "textbox"
    value: str = Field(description="Text; `true` or `false` for a checkbox; the option's text for a combobox.")


class Interaction:
    """Actions on the sessions of one browser server."""

    def __init__(
        self,
        sessions: BrowserSessions,
        renderer: PageRenderer,
        policy: AddressPolicy,
        fetcher: PageFetcher,
        settings: BrowserSettings,
    ) -> None:
        self._sessions = sessions
        self._renderer = renderer
        self._policy = policy
        self._fetcher = fetcher
        self._settings = settings

    @property
    def milliseconds(self) -> float:
        """Time that one click or key may take, in milliseconds."""
        return self._settings.action_seconds * 1000

    async def close(self, handle: str, holder: str) -> None:
        """Close a session; closing it twice is no error."""
        await self._sessions.close(handle, holder)

    async def navigate(self, url: str, handle: str | None, holder: str) -> SessionView:
        """Go to `url` in the session `handle`, or in a new one.

        Raises:
            ReadFailed: the URL is refused, the session is not open, or the page cannot be reached.
        """
        async with self._bounded("browser_navigate", url):
            await self._check(url)
            handle = handle or (await self._sessions.open(holder)).id
            async with self._sessions.use(handle, holder) as session:
                await self._dismiss_left_over(session)
                if session.lost:
                    await self._forget_page(session)
                return await self._do("browser_navigate", session, self._go(session, url))

    async def act(self, name: str, handle: str, holder: str, action: Action) -> SessionView:
        """Do `action` on the current page, wait until the page has settled, and return the view.

        A dialog that the action opens ends the waiting: it stands in the view until it is answered. One
        that nobody answered is dismissed before the next action.

        Raises:
            ReadFailed: the session is not open, or the action fails; the page is as it was left.
        """

        async def whole(session: Session) -> None:
            await action(session.tab.page)
            await self._renderer.settle(session.tab, session)

        async with self._use(name, handle, holder) as session:
            return await self._do(name, session, whole(session))

    async def answer_dialog(self, handle: str, holder: str, prompt_text: str | None, *, accept: bool) -> SessionView:
        """Accept or dismiss the dialog that is open.

        Raises:
            ReadFailed: the session is not open, or there is no dialog.
        """
        name = "browser_handle_dialog"
        async with self._bounded(name, ""), self._sessions.use(handle, holder) as session:
            dialog, session.dialog = session.dialog, None
            if dialog is None:
                raise ActionFailed(name, "no dialog is open")
            session.dialog_opened.clear()
            await (dialog.accept(prompt_text or "") if accept else dialog.dismiss())
            if session.waiting is not None:
                waiting, session.waiting = session.waiting, None
                await self._wait_for(name, session, waiting)
            return await self._view(session)

    async def snapshot(self, handle: str, holder: str, target: str | None, start: int, max_chars: int) -> SessionView:
        """Return the part of the snapshot of the page, or of `target` in it, that is asked for.

        Raises:
            ReadFailed: the session is not open, or there is no such element.
        """

        async def look() -> SessionView:
            async with self._use("browser_snapshot", handle, holder, only_looks=True) as session:
                return await self._view(session, target, start, max_chars)

        try:
            return await look()
        except ConnectionBroke:
            # The browser ended, which only the look showed. A look changes nothing, so it is made again in a new one.
            return await look()

    async def screenshot(
        self, handle: str, holder: str, target: str | None, kind: Literal["png", "jpeg"], *, full: bool
    ) -> bytes:
        """Return a picture of the page or of `target` in it. Images on the page are not loaded.

        Raises:
            ReadFailed: the session is not open, or there is no such element.
        """
        name = "browser_take_screenshot"
        async with self._use(name, handle, holder, only_looks=True) as session:
            page = session.tab.page
            try:
                if target:
                    element = await find_element(page, target)
                    shot = await element.screenshot(type=kind, timeout=self.milliseconds)
                else:
                    shot = await page.screenshot(type=kind, full_page=full, timeout=self.milliseconds)
            except Error as exc:
                await self._unstick(session)
                raise ActionFailed(name, reason_of(exc)) from exc
            return shot

    async def tabs(
        self, handle: str, holder: str, action: TabAction, index: int | None, url: str | None
    ) -> SessionView:
        """List, open (at `url`), close or select a tab.

        Raises:
            ReadFailed: the session is not open, has no such tab, or `url` cannot be opened.
        """
        name = "browser_tabs"
        if url is not None:
            await self._check(url)
        async with self._use(name, handle, holder, only_looks=action in ("list", "new")) as session:
            pages = session.pages
            if action == "new":
                session.tab = await session.adopt(await session.first.page.context.new_page())
                if url is not None:
                    return await self._do(name, session, self._go(session, url))
            elif action != "list":
                if index is not None and not 0 <= index < len(pages):
                    raise ActionFailed(name, f"there is no tab {index}; there are {len(pages)}")
                await _change_tab(session, pages[index] if index is not None else session.tab.page, action)
            return await self._view(session)

    async def _check(self, url: str) -> None:
        parts = checked_url(url)
        await self._policy.resolve(parts.hostname or "", port_of(parts))
        await self._fetcher.check_robots(url)

    async def _go(self, session: Session, url: str) -> None:
        await self._renderer.go(session.tab, url, session)

    @asynccontextmanager
    async def _bounded(self, name: str, what: str) -> AsyncIterator[None]:
        """Bound a whole call, the wait for the session before it included."""
        seconds = self._settings.call_seconds
        try:
            async with asyncio.timeout(seconds):
                yield
        except TimeoutError as exc:
            raise PageTooSlow(what or name, seconds) from exc

    @asynccontextmanager
    async def _use(self, name: str, handle: str, holder: str, *, only_looks: bool = False) -> AsyncIterator[Session]:
        """Give the session with its page; one that was lost is opened anew first, and then only looked at."""
        async with self._bounded(name, ""), self._sessions.use(handle, holder) as session:
            await self._dismiss_left_over(session)
            if session.lost:
                told = await self._open_anew(session)
                if not only_looks:
                    raise ActionFailed(name, f"{told}; call browser_snapshot with this session and go on from there")
                session.note(told)
            yield session

    async def _open_anew(self, session: Session) -> str:
        """Open the page that was lost again, and return what became of it."""
        why = session.lost
        await self._check(session.url)
        await self._forget_page(session)
        await self._go(session, session.url)
        return (
            f"the page of the session was lost ({why}) and {session.url} was opened anew; earlier refs, and what was"
            " typed or chosen there, are gone"
        )

    async def _forget_page(self, session: Session) -> None:
        """Give up the page that was lost; a tab that is new already stays."""
        if session.tab.page.url != "about:blank":
            await self._sessions.replace_tab(session)
        session.lost = ""

    async def _do(self, name: str, session: Session, action: Coroutine[object, object, None]) -> SessionView:
        session.response = None
        session.dialog_opened.clear()
        await self._wait_for(name, session, asyncio.create_task(action))
        return await self._view(session)

    async def _wait_for(self, name: str, session: Session, task: asyncio.Task[None]) -> None:
        opened = asyncio.create_task(session.dialog_opened.wait())
        seconds = self._settings.call_seconds - self._settings.action_seconds
        try:
            await asyncio.wait((task, opened), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                if session.dialog is None:
                    await self._unstick(session)
                    raise PageTooSlow(session.tab.page.url, seconds)
                session.waiting = task
                return
            task.result()
        except Error as exc:
            await self._unstick(session)
            raise ActionFailed(name, reason_of(exc)) from exc
        finally:
            opened.cancel()
            if session.waiting is not task:
                task.cancel()

    async def _unstick(self, session: Session) -> None:
        """Stop a script that never ends, so that the session can go on; lose the page when that does not help."""
        if session.lost or session.dialog is not None or await session.tab.answers():
            return
        if await session.tab.stop_scripts():
            session.note("a script of the page did not end; it was stopped")
        else:
            session.lost = "it did not react any more"

    async def _dismiss_left_over(self, session: Session) -> None:
        if session.dialog is not None:
            session.note(f"the dialog {describe_dialog(session)} was not answered; it was dismissed")
            dialog, session.dialog = session.dialog, None
            await dialog.dismiss()
        if session.waiting is not None:
            session.waiting.cancel()
            session.waiting = None

    async def _view(
        self, session: Session, target: str | None = None, start: int = 0, max_chars: int = VIEW_CHARS
    ) -> SessionView:
        try:
            return await view_of(session, self._settings.action_seconds, target, start, max_chars)
        except PageTooSlow:
            await self._unstick(session)
            return await view_of(session, self._settings.action_seconds, target, start, max_chars)


async def _change_tab(session: Session, chosen: Page, action: TabAction) -> None:
    current = session.tab.page
    if action == "close" and len(session.pages) > 1:
        await chosen.close()
        chosen = current if chosen is not current else session.pages[-1]
    session.tab = await session.adopt(chosen)
