"""Instances of the test agent's service over one database, and followers that change from one to another."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from alex_edge import create_http_client

from tests.runs.instance import LEASE_SECONDS
from tests.runs.service import DATABASE_URL, LEASE, SERVER_URL
from tests.service_process import KEY, free_port, wait_until_alive

ADVANCE_SECONDS = 5.0
RECONNECT_SECONDS = 0.05


@dataclass
class Instance:
    """One process of the service."""

    url: str
    process: subprocess.Popen[bytes]

    def client(self) -> httpx2.AsyncClient:
        """Return a new client of this instance."""
        return create_http_client(self.url, KEY, timeout_seconds=60)

    def kill(self) -> None:
        """End the process by SIGKILL."""
        self.process.kill()
        self.process.wait(timeout=10)


@contextmanager
def instances(
    number: int, database_url: str, server_url: str, lease_seconds: float = LEASE_SECONDS
) -> Iterator[list[Instance]]:
    """Run so many instances until the end."""
    variables = {**os.environ, "ALEX_API_KEYS": KEY, "ALEX_LOG_LEVEL": "ERROR"}
    variables |= {DATABASE_URL: database_url, SERVER_URL: server_url, LEASE: str(lease_seconds)}
    started: list[Instance] = []
    try:
        for _ in range(number):
            port = free_port()
            command = [sys.executable, "-m", "tests.runs.service", "--port", str(port)]
            started.append(Instance(f"http://127.0.0.1:{port}", subprocess.Popen(command, env=variables)))
        for instance in started:
            wait_until_alive(instance.url, instance.process)
        yield started
    finally:
        for instance in started:
            instance.kill()


async def create_runs(instance: Instance, names: list[str]) -> list[str]:
    """Create a run for each name and return their ids."""
    async with instance.client() as client:
        answers = [await client.post("/runs", json={"name": name}, headers={"Idempotency-Key": name}) for name in names]
    return [str(answer.raise_for_status().json()["id"]) for answer in answers]


@dataclass
class Follower:
    """Somebody who follows one run to its end, at whichever instance answers."""

    run_id: str
    seen: list[int] = field(default_factory=list)
    """Numbers of the events, in the order in which they came."""
    types: list[str] = field(default_factory=list)
    connections: int = 0

    async def follow(self, fleet: list[Instance]) -> None:
        """Follow until the run has ended, from the event after the last one that was seen."""
        while "finished" not in self.types:
            instance = fleet[self.connections % len(fleet)]
            self.connections += 1
            try:
                async with instance.client() as client:
                    await self._read(client)
            except httpx2.HTTPError:
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _read(self, client: httpx2.AsyncClient) -> None:
        headers = {"Last-Event-ID": str(self.seen[-1])} if self.seen else {}
        number = 0
        async with client.stream("GET", f"/runs/{self.run_id}/events", headers=headers) as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if line.startswith("id: "):
                    number = int(line.removeprefix("id: "))
                elif line.startswith("event: "):
                    self.types.append(line.removeprefix("event: "))
                elif not line and number:
                    # Seen only when it came as a whole.
                    self.seen.append(number)
                    number = 0


async def call_until_nothing_is_open(instance: Instance, budget_seconds: float = ADVANCE_SECONDS) -> int:
    """Do what a scheduler does: advance all runs again and again; return the number of calls."""
    async with instance.client() as client:
        calls = 0
        while True:
            calls += 1
            answer = await client.post("/runs/advance", json={"budget_s": budget_seconds})
            if not answer.raise_for_status().json()["open"]:
                return calls


async def show(instance: Instance, run_id: str) -> dict[str, Any]:
    """Return a run as it is."""
    async with instance.client() as client:
        view: dict[str, Any] = json.loads((await client.get(f"/runs/{run_id}")).raise_for_status().content)
    return view
