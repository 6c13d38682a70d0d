"""The runs of other agents that one run has delegated to: started once, driven while it waits, paid by its budget."""

import asyncio
import logging
from collections.abc import Sequence

from alex_edge import UpstreamUnavailable

from alex_runs.budget import Budget, Spending
from alex_runs.delegation import Delegation
from alex_runs.errors import RunFailed
from alex_runs.job import AgentJob, RunScope
from alex_runs.phases import PendingCall
from alex_runs.rows import Event
from alex_runs.schemas import ChildRun, RunStatus
from alex_runs.usage import Usage

_log = logging.getLogger(__name__)


class DelegatedRuns:
    """The delegated runs of one run, in the order in which they were started. Nothing is committed here."""

    def __init__(self, job: AgentJob, scope: RunScope) -> None:
        self._job = job
        self._scope = scope

    @property
    def all(self) -> list[ChildRun]:
        """The delegated runs, shared with the agent's scope."""
        return self._scope.children

    def ready(self, pending: Sequence[PendingCall]) -> set[str]:
        """Return the calls that can run now: the agent's own, and those whose other run is over."""
        over = {child.call_id for child in self.all if child.status.is_final}
        return {call.call_id for call in pending if call.tool not in self._job.delegations or call.call_id in over}

    def spending(self, budget: Budget, own: Usage) -> Spending:
        """Return what is left of a budget after what the run used itself and what its runs were given."""
        spending = Spending(budget, own)
        for child in self.all:
            if child.run_id:
                spending.add_run(child.budget, child.usage, over=child.status.is_final)
        return spending

    async def start(self, pending: Sequence[PendingCall], budget: Budget, own: Usage) -> list[Event]:
        """Start a run for each pending call that delegates and has none, each with a share of what is left.

        Raises:
            UpstreamUnavailable: the other service does not answer.
        """
        known = {child.call_id for child in self.all}
        new = [call for call in pending if call.tool in self._job.delegations and call.call_id not in known]
        # One after the other: each counts against the limit and the budget of the next.
        for number, call in enumerate(new):
            share = self.spending(budget, own).share(len(new) - number)
            self.all.append(await self._start(call, share))
        started = self.all[len(self.all) - len(new) :]
        return [("delegated", child.model_dump(mode="json")) for child in started]

    async def advance(self, budget_seconds: float) -> list[Event]:
        """Drive the runs that are not over, side by side, and return what changed.

        Raises:
            UpstreamUnavailable: another service does not answer.
        """
        before = list(self.all)
        self.all[:] = await asyncio.gather(*(self._advance(child, budget_seconds) for child in before))
        return [
            ("child_changed", after.model_dump(mode="json"))
            for after, earlier in zip(self.all, before, strict=True)
            if after.status != earlier.status
        ]

    async def cancel(self) -> None:
        """Cancel the runs that are not over. One whose service does not answer is left: nobody drives it any more."""
        for number, child in enumerate(self.all):
            if child.status.is_final:
                continue
            try:
                await self._job.delegations[child.tool].client.cancel(self._scope.owner, child.run_id)
            except UpstreamUnavailable as exc:
                _log.warning("run %s could not be cancelled: %s", child.run_id, exc)
            self.all[number] = child.model_copy(update={"status": RunStatus.CANCELLED})

    async def _start(self, call: PendingCall, share: Budget | None) -> ChildRun:
        delegation, owner = self._job.delegations[call.tool], self._scope.owner
        child = ChildRun(
            call_id=call.call_id,
            tool=call.tool,
            service=delegation.client.service,
            run_id="",
            status=RunStatus.FAILED,
        )
        limit = delegation.limit(self._scope.input)
        if sum(1 for other in self.all if other.tool == call.tool and other.run_id) >= limit:
            return child.model_copy(update={"reason": f"{limit} runs were started, which is the limit"})
        if share is None:
            return child.model_copy(update={"reason": "too little is left of the budget"})
        try:
            body = await delegation.to_input(owner, call.arguments, self._scope.input)
            key = f"{self._scope.run_id}:{call.call_id}"
            view = await delegation.client.create(owner, body, key, share)
        except RunFailed as exc:
            # Nothing is waited for; the tool tells the model why.
            return child.model_copy(update={"reason": exc.message})
        except UpstreamUnavailable as exc:
            if self._must_wait_for(delegation):
                raise
            return child.model_copy(update={"reason": exc.message})
        # What it was given when it was first created, should this be a repetition.
        return child.model_copy(update={"run_id": view.id, "status": view.status, "budget": view.budget})

    async def _advance(self, child: ChildRun, budget_seconds: float) -> ChildRun:
        if child.status.is_final:
            return child
        delegation = self._job.delegations[child.tool]
        try:
            view = await delegation.client.advance(self._scope.owner, child.run_id, budget_seconds)
        except UpstreamUnavailable as exc:
            if self._must_wait_for(delegation):
                raise
            return child.model_copy(update={"status": RunStatus.FAILED, "reason": exc.message})
        return child.model_copy(update={"status": view.status, "usage": view.receipt.total})

    def _must_wait_for(self, delegation: Delegation) -> bool:
        """Say whether a service that does not answer is asked again, or the run fails with its name."""
        return delegation.required or not self._scope.is_last_attempt()
