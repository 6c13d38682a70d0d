"""What research remembers: fresh pages are used again, changes are told, contradictions are flagged."""

import pytest
from alex_researcher.builtin_model import ExtractiveResearcher
from alex_researcher.knowledge import Knowledge
from alex_researcher.schemas import ResearchInput

from .conftest import ResearchBench, Site

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

STORY = """<html lang="en"><head><title>Tarnfield Rail order</title></head><body><article><h1>Tarnfield Rail order</h1>
    <p>The order for trains from Ostvik is worth {amount} million crowns to Tarnfield Rail, the city said.</p>
    <p>Tarnfield Rail expects strong demand for its trains in the coming 5 years, its chairman said.</p>
    </article></body></html>"""


def asked(site: Site, path: str, freshness: int = 86_400) -> ResearchInput:
    """Research on one page; `freshness` in seconds."""
    return ResearchInput.model_validate(
        {"topic": "Tarnfield Rail orders", "sources": [f"{site.url}{path}"], "freshness": freshness}
    )


async def test_a_fresh_page_is_used_again_without_being_read(research: ResearchBench, site: Site) -> None:
    """Ours: same findings, nothing new stored, no request at the site; links of the listing are known still."""
    owner, wanted = research.new_owner(), asked(site, "/index.html")
    first = (await research.run(ExtractiveResearcher(), wanted, owner))[1]
    stored, requests = len(await research.documents(owner)), len(site.requests)
    status, second = await research.run(ExtractiveResearcher(), wanted, owner)
    assert status == "completed"
    assert len(site.requests) == requests
    assert len(first.sources) == 3
    assert [s.model_copy(update={"status": "kept"}) for s in second.sources] == first.sources
    assert {source.status for source in second.sources} == {"reused"}
    assert second.findings == first.findings
    assert (first.changes, second.changes) == (None, [])
    assert len(await research.documents(owner)) == stored


async def test_a_page_that_is_read_again_for_the_same_call_is_kept(research: ResearchBench, site: Site) -> None:
    """A call whose answer was lost is repeated: the page is read at another time, and is the same document."""
    owner = research.new_owner()
    knowledge = Knowledge(research.browser, research.own_store.for_owner(owner))
    page = await knowledge.read_page(f"{site.url}/index.html")
    earlier = page.model_copy(update={"fetched_at": "2026-01-01T00:00:00Z"})
    assert await knowledge.keep(earlier, "run:call") == await knowledge.keep(page, "run:call")
    assert len(await research.documents(owner)) == 1


async def test_a_page_older_than_asked_for_is_read_again(research: ResearchBench, site: Site) -> None:
    """Ours: freshness 0 always reads."""
    owner = research.new_owner()
    await research.run(ExtractiveResearcher(), asked(site, "/tarn.html"), owner)
    before = site.requests.count("/tarn.html")
    brief = (await research.run(ExtractiveResearcher(), asked(site, "/tarn.html", 0), owner))[1]
    assert [source.status for source in brief.sources] == ["kept"]
    # The browser server keeps a page for two minutes of paging; it may answer without the site.
    assert site.requests.count("/tarn.html") in (before, before + 1)
    assert brief.changes == []


async def test_a_change_is_told_and_a_contradiction_flagged(research: ResearchBench, site: Site) -> None:
    """Ours: both findings stay stored; the newer one points at the older."""
    owner = research.new_owner()
    site.pages |= {f"/order-{n}.html": STORY.format(amount=n).encode() for n in (310, 290)}
    older = (await research.run(ExtractiveResearcher(), asked(site, "/order-310.html"), owner))[1]
    newer = (await research.run(ExtractiveResearcher(), asked(site, "/order-290.html"), owner))[1]
    quote = next(finding.quote for finding in newer.findings if "290" in finding.quote)
    assert {change.quote for change in newer.changes or [] if change.kind == "new"} == {quote}
    (flag,) = next(finding.contradicts for finding in newer.findings if finding.quote == quote)
    assert "310" in flag.quote
    assert "290 instead of 310" in flag.reason
    documents = await research.documents(owner)
    assert flag.stored_as in {document["document_id"] for document in documents if document["kind"] == "finding"}
    assert any("310" in finding.quote for finding in older.findings)


async def test_the_same_text_under_two_addresses_is_one_document(research: ResearchBench, site: Site) -> None:
    """Ours: known by the hash of its text."""
    owner = research.new_owner()
    site.pages |= {f"/copy-{n}.html": STORY.format(amount=120).encode() for n in (1, 2)}
    sources = [f"{site.url}/copy-{n}.html" for n in (1, 2)]
    wanted = ResearchInput.model_validate({"topic": "Tarnfield Rail orders", "sources": sources})
    brief = (await research.run(ExtractiveResearcher(), wanted, owner))[1]
    assert len({source.document_id for source in brief.sources}) == 1
    assert [document["kind"] for document in await research.documents(owner)].count("page") == 1


async def test_a_feed_is_read_for_its_entries(research: ResearchBench, site: Site) -> None:
    """Ours: the feed itself is no document; its entries about the topic are read as pages."""
    owner = research.new_owner()
    item = "<item><title>{0}</title><link>{1}/{2}.html</link></item>"
    entries = [item.format("Tarnfield Rail warns", site.url, "tarn-risk"), item.format("Bread", site.url, "bakery")]
    site.pages["/news.xml"] = f'<rss version="2.0"><channel><title>f</title>{"".join(entries)}</channel></rss>'.encode()
    status, brief = await research.run(ExtractiveResearcher(), asked(site, "/news.xml"), owner)
    assert status == "completed"
    assert [(source.url, source.status) for source in brief.sources] == [
        (f"{site.url}/news.xml", "listed"),
        (f"{site.url}/tarn-risk.html", "kept"),
    ]
    assert "fetch_feed" in {name for name, _ in research.calls}


async def test_without_sources_the_web_is_searched_for_the_topic(research: ResearchBench) -> None:
    """Ours: unless something fresh about it is stored; the query is the topic."""
    owner, wanted = research.new_owner(), ResearchInput(topic="Tarnfield Rail (TRNF) risks", symbols=["TRNF"])
    status, brief = await research.run(ExtractiveResearcher(), wanted, owner)
    assert status == "completed"
    assert brief.sources[0].url.rsplit("/", 1)[-1] == "tarn-risk.html"
    again = (await research.run(ExtractiveResearcher(), wanted, owner))[1]
    assert [source.status for source in again.sources] == ["skipped"]
    assert [finding.quote for finding in again.findings] == [finding.quote for finding in brief.findings]
    assert [arguments["query"] for name, arguments in research.calls if name == "web_search"] == [wanted.topic]


async def test_a_search_that_no_engine_answers_is_named(research: ResearchBench, site: Site) -> None:
    """Ours: the brief is partial and says why."""
    site.search_status = 503
    status, brief = await research.run(ExtractiveResearcher(), ResearchInput(topic="Tarnfield Rail"))
    site.search_status = 200
    assert status == "partial"
    assert any("could not be searched" in reason and "503" in reason for reason in brief.missing)
