"""A plan as a durable run: what the run engine needs to know about the planner agent."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from agents import Agent
from alex_agent_models import ChosenModel
from alex_runs import Delegation, Finished, Revision, RunFailed, RunsClient, RunScope, RunStatus
from alex_runs.job import Ending
from pydantic import BaseModel, JsonValue, ValidationError

from alex_planner.agent import build_agent
from alex_planner.analysis.gathering import Gathered, Sources, all_series
from alex_planner.analysis.request import check_request
from alex_planner.for_model import task_of
from alex_planner.knowledge import KnowledgeBase
from alex_planner.notes import PlanNotes
from alex_planner.plan.assembling import all_findings
from alex_planner.plan.checking import Gate, failing_paragraphs, message_for_model
from alex_planner.plan.draft import DraftPlan
from alex_planner.plan.making import Ground, PlanMaking
from alex_planner.plan.material import Material
from alex_planner.plan_input import PlanInput, research_limit
from alex_planner.plan_tools import PlanTools
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.research import TOOL, Research
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
        tools = PlanTools(scope, self._portfolios, self._making, self._knowledge, self._research, self._sources)
        return build_agent(self._model.model, tools.desk())

    def task(self, scope: RunScope) -> str:
        """Return the goals, the questions, the target and the limits of research as JSON."""
        return task_of(PlanInput.model_validate(scope.input))

    async def finish(self, scope: RunScope, ending: Ending) -> Finished | Revision:
        """Send a draft back once when the gate refuses a paragraph of it; then put the plan together and store it."""
        asked = PlanInput.model_validate(scope.input)
        notes, draft = PlanNotes.of(dict(ending.data)), _draft(ending)
        ground = await self._making.ground(scope.owner, asked, scope.created_at, notes)
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
