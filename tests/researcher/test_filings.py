"""Filings of the SEC in a brief: figures with their filing, quotes of the report itself, and what could not be had."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alex_researcher.builtin_model import ExtractiveResearcher
from alex_researcher.edgar import EdgarClient
from alex_researcher.schemas import Brief, ResearchInput

from .conftest import ResearchBench, opened_bench
from .sec_standin import ANNUAL, SecStandIn, fact, railway_facts

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
RESTATED = "0001234567-26-000050"


@pytest.fixture
async def research(servers: tuple[str, str], tmp_path: Path, sec: SecStandIn) -> AsyncIterator[ResearchBench]:
    """Research with the SEC set up."""
    async with opened_bench(servers, tmp_path, sec) as bench:
        yield bench


def asked(*sources: str, symbol: str = "TRNF", max_pages: int = 6) -> ResearchInput:
    """Research on the railway, a holding."""
    topic = f"Tarnfield Rail ({symbol}): outlook and risks"
    wanted = {"topic": topic, "symbols": [symbol], "sources": sources, "max_pages": max_pages, "freshness": 0}
    return ResearchInput.model_validate(wanted)


async def test_a_brief_has_reported_figures_with_their_filing_and_quotes_of_the_report(
    research: ResearchBench, sec: SecStandIn
) -> None:
    """Issue: XBRL figures are findings with accession number, period, unit, filed date and address."""
    owner = research.new_owner()
    status, brief = await research(ExtractiveResearcher(), asked(), owner)
    assert status == "completed", brief.missing
    revenue = next(finding for finding in brief.findings if finding.figure)
    assert revenue.figure is not None
    assert (revenue.figure.accession, str(revenue.figure.filed), revenue.figure.unit) == (ANNUAL, "2026-02-20", "USD")
    assert (str(revenue.figure.period_start), str(revenue.figure.period_end)) == ("2025-01-01", "2025-12-31")
    assert revenue.figure.url.endswith(f"{ANNUAL}-index.htm")
    assert revenue.stance == "supports"
    texts = await research.texts(owner)
    for finding in brief.findings:
        assert texts[finding.document_id][finding.quote_start : finding.quote_end] == finding.quote
    report = f"{sec.url}/Archives/edgar/data/1234567/000123456726000012/trnf-20251231.htm"
    assert {finding.source_url for finding in brief.findings if "Order backlog" in finding.quote} >= {report}
    assert {source.url: source.status for source in brief.sources}[report] == "kept"
    assert brief.sources[-1].url.endswith("/api/xbrl/companyfacts/CIK0001234567.json")


async def test_without_a_name_for_the_sec_the_brief_says_that_it_was_not_tried(
    servers: tuple[str, str], tmp_path: Path
) -> None:
    """Issue: sources tried and why they failed; what is not set up does not make a brief partial."""
    async with opened_bench(servers, tmp_path) as bench:
        await bench.store(owner := bench.new_owner(), "Note", "Tarnfield Rail (TRNF) runs 400 trains a day.", "note")
        status, brief = await bench.run(
            ExtractiveResearcher(), asked().model_copy(update={"freshness": asked().freshness}), owner
        )
    (sec,) = [source for source in brief.sources if source.status == "skipped"]
    assert sec.reason is not None
    assert sec.reason.startswith("not tried: set ALEX_SEC_USER_AGENT")
    assert not any("SEC" in reason for reason in brief.missing), status


async def test_an_sec_that_refuses_makes_the_brief_partial_and_is_named(
    research: ResearchBench, sec: SecStandIn
) -> None:
    """Ours: a failed part never reads as completed."""
    path = "/submissions/CIK0001234567.json"
    sec.refusals[path] = [503] * 9
    try:
        status, brief = await research(ExtractiveResearcher(), asked())
    finally:
        sec.refusals[path] = []
    assert status == "partial"
    assert any("the SEC answers 503" in reason for reason in brief.missing)


async def test_a_fund_without_filings_is_no_failure(research: ResearchBench) -> None:
    """Ours: most holdings of a private portfolio are funds."""
    _, brief = await research(ExtractiveResearcher(), asked(symbol="TRNFX"))
    assert [source.status for source in brief.sources if "TRNFX" in source.url] == ["skipped"]
    assert not any("SEC" in reason for reason in brief.missing)


async def test_filings_do_not_use_more_pages_than_asked_for(research: ResearchBench) -> None:
    """Ours: the look-up is no page, the report is one."""
    _, brief = await research(ExtractiveResearcher(), asked(max_pages=1))
    assert len([source for source in brief.sources if "/Archives/" in source.url]) == 1
    assert len(brief.sources) == 2


async def test_a_restated_figure_contradicts_the_older_one_and_a_newer_period_does_not(
    research: ResearchBench, sec: SecStandIn
) -> None:
    """Issue: contradiction with an older finding is flagged, not overwritten."""
    owner, briefs = research.new_owner(), list[Brief]()
    year = {"start": "2025-01-01", "form": "10-K/A"}
    later = [
        fact(1_001_000_000, "2025-12-31", RESTATED, "2026-10-01", **year),
        fact(1_200_000_000, "2026-12-31", "0001234567-27-000009", "2027-02-19", start="2026-01-01"),
    ]
    try:
        for entry in [None, *later]:
            if entry:
                tag = "RevenueFromContractWithCustomerExcludingAssessedTax"
                sec.facts[tag]["units"]["USD"].append(entry)
            # Another instance, which has not yet asked.
            research.edgar = type(research.edgar)(EdgarClient("Ann Example ann@example.com"), sec.url, sec.url)
            briefs.append((await research(ExtractiveResearcher(), asked(), owner))[1])
    finally:
        sec.facts = railway_facts()
    first, restated, newer = (
        next(finding for finding in brief.findings if finding.figure and finding.figure.label == "Revenue")
        for brief in briefs
    )
    assert first.contradicts == []
    assert [item.reason for item in restated.contradicts] == [
        f"the company reported 1012500000 USD for the same period in {ANNUAL}"
    ]
    assert newer.contradicts == []
    changes = [(change.kind, "1,200 million" in change.quote) for change in briefs[2].changes or []]
    assert ("new", True) in changes
    assert ("gone", False) in changes
