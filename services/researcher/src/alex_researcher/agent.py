"""The research agent: its tools, and the limits that hold whatever its model was talked into.

A tool reads only addresses that the run was given or has found, and asks only questions made of the topic. So
what a page says can decide neither where a request goes nor what it carries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Any

from agents import Agent, Model, Tool, function_tool
from agents.tool_context import ToolContext
from alex_edge import UpstreamUnavailable
from alex_mcp_client import McpToolFailed
from alex_runs import JobContext, NotDone
from pydantic import BaseModel, Field

from alex_researcher.addresses import AddressBook
from alex_researcher.edgar import Edgar
from alex_researcher.filings_lookup import FilingsLookup
from alex_researcher.knowledge import Knowledge, Link, StoredPassage
from alex_researcher.memory import FINDING_KIND
from alex_researcher.notes import RunNotes
from alex_researcher.private_terms import PrivateTerms, outgoing_query
from alex_researcher.reading import PageReading, PageSeen
from alex_researcher.schemas import DraftBrief, ResearchInput
from alex_researcher.topic_words import words

MAX_LINKS = 40
"""How many links of a page the model sees."""
BROWSER = "browser"
"""Name of the browser server: without it there is still what is stored, without the vector store nothing."""
PASSAGES = 12
"""How many passages one search shows: more than enough for the findings of one topic."""


class KeptPageResult(BaseModel):
    """What `keep_page` tells the model."""

    document_id: str | None
    url: str
    title: str
    published_at: str | None
    excerpt: str
    total_chars: int
    links: list[Link]


class PassageShown(StoredPassage):
    """A passage, and whether its page was read so lately that it need not be read again."""

    fresh: bool


class SearchResult(BaseModel):
    """What `search` tells the model; `query` is what was searched for."""

    query: str
    passages: list[PassageShown]


class WebSearchResult(BaseModel):
    """What `web_search` tells the model; `query` is what was searched for."""

    query: str
    links: list[Link]


@dataclass(frozen=True)
class Desk:
    """What the tools of one run work with."""

    asked: ResearchInput
    knowledge: Knowledge
    reading: PageReading
    edgar: Edgar
    is_last_attempt: Callable[[], bool]

    def goes_on_without(self, failure: McpToolFailed | UpstreamUnavailable) -> bool:
        """Say whether a failure of the browser server is noted, and the research goes on with what there is.

        A tool that said no is not asked again. A server that does not answer is, until the run would fail by it.
        """
        if isinstance(failure, McpToolFailed):
            return True
        return failure.upstream == BROWSER and self.is_last_attempt()

    def notes(self, context: ToolContext[JobContext]) -> RunNotes:
        """Return the notes of the run."""
        return RunNotes(context.context["data"])

    def addresses(self, context: ToolContext[JobContext]) -> AddressBook:
        """Return the addresses that the run may read."""
        private = PrivateTerms.of(self.asked.holdings, self.asked.topic, self.asked.symbols)
        return AddressBook(context.context["data"], map(str, self.asked.sources), private)


def build_agent(model: Model, desk: Desk) -> Agent[Any]:
    """Return the agent with its tools; the web is searched only when the owner named no pages."""
    tools = [_search_tool(desk), _keep_page_tool(desk), _sec_filings_tool(desk)]
    if not desk.asked.sources:
        tools.append(_web_search_tool(desk))
    return Agent(
        name="researcher",
        instructions=files("alex_researcher").joinpath("instructions.md").read_text(encoding="utf-8"),
        model=model,
        tools=tools,
        output_type=DraftBrief,
    )


def _search_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def search(
        context: ToolContext[JobContext],
        query: Annotated[str, Field(description="What to look for beyond the topic, in common research words.")],
    ) -> str:
        """Find passages of stored documents about the topic; words that could tell about the owner are left out."""
        asked_for = outgoing_query(desk.asked.topic, query)
        found = [passage for passage in await desk.knowledge.search(asked_for) if passage.kind != FINDING_KIND]
        notes = desk.notes(context)
        for passage in found[:PASSAGES]:
            notes.may_quote(passage.document_id)
        shown = [
            PassageShown(**passage.model_dump(), fresh=desk.reading.is_fresh(passage)) for passage in found[:PASSAGES]
        ]
        return SearchResult(query=asked_for, passages=shown).model_dump_json()

    return search


def _keep_page_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def keep_page(
        context: ToolContext[JobContext],
        url: Annotated[str, Field(description="Address of a page: a source, or a link that a tool has shown.")],
    ) -> str:
        """Read a web page or feed, store it as a document, and return its id, an excerpt and the links worth following.

        Other addresses than those of the task and those that a tool has shown are not read.
        """
        notes, addresses = desk.notes(context), desk.addresses(context)
        if not addresses.allows(url):
            notes.refuse()
            return NotDone(
                "not read: only the sources and links that a tool has shown may be read, exactly as they stand"
            )
        if notes.tried(url):
            return NotDone("not read again: this page was asked for before")
        if len(notes.pages) >= desk.asked.max_pages:
            return NotDone(f"not read: {desk.asked.max_pages} pages were tried, which is the limit of this research")
        entry = notes.begin(url)
        try:
            seen = await desk.reading.read(url, notes, f"{context.context['run_id']}:{context.tool_call_id}")
        except (McpToolFailed, UpstreamUnavailable) as exc:
            if not desk.goes_on_without(exc):
                raise
            entry["reason"] = f"{url}: {exc.message}" if isinstance(exc, UpstreamUnavailable) else exc.message
            return NotDone(f"not read: {exc.message}")
        entry.update(status=seen.status, document_id=seen.document_id, reason=None)
        return _result(url, seen, addresses).model_dump_json()

    return keep_page


def _sec_filings_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def sec_filings(
        context: ToolContext[JobContext],
        company: Annotated[str, Field(description="A symbol of the task, or a company's name as the topic has it.")],
    ) -> str:
        """Look up a company at the US Securities and Exchange Commission.

        Returns its newest reports, which `keep_page` reads, and the figures that it reported, as sentences of a stored
        document, to be quoted as they stand.
        """
        notes, addresses = desk.notes(context), desk.addresses(context)
        if not _is_of_task(company, desk.asked):
            notes.refuse()
            return NotDone("not looked up: only the symbols of the task and companies that the topic names are")
        call = f"{context.context['run_id']}:{context.tool_call_id}"
        found = await FilingsLookup(desk.edgar, desk.knowledge, notes).look_up(company, desk.asked.topic, call)
        if isinstance(found, str):
            return found
        allowed = set(addresses.add(filing.url for filing in found.filings))
        shown = [filing for filing in found.filings if filing.url in allowed]
        return found.model_copy(update={"filings": shown}).model_dump_json()

    return sec_filings


def _is_of_task(company: str, asked: ResearchInput) -> bool:
    """Say whether a company is one that the task is about: who else is looked up could tell what the owner holds."""
    named = words(company)
    is_named = bool(named) and named <= words(asked.topic)
    return is_named or company.upper() in {symbol.upper() for symbol in asked.symbols}


def _web_search_tool(desk: Desk) -> Tool:
    @function_tool(needs_approval=True, failure_error_function=None)
    async def web_search(
        context: ToolContext[JobContext],
        query: Annotated[str, Field(description="What to look for beyond the topic, in common research words.")],
    ) -> str:
        """Search the web for pages about the topic; words that could tell about the owner are left out."""
        asked_for = outgoing_query(desk.asked.topic, query)
        try:
            hits = await desk.knowledge.search_web(asked_for)
        except (McpToolFailed, UpstreamUnavailable) as exc:
            if not desk.goes_on_without(exc):
                raise
            desk.notes(context).fail(f"no pages were named, and the web could not be searched: {exc.message}")
            return NotDone(f"not searched: {exc.message}")
        allowed = set(desk.addresses(context).add(hit.url for hit in hits if hit.url))
        links = [Link(text=hit.title, url=hit.url) for hit in hits if hit.url in allowed]
        return WebSearchResult(query=asked_for, links=links).model_dump_json()

    return web_search


def _result(url: str, seen: PageSeen, addresses: AddressBook) -> KeptPageResult:
    offered = seen.links[:MAX_LINKS]
    allowed = set(addresses.add(link.url for link in offered))
    return KeptPageResult(
        document_id=seen.document_id,
        url=url,
        title=seen.title,
        published_at=seen.published_at,
        excerpt=seen.excerpt,
        total_chars=seen.total_chars,
        links=[link for link in offered if link.url in allowed],
    )
