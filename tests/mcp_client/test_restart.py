"""A run whose MCP server is killed in the middle of a call, and comes back later: all of them real processes."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from agents import Agent
from alex_database import open_database
from alex_mcp_client import McpService
from alex_mcp_client.toolset import McpToolset
from alex_runs import Finished, RunEngine, RunScope, RunStatus, RunStore
from alex_runs.job import Ending
from typing_extensions import override

from tests.runs.instance import StepsJob, StepsOutput
from tests.runs.model_server import TURNS, ModelServer
from tests.served_app import served
from tests.service_process import free_port, wait_until_alive

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


class McpJob(StepsJob):
    """The test agent, with the tool of an MCP server."""

    def __init__(self, server_url: str, service: McpService) -> None:
        super().__init__(server_url)
        self._service = service

    @override
    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent."""
        assert scope.run_id
        return Agent(name="stepper", model=self._model, mcp_servers=[McpToolset(self._service, ["act"])])

    @override
    async def finish(self, scope: RunScope, ending: Ending) -> Finished:
        """Return how often the model was asked."""
        return Finished(RunStatus.COMPLETED, StepsOutput(steps=list(range(ending.receipt.own.requests))))


class EffectsServer:
    """The MCP server as a process that can be killed and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "tests.mcp_client.effects_server", str(self.folder), str(self.port)]
        self._process = subprocess.Popen(command)
        wait_until_alive(f"http://127.0.0.1:{self.port}", self._process)

    def kill(self) -> None:
        """End it by SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None

    @property
    def calls(self) -> list[str]:
        """The idempotency keys that were called with, in order."""
        log = self.folder / "calls"
        return log.read_text().splitlines() if log.exists() else []

    @property
    def effects(self) -> int:
        """How many things were done."""
        return len(list(self.folder.glob("*.effect")))


@pytest.fixture
async def effects(tmp_path: Path) -> AsyncIterator[EffectsServer]:
    """A running MCP server."""
    (tmp_path / "effects").mkdir()
    server = EffectsServer(tmp_path / "effects")
    await asyncio.to_thread(server.start)
    yield server
    await asyncio.to_thread(server.kill)


async def test_a_server_that_is_killed_inside_a_tool_and_comes_back_costs_no_model_call(
    effects: EffectsServer, tmp_path: Path
) -> None:
    """The issue's: the call is made again under its key; whoever drives meanwhile waits and does not fail the run."""
    model = ModelServer()
    service = McpService("effects", f"http://127.0.0.1:{effects.port}/mcp", api_key="k", timeout_seconds=10)
    database = open_database(f"sqlite:///{tmp_path / 'runs.db'}")
    store = RunStore(database)
    await store.upgrade()
    async with served(model.app) as model_url, asyncio.timeout(60):
        job = McpJob(model_url, service)
        run_id = (await store.create("local", "steps", {"name": "r"}, "k")).id
        await RunEngine(store, job).advance("local", run_id, 0)
        acting = asyncio.create_task(RunEngine(store, job).advance("local", run_id, 0))
        while not effects.calls:
            await asyncio.wait([acting], timeout=0.02)
        await asyncio.to_thread(effects.kill)
        failed = await acting
        assert (failed.view.status, failed.failures) == (RunStatus.RUNNING, 1)
        # Another instance, which reads the state anew while the server is gone.
        another = asyncio.create_task(RunEngine(store, job).advance("local", run_id, 4))
        await another
        assert another.result().failures > 1
        await asyncio.to_thread(effects.start)
        ended = await RunEngine(store, job).advance("local", run_id, 40)
        await job.aclose()
    await service.aclose()
    await database.dispose()
    assert ended.view.status is RunStatus.COMPLETED, ended.view.error
    assert effects.effects == TURNS
    assert len(effects.calls) == TURNS + 1
    assert effects.calls[0] == effects.calls[1]
    assert set(model.model_calls.values()) == {1}
