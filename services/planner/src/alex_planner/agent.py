"""The planner agent: its tools and what it writes."""

import json
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Annotated, Any

from agents import Agent, Model, Tool, function_tool
from agents.tool_context import ToolContext
from alex_runs import JobContext
from pydantic import BaseModel, Field

from alex_planner.figures import Figures


class DraftPlan(BaseModel):
    """The model's final answer: prose only, every number in it a fact."""

    summary: list[str] = Field(description="Paragraphs of plain text.")


def build_agent(
    model: Model,
    figures: Callable[[], Awaitable[Figures]],
    research_result: Callable[[str], Awaitable[str]],
) -> Agent[Any]:
    """Return the agent.

    Args:
        figures: computes the figures of the plan.
        research_result: from the id of a `research` call to what its run found, as text for the model.
    """
    return Agent(
        name="planner",
        instructions=files("alex_planner").joinpath("instructions.md").read_text(encoding="utf-8"),
        model=model,
        tools=[_figures_tool(figures), _research_tool(research_result)],
        output_type=DraftPlan,
    )


def _figures_tool(figures: Callable[[], Awaitable[Figures]]) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def portfolio_figures() -> str:
        """Return the holdings and every computed fact of the portfolio and its projection."""
        computed = await figures()
        holdings = [
            {
                "symbol": position.symbol,
                "name": position.name,
                "asset_class": position.asset_class,
                "share": None if position.share is None else str(position.share),
            }
            for position in computed.researchable()
        ]
        facts = [{"id": fact.id, "label": fact.label, "value": fact.formatted} for fact in computed.spoken_facts()]
        return json.dumps({"holdings": holdings, "facts": facts}, ensure_ascii=False)

    return portfolio_figures


def _research_tool(research_result: Callable[[str], Awaitable[str]]) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def research(
        context: ToolContext[JobContext],
        symbol: Annotated[str, Field(description="Symbol of a holding of the portfolio.")],  # noqa: ARG001
    ) -> str:
        """Have the researcher look into one holding; the answer is its brief with quoted findings."""
        return await research_result(context.tool_call_id)

    return research
