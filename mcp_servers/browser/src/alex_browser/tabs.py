"""One page of Chromium, its way out, and a line to its debugger, which still answers when the page does not."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from playwright.async_api import CDPSession, Error, Page

from alex_browser.egress_proxy import EgressProxy

ANSWER_SECONDS = 2.0
"""A page that runs no endless script answers a trivial question within this time, even on a busy machine."""
_TRIES = 3
"""A script may be stopped just before it begins to loop."""


@dataclass(frozen=True)
class Tab:
    """A page, the proxy of its context, and its debugger."""

    page: Page
    proxy: EgressProxy
    debugger: CDPSession

    @classmethod
    async def attach(cls, page: Page, proxy: EgressProxy) -> "Tab":
        """Return `page` with its debugger. It must be attached before a script of the page can loop."""
        return cls(page, proxy, await page.context.new_cdp_session(page))

    async def answers(self) -> bool:
        """Return whether the page reacts at all."""
        try:
            await asyncio.wait_for(self.page.evaluate("() => 1"), ANSWER_SECONDS)
        except (TimeoutError, Error):
            return False
        return True

    async def stop_scripts(self) -> bool:
        """End a script that never ends; return whether the page reacts then."""
        for _ in range(_TRIES):
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(self.debugger.send("Runtime.terminateExecution"), ANSWER_SECONDS)
            if await self.answers():
                return True
        return False

    async def kill(self) -> None:
        """End the process of the page, and of nothing else."""
        with suppress(Error, TimeoutError):
            # It never answers, because what would answer is gone.
            await asyncio.wait_for(self.debugger.send("Page.crash"), 0.1)
