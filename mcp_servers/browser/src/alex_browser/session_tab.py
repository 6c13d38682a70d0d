"""A tab that stays open between calls: a page of Playwright, with its snapshots, refs and actions."""

import asyncio
import re
from contextlib import suppress

from playwright.async_api import CDPSession, Error, Frame, Page
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from alex_browser.egress_proxy import EgressProxy
from alex_browser.tabs import Answer, NavigationFailed, Tab

_NETWORK_ERROR = re.compile(r"net::(ERR_\w+)")


class SessionTab(Tab):
    """A page of Playwright, the proxy of its context, and its debugger."""

    def __init__(self, proxy: EgressProxy, debugger: CDPSession, page: Page) -> None:
        super().__init__(proxy, debugger)
        self.page = page

    @classmethod
    async def attach(cls, page: Page, proxy: EgressProxy) -> "SessionTab":
        """Return `page` with its debugger. It must be attached before a script of the page can loop."""
        return cls(proxy, await page.context.new_cdp_session(page), page)

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.page.url

    @property
    def gone(self) -> bool:
        """Whether the page was closed."""
        return self.page.is_closed()

    async def navigate(self, url: str, seconds: float) -> Answer | None:
        """Go to `url`, as `Tab.navigate` says."""
        try:
            response = await self.page.goto(url, wait_until="commit", timeout=seconds * 1000)
        except PlaywrightTimeoutError as exc:
            raise TimeoutError from exc
        except Error as exc:
            message = exc.message.splitlines()[0]
            found = _NETWORK_ERROR.search(message)
            download = "Download is starting" in message
            if found is None and not download:
                raise
            raise NavigationFailed(found.group(1) if found else "ERR_ABORTED", download=download) from exc
        return Answer(response.status, response.headers) if response else None

    async def evaluate(self, function: str) -> object:
        """Return what a function returns in the page."""
        result: object = await self.page.evaluate(function)
        return result

    async def evaluate_in_frames(self, function: str, limit: int) -> list[object]:
        """Return what it returns in the frames of the page."""
        inner = [frame for frame in self.page.frames if frame.parent_frame is not None][:limit]
        found = await asyncio.gather(*(_evaluate(frame, function) for frame in inner))
        return [one for one in found if one is not None]

    async def kill(self) -> None:
        """End the process of the page."""
        with suppress(Error, TimeoutError):
            # It never answers, because what would answer is gone.
            await asyncio.wait_for(self.debugger.send("Page.crash"), 0.1)


async def _evaluate(frame: Frame, function: str) -> object:
    try:
        found: object = await frame.evaluate(function)
    except Error:
        return None
    return found
