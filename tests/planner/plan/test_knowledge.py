"""What the planner reads of the knowledge base, from the real vector store, as the researcher writes it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from alex_mcp_client import McpService
from alex_planner.builtin_model import RulePlanner
from alex_planner.for_model import FindingsForModel, known_for_model
from alex_planner.knowledge import KnowledgeBase
from alex_planner.notes import Known
from alex_planner.subjects import Subject
from alex_researcher.memory import StoredFinding
from alex_runs import RunScope
from pydantic import JsonValue

from tests.planner.plan.researcher_standin import FIGURE
from tests.planner.plan.test_job import HEADER, Planner, plan, planner, replay
from tests.service_process import KEY

pytestmark = pytest.mark.anyio
__all__ = ["planner"]
SUBJECT = Subject("AAA", "Alpha Rail (AAA): outlook and risks", ("AAA",))
TEXT = (
    "# Alpha Rail reports\n\nAlpha Rail lost an order for forty trains in the spring.\n\n"
    "The board of Alpha Rail expects\nthat the dividend stays where it is."
)
LOST = "Alpha Rail lost an order for forty trains in the spring."
STAYS = "The board of Alpha Rail expects that the dividend stays where it is."


class Shelf:
    """One owner's documents in the vector store."""

    def __init__(self, service: McpService, owner: str) -> None:
        self.service = service
        self.owner = owner

    async def put(
        self, title: str, text: str, kind: str, url: str | None = None, fetched_at: str = "2026-11-20T08:00:00+00:00"
    ) -> dict[str, Any]:
        """Store a document and return it as it is read."""
        wanted: dict[str, JsonValue] = {"title": title, "text": text, "kind": kind}
        if url:
            wanted |= {"url": url, "fetched_at": fetched_at}
        mine = self.service.for_owner(self.owner)
        stored = await mine.call("ingest_document", wanted)
        return dict(await mine.call("get_document", {"document_id": stored["document_id"]}))

    async def put_finding(self, document: dict[str, Any], quote: str, **changes: Any) -> None:
        """Store a finding in the way of the researcher."""
        values: dict[str, Any] = {
            "topic": SUBJECT.topic,
            "claim": quote,
            "quote": quote,
            "stance": "against",
            "title": document["title"],
            "source_url": document["url"],
            "published_at": "2026-11-01T00:00:00+00:00",
            "document_id": document["document_id"],
            "version_id": document["version_id"],
            "content_hash": document["content_hash"],
        } | changes
        stored = StoredFinding.model_validate(values)
        await self.put(f"Finding on {stored.topic}", stored.as_text(), "finding")

    async def known(self, subject: Subject = SUBJECT) -> Known:
        """Return what a plan of this owner reads on a subject."""
        scope = RunScope("run_1", self.owner, {}, [], datetime.now(UTC), lambda: True)
        return await KnowledgeBase(self.service).known(scope, subject)


@pytest.fixture
async def service(vector_store: str) -> AsyncIterator[McpService]:
    """The vector store as the planner calls it."""
    service = McpService("vector_store", f"{vector_store}/mcp", api_key=KEY, timeout_seconds=30)
    yield service
    await service.aclose()


@pytest.fixture
def shelf(service: McpService) -> Shelf:
    """The shelf of an owner who has nothing yet."""
    return Shelf(service, f"owner-{uuid4().hex[:8]}")


async def test_stored_findings_and_passages_on_a_subject_are_read_with_their_proof(shelf: Shelf) -> None:
    """Ours: the quote is found again in the version of the document that it names, whatever the line ends are."""
    page = await shelf.put("Alpha Rail reports", TEXT, "page", "https://news.example/alpha")
    await shelf.put_finding(page, LOST)
    await shelf.put_finding(page, STAYS, stance="supports")
    known = await shelf.known()
    assert known.failure is None
    by_quote = {item.quote: item for item in known.findings}
    assert set(by_quote) == {LOST, STAYS}
    found = by_quote[STAYS]
    assert (found.stance, found.symbols, found.source_url) == ("supports", ("AAA",), "https://news.example/alpha")
    assert page["text"][found.quote_start : found.quote_end].split() == STAYS.split()
    assert found.fetched_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert [item.title for item in known.passages] == ["Alpha Rail reports"]
    answer = known_for_model(known, timedelta(days=30), datetime(2026, 11, 23, tzinfo=UTC))
    told = FindingsForModel.model_validate_json(answer)
    assert told.fresh
    assert {item.quote for item in told.findings} == {LOST, STAYS}


