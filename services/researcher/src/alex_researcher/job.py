"""Research as a durable run: what the run engine needs to know about the agent."""

from collections.abc import Mapping
from typing import Any

from agents import Agent
from alex_agent_models import ChosenModel
from alex_mcp_client import McpService
from alex_runs import Delegation, Finished, RunFailed, RunScope, RunStatus
from alex_runs.job import Ending
from pydantic import BaseModel, ValidationError

from alex_researcher.agent import Desk, build_agent
from alex_researcher.edgar import Edgar
from alex_researcher.evidence import verify
from alex_researcher.hostile_text import without_addresses
from alex_researcher.knowledge import Knowledge
from alex_researcher.memory import FindingMemory
from alex_researcher.notes import RunNotes
from alex_researcher.page_log import PageLog
from alex_researcher.reading import PageReading
from alex_researcher.schemas import Brief, DraftBrief, Finding, ResearchInput
from alex_researcher.weighing import weigh


class ResearchJob:
    """Runs of kind `research`."""

    kind = "research"
    input_type: type[BaseModel] = ResearchInput
    subject_field = "topic"
    max_turns = 12
    delegations: Mapping[str, Delegation] = {}

    def __init__(
        self, model: ChosenModel, browser: McpService, vector_store: McpService, log: PageLog, edgar: Edgar
    ) -> None:
        self._model = model
        self._browser = browser
        self._vector_store = vector_store
        self._log = log
        self._edgar = edgar

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Nothing beyond the schema: sources that cannot be read are part of the brief."""

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent with the tools of the run's owner."""
        asked = ResearchInput.model_validate(scope.input)
        knowledge = self._knowledge(scope)
        reading = PageReading(knowledge, self._log, scope.owner, asked.freshness)
        return build_agent(self._model.model, Desk(asked, knowledge, reading, self._edgar, scope.is_last_attempt))

    def task(self, scope: RunScope) -> str:
        """Return the input as JSON, without what the owner holds: the model need not know it."""
        return ResearchInput.model_validate(scope.input).model_dump_json(exclude={"holdings", "freshness"})

    async def finish(self, scope: RunScope, ending: Ending) -> Finished:
        """Verify every quote and say what is missing."""
        asked = ResearchInput.model_validate(scope.input)
        draft = _draft(ending)
        notes = RunNotes(dict(ending.data))
        knowledge = self._knowledge(scope)
        proved, dropped = await verify(draft.findings, knowledge, notes.quotable)
        proved = [_with_figure(finding, notes) for finding in proved]
        read_again = {source.document_id for source in notes.sources if source.status == "kept" and source.document_id}
        remembered = await FindingMemory(knowledge, scope.run_id).remember(asked.topic, weigh(proved), read_again)
        findings = remembered.findings
        missing = [*_unfinished(ending), *_missing(asked, findings_count=len(findings), notes=notes)]
        brief = Brief(
            topic=asked.topic,
            symbols=asked.symbols,
            model=self._model.label,
            summary=without_addresses(draft.summary),
            findings=findings,
            dropped_findings=dropped,
            refused_calls=notes.refused,
            open_questions=[without_addresses(question) for question in draft.open_questions],
            sources=notes.sources,
            missing=missing,
            nothing_found=not findings,
            changes=remembered.changes,
            usage=ending.receipt.total,
        )
        return Finished(RunStatus.PARTIAL if missing else RunStatus.COMPLETED, brief)

    def _knowledge(self, scope: RunScope) -> Knowledge:
        return Knowledge(self._browser.for_owner(scope.owner), self._vector_store.for_owner(scope.owner))


def _with_figure(finding: Finding, notes: RunNotes) -> Finding:
    """Return a finding with the figure that it quotes, dated as that was filed."""
    figure = notes.figure_of(finding.document_id, finding.quote)
    if figure is None:
        return finding
    return finding.model_copy(update={"figure": figure, "published_at": f"{figure.filed}T00:00:00+00:00"})


def _draft(ending: Ending) -> DraftBrief:
    if ending.final_output is None:
        return DraftBrief(
            summary="The research was stopped before anything was concluded.", findings=[], open_questions=[]
        )
    try:
        return DraftBrief.model_validate(ending.final_output)
    except ValidationError as exc:
        raise RunFailed(f"the model's brief has not the agreed form: {exc.error_count()} errors") from exc


def _unfinished(ending: Ending) -> list[str]:
    return [f"the research was not finished: {ending.stopped}"] if ending.stopped else []


def _missing(asked: ResearchInput, *, findings_count: int, notes: RunNotes) -> list[str]:
    """Return what could not be had; that nothing was found in what was read is an answer and not among it."""
    # Of what a web search finds one page stands in for another. What the task names nobody else says.
    others_stand_in = findings_count and not asked.sources
    failed = [source for source in notes.sources if source.status == "failed"]
    if others_stand_in:
        found = {page.url for page in notes.pages}
        failed = [source for source in failed if source.url not in found]
    missing = [source.reason or source.url for source in failed]
    missing.extend(notes.failures)
    unread = [str(url) for url in asked.sources if notes.tried(str(url)) is None]
    missing.extend(f"{url} was not read" for url in sorted(unread))
    return missing
