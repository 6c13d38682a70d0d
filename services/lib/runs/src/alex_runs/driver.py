"""One stretch of driving one leased run: step after step, each committed."""

import asyncio
import time
from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

import agents
from agents import Agent
from alex_agent_models import ModelPrice
from packaging.version import Version
from pydantic import JsonValue

from alex_runs.budget import Limit
from alex_runs.delegated import DelegatedRuns
from alex_runs.errors import Interrupted, NewerState, RunFailed, StepTooLong
from alex_runs.failures import MAX_ATTEMPTS, MAX_BEGINNINGS, describe
from alex_runs.job import AgentJob, Ending, Finished, JobContext, Revision, RunScope
from alex_runs.meter import Meter
from alex_runs.phases import (
    LiveState,
    PendingCall,
    PhaseResult,
    data_in,
    first_phase,
    next_phase,
    read_state,
    revising_phase,
)
from alex_runs.rows import Commit, Event, Left, Run, receipt_of
from alex_runs.schemas import RunError, RunStatus
from alex_runs.store import RunStore
from alex_runs.window import LONGEST_STEP_SECONDS, Window

CHILD_ADVANCE_SECONDS: Final = 5.0
"""How long one request to another agent drives its run before the parent looks at all of them again."""


class Driver:
    """One stretch of driving one leased run."""

    def __init__(self, store: RunStore, job: AgentJob, run: Run, holder: str, price: ModelPrice | None) -> None:
        self._store = store
        self._job = job
        self._run = run
        self._holder = holder
        created_at = datetime.fromisoformat(run.view.created_at)
        self._scope = RunScope(
            run.id,
            run.owner,
            run.view.input,
            list(run.view.children),
            created_at,
            lambda: self.failures + 1 >= MAX_ATTEMPTS,
        )
        self._delegated = DelegatedRuns(job, self._scope)
        self._meter = Meter(run.view.model, price, run.view.receipt.own)
        self._state = run.state
        self._live: LiveState | None = None
        self._version = run.version
        self.attempts = run.attempts
        """How often the phase that is due was begun, this time included."""
        self.failures = run.failures
        """How often it raised before this time."""

    async def run_within(self, window: Window) -> None:
        """Take one step, and then others until the run is over or `window` has no time for another.

        Raises:
            Interrupted: the request ended in the middle of a step, which the next one takes again.
            LeaseLost: the run was taken over or cancelled.
            NewerState: a newer version of the Agents SDK wrote the state.
            RunFailed: the phase that is due was begun too often.
            StepTooLong: a step did not end within a whole request.
        """
        if self.attempts > MAX_BEGINNINGS:
            raise RunFailed(f"gave up: the same step was begun {MAX_BEGINNINGS} times and never ended")
        agent = self._job.build_agent(self._scope)
        longest_seconds, over = 0.0, False
        while not over:
            begun = time.monotonic()
            over = await self._bounded_step(agent, window)
            longest_seconds = max(longest_seconds, time.monotonic() - begun)
            if not window.has_time_for(longest_seconds):
                return

    async def fail(self, failure: BaseException) -> None:
        """End the run as failed with the reason."""
        error = describe(failure)
        await self._commit(RunStatus.FAILED, None, error=error, events=[("failed", error.model_dump(mode="json"))])

    def left(self, *, failed: bool, retry_in_seconds: float) -> Left:
        """Return how the run is left when this stretch ends.

        A driver that was stopped in the middle of a phase, because its client left, has not failed at it.
        """
        return Left(
            attempts=self.attempts if failed else self.attempts - 1,
            failures=self.failures + failed,
            usage=self._meter.usage,
            retry_in_seconds=retry_in_seconds,
        )

    async def _bounded_step(self, agent: Agent[Any], window: Window) -> bool:
        """Take a step that ends with the request at the latest; return whether the run is over."""
        seconds = window.seconds_left
        try:
            async with asyncio.timeout(seconds) as bound:
                return await self._step(agent, window)
        except TimeoutError as exc:
            if not bound.expired():
                raise
            if seconds < LONGEST_STEP_SECONDS:
                raise Interrupted from exc
            raise StepTooLong(seconds) from exc

    async def _step(self, agent: Agent[Any], window: Window) -> bool:
        state = self._state or {}
        if "ending" in state:
            return await self._finish(agent, cast("dict[str, JsonValue]", state["ending"]))
        if state:
            _check_version(str(state["sdk_version"]))
        pending = [PendingCall(**call) for call in cast("list[dict[str, Any]]", state.get("pending", []))]
        limit = self._limit_reached(acting=bool(pending))
        if limit is not None:
            await self._stop(limit)
            return False
        await self._start_runs(pending)
        ready = self._delegated.ready(pending)
        if pending and not ready:
            await self._advance_runs(window)
            return False
        await self._phase(agent, pending, ready)
        return False

    async def _phase(self, agent: Agent[Any], pending: Sequence[PendingCall], ready: set[str]) -> None:
        """Think or act, for as long as the budget has seconds, and commit it."""
        if self._state is None:
            context = JobContext(run_id=self._run.id, owner=self._run.owner, data={})
            phase = first_phase(agent, self._job.task(self._scope), context, self._job.max_turns, self._call_key)
        else:
            live = self._live or await read_state(agent, cast("dict[str, JsonValue]", self._state["sdk"]))
            self._live = None
            phase = next_phase(agent, live, ready, self._call_key)
        result = await self._within_budget(phase)
        if result is None:
            return
        if not pending:
            self._meter.add_call(result.tokens)
        await self._commit_phase(result)

    @property
    def _call_key(self) -> str:
        """What a server that honours it knows a model call by: after a kill the same, after a failure another."""
        return f"{self._run.id}:{self._version}:{self.failures}"

    async def _within_budget(self, phase: Awaitable[PhaseResult]) -> PhaseResult | None:
        """Return the result of a phase, or None when the seconds of the budget ended first and the run was stopped."""
        spending = self._delegated.spending(self._run.view.budget, self._meter.usage)
        try:
            async with asyncio.timeout(spending.seconds_left()) as bound:
                return await phase
        except TimeoutError:
            limit = self._limit_reached(acting=True) if bound.expired() else None
            if limit is None:
                raise
        await self._stop(limit)
        return None

    async def _commit_phase(self, result: PhaseResult) -> None:
        state: dict[str, JsonValue]
        if result.ended:
            ending = {"final_output": result.final_output, "data": result.data, "items": result.items}
            state = {"ending": cast("JsonValue", ending), "last_call_tokens": result.tokens.last_call}
        else:
            pending = [{"call_id": c.call_id, "tool": c.tool, "arguments": dict(c.arguments)} for c in result.pending]
            state = {
                "sdk_version": agents.__version__,
                "last_call_tokens": result.tokens.last_call,
                "pending": cast("JsonValue", pending),
                "sdk": cast("JsonValue", result.state),
            }
        await self._commit(RunStatus.RUNNING, state, events=result.events)
        self._live = result.live

    async def _finish(self, agent: Agent[Any], state: Mapping[str, JsonValue]) -> bool:
        """End the run, or take the turn in which the agent revises its output; return whether the run ended."""
        receipt = receipt_of(self._meter.usage, self._delegated.all)
        ending = Ending.from_state(state, receipt)
        finished = await self._job.finish(self._scope, ending)
        if isinstance(finished, Revision):
            await self._revise(agent, ending, finished)
            return False
        await self._end(finished, state.get("stopped"))
        return True

    async def _revise(self, agent: Agent[Any], ending: Ending, revision: Revision) -> None:
        if ending.stopped:
            raise RunFailed(f"the output needs another model call, but {ending.stopped}")
        limit = self._limit_reached(acting=False)
        if limit is not None:
            await self._stop(limit)
            return
        phase = revising_phase(
            agent, ending, revision, self._scope, max_turns=self._job.max_turns, call_key=self._call_key
        )
        result = await self._within_budget(phase)
        if result is not None:
            self._meter.add_call(result.tokens)
            await self._commit_phase(result)

    async def _end(self, finished: Finished, stopped: JsonValue) -> None:
        error = None
        if stopped is not None:
            limit = Limit.model_validate(stopped)
            error = RunError(code="budget_spent", message=limit.message, detail={"limit": limit.name})
        # What its budget cut short is not complete, whatever its job makes of it.
        status = RunStatus.PARTIAL if error and finished.status is RunStatus.COMPLETED else finished.status
        await self._commit(
            status,
            None,
            output=finished.output.model_dump(mode="json"),
            error=error,
            events=[("finished", {"status": status.value})],
        )

    def _limit_reached(self, *, acting: bool) -> Limit | None:
        spending = self._delegated.spending(self._run.view.budget, self._meter.usage)
        last_call_tokens = cast("int", (self._state or {}).get("last_call_tokens", 0))
        return spending.reached(before_a_call=not acting, last_call_tokens=last_call_tokens)

    async def _stop(self, limit: Limit) -> None:
        """End the agent's work where it stands; its job makes of it what it can, in the next step."""
        await self._delegated.cancel()
        ending = {**_ending_so_far(self._state), "stopped": limit.model_dump()}
        await self._commit(RunStatus.RUNNING, {"ending": ending}, events=[("budget_spent", limit.model_dump())])

    async def _start_runs(self, pending: Sequence[PendingCall]) -> None:
        events = await self._delegated.start(pending, self._run.view.budget, self._meter.usage)
        if events:
            await self._commit(RunStatus.RUNNING, self._state, events=events)

    async def _advance_runs(self, window: Window) -> None:
        """Drive the runs that this one waits for, side by side, and note how far they are."""
        events = await self._delegated.advance(min(CHILD_ADVANCE_SECONDS, window.budget_left))
        await self._commit(RunStatus.WAITING, self._state, events=events)

    async def _commit(
        self,
        status: RunStatus,
        state: dict[str, JsonValue] | None,
        *,
        events: Sequence[Event],
        output: dict[str, JsonValue] | None = None,
        error: RunError | None = None,
    ) -> None:
        change = Commit(
            status=status,
            state=state,
            children=self._delegated.all,
            usage=self._meter.usage,
            output=output,
            error=error,
            events=events,
        )
        await self._store.commit(self._run.id, self._holder, self._version, change)
        self._version += 1
        self._state = state
        self.attempts = 1
        self.failures = 0


def _ending_so_far(state: Mapping[str, JsonValue] | None) -> dict[str, JsonValue]:
    """Return what a run that is stopped ends with: the output that it wanted to revise, or none."""
    if state is None:
        return {"final_output": None, "data": {}}
    if "ending" in state:
        return cast("dict[str, JsonValue]", state["ending"])
    data = data_in(cast("dict[str, JsonValue]", state["sdk"]))
    return {"final_output": None, "data": cast("JsonValue", data)}


def _check_version(sdk_version: str) -> None:
    """Newer versions of the SDK read older states, but not the other way round."""
    if Version(sdk_version) > Version(agents.__version__):
        raise NewerState(sdk_version, agents.__version__)
