"""The engine that advances runs: one committed phase after the other, for as long as somebody waits.

Whoever waits drives. A lease makes one driver at a time; a driver that dies is replaced when its lease runs
out, and the next one goes on from the last committed phase.
"""

import asyncio
import logging
import time
from typing import Final
from uuid import uuid4

from alex_agent_models import ChosenModel
from alex_edge import InvalidInput
from pydantic import BaseModel

from alex_runs.budget import NO_BUDGET, Budget
from alex_runs.client import RunsClient
from alex_runs.job import AgentJob
from alex_runs.leasing import LeasedRun
from alex_runs.quotes import QUOTE_RUNS, quote_from
from alex_runs.rows import Run
from alex_runs.schemas import ChildRun, ModelView, OpenRuns, Quote, RunHead, RunSummary
from alex_runs.store import RunStore
from alex_runs.window import Window

POLL_SECONDS: Final = 0.2
"""How often a waiting request looks whether another driver has moved the run."""
OPEN_POLL_SECONDS: Final = 1.0
"""How often a request that drives all runs looks for others that nobody drives."""
MAX_AT_ONCE: Final = 8
"""Runs that one request drives side by side; they wait for models and tools most of the time."""
SECONDS_PER_DAY: Final = 86_400.0
DEFAULT_KEEP_DAYS: Final = 90.0
"""How long an ended run is kept."""

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
        self._builtin = bool(model and model.builtin)
        self._keep_seconds = keep_days * SECONDS_PER_DAY
        self._prune_after = 0.0

    @property
    def model(self) -> ModelView:
        """What the runs are created for from now on."""
        return ModelView(label=self._model, builtin=self._builtin, price=self._price)

    def summary(self, run: Run) -> RunSummary:
        """Return a run as a line of a list."""
        subject = str(run.view.input.get(self.job.subject_field, ""))
        return RunSummary(**{name: getattr(run.view, name) for name in RunHead.model_fields}, subject=subject)

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

        While somebody else drives it, this only waits. The budget bounds when the last step begins; one is made even
        with a budget of 0, and all have ended after `REQUEST_SECONDS`.

        Raises:
            RunNotFound: there is no such run of this owner.
        """
        window = Window(budget_seconds)
        run = await self.store.get(owner, run_id)
        while not run.view.status.is_final:
            leased = await self._lease(run_id)
            if leased is not None:
                await leased.drive(self.job, self._price, window)
            run = await self.store.get(owner, run_id)
            if not window.has_time:
                break
            if leased is None:
                await asyncio.sleep(min(POLL_SECONDS, window.budget_left))
        return run

    async def advance_open(self, budget_seconds: float) -> OpenRuns:
        """Drive the open runs of all owners that nobody else drives, and say what is left when the budget is spent.

        It waits as long as any run is open: who drives it may leave at any moment, a failed one is tried again after
        its pause. Any number of callers may do this at once.
        """
        window, driven = Window(budget_seconds), set[str]()
        driving = set[asyncio.Task[None]]()
        try:
            while await self.store.count_open():
                for run_id in await self.store.idle(MAX_AT_ONCE - len(driving)):
                    if leased := await self._lease(run_id):
                        driven.add(run_id)
                        driving.add(asyncio.create_task(leased.drive(self.job, self._price, window)))
                driving = await _some_of(driving, min(OPEN_POLL_SECONDS, window.budget_left))
                if not window.has_time:
                    break
            await asyncio.gather(*driving)
        finally:
            for task in driving:
                task.cancel()
            await asyncio.gather(*driving, return_exceptions=True)
        return OpenRuns(open=await self.store.count_open(), driven=len(driven))

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

    async def _lease(self, run_id: str) -> LeasedRun | None:
        holder = uuid4().hex
        run = await self.store.acquire(run_id, holder)
        return None if run is None else LeasedRun(self.store, run, holder)

    def _client_of(self, child: ChildRun) -> RunsClient:
        return self.job.delegations[child.tool].client


async def _some_of(tasks: set[asyncio.Task[None]], seconds: float) -> set[asyncio.Task[None]]:
    """Wait until one of `tasks` has ended, at most so long, and return the others; raise what one raised."""
    if not tasks:
        await asyncio.sleep(seconds)
        return tasks
    done, others = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    return others
