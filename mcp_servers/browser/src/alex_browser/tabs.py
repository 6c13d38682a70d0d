"""One page of Chromium, its way out, and a line to its debugger, which still answers when the page does not."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from playwright.async_api import Error

from alex_browser.devtools import Debugger
from alex_browser.egress_proxy import EgressProxy

ANSWER_SECONDS = 2.0
"""A page that runs no endless script answers a trivial question within this time, even on a busy machine."""
_TRIES = 3
"""A script may be stopped just before it begins to loop."""


@dataclass(frozen=True)
class Answer:
    """What the site answered when a page was loaded."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""


class NavigationFailed(Exception):
    """Chromium did not load the page; `code` is its own name for the reason, such as `ERR_CONNECTION_RESET`."""

    def __init__(self, code: str, answer: Answer | None = None, *, download: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.answer = answer
        self.download = download
        """Whether the site offers a file instead of a page."""


class Tab(ABC):
    """A page, the proxy of its context, and its debugger."""

    def __init__(self, proxy: EgressProxy, debugger: Debugger) -> None:
        self.proxy = proxy
        self.debugger = debugger

    @property
    @abstractmethod
    def url(self) -> str:
        """Where the page is."""

    @property
    @abstractmethod
    def gone(self) -> bool:
        """Whether the page was closed or its process ended."""

    @abstractmethod
    async def navigate(self, url: str, seconds: float) -> Answer | None:
        """Go to `url`; return as soon as its document begins, with what the site answered where that is known.

        Raises:
            NavigationFailed: it is not loaded.
            TimeoutError: the site does not answer within `seconds`.
            Error: the page is gone.
        """

    @abstractmethod
    async def evaluate(self, function: str) -> object:
        """Return what a JavaScript function without arguments returns in the page.

        Raises:
            Error: it failed, or the page went on to another document meanwhile.
        """

    @abstractmethod
    async def evaluate_in_frames(self, function: str, limit: int) -> list[object]:
        """Return what it returns in up to `limit` frames of the page; those in which it fails are left out."""

    @abstractmethod
    async def kill(self) -> None:
        """End the process of the page, and of nothing else."""

    async def answers(self) -> bool:
        """Return whether the page reacts at all."""
        try:
            await asyncio.wait_for(self.evaluate("() => 1"), ANSWER_SECONDS)
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
