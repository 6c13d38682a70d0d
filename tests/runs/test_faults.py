"""Runs survive instances that are killed, models that fail, and databases that go away."""

import asyncio
import contextlib
import multiprocessing
import random
import signal
import time
from collections.abc import AsyncIterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import sqlalchemy as sa
from alex_database import open_database
from alex_edge import UpstreamUnavailable
from alex_runs import RunEngine, RunStatus, RunStore

from tests.postgresql import create_database, postgres_server
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
async def engine_over(store: RunStore, server_url: str, model_seconds: float = 5) -> AsyncIterator[RunEngine]:
    """An engine with the test agent, which waits so long for the model."""
    job = StepsJob(server_url, model_seconds)
    yield RunEngine(store, job)
    await job.aclose()


class Instances:
    """Processes that drive the same runs; a killed one is replaced."""

    def __init__(
        self, database_url: str, server_url: str, run_ids: list[str], *, trouble: str = "", number: int = INSTANCES
    ) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.runs.instance"])
        self._arguments = (database_url, server_url, run_ids, trouble)
        self.processes: list[BaseProcess] = [self._start() for _ in range(number)]
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

    def kill(self) -> None:
        """Kill all instances."""
        for process in self.processes:
            process.kill()
            process.join(timeout=10)

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
    """Ours: SIGKILL at random moments; servers were asked again only under the same key, and did each thing once."""
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
    assert [(run.view.status, run.view.error) for run in ended] == [(RunStatus.COMPLETED, None)] * RUNS
    assert [run.view.output for run in ended] == [{"steps": STEPS}] * RUNS
    assert len(server.effects) == RUNS * TURNS
    assert len(server.model_calls) == RUNS * (TURNS + 1)
    assert set(server.model_calls.values()) == {1}


@contextlib.asynccontextmanager
async def a_run(folder: Path, server: ModelServer) -> AsyncIterator[tuple[RunStore, str, str, str]]:
    """A run that nobody drives yet: its store, its id, and the addresses of database and server."""
    url = f"sqlite:///{folder / 'runs.db'}"
    async with served(server.app) as server_url, opened(url) as store:
        run = await store.create("local", "steps", {"name": "r"}, "k")
        yield store, run.id, url, server_url


async def completed_by_another(store: RunStore, run_id: str, server_url: str) -> None:
    """Let another instance end the run."""
    async with engine_over(store, server_url) as engine, asyncio.timeout(60):
        ended = await engine.advance("local", run_id, 50)
    assert ended.view.status is RunStatus.COMPLETED, ended.view.error
    assert ended.view.output == {"steps": STEPS}


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["in_commit", "after_commit"])
async def test_a_kill_during_and_after_a_commit_repeats_nothing(trouble: str, tmp_path: Path) -> None:
    """Ours: what was not committed is asked for again under its old key, what was committed is not asked for."""
    server = ModelServer()
    async with a_run(tmp_path, server) as (store, run_id, url, server_url):
        instances = Instances(url, server_url, [run_id], trouble=trouble, number=1)
        await asyncio.to_thread(instances.join, 30)
        assert instances.processes[0].exitcode == -signal.SIGKILL
        asked_again = trouble == "in_commit"
        await completed_by_another(store, run_id, server_url)
    assert set(server.model_calls.values()) == {1}
    assert sum(server.asked.values()) == TURNS + 1 + asked_again
    assert sum(server.effects.values()) == len(server.effects) == TURNS


@pytest.mark.slow
@pytest.mark.parametrize("where", ["model", "tool"])
async def test_a_kill_inside_a_model_call_or_a_tool_repeats_that_one_under_the_same_key(
    where: str, tmp_path: Path
) -> None:
    """Ours: the killed instance had asked and did not hear the answer; the next one asks the same again."""
    server = ModelServer(delay_seconds=0.5)
    heard = server.heard_model_call if where == "model" else server.heard_effect
    async with a_run(tmp_path, server) as (store, run_id, url, server_url):
        instances = Instances(url, server_url, [run_id], number=1)
        async with asyncio.timeout(30):
            await heard.wait()
        await asyncio.to_thread(instances.kill)
        server.delay_seconds = 0
        await completed_by_another(store, run_id, server_url)
    assert set(server.model_calls.values()) == {1}
    assert len(server.effects) == TURNS
    counts = server.asked if where == "model" else server.effects
    assert sorted(counts.values()) == [1] * (len(counts) - 1) + [2]


@pytest.mark.slow
async def test_instances_whose_clocks_jump_end_all_runs_and_repeat_nothing(tmp_path: Path) -> None:
    """Ours: leases and pauses are by the one clock of the database, so an instance's own may say what it likes."""
    url, names = f"sqlite:///{tmp_path / 'runs.db'}", [f"run {n}" for n in range(6)]
    server = ModelServer(delay_seconds=0.1)
    async with served(server.app) as server_url, opened(url) as store:
        ids = [(await store.create("local", "steps", {"name": name}, name)).id for name in names]
        instances = Instances(url, server_url, ids, trouble="clock")
        await asyncio.to_thread(instances.join, 60)
        ended = [await store.get("local", run_id) for run_id in ids]
    assert [run.view.status for run in ended] == [RunStatus.COMPLETED] * len(ids)
    assert set(server.asked.values()) == set(server.effects.values()) == {1}


async def test_a_model_that_takes_longer_than_the_lease_keeps_its_driver(tmp_path: Path) -> None:
    """Ours: the heartbeat holds the lease while the model is silent, and nobody else asks it meanwhile."""
    server = ModelServer(delay_seconds=LEASE_SECONDS * 2.5)
    async with a_run(tmp_path, server) as (store, run_id, _, server_url), engine_over(store, server_url) as engine:
        driving = asyncio.create_task(engine.advance("local", run_id, 0))
        waiting = asyncio.create_task(engine.advance("local", run_id, LEASE_SECONDS * 2))
        await asyncio.gather(driving, waiting)
    assert set(server.asked.values()) == {1}
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", ["429", "500", "half", "bad_json", "silent"])
async def test_a_model_that_fails_for_a_while_is_asked_again(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: too many requests, a server error, half a stream, broken JSON and silence are worth another try."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    server = ModelServer()
    server.faults = [fault, fault]
    async with (
        served(server.app) as server_url,
        opened(f"sqlite:///{tmp_path / 'runs.db'}") as store,
        engine_over(store, server_url, model_seconds=2) as engine,
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
        await asyncio.to_thread(instances.kill)
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


@pytest.mark.slow
async def test_a_database_that_stays_away_is_named_and_fails_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: who drives is told what does not answer; when the database is back, the run goes on."""
    monkeypatch.setattr("alex_database.connection.AWAY_SECONDS", 0.2)
    server = ModelServer(delay_seconds=0.2)
    with postgres_server() as database:
        url = create_database(database.url, "runs")
        async with served(server.app) as server_url, opened(url) as store, engine_over(store, server_url) as engine:
            run = await store.create("local", "steps", {"name": "r"}, "k")
            driving = asyncio.create_task(engine.advance("local", run.id, 60))
            async with asyncio.timeout(10):
                await server.heard_effect.wait()
            await asyncio.to_thread(database.stop)
            with pytest.raises(UpstreamUnavailable, match="database does not answer"):
                await driving
            await asyncio.to_thread(database.start)
            await completed_by_another(store, run.id, server_url)
    assert set(server.model_calls.values()) == {1}
    assert len(server.effects) == TURNS
