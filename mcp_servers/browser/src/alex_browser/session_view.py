"""What a session shows after an action: where it is, its tabs, and the accessibility snapshot of the page."""

import asyncio
import re
from contextlib import suppress

from playwright.async_api import Error, Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from alex_browser.errors import ActionFailed, ConnectionBroke, PageTooSlow, PageUnreachable
from alex_browser.handles import give_handle
from alex_browser.schemas import SessionView, Tab
from alex_browser.sessions import Session

VIEW_CHARS = 6_000
"""Snapshot shown after an action: about 2,000 tokens; browser_snapshot gives the rest."""
REF_SECONDS = 1.0
"""A ref that is not on the page is known at once; without this bound it would be waited for."""
TITLE_SECONDS = 1.0
CLOSE_SECONDS = 0.5
_REF = re.compile(r"(f\d+)?e\d+$")


async def find_element(page: Page, target: str) -> Locator:
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


async def view_of(
    session: Session, seconds: float, target: str | None = None, start: int = 0, max_chars: int = VIEW_CHARS
) -> SessionView:
    """Return what `session` shows: the part of the snapshot of the page, or of `target` in it.

    Raises:
        ReadFailed: the page gives no snapshot within `seconds`, or there is no such element.
    """
    page = session.tab.page
    if page.is_closed():
        session.tab = await session.adopt(session.pages[-1])
        page = session.tab.page
    session.url = page.url
    shown = "" if session.dialog is not None else await _snapshot(page, target, seconds)
    end = min(start + max_chars, len(shown))
    return SessionView(
        session=give_handle(session.id, session.url, session.holder),
        url=page.url,
        title=await _title(session, page),
        status=session.response.status if session.response else None,
        snapshot=shown[start:end],
        start=start,
        end=end,
        total_chars=len(shown),
        dialog=describe_dialog(session),
        tabs=[
            Tab(index=index, url=one.url, title=await _title(session, one), current=one is page)
            for index, one in enumerate(session.pages)
        ],
        notes=session.take_notes(),
    )


def describe_dialog(session: Session) -> str | None:
    """Return the dialog that is open, as a call; None when there is none."""
    return f"{session.dialog.type}({session.dialog.message[:200]!r})" if session.dialog is not None else None


def reason_of(exc: Error) -> str:
    """Return the first line of what Playwright says."""
    return " ".join(str(exc).splitlines()[:1]).removeprefix("Error: ")


async def _snapshot(page: Page, target: str | None, seconds: float) -> str:
    try:
        if target:
            element = await find_element(page, target)
            return await element.aria_snapshot(mode="ai", timeout=seconds * 1000)
        return await page.aria_snapshot(mode="ai", timeout=seconds * 1000)
    except PlaywrightTimeoutError as exc:
        raise PageTooSlow(page.url, seconds) from exc
    except Error as exc:
        if await _closes(page):
            raise ConnectionBroke(page.url, reason_of(exc)) from exc
        raise PageUnreachable(page.url, reason_of(exc)) from exc


async def _closes(page: Page) -> bool:
    """Return whether the page is closed; that its browser ended is told a moment after the calls to it failed."""
    if not page.is_closed():
        with suppress(Error):
            await page.wait_for_event("close", timeout=CLOSE_SECONDS * 1000)
    return page.is_closed()


async def _title(session: Session, page: Page) -> str:
    """Return the title of a tab; empty when it does not answer, as while a dialog is open."""
    if session.dialog is not None:
        return ""
    try:
        return await asyncio.wait_for(page.title(), TITLE_SECONDS)
    except (Error, TimeoutError):
        return ""
