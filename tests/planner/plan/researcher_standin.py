"""A researcher in its smallest form: the real runs contract over HTTP, with a canned brief for each topic.

The real one is tested in `tests/researcher`, and both together in `tests/system`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from agents import Agent
from alex_agent_models import Answer as ModelAnswer
from alex_agent_models import ChosenModel, RuleModel, ToolCall, Transcript
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service
from alex_runs import Delegation, Finished, Revision, RunEngine, RunFailed, RunScope, RunStatus, RunStore, run_routes
from alex_runs.job import Ending
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, SecretStr
from starlette.middleware.base import RequestResponseEndpoint
from typing_extensions import override

from tests.served_app import served

Answer = Literal["brief", "fail", "nothing", "figure"]


class Asked(BaseModel):
    """What research is asked for with."""

    model_config = ConfigDict(extra="forbid")

    topic: str
    symbols: list[str]
    holdings: list[str]
    sources: list[str]
    max_pages: int


class Silent(RuleModel):
    """A model that ends at once."""

    @override
    def decide(self, transcript: Transcript) -> list[ToolCall] | ModelAnswer:
        return ModelAnswer("done")


@dataclass
class Desk:
    """A served researcher: its address and what it was asked."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    reads_to_fail: int = 0
    """How many of the next requests for a finished run get a 503, as while the researcher's database is away."""


class BriefJob:
    """Runs of kind `research`."""

    kind = "research"
    input_type: type[BaseModel] = Asked
    subject_field = "topic"
    max_turns = 2
    delegations: Mapping[str, Delegation] = {}

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Note what is asked."""
        assert owner
        self._desk.asked.append(run_input.model_dump(mode="json"))

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return an agent without tools."""
        assert scope.run_id
        return Agent(name="researcher", model=Silent())

    def task(self, scope: RunScope) -> str:
        """Return the topic."""
        return str(scope.input["topic"])

    async def finish(self, scope: RunScope, ending: Ending) -> Finished | Revision:
        """Return the brief of the topic."""
        assert ending.final_output
        topic = str(scope.input["topic"])
        if self._desk.answers.get(topic) == "fail":
            raise RunFailed("the page set the desk on fire")
        return Finished(RunStatus.COMPLETED, BriefOutput.model_validate(self._brief(topic)))

    def _brief(self, topic: str) -> dict[str, Any]:
        answer = self._desk.answers.get(topic)
        if answer == "nothing":
            return brief(topic) | {"findings": [], "nothing_found": True}
        if answer == "figure":
            return brief(topic, **FIGURE)
        return brief(topic)


class BriefOutput(BaseModel):
    """A brief as the researcher writes it."""

    model_config = ConfigDict(extra="allow")


FIGURE = {
    "stance": "neutral",
    "source_url": "https://data.sec.example/api/xbrl/companyfacts/CIK0001234567.json",
    "title": "ALPHA RAIL CORP (AAA): figures reported to the SEC",
    "figure": {
        "label": "Net income",
        "concept": "us-gaap:NetIncomeLoss",
        "value": "55000000",
        "unit": "USD",
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
        "form": "10-K",
        "filed": "2026-02-20",
        "accession": "0001234567-26-000012",
        "url": "https://www.sec.example/Archives/edgar/data/1234567/000123456726000012/0001234567-26-000012-index.htm",
        "sentence": "Net income of ALPHA RAIL CORP",
    },
}
"""A finding that states a figure of EDGAR, as the researcher gives it."""


def brief(topic: str, **changes: Any) -> dict[str, Any]:
    """Return a brief with one finding, changed as told."""
    quote = f"The words of the source on {topic}"
    found = {
        "claim": quote,
        "quote": quote,
        "stance": "against",
        "document_id": "doc_" + "a" * 32,
        "version_id": "doc_" + "a" * 32 + "@" + "b" * 16,
        "quote_start": 10,
        "quote_end": 10 + len(quote),
        "source_url": "https://news.example/a",
        "title": "A page",
        "published_at": "2026-10-01T00:00:00Z",
        "fetched_at": "2026-11-20T00:00:00Z",
        "content_hash": "sha256:0",
        "confidence": "medium",
    } | changes
    return {
        "topic": topic,
        "summary": "Quoted.",
        "findings": [found],
        "sources": [{"url": "https://news.example/a", "status": "kept", "reason": None}],
        "missing": [],
    }


@asynccontextmanager
async def researcher(folder: Path, answers: Mapping[str, Answer] | None = None) -> AsyncIterator[Desk]:
    """Serve a researcher on a free port."""
    desk = Desk(answers=answers or {})
    database = open_database(f"sqlite:///{folder / 'researcher.db'}")
    store = RunStore(database)
    # Before anything else migrates: one process runs one migration at a time.
    await store.upgrade()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = RunEngine(store, BriefJob(desk), ChosenModel(Silent(), "none", builtin=True))
        yield

    settings = EdgeSettings(api_keys=(SecretStr("test-key"),))
    app = create_service("researcher", version="1", settings=settings, lifespan=lifespan, readiness=Readiness())
    app.include_router(run_routes(Asked))

    @app.middleware("http")
    async def fail_reads(request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.method == "GET" and request.url.path.startswith("/runs/") and desk.reads_to_fail:
            desk.reads_to_fail -= 1
            return Response(status_code=503)
        return await call_next(request)

    try:
        async with served(app) as url:
            desk.url = url
            yield desk
    finally:
        await database.dispose()
