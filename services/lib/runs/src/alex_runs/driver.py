"""One stretch of driving one leased run: step after step, each committed."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

import agents
from agents import Agent
from alex_edge import UpstreamUnavailable
from packaging.version import Version
from pydantic import JsonValue

from alex_runs.delegation import Delegation
from alex_runs.errors import NewerState, RunFailed
from alex_runs.failures import MAX_ATTEMPTS, describe
from alex_runs.job import AgentJob, Ending, JobContext, Revision, RunScope
from alex_runs.phases import PendingCall, PhaseResult, first_phase, next_phase, revising_phase
from alex_runs.rows import Commit, Event, Run
from alex_runs.schemas import ChildRun, RunError, RunStatus
from alex_runs.store import RunStore

CHILD_ADVANCE_SECONDS: Final = 5.0
"""How long one request to another agent drives its run before the parent looks at all of them again."""


class Driver:
    """One stretch of driving one leased run."""

    def __init__(self, store: RunStore, job: AgentJob, run: Run, holder: str) -> None:
        self._store = store
        self._job = job
        self._run = run
        self._holder = holder
        self._children = list(run.view.children)
        created_at = datetime.fromisoformat(run.view.created_at)
        self._scope = RunScope(run.id, run.owner, run.view.input, self._children, created_at)
        self._state = run.state
        self._version = run.version
        self.attempts = run.attempts
        """How often the phase that is due was begun, this time included."""

    async def run_until(self, deadline: float) -> None:
        """Take one step after the other until the run is over or `deadline` (monotonic seconds) has passed.

        Raises:
            LeaseLost: the run was taken over or cancelled.
            NewerState: a newer version of the Agents SDK wrote the state.
            RunFailed: the phase that is due was begun too often.
        """
        if self.attempts > MAX_ATTEMPTS:
            raise RunFailed(f"gave up: the same step was begun {MAX_ATTEMPTS} times and never ended")
        agent = self._job.build_agent(self._scope)
        while True:
            over = await self._step(agent, deadline)
            if over or time.monotonic() >= deadline:
                return

    async def fail(self, failure: BaseException) -> None:
        """End the run as failed with the reason."""
        error = describe(failure)
        await self._commit(RunStatus.FAILED, None, error=error, events=[("failed", error.model_dump(mode="json"))])

    async def _step(self, agent: Agent[Any], deadline: float) -> bool:
        state = self._state
        if state is None:
            context = JobContext(run_id=self._run.id, owner=self._run.owner, data={})
            result = await first_phase(agent, self._job.task(self._scope), context, self._job.max_turns)
        elif "ending" in state:
            return await self._finish(agent, cast("dict[str, JsonValue]", state["ending"]))
        else:
            _check_version(str(state["sdk_version"]))
            pending = [PendingCall(**call) for call in cast("list[dict[str, Any]]", state["pending"])]
            await self._start_children(pending)
            approved = self._approved(pending)
            if pending and not approved:
                await self._advance_children(deadline)
                return False
            result = await next_phase(agent, cast("dict[str, JsonValue]", state["sdk"]), approved)
        await self._commit_phase(result)
        return False

    async def _commit_phase(self, result: PhaseResult) -> None:
        state: dict[str, JsonValue]
        if result.ended:
            ending: dict[str, JsonValue] = {
                "final_output": result.final_output,
                "data": result.data,
                "usage": result.usage.model_dump(),
                "items": result.items,
            }
            state = {"ending": ending}
        else:
            pending = [{"call_id": c.call_id, "tool": c.tool, "arguments": dict(c.arguments)} for c in result.pending]
            state = {
                "sdk_version": agents.__version__,
                "pending": cast("JsonValue", pending),
                "sdk": cast("JsonValue", result.state),
            }
        await self._commit(RunStatus.RUNNING, state, events=result.events, result=result)

    async def _finish(self, agent: Agent[Any], state: Mapping[str, JsonValue]) -> bool:
        """End the run, or take the turn in which the agent revises its output; return whether the run ended."""
        ending = Ending.from_state(state)
        finished = await self._job.finish(self._scope, ending)
        if isinstance(finished, Revision):
            result = await revising_phase(agent, ending, finished, self._scope, self._job.max_turns)
            await self._commit_phase(result)
            return False
        await self._commit(
            finished.status,
            None,
            output=finished.output.model_dump(mode="json"),
            events=[("finished", {"status": finished.status.value})],
        )
        return True

    def _approved(self, pending: Sequence[PendingCall]) -> set[str]:
        """Return the calls that can run now: the agent's own, and those whose other run is over."""
        over = {child.call_id for child in self._children if child.status.is_final}
        return {call.call_id for call in pending if call.tool not in self._job.delegations or call.call_id in over}

    async def _start_children(self, pending: Sequence[PendingCall]) -> None:
        known = {child.call_id for child in self._children}
        new = [call for call in pending if call.tool in self._job.delegations and call.call_id not in known]
        if not new:
            return
        # One after the other: each counts against the limit of the next.
        for call in new:
            self._children.append(await self._start_child(call))
        started = self._children[-len(new) :]
        events: list[Event] = [("delegated", child.model_dump(mode="json")) for child in started]
        await self._commit(RunStatus.RUNNING, self._state, events=events)

    async def _start_child(self, call: PendingCall) -> ChildRun:
        delegation, owner, run_input = self._job.delegations[call.tool], self._run.owner, self._scope.input
        child = ChildRun(
            call_id=call.call_id,
            tool=call.tool,
            service=delegation.client.service,
            run_id="",
            status=RunStatus.FAILED,
        )
        limit = delegation.limit(run_input)
        if sum(1 for other in self._children if other.tool == call.tool and other.run_id) >= limit:
            return child.model_copy(update={"reason": f"{limit} runs were started, which is the limit"})
        try:
            body = await delegation.to_input(owner, call.arguments, run_input)
            view = await delegation.client.create(owner, body, f"{self._run.id}:{call.call_id}")
        except RunFailed as exc:
            # Nothing is waited for; the tool tells the model why.
            return child.model_copy(update={"reason": exc.message})
        except UpstreamUnavailable as exc:
            if self._must_wait_for(delegation):
                raise
            return child.model_copy(update={"reason": exc.message})
        return child.model_copy(update={"run_id": view.id, "status": view.status})

    async def _advance_children(self, deadline: float) -> None:
        """Drive the runs that this one waits for, side by side, and note how far they are."""
        budget = max(0.0, min(CHILD_ADVANCE_SECONDS, deadline - time.monotonic()))
        before = list(self._children)
        self._children[:] = await asyncio.gather(*(self._advance_child(child, budget) for child in before))
        events: list[Event] = [
            ("child_changed", after.model_dump(mode="json"))
            for after, earlier in zip(self._children, before, strict=True)
            if after.status != earlier.status
        ]
        await self._commit(RunStatus.WAITING, self._state, events=events)

    async def _advance_child(self, child: ChildRun, budget_seconds: float) -> ChildRun:
        if child.status.is_final:
            return child
        delegation = self._job.delegations[child.tool]
        try:
            view = await delegation.client.advance(self._run.owner, child.run_id, budget_seconds)
        except UpstreamUnavailable as exc:
            if self._must_wait_for(delegation):
                raise
            return child.model_copy(update={"status": RunStatus.FAILED, "reason": exc.message})
        return child.model_copy(update={"status": view.status})

    def _must_wait_for(self, delegation: Delegation) -> bool:
        """Say whether a service that does not answer is asked again, or the run fails with its name."""
        return delegation.required or self.attempts < MAX_ATTEMPTS

    async def _commit(
        self,
        status: RunStatus,
        state: dict[str, JsonValue] | None,
        *,
        events: Sequence[Event],
        result: PhaseResult | None = None,
        output: dict[str, JsonValue] | None = None,
        error: RunError | None = None,
    ) -> None:
        change = Commit(
            status=status,
            state=state,
            children=self._children,
            usage=result.usage if result else None,
            output=output,
            error=error,
            events=events,
        )
        await self._store.commit(self._run.id, self._holder, self._version, change)
        self._version += 1
        self._state = state
        self.attempts = 1


def _check_version(sdk_version: str) -> None:
    """Newer versions of the SDK read older states, but not the other way round."""
    if Version(sdk_version) > Version(agents.__version__):
        raise NewerState(sdk_version, agents.__version__)
