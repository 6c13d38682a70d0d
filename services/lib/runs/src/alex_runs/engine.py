"""The engine that advances runs: one committed phase after the other, for as long as somebody waits.

Whoever waits drives. A lease makes one driver at a time; a driver that dies is replaced when its lease runs
out, and the next one goes on from the last committed phase.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Coroutine
from typing import Any, Final
from uuid import uuid4

from alex_agent_models import ChosenModel
from alex_edge import InvalidInput
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError

from alex_runs.budget import NO_BUDGET, Budget
from alex_runs.client import RunsClient
from alex_runs.driver import Driver
from alex_runs.errors import LeaseLost, NewerState
from alex_runs.failures import MAX_ATTEMPTS, is_worth_another_try, retry_in_seconds
from alex_runs.job import AgentJob
from alex_runs.quotes import QUOTE_RUNS, quote_from
from alex_runs.rows import Run
from alex_runs.schemas import ChildRun, Quote
from alex_runs.store import RunStore

POLL_SECONDS: Final = 0.2
"""How often a waiting request looks whether another driver has moved the run."""
SECONDS_PER_DAY: Final = 86_400.0
DEFAULT_KEEP_DAYS: Final = 90.0
"""How long an ended run is kept."""
NEWER_STATE_PAUSE_SECONDS: Final = 5.0
"""How long a run that a newer instance wrote is left for such an instance, during a deployment."""

_log = logging.getLogger(__name__)


class RunEngine:
    """Advances the runs of one kind."""

    def __init__(
        self, store: RunStore, job: AgentJob, model: ChosenModel | None = None, *, keep_days: float = DEFAULT_KEEP_DAYS
    ) -> None:
        """Return the engine of `job`; `model` says what its agent's calls cost, which is unknown without it."""
        self.store = store
        self.job = job
        self._model = model.label if model else ""
        self._price = model.price if model else None
        self._keep_seconds = keep_days * SECONDS_PER_DAY
        self._prune_after = 0.0

    async def quote(self, owner: str, run_input: BaseModel, budget: Budget = NO_BUDGET) -> Quote:
        """Return what such a run would use; nothing is created.

        Raises:
            InvalidInput: the budget cannot be kept.
            ServiceError: the job refuses the input.
        """
        await self._check(owner, run_input, budget)
        earlier = await self.store.receipts(owner, self.job.kind, self._model, QUOTE_RUNS)
        return quote_from(earlier, self._model, budget, self.job.max_turns)

    async def create(self, owner: str, run_input: BaseModel, idempotency_key: str, budget: Budget = NO_BUDGET) -> Run:
        """Create a run, or return the one that this key created before; once a day, forget what ended long ago.

        Raises:
            IdempotencyConflict: the key was used with another input.
            InvalidInput: the budget cannot be kept.
            ServiceError: the job refuses the input.
        """
        await self._check(owner, run_input, budget)
        if time.monotonic() >= self._prune_after:
            self._prune_after = time.monotonic() + SECONDS_PER_DAY
            pruned = await self.store.prune(self._keep_seconds)
            _log.info("pruned %d runs that ended long ago", pruned)
        return await self.store.create(
            owner,
            self.job.kind,
            run_input.model_dump(mode="json"),
            idempotency_key,
            budget=budget,
            model=self._model,
        )

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

    async def _check(self, owner: str, run_input: BaseModel, budget: Budget) -> None:
        if budget.usd is not None and self._price is None:
            raise InvalidInput(
                f"budget.usd cannot be kept: the price of {self._model or 'the model'} is not set in "
                "ALEX_MODEL_PRICES; set it, or limit tokens instead",
                field="budget.usd",
            )
        await self.job.check(owner, run_input)

    async def _drive(self, run: Run, holder: str, deadline: float) -> None:
        """Advance a leased run phase by phase; the lease is given back however this ends."""
        driver = Driver(self.store, self.job, run, holder, self._price)
        retry_in, failed = 0.0, False
        try:
            await self._while_leased(run.id, holder, driver.run_until(deadline))
        except LeaseLost:
            _log.info("run %s was taken over or cancelled", run.id)
        except NewerState as exc:
            _log.warning("run %s waits for another instance: %s", run.id, exc)
            retry_in = NEWER_STATE_PAUSE_SECONDS
        except Exception as exc:  # noqa: BLE001  the edge of a run: whatever happened becomes its stored reason
            failed, attempt = True, driver.failures + 1
            if is_worth_another_try(exc) and attempt < MAX_ATTEMPTS:
                retry_in = retry_in_seconds(attempt)
                _log.warning("run %s: attempt %d failed (%s), again in %.1f s", run.id, attempt, exc, retry_in)
            else:
                _log.error("run %s failed", run.id, exc_info=exc)
                with contextlib.suppress(LeaseLost):
                    await driver.fail(exc)
        finally:
            await self.store.release(run.id, holder, driver.left(failed=failed, retry_in_seconds=retry_in))

    async def _while_leased(self, run_id: str, holder: str, work: Coroutine[Any, Any, None]) -> None:
        """Await `work` and renew the lease meanwhile; when it is lost, stop the work.

        Raises:
            LeaseLost: somebody else may drive the run by now, so nothing more must be done for it.
        """
        working = asyncio.create_task(work)
        renewing = asyncio.create_task(self._renew(run_id, holder))
        try:
            await asyncio.wait([working, renewing], return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise LeaseLost(run_id)
            await working
        finally:
            working.cancel()
            renewing.cancel()
            await asyncio.gather(working, renewing, return_exceptions=True)

    async def _renew(self, run_id: str, holder: str) -> None:
        """Renew the lease until it is lost, also because the database did not answer for as long as it lasts."""
        lease_seconds = self.store.lease_seconds
        held_until = time.monotonic() + lease_seconds
        while time.monotonic() < held_until:
            await asyncio.sleep(lease_seconds / 3)
            begun = time.monotonic()
            try:
                async with asyncio.timeout(max(0.0, held_until - begun)):
                    renewed = await self.store.renew(run_id, holder)
            except (TimeoutError, DBAPIError, OSError):
                continue
            if not renewed:
                return
            held_until = begun + lease_seconds

    def _client_of(self, child: ChildRun) -> RunsClient:
        return self.job.delegations[child.tool].client
