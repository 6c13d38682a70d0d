"""Runs survive instances that are killed, models that fail, and databases that go away."""

import asyncio
import contextlib
import multiprocessing
import random
import time
from collections.abc import AsyncIterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import sqlalchemy as sa
from alex_database import open_database
from alex_runs import RunEngine, RunStatus, RunStore

from tests.postgresql import create_database
from tests.runs.instance import LEASE_SECONDS, StepsJob, drive
from tests.runs.model_server import TURNS, ModelServer
from tests.served_app import served

pytestmark = pytest.mark.anyio
KILLS, RUNS, INSTANCES = 100, 20, 2
STEPS = list(range(TURNS))


@contextlib.asynccontextmanager
async def opened(database_url: str) -> AsyncIterator[RunStore]:
    """A store with its tables."""
    database = open_database(database_url)
    store = RunStore(database, lease_seconds=LEASE_SECONDS)
    await store.upgrade()
    yield store
    await database.dispose()


@contextlib.asynccontextmanager
async def engine_over(store: RunStore, server_url: str) -> AsyncIterator[RunEngine]:
    """An engine with the test agent."""
    job = StepsJob(server_url)
    yield RunEngine(store, job)
    await job.aclose()


class Instances:
    """Processes that drive the same runs; a killed one is replaced."""

    def __init__(self, database_url: str, server_url: str, run_ids: list[str]) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.runs.instance"])
        self._arguments = (database_url, server_url, run_ids)
        self.processes: list[BaseProcess] = [self._start() for _ in range(INSTANCES)]
        self.killed_at_work = 0

    def _start(self) -> BaseProcess:
        process = self._context.Process(target=drive, args=self._arguments, daemon=True)
        process.start()
        return process

    def kill_one(self) -> None:
        """Kill an instance with SIGKILL wherever it is, and start another."""
        number = random.randrange(INSTANCES)
        self.killed_at_work += self.processes[number].is_alive()
        self.processes[number].kill()
        self.processes[number].join(timeout=10)
        self.processes[number] = self._start()

    def join(self, timeout_seconds: float) -> None:
        """Wait until the instances have nothing left to do."""
        deadline = time.monotonic() + timeout_seconds
        for process in self.processes:
            process.join(timeout=max(0.1, deadline - time.monotonic()))


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_no_kill_loses_a_run_or_repeats_an_effect(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Ours: SIGKILL at random moments; every effect has one key, so no answer of the model was acted on twice."""
    url = f"sqlite:///{tmp_path / 'runs.db'}"
    kills = KILLS // 2
    if kind == "postgresql":
        url = create_database(request.getfixturevalue("cluster"), f"faults_{time.monotonic_ns()}")
    server = ModelServer(delay_seconds=0.15)
    async with served(server.app) as server_url, opened(url) as store:
        runs = [await store.create("local", "steps", {"name": f"run {n}"}, str(n)) for n in range(RUNS)]
        instances = Instances(url, server_url, [run.id for run in runs])
        for _ in range(kills):
            await asyncio.sleep(random.uniform(0.05, 0.35))
            await asyncio.to_thread(instances.kill_one)
        await asyncio.to_thread(instances.join, 200)
        ended = [await store.get("local", run.id) for run in runs]
    assert instances.killed_at_work > kills // 2
    assert [run.view.status for run in ended] == [RunStatus.COMPLETED] * RUNS
    assert [run.view.output for run in ended] == [{"steps": STEPS}] * RUNS
    assert len(server.effects) == RUNS * TURNS
    repeated = sum(server.model_calls.values()) - RUNS * (TURNS + 1)
    assert repeated <= kills


@pytest.mark.parametrize("fault", ["429", "500", "half"])
async def test_a_model_that_fails_for_a_while_is_asked_again(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: too many requests, a server error and half a stream are worth another try."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    server = ModelServer()
    server.faults = [fault, fault]
    async with (
        served(server.app) as server_url,
        opened(f"sqlite:///{tmp_path / 'runs.db'}") as store,
        engine_over(store, server_url) as engine,
    ):
        run = await store.create("local", "steps", {"name": "r"}, "k")
        ended = await engine.advance("local", run.id, 30)
    assert ended.view.status is RunStatus.COMPLETED, ended.view.error
    assert server.model_calls["r/0"] == 3
    assert ended.view.receipt.own.input_tokens >= 100 * (TURNS + 1)


async def test_a_tool_that_does_not_exist_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: a model that invents a tool once gets another chance; one that insists fails the run."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    server = ModelServer()
    async with (
        served(server.app) as server_url,
        opened(f"sqlite:///{tmp_path / 'runs.db'}") as store,
        engine_over(store, server_url) as engine,
    ):
        server.faults = ["unknown_tool"]
        once = await store.create("local", "steps", {"name": "once"}, "once")
        assert (await engine.advance("local", once.id, 30)).view.status is RunStatus.COMPLETED
        server.faults = ["unknown_tool"] * 9
        always = await store.create("local", "steps", {"name": "always"}, "always")
        failed = await engine.advance("local", always.id, 30)
    assert failed.view.status is RunStatus.FAILED
    assert failed.view.error is not None
    assert failed.view.error.code == "model_failed"


async def test_a_model_that_is_gone_fails_the_run_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: after the last attempt the reason names the model."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    async with (
        opened(f"sqlite:///{tmp_path / 'runs.db'}") as store,
        engine_over(store, "http://127.0.0.1:9") as engine,
    ):
        run = await store.create("local", "steps", {"name": "r"}, "k")
        ended = await engine.advance("local", run.id, 30)
    assert ended.view.status is RunStatus.FAILED
    assert ended.view.error is not None
    assert ended.view.error.code == "model_unavailable"


async def test_a_follower_that_comes_back_after_a_kill_sees_each_event_once_in_order(tmp_path: Path) -> None:
    """Ours: events are rows; another instance shows them from any number on."""
    url = f"sqlite:///{tmp_path / 'runs.db'}"
    server = ModelServer(delay_seconds=0.1)
    async with served(server.app) as server_url, opened(url) as store, engine_over(store, server_url) as engine:
        run = await store.create("local", "steps", {"name": "r"}, "k")
        instances = Instances(url, server_url, [run.id])
        seen: list[int] = []
        async with asyncio.timeout(60):
            while len(seen) < 3:
                seen += [event.seq for event in await store.events_after(run.id, seen[-1] if seen else 0)]
                await asyncio.sleep(0.02)
        for process in instances.processes:
            process.kill()
            process.join(timeout=10)
        await engine.advance("local", run.id, 30)
        seen += [event.seq for event in await store.events_after(run.id, seen[-1])]
        last = (await store.events_after(run.id, 0))[-1]
    assert seen == list(range(1, last.seq + 1))
    assert last.type == "finished"


async def test_a_database_that_is_gone_for_a_while_loses_nothing(request: pytest.FixtureRequest) -> None:
    """Ours: connections that break in the middle of a run are made again; no model call is repeated for it."""
    cluster = request.getfixturevalue("cluster")
    url = create_database(cluster, f"faults_{time.monotonic_ns()}")
    server = ModelServer(delay_seconds=0.1)
    async with served(server.app) as server_url, opened(url) as store, engine_over(store, server_url) as engine:
        run = await store.create("local", "steps", {"name": "r"}, "k")
        driving = asyncio.create_task(engine.advance("local", run.id, 60))
        admin = open_database(f"{cluster}/postgres")
        while not driving.done():
            async with admin.connect() as connection:
                await connection.execute(
                    sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
                    {"name": url.rsplit("/", 1)[1]},
                )
            await asyncio.wait([driving], timeout=0.3)
        await admin.dispose()
        ended = driving.result()
    assert ended.view.status is RunStatus.COMPLETED, ended.view.error
    assert set(server.model_calls.values()) == {1}
    assert set(server.effects.values()) == {1}
