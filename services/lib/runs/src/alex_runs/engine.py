"""The engine that advances runs: one committed phase after the other, for as long as somebody waits.

Whoever waits drives. A lease makes one driver at a time; a driver that dies is replaced when its lease runs
out, and the next one goes on from the last committed phase.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, cast
from uuid import uuid4

import agents
from agents import Agent
from pydantic import JsonValue

from alex_runs.client import RunsClient
from alex_runs.errors import LeaseLost, RunFailed
from alex_runs.failures import MAX_ATTEMPTS, describe, is_worth_another_try, retry_in_seconds
from alex_runs.job import AgentJob, Ending, JobContext, RunScope
from alex_runs.phases import PendingCall, PhaseResult, first_phase, next_phase
from alex_runs.schemas import ChildRun, RunError, RunStatus
from alex_runs.store import LEASE_SECONDS, Commit, Event, Run, RunStore

POLL_SECONDS: Final = 0.2
"""How often a waiting request looks whether another driver has moved the run."""
CHILD_ADVANCE_SECONDS: Final = 5.0
"""How long one request to another agent drives its run before the parent looks at all of them again."""

_log = logging.getLogger(__name__)


class RunEngine:
    """Advances the runs of one kind."""

    def __init__(self, store: RunStore, job: AgentJob) -> None:
        self.store = store
        self.job = job

    async def advance(self, owner: str, run_id: str, budget_seconds: float) -> Run:
        """Drive a run until it is over or the budget is spent, and return it.

        While somebody else drives it, this only waits. The budget bounds when the last phase begins; a phase
        itself is bounded by the time-outs of the model and the tools.

        Raises:
            RunNotFound: there is no such run of this owner.
        """
        deadline = time.monotonic() + budget_seconds
        run = await self.store.get(owner, run_id)
        while not run.view.status.is_final:
            holder = uuid4().hex
            leased = await self.store.acquire(run_id, holder)
            if leased is not None:
                await self._drive(leased, holder, deadline)
            run = await self.store.get(owner, run_id)
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                break
            if leased is None:
                await asyncio.sleep(min(POLL_SECONDS, remaining))
        return run

    async def cancel(self, owner: str, run_id: str) -> Run:
        """End a run and the runs it delegated to; a run that is over stays as it is."""
        before = await self.store.get(owner, run_id)
        run = await self.store.cancel(owner, run_id)
        open_children = [child for child in before.view.children if not child.status.is_final]
        await asyncio.gather(*(self._client_of(child).cancel(owner, child.run_id) for child in open_children))
        return run

    async def _drive(self, run: Run, holder: str, deadline: float) -> None:
        """Advance a leased run phase by phase; the lease is given back however this ends."""
        driver = _Driver(self.store, self.job, run, holder)
        retry_in, failed = 0.0, False
        try:
            async with self._heartbeat(run.id, holder):
                if run.attempts > MAX_ATTEMPTS:
                    await driver.fail(
                        RunFailed(f"gave up: the same step was begun {MAX_ATTEMPTS} times and never ended")
                    )
                    return
                await driver.run_until(deadline)
        except LeaseLost:
            _log.info("run %s was taken over or cancelled", run.id)
        except Exception as exc:  # noqa: BLE001  the edge of a run: whatever happened becomes its stored reason
            failed = True
            if is_worth_another_try(exc) and driver.attempts < MAX_ATTEMPTS:
                retry_in = retry_in_seconds(driver.attempts)
                _log.warning("run %s: attempt %d failed (%s), again in %.1f s", run.id, driver.attempts, exc, retry_in)
            else:
                _log.error("run %s failed", run.id, exc_info=exc)
                with contextlib.suppress(LeaseLost):
                    await driver.fail(exc)
        finally:
            # A driver that was stopped in the middle of a phase, because its client left, has not failed at it.
            attempts = driver.attempts if failed else driver.attempts - 1
            await self.store.release(run.id, holder, attempts=attempts, retry_in_seconds=retry_in)

    @contextlib.asynccontextmanager
    async def _heartbeat(self, run_id: str, holder: str) -> AsyncIterator[None]:
        async def renew() -> None:
            while True:
                await asyncio.sleep(LEASE_SECONDS / 3)
                if not await self.store.renew(run_id, holder):
                    return

        task = asyncio.create_task(renew())
        try:
            yield
        finally:
            task.cancel()

    def _client_of(self, child: ChildRun) -> RunsClient:
        return self.job.delegations[child.tool].client


class _Driver:
    """One stretch of driving one leased run."""

    def __init__(self, store: RunStore, job: AgentJob, run: Run, holder: str) -> None:
        self._store = store
        self._job = job
        self._run = run
        self._holder = holder
        self._children = list(run.view.children)
        self._scope = RunScope(run.id, run.owner, run.view.input, self._children)
        self._state = run.state
        self.attempts = run.attempts

    async def run_until(self, deadline: float) -> None:
        """Take one step after the other until the run is over or `deadline` (monotonic seconds) has passed."""
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
            await self._finish(cast("dict[str, JsonValue]", state["ending"]))
            return True
        else:
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
            ending = {"final_output": result.final_output, "data": result.data, "usage": result.usage.model_dump()}
            state = {"ending": cast("JsonValue", ending)}
        else:
            pending = [{"call_id": c.call_id, "tool": c.tool, "arguments": dict(c.arguments)} for c in result.pending]
            state = {
                "sdk_version": agents.__version__,
                "pending": cast("JsonValue", pending),
                "sdk": cast("JsonValue", result.state),
            }
        await self._commit(RunStatus.RUNNING, state, events=result.events, result=result)

    async def _finish(self, ending: Mapping[str, JsonValue]) -> None:
        finished = await self._job.finish(self._scope, Ending.from_state(ending))
        await self._commit(
            finished.status,
            None,
            output=finished.output.model_dump(mode="json"),
            events=[("finished", {"status": finished.status.value})],
        )

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
        client = self._job.delegations[child.tool].client
        view = await client.advance(self._run.owner, child.run_id, budget_seconds)
        return child.model_copy(update={"status": view.status})

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
        await self._store.commit(self._run.id, self._holder, change)
        self._state = state
        self.attempts = 1
