"""Research as a durable run: what the run engine needs to know about the agent."""

from collections.abc import Mapping
from typing import Any, cast

from agents import Agent
from alex_agent_models import ChosenModel
from alex_mcp_client import McpService
from alex_runs import Delegation, Finished, RunFailed, RunScope, RunStatus
from alex_runs.job import Ending
from pydantic import BaseModel, JsonValue, ValidationError

from alex_researcher.agent import build_agent, sources_tried
from alex_researcher.evidence import verify
from alex_researcher.knowledge import Knowledge
from alex_researcher.schemas import Brief, DraftBrief, ResearchInput, SourceTried


class ResearchJob:
    """Runs of kind `research`."""

    kind = "research"
    input_type: type[BaseModel] = ResearchInput
    max_turns = 12
    delegations: Mapping[str, Delegation] = {}

    def __init__(self, model: ChosenModel, browser: McpService, vector_store: McpService) -> None:
        self._model = model
        self._browser = browser
        self._vector_store = vector_store

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Nothing beyond the schema: sources that cannot be read are part of the brief."""

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent with the tools of the run's owner."""
        max_pages = ResearchInput.model_validate(scope.input).max_pages
        vector_store = self._vector_store.for_owner(scope.owner)
        return build_agent(self._model.model, vector_store, self._knowledge(scope), max_pages)

    def task(self, scope: RunScope) -> str:
        """Return the input as JSON."""
        return ResearchInput.model_validate(scope.input).model_dump_json()

    async def finish(self, scope: RunScope, ending: Ending) -> Finished:
        """Verify every quote and say what is missing."""
        asked = ResearchInput.model_validate(scope.input)
        draft = _draft(ending.final_output)
        findings, dropped = await verify(draft.findings, self._knowledge(scope))
        tried = sources_tried(ending.data)
        missing = _missing(asked, findings_count=len(findings), tried=tried)
        brief = Brief(
            topic=asked.topic,
            symbols=asked.symbols,
            model=self._model.label,
            summary=draft.summary,
            findings=findings,
            dropped_findings=dropped,
            open_questions=draft.open_questions,
            sources=tried,
            missing=missing,
            usage=ending.usage,
        )
        return Finished(RunStatus.PARTIAL if missing else RunStatus.COMPLETED, brief)

    def _knowledge(self, scope: RunScope) -> Knowledge:
        return Knowledge(self._browser.for_owner(scope.owner), self._vector_store.for_owner(scope.owner))


def _draft(final_output: JsonValue) -> DraftBrief:
    try:
        return DraftBrief.model_validate(final_output)
    except ValidationError as exc:
        raise RunFailed(f"the model's brief has not the agreed form: {exc.error_count()} errors") from exc


def _missing(asked: ResearchInput, *, findings_count: int, tried: list[SourceTried]) -> list[str]:
    missing = [cast("str", source.reason) for source in tried if source.status == "failed"]
    unread = {str(url) for url in asked.sources} - {source.url for source in tried}
    missing.extend(f"{url} was not read" for url in sorted(unread))
    if not findings_count:
        missing.append(f"no finding on {asked.topic!r} could be quoted from a source")
    return missing
