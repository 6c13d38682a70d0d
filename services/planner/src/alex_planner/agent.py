"""The planner agent: its tools and what it writes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Any

from agents import Agent, Model, Tool, function_tool
from agents.tool_context import ToolContext
from alex_runs import JobContext
from pydantic import Field

from alex_planner.parts import Part
from alex_planner.plan.draft import DraftPlan

SubjectId = Annotated[str, Field(description="Subject of one of the candidates, exactly as it is listed.")]
AnalysisPart = Annotated[Part, Field(description="One of the analyses that `portfolio_figures` lists.")]
Amount = Annotated[float | None, Field(ge=0, description="A year, in today's money; null leaves the goal as it is.")]
Years = Annotated[int | None, Field(ge=0, description="Years until retirement; null leaves the goal as it is.")]
Fee = Annotated[float | None, Field(ge=0, le=10, description="Percent a year; null leaves the goal as it is.")]
Goal = float | int | None


@dataclass(frozen=True)
class Desk:
    """What the tools of one run do; each answers as text for the model and may take notes."""

    figures: Callable[[JobContext], Awaitable[str]]
    """From what the run shares."""
    analyse: Callable[[Part, JobContext], Awaitable[str]]
    """From a part of the analysis and what the run shares."""
    what_if: Callable[[dict[str, Goal], JobContext], Awaitable[str]]
    """From other goals by name and what the run shares."""
    known: Callable[[str, JobContext], Awaitable[str]]
    """From a subject and what the run shares."""
    research: Callable[[str, str, JobContext], Awaitable[str]]
    """From a subject, the id of the call whose delegated run is over, and what the run shares."""


def build_agent(model: Model, desk: Desk) -> Agent[Any]:
    """Return the agent."""
    return Agent(
        name="planner",
        instructions=files("alex_planner").joinpath("instructions.md").read_text(encoding="utf-8"),
        model=model,
        tools=[_figures_tool(desk), _analyse_tool(desk), _what_if_tool(desk), _known_tool(desk), _research_tool(desk)],
        output_type=DraftPlan,
    )


def _figures_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def portfolio_figures(context: ToolContext[JobContext]) -> str:
        """Return the total, the analyses there are, the proposals, the changes, and the candidates for research."""
        return await desk.figures(context.context)

    return portfolio_figures


def _analyse_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def analyse(context: ToolContext[JobContext], part: AnalysisPart) -> str:
        """Return the figures of one part of the analysis with their ids, and what of it is not known and why."""
        return await desk.analyse(part, context.context)

    return analyse


def _what_if_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def what_if(
        context: ToolContext[JobContext],
        annual_spending: Amount,
        annual_contribution: Amount,
        years_to_retirement: Years,
        fee_percent: Fee,
    ) -> str:
        """Simulate the portfolio with other goals, and return the chance that it lasts and what it becomes."""
        goals: dict[str, Goal] = {
            "annual_spending": annual_spending,
            "annual_contribution": annual_contribution,
            "years_to_retirement": years_to_retirement,
            "fee_percent": fee_percent,
        }
        return await desk.what_if(goals, context.context)

    return what_if


def _known_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def known(context: ToolContext[JobContext], subject: SubjectId) -> str:
        """Return what is stored on a subject: earlier findings, passages, and whether they are fresh."""
        return await desk.known(subject, context.context)

    return known


def _research_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def research(context: ToolContext[JobContext], subject: SubjectId) -> str:
        """Have the researcher look into one subject; the answer is its brief with quoted findings."""
        return await desk.research(subject, context.tool_call_id, context.context)

    return research
