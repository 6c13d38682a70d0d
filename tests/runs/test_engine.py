"""How runs advance: phases, crashes, retries, cancel."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Never

import pytest
from agents import function_tool
from agents.testing import ModelCall, ModelStep, ScriptedModel, assistant_message, function_call
from alex_edge import UpstreamUnavailable
from alex_runs import Finished, NotDone, Revision, RunEngine, RunScope, RunStatus, RunStore
from alex_runs.failures import MAX_BEGINNINGS
from alex_runs.job import Ending
from alex_runs.rows import Left
from alex_runs.usage import Usage

from .conftest import NoteJob

pytestmark = pytest.mark.anyio
EngineWith = Callable[[NoteJob], RunEngine]


def two_turns() -> ScriptedModel:
    """A model that takes two notes at once and then ends."""
    return ScriptedModel(
        [
            [function_call("note", {"text": "a"}, call_id="c1"), function_call("note", {"text": "b"}, call_id="c2")],
            [assistant_message("done")],
        ]
    )


async def create(store: RunStore, topic: str = "t", key: str = "k1") -> str:
    """Create a run of the test agent and return its id."""
    return (await store.create("local", "note", {"topic": topic}, key)).id


async def test_a_run_ends_completed_with_its_tools_run_once(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: the ordinary way through think and act phases."""
    job = NoteJob(two_turns())
    run = await engine_with(job).advance("local", await create(store), 10)
    assert run.view.status is RunStatus.COMPLETED
    assert run.view.output == {"text": "done", "noted": ["a", "b"]}
    assert job.notes == ["a", "b"]
    assert run.state is None


async def test_a_run_advances_one_phase_at_a_time_on_changing_instances(
    store: RunStore, engine_with: EngineWith
) -> None:
    """Ours: nothing but the row carries a run from one request to the next."""
    job = NoteJob(two_turns())
    run_id = await create(store)
    statuses = [(await engine_with(job).advance("local", run_id, 0)).view.status for _ in range(4)]
    assert statuses == [RunStatus.RUNNING, RunStatus.RUNNING, RunStatus.RUNNING, RunStatus.COMPLETED]
    assert job.notes == ["a", "b"]
    assert isinstance(job.model, ScriptedModel)
    job.model.assert_complete()


async def test_an_upstream_that_comes_back_is_tried_again_without_a_second_model_call(
    store: RunStore, engine_with: EngineWith
) -> None:
    """Ours: a tool that failed for a while repeats only the act phase."""
    failures = [UpstreamUnavailable("browser", "gone"), UpstreamUnavailable("browser", "gone")]

    def fail_twice(_: str) -> None:
        if failures:
            raise failures.pop()

    model = ScriptedModel([[function_call("note", {"text": "a"}, call_id="c1")], [assistant_message("done")]])
    run = await engine_with(NoteJob(model, before_note=fail_twice)).advance("local", await create(store), 20)
    assert run.view.status is RunStatus.COMPLETED
    model.assert_complete()


