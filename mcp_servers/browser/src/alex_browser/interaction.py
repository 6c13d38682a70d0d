"""What can be done in a session: go, click, type, wait, look. Every action is bounded and ends in a view.

Elements are named by the refs of Playwright's accessibility snapshot, or by a selector.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Literal

from playwright.async_api import Error, Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from pydantic import BaseModel, Field

from alex_browser.addresses import AddressPolicy, checked_url, port_of
from alex_browser.errors import ActionFailed, PageTooSlow, PageUnreachable
from alex_browser.fetching import PageFetcher
from alex_browser.rendering import PageRenderer
from alex_browser.schemas import SessionView, Tab
from alex_browser.sessions import BrowserSessions, Session
from alex_browser.settings import BrowserSettings

VIEW_CHARS = 6_000
"""Snapshot shown after an action: about 2,000 tokens; browser_snapshot gives the rest."""
REF_SECONDS = 1.0
"""A ref that is not on the page is known at once; without this bound it would be waited for."""
_REF = re.compile(r"(f\d+)?e\d+$")

Button = Literal["left", "right", "middle"]
Modifier = Literal["Alt", "Control", "ControlOrMeta", "Meta", "Shift"]
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
        parts = checked_url(url)
        await self._policy.resolve(parts.hostname or "", port_of(parts))
        await self._fetcher.check_robots(url)
        handle = handle or (await self._sessions.open(holder)).handle

        async def go(page: Page) -> None:
            await self._renderer.go(page, url)

        return await self.act("browser_navigate", handle, holder, go)

    async def act(self, name: str, handle: str, holder: str, action: Action) -> SessionView:
        """Do `action` on the current page, wait until the page has settled, and return the view.

        A dialog that the action opens ends the waiting: it stands in the view until it is answered. One
        that nobody answered is dismissed before the next action.

        Raises:
            ReadFailed: the session is not open, or the action fails; the page is as it was left.
        """
        async with self._sessions.use(handle, holder) as session:
            await self._dismiss_left_over(session)
            session.response = None
            session.dialog_opened.clear()
            await self._run(name, session, action)
            return await self._view(session)

    async def answer_dialog(self, handle: str, holder: str, prompt_text: str | None, *, accept: bool) -> SessionView:
        """Accept or dismiss the dialog that is open.

        Raises:
            ReadFailed: the session is not open, or there is no dialog.
        """
        async with self._sessions.use(handle, holder) as session:
            dialog, session.dialog = session.dialog, None
            if dialog is None:
                raise ActionFailed("browser_handle_dialog", "no dialog is open")
            session.dialog_opened.clear()
            await (dialog.accept(prompt_text or "") if accept else dialog.dismiss())
            if session.waiting is not None:
                waiting, session.waiting = session.waiting, None
                await self._wait_for("browser_handle_dialog", session, waiting)
            return await self._view(session)

    async def snapshot(self, handle: str, holder: str, target: str | None, start: int, max_chars: int) -> SessionView:
        """Return the part of the snapshot of the page, or of `target` in it, that is asked for.

        Raises:
            ReadFailed: the session is not open, or there is no such element.
        """
        async with self._sessions.use(handle, holder) as session:
            await self._dismiss_left_over(session)
            return await self._view(session, target, start, max_chars)

    async def screenshot(
        self, handle: str, holder: str, target: str | None, kind: Literal["png", "jpeg"], *, full: bool
    ) -> bytes:
        """Return a picture of the page or of `target` in it. Images on the page are not loaded.

        Raises:
            ReadFailed: the session is not open, or there is no such element.
        """
        async with self._sessions.use(handle, holder) as session:
            await self._dismiss_left_over(session)
            milliseconds = self._settings.action_seconds * 1000
            try:
                if target:
                    element = await self.element(session.page, target)
                    shot = await element.screenshot(type=kind, timeout=milliseconds)
                else:
                    shot = await session.page.screenshot(type=kind, full_page=full, timeout=milliseconds)
            except Error as exc:
                raise ActionFailed("browser_take_screenshot", _reason(exc)) from exc
            return shot

    async def tabs(
        self, handle: str, holder: str, action: Literal["list", "new", "close", "select"], index: int | None
    ) -> SessionView:
        """List, open, close or select a tab.

        Raises:
            ReadFailed: the session is not open, or has no such tab.
        """
        async with self._sessions.use(handle, holder) as session:
            await self._dismiss_left_over(session)
            pages = session.page.context.pages
            if action == "new":
                session.page = await session.page.context.new_page()
            elif action != "list":
                if index is not None and not 0 <= index < len(pages):
                    raise ActionFailed("browser_tabs", f"there is no tab {index}; there are {len(pages)}")
                chosen = pages[index] if index is not None else session.page
                if action == "close" and len(pages) > 1:
                    await chosen.close()
                    chosen = session.page if chosen is not session.page else session.page.context.pages[-1]
                session.page = chosen
            return await self._view(session)

    async def element(self, page: Page, target: str) -> Locator:
        """Return the one element that `target` names on `page`.

        Raises:
            ActionFailed: there is none, or a selector names several.
        """
        if not _REF.fullmatch(target):
            return page.locator(target)
        try:
            found = page.get_by_ref(target)
            await asyncio.wait_for(found.normalize(), REF_SECONDS)
        except (Error, TimeoutError) as exc:
            raise ActionFailed(
                f"finding {target!r}", "it is not in the latest snapshot; take a new one with browser_snapshot"
            ) from exc
        return found

    async def _run(self, name: str, session: Session, action: Action) -> None:
        async def whole() -> None:
            await action(session.page)
            await self._renderer.settle(session.page)

        await self._wait_for(name, session, asyncio.create_task(whole()))

    async def _wait_for(self, name: str, session: Session, task: asyncio.Task[None]) -> None:
        opened = asyncio.create_task(session.dialog_opened.wait())
        seconds = self._settings.call_seconds - self._settings.action_seconds
        try:
            await asyncio.wait((task, opened), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                if session.dialog is None:
                    raise PageTooSlow(session.page.url, seconds)
                session.waiting = task
                return
            task.result()
        except PlaywrightTimeoutError as exc:
            raise ActionFailed(name, _reason(exc)) from exc
        except Error as exc:
            raise ActionFailed(name, _reason(exc)) from exc
        finally:
            opened.cancel()
            if session.waiting is not task:
                task.cancel()

    async def _dismiss_left_over(self, session: Session) -> None:
        if session.dialog is not None:
            session.note(f"the dialog {_describe(session)} was not answered; it was dismissed")
            dialog, session.dialog = session.dialog, None
            await dialog.dismiss()
        if session.waiting is not None:
            session.waiting.cancel()
            session.waiting = None

    async def _view(
        self, session: Session, target: str | None = None, start: int = 0, max_chars: int = VIEW_CHARS
    ) -> SessionView:
        page = session.page
        if page.is_closed():
            session.page = page = page.context.pages[-1]
        session.url = page.url
        shown = "" if session.dialog is not None else await self._shown(page, target)
        end = min(start + max_chars, len(shown))
        return SessionView(
            session=session.handle,
            url=page.url,
            title="" if session.dialog is not None else await page.title(),
            status=session.response.status if session.response else None,
            snapshot=shown[start:end],
            start=start,
            end=end,
            total_chars=len(shown),
            dialog=_describe(session) if session.dialog is not None else None,
            tabs=await _tabs(session),
            notes=session.take_notes(),
        )

    async def _shown(self, page: Page, target: str | None) -> str:
        seconds = self._settings.action_seconds
        try:
            if target:
                element = await self.element(page, target)
                return await element.aria_snapshot(mode="ai", timeout=seconds * 1000)
            return await page.aria_snapshot(mode="ai", timeout=seconds * 1000)
        except PlaywrightTimeoutError as exc:
            raise PageTooSlow(page.url, seconds) from exc
        except Error as exc:
            raise PageUnreachable(page.url, _reason(exc)) from exc


async def _tabs(session: Session) -> list[Tab]:
    pages = session.page.context.pages
    return [
        Tab(
            index=index,
            url=page.url,
            title="" if session.dialog is not None else await page.title(),
            current=page is session.page,
        )
        for index, page in enumerate(pages)
    ]


def _describe(session: Session) -> str:
    assert session.dialog is not None
    return f"{session.dialog.type}({session.dialog.message[:200]!r})"


def _reason(exc: Error) -> str:
    return " ".join(str(exc).splitlines()[:1]).removeprefix("Error: ")
