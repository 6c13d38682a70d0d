"""Waits until a page has brought its text and stops scripts that never end; the waiting itself is `settle.js`."""

import asyncio
import time
from typing import Protocol

from playwright.async_api import Error

from alex_browser.tabs import Tab

LOOK_SECONDS = 5.0
"""A page that has not settled in this time is asked whether it reacts at all."""
_BETWEEN_SECONDS = 0.02


class Watcher(Protocol):
    """Who looks after the page meanwhile."""

    @property
    def held(self) -> bool:
        """Whether the page stands still until a person answers it."""

    def note(self, text: str) -> None:
        """Note what a reader should know."""


async def settle(tab: Tab, settle_seconds: float, longest_seconds: float, watcher: Watcher) -> None:
    """Wait until nothing is under way that could bring text, at most `settle_seconds` after the page is parsed.

    After `longest_seconds` the page is taken as it is. A script that never ends is stopped. Both are noted.

    Raises:
        Error: the tab or its browser is gone.
    """
    ends = time.monotonic() + longest_seconds
    while (left := ends - time.monotonic()) > 0:
        try:
            async with asyncio.timeout(min(left, LOOK_SECONDS)):
                await tab.evaluate(f"() => window.__alexSettled?.({1000 * settle_seconds:g})")
        except TimeoutError:
            if not (watcher.held or await tab.answers() or watcher.held):
                watcher.note("a script of the page did not end; it was stopped")
                await tab.stop_scripts()
        except Error as exc:
            if tab.gone or "crashed" in exc.message:
                raise
            # The page went on to another one in between; the next look is at that one.
            await asyncio.sleep(_BETWEEN_SECONDS)
        else:
            return
    watcher.note(f"the page was still loading after {longest_seconds:g} s; this is what it showed by then")
