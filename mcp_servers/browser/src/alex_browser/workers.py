"""Processes that parse what strangers send.

A page that makes a parser loop, crash or take all memory ends nothing but the process that reads it. The processes
stay for the next page.
"""

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from typing import TypeVar

from anyio import BrokenWorkerProcess, CapacityLimiter, to_process

from alex_browser.errors import NotReadable, PageTooSlow

PARSE_SECONDS = 25.0
"""Time for one page; a report of 300 pages takes about two seconds."""
WORKERS = max(2, min(4, os.cpu_count() or 2))
"""Processes at the same time; each takes some 80 MB."""
MEMORY_BYTES = 2_000_000_000
"""Address space of one process, where the system can bound it."""
_Result = TypeVar("_Result")


class Workers:
    """The processes of one server."""

    def __init__(self, seconds: float = PARSE_SECONDS) -> None:
        self._seconds = seconds
        self._limiter = CapacityLimiter(WORKERS)

    async def start(self, work: Callable[..., object], *arguments: object) -> None:
        """Start every process ahead, with `work` for its imports."""
        await asyncio.gather(*(self.run("the start", work, *arguments) for _ in range(WORKERS)))

    async def run(self, url: str, work: Callable[..., _Result], *arguments: object) -> _Result:
        """Return `work(*arguments)`; all of them are sent by pickle.

        Raises:
            PageTooSlow: it takes too long; its process is ended.
            NotReadable: its process ended by itself.
        """
        try:
            async with asyncio.timeout(self._seconds):
                return await to_process.run_sync(_bounded, work, arguments, cancellable=True, limiter=self._limiter)
        except TimeoutError as exc:
            raise PageTooSlow(url, self._seconds) from exc
        except (BrokenWorkerProcess, MemoryError, RecursionError) as exc:
            raise NotReadable(url, "what it sends makes the parser fail") from exc


def _bounded(work: Callable[..., _Result], arguments: tuple[object, ...]) -> _Result:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    # A page is a hundred thousand short-lived objects; looking for cycles among them meanwhile is a sixth of the work.
    gc.disable()
    try:
        return work(*arguments)
    finally:
        gc.enable()
