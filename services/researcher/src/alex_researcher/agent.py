"""The research agent: its tools, and what they note for the brief."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated, Any, cast

from agents import Agent, Model, Tool, function_tool
from agents.tool_context import ToolContext
from alex_mcp_client import McpService, McpToolFailed, McpToolset
from alex_runs import JobContext
from pydantic import BaseModel, Field, JsonValue

from alex_researcher.knowledge import KeptPage, Knowledge, Link
from alex_researcher.schemas import DraftBrief, SourceTried

EXCERPT_CHARS = 1_200
"""How much of a page the model sees at once: enough to judge it, small in every later model call."""
MAX_LINKS = 40
"""How many links of a page the model sees."""


class KeptPageResult(BaseModel):
    """What `keep_page` tells the model."""

    document_id: str
    url: str
    title: str
    published_at: str | None
    excerpt: str
    total_chars: int
    links: list[Link]


def build_agent(model: Model, vector_store: McpService, knowledge: Knowledge, max_pages: int) -> Agent[Any]:
    """Return the agent with `search` of the vector store and its own `keep_page`."""
    return Agent(
        name="researcher",
        instructions=files("alex_researcher").joinpath("instructions.md").read_text(encoding="utf-8"),
        model=model,
        tools=[_keep_page_tool(knowledge, max_pages)],
        mcp_servers=[McpToolset(vector_store, tools=["search"])],
        output_type=DraftBrief,
    )


def sources_tried(data: Mapping[str, JsonValue]) -> list[SourceTried]:
    """Return the pages that `keep_page` noted, in the order in which they were asked for."""
    return [SourceTried.model_validate(source) for source in cast("list[JsonValue]", data.get("sources", []))]


def _keep_page_tool(knowledge: Knowledge, max_pages: int) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def keep_page(
        context: ToolContext[JobContext],
        url: Annotated[str, Field(description="Address of the page, http or https.")],
    ) -> str:
        """Read a web page, store it as a document, and return its id, an excerpt and the links worth following."""
        noted = _noted_sources(context.context["data"])
        if len(noted) >= max_pages:
            return f"not read: {max_pages} pages were tried, which is the limit of this research"
        # Noted before it is read, because calls run side by side and all count against the limit.
        entry: dict[str, JsonValue] = {"url": url, "status": "failed", "reason": "not finished"}
        noted.append(entry)
        try:
            kept = await knowledge.keep_page(url, f"{context.context['run_id']}:{context.tool_call_id}")
        except McpToolFailed as exc:
            entry["reason"] = exc.message
            return f"not read: {exc.message}"
        entry.update(status="kept", document_id=kept.document_id, reason=None)
        return _result(url, kept).model_dump_json()

    return keep_page


def _noted_sources(data: dict[str, JsonValue]) -> list[JsonValue]:
    return cast("list[JsonValue]", data.setdefault("sources", []))


def _result(url: str, kept: KeptPage) -> KeptPageResult:
    return KeptPageResult(
        document_id=kept.document_id,
        url=url,
        title=kept.page.title,
        published_at=kept.page.published_at,
        excerpt=kept.page.text[:EXCERPT_CHARS],
        total_chars=kept.page.total_chars,
        links=kept.page.links[:MAX_LINKS],
    )
