"""Instances of App Runner services as processes: frozen while they have no request in flight, replaced by new ones."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import psutil  # type: ignore[import-untyped]  # psutil ships no type information

from tests.service_process import free_port, kill_tree

START_SECONDS = 90.0
DRAIN_SECONDS = 1.0
"""What requests in flight get when their instance is replaced; AWS names no time, so it is short."""
_POLL_SECONDS = 0.1


class Instance:
    """One process of a service. Without a request in flight it gets no CPU at all, as in App Runner almost none."""

    def __init__(self, package: str, environment: Mapping[str, str], log: Path) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", package, "--port", str(port)],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        self.in_flight = 0
        self.freezes = 0
        self._idle = asyncio.Event()
        self._log = log

    async def wait_until_healthy(self, http: httpx2.AsyncClient) -> None:
        """Return once `/health` answers, as App Runner waits before it sends requests; then freeze.

        Raises:
            AssertionError: the process ended, or did not answer within `START_SECONDS`.
        """
        async with asyncio.timeout(START_SECONDS):
            while True:
                assert self.process.poll() is None, self._log.read_text(encoding="utf-8")[-2000:]
                with suppress(httpx2.HTTPError):
                    if (await http.get(f"{self.url}/health", timeout=5)).is_success:
                        break
                await asyncio.sleep(_POLL_SECONDS)
        self._idle.set()
        self._signal(signal.SIGSTOP)

    @asynccontextmanager
    async def request(self) -> AsyncIterator[None]:
        """Let the process run for one request; freeze it at the moment at which the last one is over."""
        self.in_flight += 1
        if self.in_flight == 1:
            self._idle.clear()
            self._signal(signal.SIGCONT)
        try:
            yield
        finally:
            self.in_flight -= 1
            if self.in_flight == 0:
                self._idle.set()
                self.freezes += 1
                self._signal(signal.SIGSTOP)

    async def stop(self) -> None:
        """Let requests in flight end for a moment, then kill."""
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._idle.wait()
        await asyncio.to_thread(kill_tree, self.process)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(psutil.NoSuchProcess):
            own = psutil.Process(self.process.pid)
            # Chromium's processes belong to the instance.
            for process in (own, *own.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(number)


@dataclass
class AppRunnerService:
    """One service: its instances, each request at any of them, and what happened to them."""

    name: str
    package: str
    environment: Mapping[str, str]
    count: int
    folder: Path
    dice: random.Random
    http: httpx2.AsyncClient
    instances: list[Instance] = field(default_factory=list)
    gone: list[Instance] = field(default_factory=list)
    requests: int = 0
    cut: int = 0
    """Requests that were ended because they took too long."""

    async def start(self) -> None:
        """Start every instance and wait until it is healthy."""
        self.instances += await asyncio.gather(*(self._started() for _ in range(self.count)))

    async def replace_one(self) -> None:
        """Put a new instance in the place of any other, as a deployment or App Runner's own upkeep does."""
        fresh = await self._started()
        old = self.instances.pop(self.dice.randrange(len(self.instances)))
        self.instances.append(fresh)
        self.gone.append(old)
        await old.stop()

    def any_instance(self) -> Instance:
        """Return the instance that gets the next request; nobody may count on getting the same one twice."""
        self.requests += 1
        return self.dice.choice(self.instances)

    @property
    def freezes(self) -> int:
        """How often an instance was frozen."""
        return sum(instance.freezes for instance in (*self.instances, *self.gone))

    def kill(self) -> None:
        """End every process, frozen or not."""
        for instance in (*self.instances, *self.gone):
            kill_tree(instance.process)

    async def _started(self) -> Instance:
        instance = Instance(self.package, self.environment, self.folder / f"{self.name}.log")
        try:
            await instance.wait_until_healthy(self.http)
        except BaseException:
            kill_tree(instance.process)
            raise
        return instance


def base_environment() -> dict[str, str]:
    """Return this process's environment without what would point a service elsewhere."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_", "FRONTEND_"))}