async def test_a_claim_opens_at_its_place_with_what_stands_around_it(shelf: Shelf) -> None:
    """Ours: the words before and after are those of the stored document."""
    page = await shelf.put("Alpha Rail reports", TEXT, "page", "https://news.example/alpha")
    await shelf.put_finding(page, LOST)
    (found,) = (await shelf.known()).findings
    context = await KnowledgeBase(shelf.service).context(shelf.owner, found)
    assert context is not None
    assert context.quote == LOST
    assert context.before.endswith("Alpha Rail reports\n\n")
    assert context.after.startswith("\n\nThe board")


async def test_what_is_not_proved_or_is_about_something_else_is_left_out(shelf: Shelf) -> None:
    """Ours: an invented quote, another topic, a gone document and a text that only looks like a finding."""
    page = await shelf.put("Alpha Rail reports", TEXT, "page", "https://news.example/alpha")
    await shelf.put_finding(page, "Alpha Rail won an order for forty trains in the spring.")
    await shelf.put_finding(page, LOST, topic="Beta Bonds Fund (BBB): outlook and risks")
    await shelf.put_finding(page, LOST, version_id=f"doc_{'0' * 32}@{'0' * 16}")
    await shelf.put(f"Finding on {SUBJECT.topic}", f'{LOST}\n\n{{"topic": "{SUBJECT.topic}"}}', "finding")
    known = await shelf.known()
    assert known.findings == ()
    assert known.failure is None


async def test_a_stored_figure_of_a_company_is_read_with_its_filing(shelf: Shelf) -> None:
    """Ours: the value, its unit and the accession number come back, and the page leads to the filing."""
    sentence = "Net income of ALPHA RAIL CORP from 2025-01-01 to 2025-12-31: 55 million USD."
    page = await shelf.put(
        "ALPHA RAIL CORP (AAA): figures reported to the SEC", sentence, "figures", "https://data.sec.example/x"
    )
    await shelf.put_finding(page, sentence, figure=FIGURE["figure"])
    (found,) = (await shelf.known()).findings
    assert found.figure is not None
    assert (found.figure.value, found.figure.unit) == (Decimal(55_000_000), "USD")
    assert found.source_url == found.figure.url
    assert found.figure.accession in found.source_url


async def test_another_owners_knowledge_is_not_read(shelf: Shelf) -> None:
    """Ours: everything is kept apart by owner."""
    page = await shelf.put("Alpha Rail reports", TEXT, "page", "https://news.example/alpha")
    await shelf.put_finding(page, LOST)
    known = await Shelf(shelf.service, f"owner-{uuid4().hex[:8]}").known()
    assert (known.findings, known.passages, known.failure) == ((), (), None)


async def test_a_plan_rests_on_fresh_knowledge_without_new_research(
    planner: Planner, shelf: Shelf, vector_store: str
) -> None:
    """Ours: what is known is cited with its place, nothing is delegated, and the plan is complete and replayable."""
    now = datetime.now(UTC).isoformat()
    page = await shelf.put("Alpha Rail reports", TEXT, "page", "https://news.example/alpha", fetched_at=now)
    await shelf.put_finding(page, LOST)
    async with planner(RulePlanner(), vector_store_url=f"{vector_store}/mcp") as client:
        client.headers["x-alex-owner"] = shelf.owner
        research = {"holdings": 1, "freshness": 3600}
        run = await plan(client, f"{HEADER}A,AAA,Alpha Rail,10,100,USD,2026-10-30,equity\n", research=research)
        opened = (await client.get(f"/plans/{run['output']['id']}/claims/{run['output']['findings'][0]['id']}")).json()
        compared = await replay(client, run["output"]["id"])
    output = run["output"]
    assert (run["status"], output["missing"]) == ("completed", [])
    assert {item["subject"]: item["outcome"] for item in output["considered"]}["AAA"] == "known"
    (advice,) = [item for item in output["recommendations"] if item["id"] == "concentration.AAA"]
    assert advice["evidence"] == [output["findings"][0]["id"]]
    assert opened["context"]["quote"] == LOST
    assert compared["identical"], compared
