"""Runs on several instances as processes behind HTTP: who drives them, who follows them, and who goes away."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.postgresql import PostgresServer, create_database, postgres_server
from tests.runs.fleet import Follower, Instance, call_until_nothing_is_open, create_runs, instances, show
from tests.runs.instance import LEASE_SECONDS
from tests.runs.model_server import TURNS, ModelServer
from tests.served_app import served
from tests.service_process import free_port

pytestmark = [pytest.mark.anyio, pytest.mark.slow, pytest.mark.timeout(120)]
RUNS = 8
OUTAGE_SECONDS = 10
CALM_LEASE_SECONDS = 20.0
"""Where no instance dies: longer than a busy machine lets a process stand, which would rightly lose a shorter lease."""
STEPS = {"steps": list(range(TURNS))}


@dataclass
class World:
    """Two instances over one PostgreSQL, and the model and tool that count."""

    fleet: list[Instance]
    server: ModelServer

    async def all_completed(self, run_ids: list[str]) -> None:
        """Check that every run came to its own end."""
        for run_id in run_ids:
            view = await show(self.fleet[-1], run_id)
            assert (view["status"], view["output"]) == ("completed", STEPS), view["error"]

    def nothing_was_done_twice(self, runs: int) -> None:
        """Check at the servers that each model call was made once, and each tool had its effect once."""
        assert len(self.server.model_calls) == runs * (TURNS + 1)
        assert set(self.server.model_calls.values()) == {1}
        assert len(self.server.effects) == runs * TURNS


@asynccontextmanager
async def a_world(cluster: str, delay_seconds: float = 0.1) -> AsyncIterator[World]:
    """Start instances of its own over a new database."""
    with instances_over(cluster) as (fleet, port):
        server = ModelServer(delay_seconds=delay_seconds)
        async with served(server.app, port):
            yield World(fleet, server)


@contextmanager
def instances_over(cluster: str, lease_seconds: float = LEASE_SECONDS) -> Iterator[tuple[list[Instance], int]]:
    """Run two instances over a new database; yield them, and the port where they look for model and tool."""
    url, port = create_database(cluster, f"instances_{time.monotonic_ns()}"), free_port()
    with instances(2, url, f"http://127.0.0.1:{port}", lease_seconds) as fleet:
        yield fleet, port


@pytest.fixture(scope="module")
def shared_fleet(cluster: str) -> Iterator[tuple[list[Instance], int]]:
    """Two instances that no test kills."""
    with instances_over(cluster, CALM_LEASE_SECONDS) as fleet:
        yield fleet


@pytest.fixture
async def world(shared_fleet: tuple[list[Instance], int]) -> AsyncIterator[World]:
    """The shared instances, with a model and a tool that nobody has asked yet."""
    fleet, port = shared_fleet
    server = ModelServer(delay_seconds=0.1)
    async with served(server.app, port):
        yield World(fleet, server)


def names(number: int) -> list[str]:
    """Return names of runs that no other test has."""
    return [f"run {uuid4().hex}" for _ in range(number)]


async def test_runs_at_once_are_done_once_each_and_followers_miss_nothing_when_an_instance_is_killed(
    cluster: str,
) -> None:
    """Ours: whoever follows drives; after a kill -9 the others go on where the last event was."""
    async with a_world(cluster) as world:
        await _follow_all_beyond_a_kill(world)


async def _follow_all_beyond_a_kill(world: World) -> None:
    run_ids = await create_runs(world.fleet[0], names(RUNS))
    followers = [Follower(run_id, connections=number) for number, run_id in enumerate(run_ids)]
    async with asyncio.timeout(90):
        following = asyncio.gather(*(follower.follow(world.fleet) for follower in followers))
        while not all(len(follower.seen) > 1 for follower in followers):
            await asyncio.wait([following], timeout=0.05)
        assert not all("finished" in follower.types for follower in followers)
        world.fleet[0].kill()
        await following
    for follower in followers:
        assert follower.seen == list(range(1, len(follower.seen) + 1))
        assert follower.types[0] == "created"
        assert follower.types.count("tool_finished") == TURNS
    await world.all_completed(run_ids)
    world.nothing_was_done_twice(RUNS)


async def test_a_scheduler_alone_ends_all_runs_also_when_it_calls_two_instances(world: World) -> None:
    """Ours: nobody waits for these runs; calls at once, and one more afterwards, do nothing twice."""
    run_ids = await create_runs(world.fleet[0], names(RUNS))
    async with asyncio.timeout(60):
        calls = await asyncio.gather(*(call_until_nothing_is_open(one, 1) for one in world.fleet))
        assert await call_until_nothing_is_open(world.fleet[0]) == 1
    assert max(calls) > 1
    await world.all_completed(run_ids)
    world.nothing_was_done_twice(RUNS)
    assert set(world.server.asked.values()) == set(world.server.effects.values()) == {1}


async def test_two_instances_asked_to_advance_one_run_share_it(world: World) -> None:
    """The issue's: the lease makes one driver; the other one waits and answers with the same end."""
    (run_id,) = await create_runs(world.fleet[0], names(1))
    async with asyncio.timeout(60):
        answers = await asyncio.gather(*(_advance(one, run_id) for one in world.fleet * 2))
    assert {answer["status"] for answer in answers} == {"completed"}
    assert set(world.server.asked.values()) == set(world.server.effects.values()) == {1}
    world.nothing_was_done_twice(1)


