"""Fifty runs at once on two instances over PostgreSQL, followed by fifty clients, while one instance is killed."""

import argparse
import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from alex_runs.store import LEASE_SECONDS

from tests.postgresql import create_database, postgres_server
from tests.runs.fleet import Follower, Instance, create_runs, instances, show
from tests.runs.model_server import TURNS, ModelServer
from tests.served_app import served
from tests.service_process import free_port

STEP_SECONDS = 0.5
"""What each model call and each tool takes."""
IDEAL_SECONDS = STEP_SECONDS * (2 * TURNS + 1)
"""One run, if nothing but the model and its tools took time."""
KILL_AFTER_SECONDS = IDEAL_SECONDS / 2


@dataclass(frozen=True)
class Outcome:
    """What the servers and the followers saw."""

    seconds: float
    completed: int
    repeated_model_calls: int
    asked_again_under_the_same_key: int
    effects: int
    events: int
    followers_with_a_gap: int
    connections: int


async def measure(fleet: Sequence[Instance], server: ModelServer, runs: int, *, kill: bool) -> Outcome:
    """Create and follow `runs` runs at once; with `kill`, end the first instance by SIGKILL in the middle."""
    living = list(fleet)
    run_ids = await create_runs(living[-1], [uuid4().hex for _ in range(runs)])
    followers = [Follower(run_id, connections=number) for number, run_id in enumerate(run_ids)]
    begun = time.monotonic()
    following = asyncio.gather(*(follower.follow(living) for follower in followers))
    if kill:
        await asyncio.wait([following], timeout=KILL_AFTER_SECONDS)
        await asyncio.to_thread(living[0].kill)
    await following
    seconds = time.monotonic() - begun
    views = [await show(living[-1], run_id) for run_id in run_ids]
    return Outcome(
        seconds=seconds,
        completed=sum(view["status"] == "completed" for view in views),
        repeated_model_calls=sum(server.model_calls.values()) - runs * (TURNS + 1),
        asked_again_under_the_same_key=sum(server.asked.values()) - runs * (TURNS + 1),
        effects=len(server.effects),
        events=sum(len(follower.seen) for follower in followers),
        followers_with_a_gap=sum(f.seen != list(range(1, len(f.seen) + 1)) for f in followers),
        connections=sum(follower.connections - number for number, follower in enumerate(followers)),
    )


async def measure_over(cluster_url: str, runs: int, *, kill: bool) -> Outcome:
    """Measure on new instances over a new database."""
    url, port, server = create_database(cluster_url, uuid4().hex), free_port(), ModelServer(delay_seconds=STEP_SECONDS)
    with instances(2, url, f"http://127.0.0.1:{port}", LEASE_SECONDS) as fleet:
        async with served(server.app, port):
            return await measure(fleet, server, runs, kill=kill)


def describe(outcome: Outcome, runs: int) -> str:
    """Return a report of a few lines."""
    return (
        f"{outcome.completed} of {runs} completed in {outcome.seconds:.1f} s, "
        f"{outcome.seconds / IDEAL_SECONDS:.2f} times what the model and the tools take\n"
        f"  repeated model calls {outcome.repeated_model_calls}, asked again under the same key "
        f"{outcome.asked_again_under_the_same_key}, effects {outcome.effects} of {runs * TURNS}\n"
        f"  events followed {outcome.events} over {outcome.connections} connections, followers with a gap or a repeat "
        f"{outcome.followers_with_a_gap}"
    )


def main() -> None:
    """Measure without and with a kill, and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    runs = parser.parse_args().runs
    with postgres_server() as cluster:
        calm = asyncio.run(measure_over(cluster.url, runs, kill=False))
        print("two instances:", describe(calm, runs))
        killed = asyncio.run(measure_over(cluster.url, runs, kill=True))
    print("one of two killed by SIGKILL:", describe(killed, runs))
    longer = killed.seconds - calm.seconds
    print(f"a kill costs {longer:.1f} s more; a dead instance keeps its runs for {LEASE_SECONDS:.0f} s")


if __name__ == "__main__":
    main()
