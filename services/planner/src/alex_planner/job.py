"""A plan as a durable run: what the run engine needs to know about the planner agent."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from agents import Agent
from alex_agent_models import ChosenModel
from alex_edge import ServiceError
from alex_runs import Delegation, Finished, JobContext, Revision, RunFailed, RunsClient, RunScope, RunStatus
from alex_runs.job import Ending
from pydantic import BaseModel, JsonValue, ValidationError

from alex_planner.agent import Desk, build_agent
from alex_planner.analysis.gathering import Gathered, Sources, all_series
from alex_planner.analysis.request import check_request
from alex_planner.for_model import figures_for_model, known_for_model, research_for_model, task_of
from alex_planner.knowledge import KnowledgeBase
from alex_planner.notes import PlanNotes
from alex_planner.plan.assembling import all_findings
from alex_planner.plan.checking import Gate, failing_paragraphs, message_for_model
from alex_planner.plan.draft import DraftPlan
from alex_planner.plan.making import Ground, PlanMaking
from alex_planner.plan.material import Material
from alex_planner.plan_input import PlanInput, research_limit
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.research import TOOL, Research, named_subject
from alex_planner.retirement.history import HistoryRecord


class PlanJob:
    """Runs of kind `plan`."""

    kind = "plan"
    input_type: type[BaseModel] = PlanInput
    subject_field = "portfolio_id"
    max_turns = 12

    def __init__(  # noqa: PLR0917  one for each thing that it works with
        self,
        model: ChosenModel,
        portfolios: PortfolioStore,
        making: PlanMaking,
        researcher: RunsClient,
        knowledge: KnowledgeBase,
        sources: Sources,
    ) -> None:
        self._model = model
        self._portfolios = portfolios
        self._making = making
        self._knowledge = knowledge
        self._sources = sources
        self._research = Research(researcher, portfolios)
        self._delegation = Delegation(
            client=researcher,
            to_input=self._research.to_input,
            limit=lambda run_input: research_limit(PlanInput.model_validate(run_input)),
            # A plan without research is partial, and better than none.
            required=False,
        )

    @property
    def delegations(self) -> Mapping[str, Delegation]:
        """Research is done by the researcher's runs."""
        return {TOOL: self._delegation}

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Refuse a plan for a portfolio that the owner does not have, and prices that cannot be read or asked for."""
        assert isinstance(run_input, PlanInput)
        await self._portfolios.get(owner, run_input.portfolio_id)
        check_request(run_input.analysis_request(), datetime.now(UTC).date())
        self._sources.check(run_input.analysis)
        await asyncio.to_thread(all_series, run_input.analysis, Gathered())

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent with the tools of the run's owner."""
        tools = _Tools(scope, self._portfolios, self._making, self._knowledge, self._research, self._sources)
        return build_agent(self._model.model, Desk(tools.figures, tools.known, tools.research))

    def task(self, scope: RunScope) -> str:
        """Return the goals, the questions, the target and the limits of research as JSON."""
        return task_of(PlanInput.model_validate(scope.input))

    async def finish(self, scope: RunScope, ending: Ending) -> Finished | Revision:
        """Send a draft back once when the gate refuses a paragraph of it; then put the plan together and store it."""
        asked = PlanInput.model_validate(scope.input)
        notes, draft = PlanNotes.of(dict(ending.data)), _draft(ending)
        ground = await self._making.ground(scope.owner, asked, scope.created_at, notes.gathered)
        if notes.first_draft is None and ending.stopped is None:
            revision = _revision(draft, ground, notes, dict(ending.data))
            if revision is not None:
                return revision
        plan = await self._making.make(scope.owner, self._material(scope, ending, ground, draft), ground)
        status = RunStatus.COMPLETED if plan.status == "completed" else RunStatus.PARTIAL
        return Finished(status, plan)

    def _material(self, scope: RunScope, ending: Ending, ground: Ground, draft: DraftPlan) -> Material:
        return Material(
            run_id=scope.run_id,
            created_at=scope.created_at,
            asked=PlanInput.model_validate(scope.input),
            portfolio_hash=ground.figures.portfolio.content_hash,
            previous_plan_id=ground.before.plan_id if ground.before else None,
            history=HistoryRecord.of(ground.history),
            notes=PlanNotes.of(dict(ending.data)),
            draft=draft,
            model_label=self._model.label,
            builtin=self._model.builtin,
            stopped=ending.stopped,
            receipt=ending.receipt,
        )


class _Tools:
    """The tools of one run."""

    def __init__(  # noqa: PLR0917  one for each tool
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

    async def figures(self, context: JobContext) -> str:
        """Compute the figures; what others are asked for them is noted, so that they are asked once."""
        scope, notes = self._scope, PlanNotes.of(context["data"])
        if notes.gathered is None:
            notes = notes.model_copy(update={"gathered": await self._gathered()})
            notes.put_into(context["data"])
        ground = await self._making.ground(scope.owner, self._asked, scope.created_at, notes.gathered)
        return figures_for_model(ground.figures, self._asked, ground.researched, scope.created_at)

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

    async def known(self, subject_id: str, context: JobContext) -> str:
        """Read what is stored on a subject, and note it."""
        portfolio = await self._portfolios.get(self._scope.owner, self._asked.portfolio_id)
        try:
            subject = named_subject(portfolio, self._asked, subject_id)
        except RunFailed as exc:
            return f"not read: {exc.message}"
        known = await self._knowledge.known(self._scope, subject)
        PlanNotes.of(context["data"]).with_known(known).put_into(context["data"])
        return known_for_model(known, self._asked.research.freshness, self._scope.created_at)

    async def research(self, subject_id: str, call_id: str, context: JobContext) -> str:
        """Fetch what the delegated run found, and note it."""
        child = self._scope.child_of(call_id)
        portfolio = await self._portfolios.get(self._scope.owner, self._asked.portfolio_id)
        try:
            subject = named_subject(portfolio, self._asked, subject_id)
        except RunFailed as exc:
            return f"not researched: {exc.message}"
        done = await self._research.result(self._scope, subject, child)
        PlanNotes.of(context["data"]).with_research(done).put_into(context["data"])
        return research_for_model(done)


def _revision(draft: DraftPlan, ground: Ground, notes: PlanNotes, data: dict[str, JsonValue]) -> Revision | None:
    failing = failing_paragraphs(draft, Gate.of(ground.figures, all_findings(notes)))
    if not failing:
        return None
    notes.model_copy(update={"first_draft": draft.model_dump(mode="json")}).put_into(data)
    return Revision(message_for_model(failing), data)


def _draft(ending: Ending) -> DraftPlan:
    """Return the model's draft; of a run that was stopped before, one without words: the computed ones stand in."""
    if ending.final_output is None:
        return DraftPlan(standing=[], priorities=[], recommendations=[], changes=[], answers=[])
    try:
        return DraftPlan.model_validate(ending.final_output)
    except ValidationError as exc:
        raise RunFailed(f"the model's plan has not the agreed form: {exc.error_count()} errors") from exc
