"""No step outlives its request: when steps begin, where they are cut off, and what that costs."""

import asyncio
from collections.abc import Callable
from typing import Never

import pytest
from agents.items import TResponseOutputItem
from agents.testing import ModelCall, ModelStep, ScriptedModel, assistant_message, function_call
from alex_runs import RunEngine, RunStatus, RunStore
from alex_runs.window import LONGEST_STEP_SECONDS, REQUEST_SECONDS, SHORTEST_STEP_SECONDS, Window

from .conftest import NoteJob

pytestmark = pytest.mark.anyio
EngineWith = Callable[[NoteJob], RunEngine]
CUT_SECONDS = 0.3


def a_model(first: ModelStep) -> ScriptedModel:
    """A model that answers by `first`, and then takes a note and ends."""
    return ScriptedModel(
        [first, [function_call("note", {"text": "a"}, call_id="c1")], [assistant_message("done")]],
    )


async def never_answer(_: ModelCall) -> Never:
    """Be silent for ever."""
    await asyncio.Event().wait()
    raise AssertionError


async def create(store: RunStore) -> str:
    """Create a run of the test agent and return its id."""
    return (await store.create("local", "note", {"topic": "t"}, "k")).id


async def test_no_step_begins_late_in_a_request(
    store: RunStore, engine_with: EngineWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: a budget of 100 s does not begin a model call at 99 s."""

    async def answer_late(_: ModelCall) -> list[TResponseOutputItem]:
        monkeypatch.setattr("alex_runs.window.REQUEST_SECONDS", SHORTEST_STEP_SECONDS)
        return [function_call("note", {"text": "a"}, call_id="c1")]

    job = NoteJob(ScriptedModel([ModelStep.respond(answer_late), [assistant_message("done")]]))
    run_id = await create(store)
    assert (await engine_with(job).advance("local", run_id, 100)).view.status is RunStatus.RUNNING
    assert job.notes == []
    monkeypatch.setattr("alex_runs.window.REQUEST_SECONDS", REQUEST_SECONDS)
    assert (await engine_with(job).advance("local", run_id, 100)).view.status is RunStatus.COMPLETED


def test_a_step_begins_only_with_as_much_time_as_the_longest_one_took() -> None:
    """Ours: a model that is slow would be cut off, and paid again."""
    window = Window(100)
    assert window.has_time
    assert window.has_time_for(LONGEST_STEP_SECONDS)
    assert not window.has_time_for(REQUEST_SECONDS + 1)
    assert not Window(0).has_time


async def test_a_step_that_is_cut_off_at_the_end_of_a_request_has_not_failed(
    store: RunStore, engine_with: EngineWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: it begins the next request, with the whole time that there is."""
    monkeypatch.setattr("alex_runs.window.REQUEST_SECONDS", CUT_SECONDS)
    job = NoteJob(a_model(ModelStep.respond(never_answer)))
    run_id = await create(store)
    cut = await engine_with(job).advance("local", run_id, 100)
    assert (cut.view.status, cut.failures, cut.attempts) == (RunStatus.QUEUED, 0, 0)
    monkeypatch.setattr("alex_runs.window.REQUEST_SECONDS", REQUEST_SECONDS)
    assert (await engine_with(job).advance("local", run_id, 100)).view.status is RunStatus.COMPLETED


async def test_a_step_that_never_fits_into_a_request_fails_its_run(
    store: RunStore, engine_with: EngineWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: it had all the time there is, five times."""
    monkeypatch.setattr("alex_runs.window.REQUEST_SECONDS", CUT_SECONDS)
    monkeypatch.setattr("alex_runs.driver.LONGEST_STEP_SECONDS", CUT_SECONDS / 2)
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.001)
    job = NoteJob(ScriptedModel([ModelStep.respond(never_answer)] * 5))
    run_id, engine = await create(store), engine_with(job)
    async with asyncio.timeout(30):
        while not (run := await engine.advance("local", run_id, 0)).view.status.is_final:
            assert run.failures <= 4
    assert run.view.status is RunStatus.FAILED
    assert run.view.error is not None
    assert run.view.error.code == "step_too_long"
