"""Research over real servers: what a brief holds, and what a hostile or careless model cannot put into it."""

import pytest
from agents.items import TResponseOutputItem
from agents.testing import ModelCall, ModelStep, ScriptedModel, assistant_message, function_call
from alex_agent_models import Transcript
from alex_researcher.builtin_model import ExtractiveResearcher
from alex_researcher.schemas import DraftBrief, DraftFinding, ResearchInput

from .conftest import ResearchBench, Site

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


def asked(site: str, *pages: str, max_pages: int = 6) -> ResearchInput:
    """Research on the railway of the sample site."""
    return ResearchInput.model_validate(
        {
            "topic": "Tarnfield Rail (TRNF): outlook and risks",
            "symbols": ["TRNF"],
            "sources": [f"{site}/{page}" for page in pages],
            "max_pages": max_pages,
        }
    )


async def test_the_built_in_model_quotes_both_sides_from_the_pages_about_the_topic(
    research: ResearchBench, site: Site
) -> None:
    """Ours: links about the topic are followed, others are not; quotes are the words of the pages."""
    status, brief = await research(ExtractiveResearcher(), asked(site.url, "index.html"))
    assert status == "completed"
    assert brief.missing == []
    assert {source.url for source in brief.sources if source.status != "skipped"} == {
        f"{site.url}/{page}" for page in ("index.html", "tarn.html", "tarn-risk.html")
    }
    assert {finding.stance for finding in brief.findings} >= {"supports", "against"}
    by_quote = {finding.quote: finding for finding in brief.findings}
    warned = next(quote for quote in by_quote if "shortage of brakes" in quote)
    assert by_quote[warned].source_url == f"{site.url}/tarn-risk.html"
    assert by_quote[warned].content_hash.startswith("sha256:")
    assert by_quote[warned].fetched_at is not None
    assert not any("bread" in quote.lower() for quote in by_quote)


async def test_a_page_that_is_missing_makes_the_brief_partial_and_is_named(research: ResearchBench, site: Site) -> None:
    """Ours: a failed part never reads as completed."""
    status, brief = await research(ExtractiveResearcher(), asked(site.url, "tarn.html", "gone.html"))
    assert status == "partial"
    assert [source.status for source in brief.sources] == ["kept", "failed", "skipped"]
    assert any("gone.html" in reason and "404" in reason for reason in brief.missing)


async def test_a_topic_that_no_page_is_about_has_no_finding(research: ResearchBench, site: Site) -> None:
    """Ours: the nearest passage is not evidence when it is about something else."""
    status, brief = await research(ExtractiveResearcher(), asked(site.url, "bakery.html"))
    assert status == "completed"
    assert (brief.findings, brief.missing, brief.nothing_found) == ([], [], True)


async def test_a_page_that_only_a_web_search_found_may_fail_when_another_one_is_quoted(
    research: ResearchBench, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: it is among the sources with its reason; with nothing found at all it is missing."""
    gone = {"title": "Tarnfield Rail (TRNF) on the web", "url": f"{site.url}/gone.html"}
    monkeypatch.setattr(site, "hits", [gone, site.hits[0]])
    status, brief = await research(ExtractiveResearcher(), asked(site.url))
    tried = {source.url: source.status for source in brief.sources}
    assert (status, brief.missing) == ("completed", [])
    assert tried[f"{site.url}/gone.html"] == "failed"
    monkeypatch.setattr(site, "hits", [gone])
    status, brief = await research(ExtractiveResearcher(), asked(site.url))
    assert (status, brief.nothing_found) == ("partial", True)
    assert any("gone.html" in reason for reason in brief.missing)


async def test_a_quote_that_is_not_in_the_stored_text_is_dropped_and_counted(
    research: ResearchBench, site: Site
) -> None:
    """Ours: the guard, not the model's manners: an invented and an altered quote are refused, a rewrapped one stays."""

    def invent(call: ModelCall) -> list[TResponseOutputItem]:
        document_id = str(Transcript.from_items(call.input).calls_of("keep_page")[0].result["document_id"])
        quotes = [
            "Tarnfield Rail will double its profit, the chairman promised on Monday.",
            "Tarnfield Rail won an order for 400 trains from the city of Ostvik",
            "Tarnfield Rail won an order\n   for 40 trains from the city of Ostvik",
            "trains",
        ]
        findings = [DraftFinding(claim=q, quote=q, document_id=document_id, stance="supports") for q in quotes]
        findings.append(DraftFinding(claim="c", quote=quotes[2], document_id="doc_nothing", stance="supports"))
        draft = DraftBrief(summary="s", findings=findings, open_questions=[])
        return [assistant_message(draft.model_dump_json())]

    model = ScriptedModel(
        [[function_call("keep_page", {"url": f"{site.url}/tarn.html"}, call_id="c1")], ModelStep.respond(invent)]
    )
    _, brief = await research(model, asked(site.url, "tarn.html"))
    assert [finding.quote for finding in brief.findings] == [
        "Tarnfield Rail won an order for 40 trains from the city of Ostvik"
    ]
    assert brief.dropped_findings == 4


async def test_a_model_cannot_read_more_pages_than_asked_for(research: ResearchBench, site: Site) -> None:
    """Ours: the limit is in code, also for calls side by side."""
    calls = [
        function_call("keep_page", {"url": f"{site.url}/{page}"}, call_id=f"c{n}")
        for n, page in enumerate(["tarn.html", "tarn-risk.html", "bakery.html"])
    ]
    draft = DraftBrief(summary="s", findings=[], open_questions=[])
    model = ScriptedModel([calls, [assistant_message(draft.model_dump_json())]])
    _, brief = await research(model, asked(site.url, "tarn.html", "tarn-risk.html", "bakery.html", max_pages=2))
    assert len(brief.sources) == 2


async def test_research_repeated_by_the_same_owner_stores_nothing_twice(research: ResearchBench, site: Site) -> None:
    """Ours: the same pages are the same documents."""
    first = (await research(ExtractiveResearcher(), asked(site.url, "index.html"), owner="ann"))[1]
    second = (await research(ExtractiveResearcher(), asked(site.url, "index.html"), owner="ann"))[1]
    assert [source.document_id for source in first.sources] == [source.document_id for source in second.sources]
    assert [finding.quote for finding in first.findings] == [finding.quote for finding in second.findings]