async def _advance(instance: Instance, run_id: str) -> dict[str, Any]:
    async with instance.client() as client:
        answer = await client.post(f"/runs/{run_id}/advance", json={"budget_s": 50})
    view: dict[str, Any] = answer.raise_for_status().json()
    return view


@pytest.mark.parametrize("request_kind", ["events", "advance", "advance all"])
async def test_a_client_that_leaves_in_the_middle_does_not_hurt_its_run(world: World, request_kind: str) -> None:
    """Ours: the next caller goes on; what had been asked is asked again under the same key only."""
    (run_id,) = await create_runs(world.fleet[0], names(1))
    path, method = {
        "events": (f"/runs/{run_id}/events", "GET"),
        "advance": (f"/runs/{run_id}/advance", "POST"),
        "advance all": ("/runs/advance", "POST"),
    }[request_kind]
    world.server.delay_seconds = 0.5
    async with world.fleet[0].client() as client, asyncio.timeout(30):
        body: Any = {"budget_s": 20} if method == "POST" else None
        asking = asyncio.create_task(client.request(method, path, json=body))
        await world.server.heard_model_call.wait()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    world.server.delay_seconds = 0
    async with asyncio.timeout(60):
        await call_until_nothing_is_open(world.fleet[1])
    await world.all_completed([run_id])
    world.nothing_was_done_twice(1)


async def test_a_client_that_leaves_while_it_starts_a_run_finds_it_again_by_its_key(world: World) -> None:
    """Ours: whether the first request was heard or not, the second one gives the one run."""
    (name,) = names(1)
    async with world.fleet[0].client() as client:
        with pytest.raises(httpx2.TimeoutException):
            await client.post("/runs", json={"name": name}, headers={"Idempotency-Key": name}, timeout=0.001)
    (run_id,) = await create_runs(world.fleet[1], [name])
    async with asyncio.timeout(60):
        await call_until_nothing_is_open(world.fleet[1])
    await world.all_completed([run_id])
    world.nothing_was_done_twice(1)


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that a test may stop."""
    with postgres_server() as server:
        yield server


async def test_a_database_that_is_stopped_for_ten_seconds_loses_nothing(own_server: PostgresServer) -> None:
    """The issue's: what ran meanwhile is asked again under its key, and ends when the server is back."""
    async with a_world(own_server.url, delay_seconds=0.3) as world:
        run_ids = await create_runs(world.fleet[0], names(RUNS))
        async with asyncio.timeout(100):
            calling = asyncio.gather(*(_patiently(one) for one in world.fleet))
            await world.server.heard_effect.wait()
            await asyncio.to_thread(own_server.stop)
            await asyncio.wait([calling], timeout=OUTAGE_SECONDS)
            assert not calling.done()
            await asyncio.to_thread(own_server.start)
            await calling
        await world.all_completed(run_ids)
        world.nothing_was_done_twice(RUNS)


async def _patiently(instance: Instance) -> None:
    """Call as a scheduler does, again when a call fails."""
    while True:
        try:
            await call_until_nothing_is_open(instance)
        except httpx2.HTTPStatusError:
            await asyncio.sleep(0.5)
        else:
            return
