"""The tools of one run of the planner agent: what each computes, reads or fetches, and what it notes."""

import asyncio

from alex_edge import ServiceError
from alex_runs import JobContext, NotDone, RunFailed, RunScope
from pydantic import ValidationError

from alex_planner.agent import Desk, Goal
from alex_planner.analysis.gathering import Gathered, Sources
from alex_planner.errors import InvalidAssumption
from alex_planner.for_model import (
    figures_for_model,
    known_for_model,
    part_for_model,
    research_for_model,
    what_if_for_model,
)
from alex_planner.knowledge import KnowledgeBase
from alex_planner.notes import PlanNotes
from alex_planner.parts import Part
from alex_planner.plan.making import Ground, PlanMaking
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.research import Research, named_subject
from alex_planner.subjects import Subject
from alex_planner.what_if import MAX_WHAT_IFS, GoalChange


class PlanTools:
    """The tools of one run."""

    def __init__(  # noqa: PLR0917  one for each thing that they work with
        self,
        scope: RunScope,
        portfolios: PortfolioStore,
        making: PlanMaking,
        knowledge: KnowledgeBase,
        research: Research,
        sources: Sources,
    ) -> None:
        self._scope = scope
        self._asked = PlanInput.model_validate(scope.input)
        self._portfolios = portfolios
        self._making = making
        self._knowledge = knowledge
        self._research = research
        self._sources = sources
        self._gathering = asyncio.Lock()

    def desk(self) -> Desk:
        """Return them as the agent calls them."""
        return Desk(self.figures, self.analyse, self.what_if, self.known, self.research)

    async def figures(self, context: JobContext) -> str:
        """Compute the figures and say what there is."""
        ground = await self._ground(context)
        return figures_for_model(ground.figures, self._asked, ground.researched, self._scope.created_at)

    async def analyse(self, part: Part, context: JobContext) -> str:
        """Return the figures of one part of the analysis."""
        return part_for_model((await self._ground(context)).figures, part)

    async def what_if(self, goals: dict[str, Goal], context: JobContext) -> str:
        """Try other goals, and note them: what is noted is tried again when the plan is put together."""
        given = {name: str(value) for name, value in goals.items() if value is not None}
        try:
            change = GoalChange.model_validate(given)
            await self._tried(change, context)
        except ValidationError as exc:
            return NotDone(f"not tried: {exc.errors()[0]['msg']}")
        except InvalidAssumption as exc:
            return NotDone(f"not tried: {exc.message}")
        notes = PlanNotes.of(context["data"]).with_what_if(change)
        if len(notes.what_ifs) > MAX_WHAT_IFS:
            return NotDone(f"not tried: one plan tries at most {MAX_WHAT_IFS} changes")
        notes.put_into(context["data"])
        figures = (await self._ground(context)).figures
        found = [item for item in figures.what_ifs if item.id == change.id]
        if not found:
            return NotDone("not tried: nothing of the portfolio can be projected")
        return what_if_for_model(found[0], figures)

    async def known(self, subject_id: str, context: JobContext) -> str:
        """Read what is stored on a subject, and note it."""
        try:
            subject = await self._subject(subject_id)
        except RunFailed as exc:
            return NotDone(f"not read: {exc.message}")
        known = await self._knowledge.known(self._scope, subject)
        PlanNotes.of(context["data"]).with_known(known).put_into(context["data"])
        return known_for_model(known, self._asked.research.freshness, self._scope.created_at)

    async def research(self, subject_id: str, call_id: str, context: JobContext) -> str:
        """Fetch what the delegated run found, and note it."""
        child = self._scope.child_of(call_id)
        try:
            subject = await self._subject(subject_id)
        except RunFailed as exc:
            return NotDone(f"not researched: {exc.message}")
        done = await self._research.result(self._scope, subject, child)
        PlanNotes.of(context["data"]).with_research(done).put_into(context["data"])
        return research_for_model(done)

    async def _ground(self, context: JobContext) -> Ground:
        """Return the figures; what others are asked for them is noted, so that they are asked once."""
        async with self._gathering:
            if PlanNotes.of(context["data"]).gathered is None:
                gathered = await self._gathered()
                PlanNotes.of(context["data"]).with_gathered(gathered).put_into(context["data"])
        notes = PlanNotes.of(context["data"])
        return await self._making.ground(self._scope.owner, self._asked, self._scope.created_at, notes)

    async def _tried(self, change: GoalChange, context: JobContext) -> None:
        """Make sure that a change fits the goals.

        Raises:
            InvalidAssumption: it does not.
        """
        change.applied_to((await self._ground(context)).figures.goals)

    async def _gathered(self) -> Gathered:
        scope, asked = self._scope, self._asked
        portfolio = await self._portfolios.get(scope.owner, asked.portfolio_id)
        try:
            return await self._sources.gather(
                portfolio, asked.analysis, asked.goals.base_currency, scope.created_at.date()
            )
        except ServiceError as exc:
            # A plan without them is partial, and better than none.
            return Gathered(failure=exc.message)

    async def _subject(self, subject_id: str) -> Subject:
        portfolio = await self._portfolios.get(self._scope.owner, self._asked.portfolio_id)
        return named_subject(portfolio, self._asked, subject_id)
