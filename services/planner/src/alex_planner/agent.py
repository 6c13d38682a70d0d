"""The planner agent: its tools and what it writes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Any

from agents import Agent, Model, Tool, function_tool
from agents.tool_context import ToolContext
from alex_runs import JobContext
from pydantic import Field

from alex_planner.plan.draft import DraftPlan

SubjectId = Annotated[str, Field(description="Subject of one of the candidates, exactly as it is listed.")]


@dataclass(frozen=True)
class Desk:
    """What the tools of one run do; each answers as text for the model and may take notes."""

    figures: Callable[[JobContext], Awaitable[str]]
    """From what the run shares."""
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
        tools=[_figures_tool(desk), _known_tool(desk), _research_tool(desk)],
        output_type=DraftPlan,
    )


def _figures_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def portfolio_figures(context: ToolContext[JobContext]) -> str:
        """Return the facts, the proposals, the changes since the last plan, and the candidates for research."""
        return await desk.figures(context.context)

    return portfolio_figures


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
