"""Turns at a host: a few requests at a time, and the time between them that the host asks for."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MAX_HOSTS = 1000
"""Hosts remembered; the idle ones are forgotten first."""


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
