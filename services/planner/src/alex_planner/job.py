"""A plan as a durable run: what the run engine needs to know about the planner agent."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from agents import Agent
from alex_agent_models import ChosenModel
from alex_runs import Delegation, Finished, RunFailed, RunsClient, RunScope, RunStatus
from alex_runs.job import Ending
from pydantic import BaseModel, ValidationError

from alex_planner.agent import DraftPlan, build_agent
from alex_planner.facts import finding_facts
from alex_planner.figures import Figures, compute_figures
from alex_planner.number_gate import gate
from alex_planner.plan import GateCounts, Plan, PlanPortfolio, missing_figures
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.prose import summary_of_facts
from alex_planner.research import TOOL, HoldingResearch, Researched


class PlanJob:
    """Runs of kind `plan`."""

    kind = "plan"
    input_type: type[BaseModel] = PlanInput
    max_turns = 12

    def __init__(self, model: ChosenModel, portfolios: PortfolioStore, researcher: RunsClient) -> None:
        self._model = model
        self._portfolios = portfolios
        self._research = HoldingResearch(researcher, portfolios)
        self._delegation = Delegation(
            client=researcher,
            to_input=self._research.to_input,
            limit=lambda run_input: PlanInput.model_validate(run_input).research.holdings,
        )

    @property
    def delegations(self) -> Mapping[str, Delegation]:
        """Research is done by the researcher's runs."""
        return {TOOL: self._delegation}

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Refuse a plan for a portfolio that the owner does not have; goals are within range by their schema."""
        assert isinstance(run_input, PlanInput)
        await self._portfolios.get(owner, run_input.portfolio_id)

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent with the tools of the run's owner."""

        async def research_result(call_id: str) -> str:
            return await self._research.result_for_model(scope.owner, scope.child_of(call_id))

        return build_agent(self._model.model, lambda: self._figures(scope), research_result)

    def task(self, scope: RunScope) -> str:
        """Return the goals and the limit of research as JSON."""
        return PlanInput.model_validate(scope.input).model_dump_json(include={"goals", "research"})

    async def finish(self, scope: RunScope, ending: Ending) -> Finished:
        """Put the plan together from figures, research and prose that passed the gate."""
        figures = await self._figures(scope)
        researched = await self._research.collect(scope.owner, scope.children)
        plan = self._plan(figures, researched, ending)
        status = RunStatus.COMPLETED if plan.status == "completed" else RunStatus.PARTIAL
        return Finished(status, plan)

    async def _figures(self, scope: RunScope) -> Figures:
        asked = PlanInput.model_validate(scope.input)
        portfolio = await self._portfolios.get(scope.owner, asked.portfolio_id)
        # About a tenth of a second of simulation, during which other requests go on.
        return await asyncio.to_thread(compute_figures, portfolio, asked)

    def _plan(self, figures: Figures, researched: Researched, ending: Ending) -> Plan:
        allocation, projection = figures.allocation, figures.projection
        summary, counts = _gated(_draft(ending).summary, figures, researched)
        missing = (*_unfinished(ending), *missing_figures(allocation, projection), *researched.missing)
        return Plan(
            status="partial" if missing else "completed",
            model_label=self._model.label,
            generated_at=datetime.now(UTC),
            portfolio=PlanPortfolio(
                id=figures.portfolio.id, name=figures.portfolio.name, as_of=allocation.price_dates.newest
            ),
            goals=figures.goals,
            allocation=allocation,
            projection=projection,
            assumptions=projection.assumptions if projection else (),
            summary=summary,
            findings=researched.findings,
            missing=missing,
            gate=counts,
            sources_tried=researched.sources,
            receipt=ending.receipt,
        )


def _gated(paragraphs: list[str], figures: Figures, researched: Researched) -> tuple[tuple[str, ...], GateCounts]:
    """Return the paragraphs whose numbers are all facts; the computed summary takes the place of the others."""
    dates = [
        (finding.title, day) for finding in researched.findings if (day := finding.published_at or finding.fetched_at)
    ]
    gated = gate(
        paragraphs,
        [*figures.facts, *finding_facts(dates)],
        fallback=[""] * len(paragraphs),
        quotes=[finding.quote for finding in researched.findings],
        names=[*figures.names, *(finding.title for finding in researched.findings)],
    )
    computed = summary_of_facts({fact.id: fact.formatted for fact in figures.facts}) if gated.replaced else []
    return (*computed, *gated.paragraphs), GateCounts(checked=gated.checked, replaced=gated.replaced)


def _unfinished(ending: Ending) -> list[str]:
    return [f"The plan was not finished: {ending.stopped}."] if ending.stopped else []


def _draft(ending: Ending) -> DraftPlan:
    if ending.final_output is None:
        return DraftPlan(summary=[])
    try:
        return DraftPlan.model_validate(ending.final_output)
    except ValidationError as exc:
        raise RunFailed(f"the model's plan has not the agreed form: {exc.error_count()} errors") from exc
