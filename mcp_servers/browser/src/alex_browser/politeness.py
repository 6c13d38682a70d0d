"""Turns at a host: a few requests at a time, the pauses it asks for, and those before a new try."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

RETRY_SECONDS = 0.3
"""Middle of the pause before the first new try; each later one is twice as long."""
MAX_HOSTS = 1000
"""Hosts remembered; the idle ones are forgotten first."""


def retry_pause(tried: int) -> float:
    """Return how long to wait before a new try after `tried` earlier ones, in seconds, spread among clients."""
    spread: float = random.uniform(0.5, 1.5)  # noqa: S311  spreads clients, hides nothing
    return RETRY_SECONDS * (1 << tried) * spread


@dataclass
class _Host:
    free: asyncio.Semaphore
    next_start: float = 0.0
    waiting: int = 0
    spacing: asyncio.Lock = field(default_factory=asyncio.Lock)


class HostTurns:
    """Gives turns at hosts, at most `at_once` of one host at the same time."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, url: str, delay_seconds: float = 0.0) -> AsyncIterator[None]:
        """Wait for a turn at the host of `url`, which starts `delay_seconds` after the turn before it or later."""
        host = self._host(urlsplit(url).netloc)
        host.waiting += 1
        try:
            async with host.free:
                async with host.spacing:
                    now = time.monotonic()
                    await asyncio.sleep(max(host.next_start - now, 0))
                    host.next_start = max(host.next_start, now) + delay_seconds
                yield
        finally:
            host.waiting -= 1

    def _host(self, name: str) -> _Host:
        if name not in self._hosts and len(self._hosts) >= MAX_HOSTS:
            now = time.monotonic()
            busy = {n: host for n, host in self._hosts.items() if host.waiting or host.next_start > now}
            self._hosts = busy
        return self._hosts.setdefault(name, _Host(asyncio.Semaphore(self._at_once)))