async def test_an_upstream_that_stays_away_fails_the_run_with_its_name(
    store: RunStore, engine_with: EngineWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: a run does not wait for ever, and says for whom it waited."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)

    def fail(_: str) -> None:
        raise UpstreamUnavailable("browser", "ConnectError")

    model = ScriptedModel([[function_call("note", {"text": "a"}, call_id="c1")]])
    run = await engine_with(NoteJob(model, before_note=fail)).advance("local", await create(store), 20)
    assert run.view.status is RunStatus.FAILED
    assert run.view.error is not None
    assert run.view.error.code == "upstream_unavailable"
    assert run.view.error.detail == {"upstream": "browser"}


async def test_an_unexpected_failure_is_told_without_its_text(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: the reason of a bug is in the log, not in the answer."""

    def fail(_: str) -> None:
        raise KeyError("secret detail")

    model = ScriptedModel([[function_call("note", {"text": "a"}, call_id="c1")]])
    run = await engine_with(NoteJob(model, before_note=fail)).advance("local", await create(store), 10)
    assert run.view.status is RunStatus.FAILED
    assert run.view.error is not None
    assert "secret detail" not in run.view.error.message


async def test_a_driver_that_dies_is_replaced_when_its_lease_runs_out(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: a lease that nobody renews is taken over."""
    run_id = await create(store)
    store.lease_seconds = 0.3
    assert await store.acquire(run_id, "a dead driver") is not None
    assert await store.acquire(run_id, "too early") is None
    run = await engine_with(NoteJob(two_turns())).advance("local", run_id, 10)
    assert run.view.status is RunStatus.COMPLETED


async def test_a_clock_that_is_set_back_leaves_no_run_behind(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: a lease or a pause that seems to last for an hour is from before the jump, and is not waited for."""
    run_id = await create(store)
    assert await store.acquire(run_id, "killed before the jump") is not None
    store.lease_seconds = 3_600
    assert await store.renew(run_id, "killed before the jump")
    store.lease_seconds = 15.0
    assert (await engine_with(NoteJob(two_turns())).advance("local", run_id, 10)).view.status is RunStatus.COMPLETED
    paused = await create(store, key="paused")
    assert await store.acquire(paused, "me") is not None
    await store.release(paused, "me", Left(attempts=1, failures=1, usage=Usage.nothing(), retry_in_seconds=3_600))
    assert (await engine_with(NoteJob(two_turns())).advance("local", paused, 10)).view.status is RunStatus.COMPLETED


async def test_a_clock_that_is_set_forward_costs_a_driver_its_lease_only_to_one_that_waits(store: RunStore) -> None:
    """Ours: the next renewal of a driver that nobody replaced holds again."""
    run_id = await create(store)
    assert await store.acquire(run_id, "driver") is not None
    store.lease_seconds = -3_600
    assert await store.renew(run_id, "driver")
    store.lease_seconds = 15.0
    assert await store.renew(run_id, "driver")
    assert await store.acquire(run_id, "another") is None


async def test_a_run_that_kills_its_drivers_ends_as_failed(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: a poison run stops when the same step was begun too often."""
    run_id = await create(store)
    store.lease_seconds = -1.0
    for number in range(MAX_BEGINNINGS):
        assert await store.acquire(run_id, f"driver {number} that dies") is not None
    store.lease_seconds = 15.0
    run = await engine_with(NoteJob(two_turns())).advance("local", run_id, 10)
    assert run.view.status is RunStatus.FAILED
    assert run.view.error is not None
    assert run.view.error.code == "run_failed"


async def test_two_drivers_at_once_run_each_tool_once(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: the lease makes one writer."""
    job = NoteJob(two_turns())
    run_id = await create(store)
    first, second = await asyncio.gather(
        engine_with(job).advance("local", run_id, 10), engine_with(job).advance("local", run_id, 10)
    )
    assert first.view.status is second.view.status is RunStatus.COMPLETED
    assert sorted(job.notes) == ["a", "b"]


async def test_a_client_that_leaves_often_does_not_fail_the_run(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: a phase that was stopped from outside is not a failed attempt."""
    run_id = await create(store)
    started = asyncio.Event()

    async def never_answer(_: ModelCall) -> Never:
        started.set()
        await asyncio.Event().wait()
        raise AssertionError

    for _ in range(MAX_BEGINNINGS + 2):
        started.clear()
        stuck = NoteJob(ScriptedModel([ModelStep.respond(never_answer)]))
        task = asyncio.create_task(engine_with(stuck).advance("local", run_id, 10))
        async with asyncio.timeout(5):
            await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    run = await engine_with(NoteJob(two_turns())).advance("local", run_id, 10)
    assert run.view.status is RunStatus.COMPLETED


async def test_a_cancelled_run_stays_cancelled_when_its_driver_comes_back(
    store: RunStore, engine_with: EngineWith
) -> None:
    """Ours: the commit of a phase that a cancel overtook writes nothing."""
    run_id = await create(store)
    entered = asyncio.Event()

    async def cancel_meanwhile() -> None:
        async with asyncio.timeout(5):
            await entered.wait()
        await store.cancel("local", run_id)

    job = NoteJob(two_turns(), before_note=lambda _: entered.set())
    _, run = await asyncio.gather(cancel_meanwhile(), engine_with(job).advance("local", run_id, 10))
    assert (await store.get("local", run_id)).view.status is RunStatus.CANCELLED
    assert run.view.output is None


async def test_events_are_numbered_without_gaps(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: a follower can resume from any number."""
    run_id = await create(store)
    await engine_with(NoteJob(two_turns())).advance("local", run_id, 10)
    events = await store.events_after(run_id, 0)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.type for event in events] == [
        "created",
        "tool_called",
        "tool_called",
        "tool_finished",
        "tool_finished",
        "finished",
    ]
    assert [event.seq for event in await store.events_after(run_id, 4)] == [5, 6]


async def test_a_tool_that_did_not_do_what_it_was_called_for_says_so_in_its_event(
    store: RunStore, engine_with: EngineWith
) -> None:
    """Ours: the run goes on and the model reads it as any text; a long reason is cut in the event."""

    @function_tool(needs_approval=True, failure_error_function=None)
    async def read() -> str:
        """Read nothing."""
        return NotDone("not read: " + "x" * 300)

    calls = [function_call("read", {}, call_id="r"), function_call("note", {"text": "a"}, call_id="n")]
    model = ScriptedModel([calls, [assistant_message("done")]])
    run_id = await create(store)
    run = await engine_with(NoteJob(model, extra_tools=[read])).advance("local", run_id, 10)
    assert run.view.status is RunStatus.COMPLETED
    finished = {
        str(event.data["call_id"]): event.data
        for event in await store.events_after(run_id, 0)
        if event.type == "tool_finished"
    }
    assert finished["n"] == {"call_id": "n"}
    assert finished["r"]["not_done"] == "not read: " + "x" * 190


async def test_a_model_that_never_ends_fails_at_the_turn_limit(store: RunStore, engine_with: EngineWith) -> None:
    """SDK: max_turns holds across phases."""
    steps = [[function_call("note", {"text": str(n)}, call_id=f"c{n}")] for n in range(9)]
    job = NoteJob(ScriptedModel(steps), max_turns=3)
    run = await engine_with(job).advance("local", await create(store), 10)
    assert run.view.status is RunStatus.FAILED
    assert run.view.error is not None
    assert run.view.error.code == "model_failed"
    assert len(job.notes) == 3


async def test_a_driver_that_lost_its_lease_stops_at_once(store: RunStore, engine_with: EngineWith) -> None:
    """Ours: a driver that was taken over must not go on with tools and model calls."""
    store.lease_seconds = 0.3
    run_id = await create(store)
    stopped = asyncio.Event()

    async def think_until_stopped(_: ModelCall) -> Never:
        await store.cancel("local", run_id)
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()
        raise AssertionError

    job = NoteJob(ScriptedModel([ModelStep.respond(think_until_stopped)]))
    async with asyncio.timeout(10):
        run = await engine_with(job).advance("local", run_id, 5)
    assert run.view.status is RunStatus.CANCELLED
    assert stopped.is_set()


async def test_a_state_of_a_newer_sdk_waits_for_a_newer_instance(
    store: RunStore, engine_with: EngineWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: during a deployment an old instance leaves such a run alone; it does not fail it."""
    job, run_id = NoteJob(two_turns()), await create(store)
    with monkeypatch.context() as newer:
        newer.setattr("alex_runs.driver.agents.__version__", "99.0.0")
        await engine_with(job).advance("local", run_id, 0)
    waiting = await engine_with(job).advance("local", run_id, 0)
    assert waiting.view.status is RunStatus.RUNNING
    assert waiting.not_before > 0
    monkeypatch.setattr("alex_runs.driver.agents.__version__", "99.0.0")
    run = await engine_with(job).advance("local", run_id, 15)
    assert run.view.status is RunStatus.COMPLETED
    assert job.notes == ["a", "b"]


async def test_a_final_output_that_is_sent_back_is_revised_in_a_durable_turn(
    store: RunStore, engine_with: EngineWith
) -> None:
    """Ours: what was said before is kept, usage adds up, and each phase may be another instance's."""
    model = ScriptedModel(
        [
            [function_call("note", {"text": "a"}, call_id="c1")],
            [assistant_message("draft")],
            [function_call("note", {"text": "b"}, call_id="c2")],
            [assistant_message("better")],
        ]
    )
    job = RevisedJob(model)
    run_id = await create(store)
    for _ in range(7):
        run = await engine_with(job).advance("local", run_id, 0)
    assert run.view.status is RunStatus.COMPLETED
    assert run.view.output == {"text": "better", "noted": ["a", "b"]}
    assert run.view.receipt.own.requests == 4
    assert job.created_at == {datetime.fromisoformat(run.view.created_at)}
    model.assert_complete()
    said = json.dumps(model.calls[2].input)
    assert "draft" in said
    assert "write it better" in said


class RevisedJob(NoteJob):
    """Sends the first output back."""

    created_at: set[datetime]

    async def finish(self, scope: RunScope, ending: Ending) -> Finished | Revision:
        """Send back once."""
        self.created_at = {scope.created_at}
        if "sent back" not in ending.data:
            return Revision("write it better", {**ending.data, "sent back": True})
        return await super().finish(scope, ending)
