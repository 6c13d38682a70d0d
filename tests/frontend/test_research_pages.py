"""The research pages: search, documents and their versions, followed topics, questions, and what changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from playwright.sync_api import expect

from tests.frontend.own_processes import OwnProcesses
from tests.frontend.visit import KEY, SIZES
from tests.service_process import free_port

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]
RUN_MS = 90_000
"""Longest wait for research; about 3 s on an idle machine."""
FILLER = "\n\n".join(
    f"Paragraph {n} speaks of nothing in particular, at some length and without any haste." for n in range(60)
)
HOSTILE = (
    "# Larkmoor Ferries\n\nBefore 📈 the change, Larkmoor Ferries carried 512 thousand passengers in 2025.\n\n"
    "| Year | Passengers |\n| - | - |\n| 2024 | 480 |\n| 2025 | 512 |\n\n"
    '<script>document.title = "hacked"</script> <img src="https://evil.example/track.png"> '
    "![chart](https://evil.example/chart.png) [your bank](https://evil.example/login) [run](javascript:alert(1))\n\n"
    f"{FILLER}\n\n## Winter\n\nLarkmoor Ferries will lay up three of its boats for the winter season.\n"
)
LARKMOOR = "https://news.example/larkmoor"
Ingest = Callable[..., str]


@pytest.fixture(scope="module")
def ingest(site: Site) -> Ingest:
    """Store a text, as read on 1 November 2026 unless given; gives the document's id. Twice changes nothing."""

    def store(text: str, **fields: str) -> str:
        body = {"text": text, "fetched_at": "2026-11-01T08:00:00Z"} | fields
        answer = httpx2.post(f"{site.service(8011)}/ingest", json=body, headers={"x-api-key": KEY}, timeout=60)
        return str(answer.raise_for_status().json()["document_id"])

    return store


@pytest.fixture(scope="module")
def larkmoor(ingest: Ingest) -> str:
    """A page that was read twice and had another text the second time."""
    earlier = HOSTILE.replace("three of its boats", "one of its boats")
    ingest(earlier, url=LARKMOOR, title="Larkmoor Ferries news", published_at="2026-10-20", fetched_at="2026-10-21")
    return ingest(HOSTILE, url=LARKMOOR, title="Larkmoor Ferries news", published_at="2026-10-20")


@pytest.fixture(scope="module")
def brief(site: Site) -> str:
    """A question that was researched; gives its run."""
    order = {"topic": "Quillhaven Instruments lawsuit", "sources": [site.newsroom], "max_pages": 3}
    headers = {"x-api-key": KEY, "idempotency-key": "quillhaven"}
    with httpx2.Client(base_url=site.service(8002), headers=headers, timeout=120) as researcher:
        run = researcher.post("/runs", json=order).raise_for_status().json()
        done = researcher.post(f"/runs/{run['id']}/advance", json={"budget_s": 100}).raise_for_status().json()
    assert done["status"] in {"completed", "partial"}, done
    return str(run["id"])


@pytest.mark.usefixtures("larkmoor")
def test_a_passage_is_found_and_opened_where_it_stands(visit: Visit) -> None:
    """Words of the question are marked; the address keeps the search over a reload and the way back."""
    visit.open("/research")
    expect(visit.page.get_by_text("Ask in your own words")).to_be_visible()
    visit.page.get_by_label("What do you want to know?").fill("Which boats will Larkmoor lay up in winter?")
    visit.page.get_by_label("What do you want to know?").press("Enter")
    visit.page.wait_for_url("**/research?q=*")
    visit.page.reload()
    best = visit.page.get_by_role("article").first
    expect(best.locator("mark").filter(has_text="boats")).to_be_visible()
    expect(best.get_by_role("link", name=LARKMOOR)).to_have_attribute("rel", "noopener noreferrer")
    expect(best).to_contain_text("published Oct 20, 2026")
    expect(visit.page.get_by_role("link", name="Larkmoor Ferries news")).to_have_count(1)
    best.get_by_text("more passages of it").click()
    expect(best.get_by_role("link", name="Read it in the document").first).to_be_visible()
    best.get_by_role("link", name="Larkmoor Ferries news").click()
    passage = visit.page.locator("#passage")
    expect(passage).to_be_in_viewport()
    expect(visit.page.locator("mark").filter(has_text="three of its boats")).to_be_visible()
    visit.shoot("research_passage")
    visit.page.go_back()
    expect(best.locator("mark").filter(has_text="boats")).to_be_visible()


@pytest.mark.usefixtures("larkmoor")
def test_a_search_is_narrowed_by_kind_and_days(visit: Visit) -> None:
    """Filters are in the address; where nothing matches, the way to the wider search is offered."""
    visit.open("/research?q=Larkmoor+passengers")
    visit.page.get_by_text("Narrow it down").click()
    visit.page.get_by_label("Published from").fill("2026-10-21")
    visit.page.get_by_label("Kind").select_option("page")
    visit.page.get_by_label("Find", exact=True).select_option("text")
    visit.page.get_by_role("button", name="Search").click()
    expect(visit.page.get_by_text("Nothing stored matches")).to_be_visible()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(visit.page.url).query).items()}
    assert (asked["kind"], asked["from"], asked["mode"]) == ("page", "2026-10-21", "text")
    visit.page.reload()
    expect(visit.page.get_by_label("Published from")).to_have_value("2026-10-21")
    visit.page.get_by_label("Published from").fill("2026-10-20")
    visit.page.get_by_label("Published until").fill("2026-10-20")
    visit.page.get_by_role("button", name="Search").click()
    expect(visit.page.get_by_role("article").first).to_contain_text("512")
    visit.open("/research?q=Larkmoor&kind=figures")
    visit.page.get_by_role("link", name="Search everything").click()
    expect(visit.page.get_by_role("article").first).to_contain_text("Larkmoor")


def test_hostile_text_is_only_text(visit: Visit, larkmoor: str) -> None:
    """No HTML, no picture from elsewhere, links that say where they lead; the helper sees every foreign request."""
    visit.open(f"/research/documents/{larkmoor}")
    text = visit.page.get_by_role("region", name="Text", exact=True)
    expect(text).to_contain_text('<script>document.title = "hacked"</script>')
    expect(text.locator("img, script, iframe")).to_have_count(0)
    link = text.get_by_role("link", name="your bank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(text).to_contain_text("(evil.example)")
    expect(text.get_by_role("link", name="run")).to_have_count(0)
    expect(text.get_by_role("columnheader", name="Passengers")).to_be_visible()
    expect(visit.page).to_have_title(re.compile("Document"))
    visit.page.get_by_role("link", name="Show as stored").click()
    expect(text.locator("pre")).to_contain_text("| 2025 | 512 |")


def test_earlier_versions_stay_readable_and_are_compared(visit: Visit, larkmoor: str) -> None:
    """The list names the current one; an earlier one says that it is; the comparison shows the changed lines only."""
    visit.open(f"/research/documents/{larkmoor}")
    versions = visit.page.get_by_role("region", name="Versions")
    expect(versions.get_by_role("listitem")).to_have_count(2)
    versions.get_by_role("link", name=re.compile("Read Oct 21, 2026")).click()
    expect(visit.page.get_by_text("This is an earlier version")).to_be_visible()
    expect(visit.page.get_by_text("one of its boats")).to_be_visible()
    visit.assert_accessible()
    visit.page.get_by_role("link", name="Read the current version").click()
    expect(visit.page.get_by_text("three of its boats")).to_be_visible()
    versions.get_by_role("link", name="Compare with the current one").click()
    changes = visit.page.get_by_role("region", name="What changed")
    expect(changes).to_contain_text("Gone: Larkmoor Ferries will lay up one of its boats")
    expect(changes).to_contain_text("New: Larkmoor Ferries will lay up three of its boats")
    expect(changes).not_to_contain_text("512 thousand")
    visit.assert_accessible()
    visit.shoot("research_comparison")


def test_documents_are_listed_in_pages_and_deleted_after_a_question(visit: Visit, ingest: Ingest) -> None:
    """A document goes only when its question is answered; until then it can be kept."""
    for number in range(26):
        ingest(
            f"Memo {number} of the tests.",
            kind="memo",
            title=f"Memo {number:02}",
            fetched_at=f"2026-10-{number + 1:02}",
        )
    visit.open("/research/documents?kind=memo")
    listed = visit.page.get_by_role("region", name="26 documents").get_by_role("listitem")
    expect(listed).to_have_count(25)
    expect(listed.first).to_contain_text(re.compile("memo.*read Oct 26, 2026.*version [0-9a-f]{6}"))
    visit.page.get_by_role("link", name="Next page").click()
    visit.page.get_by_role("link", name="Memo 00").click()
    visit.page.get_by_role("button", name="Delete").click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Memo 00 and all its versions are gone for good")
    visit.assert_accessible()
    dialog.get_by_role("button", name="Keep it").click()
    visit.page.get_by_role("button", name="Delete").click()
    dialog.get_by_role("button", name="Delete it").click()
    visit.page.wait_for_url("**/research/documents")
    visit.open("/research/documents?kind=memo")
    expect(visit.page.get_by_role("region", name="25 documents")).to_be_visible()


def test_a_long_document_comes_in_parts(visit: Visit, ingest: Ingest) -> None:
    """Every part begins and ends between paragraphs, and leads to the next."""
    document = ingest(
        "\n\n".join(f"Clause {n}. {'The parties agree on it again. ' * 8}" for n in range(300)), title="Treaty"
    )
    visit.open(f"/research/documents/{document}")
    text = visit.page.get_by_role("region", name="Text", exact=True)
    expect(text).to_contain_text("Characters 1 to")
    visit.page.get_by_role("link", name="Later part").click()
    expect(text).not_to_contain_text("Clause 0.")
    expect(text.locator("p").filter(has_text=re.compile(r"^Clause \d+\.")).first).to_be_visible()
    visit.page.get_by_role("link", name="Earlier part").click()
    expect(text).to_contain_text("Clause 0.")


def test_a_topic_is_followed_run_and_its_brief_checked(visit: Visit, site: Site) -> None:
    """Follow, run now, watch, reload, read, open a finding's passage and its document, see what changed, unfollow."""
    visit.open("/research/topics")
    visit.page.get_by_label("What to find out").fill("Varrowmere Storage batteries")
    visit.page.get_by_label("Pages to begin with").fill(site.newsroom)
    visit.page.get_by_label("How often").select_option("P7D")
    visit.page.get_by_role("button", name="Follow it").click()
    topic = visit.page.get_by_role("region", name="Varrowmere Storage batteries")
    expect(topic).to_contain_text("7 days")
    expect(topic).to_contain_text("300,000 tokens")
    topic.get_by_role("button", name="Run now").click()
    visit.page.wait_for_url("**/research/runs/*")
    visit.page.reload()
    findings = visit.page.get_by_role("region", name="Findings")
    expect(findings).to_be_visible(timeout=RUN_MS)
    visit.assert_accessible()
    visit.shoot("research_brief")
    findings.get_by_title("Show the stored passage").first.click()
    dialog = visit.page.get_by_role("dialog")
    quote = dialog.locator("mark").inner_text()
    visit.assert_accessible()
    visit.shoot("research_finding")
    dialog.get_by_role("link", name="Read it in the document").click()
    expect(visit.page.locator("#passage")).to_contain_text(quote.split("\n")[0][:40])
    visit.open("/research/changes")
    followed = visit.page.get_by_role("region", name="Followed topics")
    expect(followed.get_by_role("link", name="Varrowmere Storage batteries")).to_be_visible()
    expect(followed).to_contain_text("first research")
    documents = visit.page.get_by_role("region", name="Documents", exact=True)
    expect(documents.get_by_role("link", name=re.compile("Varrowmere")).first).to_be_visible()
    visit.open("/research/documents?kind=finding")
    visit.page.get_by_role("link", name="Finding on Varrowmere Storage batteries").first.click()
    finding = visit.page.get_by_role("region", name="A finding of the researcher")
    expect(finding.get_by_role("link", name=re.compile("as it was read then"))).to_be_visible()
    visit.open("/research/topics")
    expect(topic.get_by_role("link", name=re.compile("Brief of"))).to_be_visible()
    topic.get_by_role("button", name="Unfollow").click()
    visit.page.get_by_role("dialog").get_by_role("button", name="Unfollow it").click()
    expect(topic).to_have_count(0)
    expect(visit.page.get_by_role("main")).to_be_focused()


def test_what_changed_is_told_since_a_day_and_since_the_last_look(visit: Visit, larkmoor: str) -> None:
    """A new version leads to what is different; a reload of the page still tells the same."""
    visit.open("/research/changes?since=2026-10-25")
    line = visit.page.get_by_role("listitem").filter(has_text="Larkmoor Ferries news")
    expect(line).to_contain_text("updated")
    line.get_by_role("link", name="What is different").click()
    visit.page.wait_for_url(f"**/research/documents/{larkmoor}?compare=*")
    expect(visit.page.get_by_role("region", name="What changed")).to_contain_text("three of its boats")
    visit.open("/research/changes?since=2026-10-20")
    expect(line).to_contain_text("new")
    visit.open("/research/changes")
    expect(visit.page.get_by_text("Since a week ago")).to_be_visible()
    visit.page.reload()
    expect(visit.page.get_by_text("Since a week ago")).to_be_visible()
    (looked,) = [one for one in visit.page.context.cookies() if one.get("name") == "alex-visits"]
    visit.page.context.add_cookies([{"name": "alex-visits", "value": "%7C1793880000000", "url": visit.url}])
    assert str(looked.get("value")).startswith("%7C")
    visit.page.reload()
    expect(visit.page.get_by_text("Since you last looked here with this browser, Nov 5, 2026")).to_be_visible()


def test_a_question_is_asked_watched_and_answered(visit: Visit, site: Site) -> None:
    """What cannot be used is named at its field; then the run is watched, and its brief stays in the list."""
    visit.open("/research/ask")
    visit.page.get_by_label("Pages to begin with").fill("javascript:alert(1)")
    visit.page.get_by_role("button", name="Find out").click()
    expect(visit.page.get_by_text("Say in a few words what to find out.")).to_be_visible()
    expect(visit.page.get_by_text("is no address of a web page")).to_be_visible()
    visit.assert_accessible()
    visit.page.get_by_label("What to find out").fill("Pellgrove Foods harvest")
    visit.page.get_by_label("Pages to begin with").fill(f"{site.newsroom}\n{site.newsroom}-that-is-not-there")
    visit.page.get_by_role("button", name="Find out").click()
    visit.page.wait_for_url("**/research/runs/*")
    missing = visit.page.get_by_text("This brief is incomplete")
    expect(missing).to_be_visible(timeout=RUN_MS)
    expect(visit.page.get_by_role("main")).to_contain_text("that-is-not-there")
    expect(visit.page.get_by_role("region", name="How it was made")).to_contain_text("built-in")
    visit.open("/research/ask")
    expect(visit.page.get_by_role("link", name="Pellgrove Foods harvest").first).to_be_visible()


@pytest.mark.parametrize(("options", "suffix"), SIZES)
def test_each_page_is_accessible_and_fits(
    make_visit: MakeVisit, larkmoor: str, brief: str, options: dict[str, object], suffix: str
) -> None:
    """The issue: axe finds nothing serious, 360 px, light and dark; a picture of every page."""
    visit = make_visit(**options)
    pages = {
        "/research?q=Larkmoor+boats+in+winter": ("research", "Larkmoor Ferries news"),
        "/research/documents": ("research_documents", "Larkmoor Ferries news"),
        f"/research/documents/{larkmoor}": ("research_document", "512 thousand passengers"),
        "/research/topics": ("research_topics", "Follow a topic"),
        "/research/ask": ("research_ask", "Quillhaven Instruments lawsuit"),
        f"/research/runs/{brief}": ("research_answer", "How it was made"),
        "/research/changes?since=2026-10-25": ("research_changes", "Quillhaven Instruments lawsuit"),
    }
    for path, (name, text) in pages.items():
        visit.open(path)
        expect(visit.page.get_by_role("main")).to_contain_text(text)
        visit.assert_accessible()
        visit.assert_fits()
        visit.shoot(f"{name}{suffix}")


@pytest.mark.usefixtures("larkmoor")
def test_days_are_those_of_the_locale(make_visit: MakeVisit) -> None:
    """The browser's language decides."""
    visit = make_visit(locale="de-DE")
    visit.open("/research?q=Larkmoor")
    expect(visit.page.get_by_role("article").first).to_contain_text("20.10.2026")


def test_what_is_not_there_is_said(visit: Visit) -> None:
    """A document, a version and a run that do not exist; ids that are none."""
    visit.open(f"/research/documents/doc_{'0' * 32}")
    expect(visit.page.get_by_text("The document could not be loaded")).to_be_visible()
    visit.open("/research/documents/nonsense")
    expect(visit.page.get_by_text("is not 'doc_' and 32 hexadecimal digits")).to_be_visible()
    visit.open("/research/runs/run_0")
    expect(visit.page.get_by_text("there is no run 'run_0'")).to_be_visible()


@pytest.fixture
def page_without(site: Site, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A page beside the shared stack for which one service is down. Gives its address."""
    processes = OwnProcesses(site, tmp_path)
    yield lambda service: processes.serve_page(**{f"FRONTEND_{service.upper()}_URL": f"http://127.0.0.1:{free_port()}"})
    processes.stop()


def test_a_dead_vector_store_is_named_and_the_rest_stays(
    make_visit: MakeVisit, page_without: Callable[[str], str], brief: str
) -> None:
    """Each page says what is missing where it would be; findings keep their quote without the passage around it."""
    visit = make_visit(page_without("vector_store"))
    visit.expected = ["status of 503"]
    for path in ("/research?q=boats", "/research/documents", f"/research/documents/doc_{'0' * 32}"):
        visit.open(path)
        expect(visit.page.get_by_text("The vector_store does not answer")).to_be_visible()
        visit.assert_accessible()
    visit.open("/research/changes?since=2026-10-25")
    expect(visit.page.get_by_text("The vector_store does not answer")).to_be_visible()
    expect(visit.page.get_by_role("link", name="Quillhaven Instruments lawsuit").first).to_be_visible()
    visit.shoot("research_partial")
    visit.open(f"/research/runs/{brief}")
    visit.page.get_by_title("Show the stored passage").first.click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text("The stored document could not be read")
    expect(dialog.locator("mark")).not_to_be_empty()


@pytest.mark.usefixtures("larkmoor")
def test_a_dead_researcher_is_named_and_the_rest_stays(
    make_visit: MakeVisit, page_without: Callable[[str], str]
) -> None:
    """Documents are still told; a form says that it was not taken, and keeps what was written."""
    visit = make_visit(page_without("researcher"))
    visit.expected = ["status of 503"]
    visit.open("/research/topics")
    expect(visit.page.get_by_text("The researcher does not answer")).to_be_visible()
    visit.open("/research/changes?since=2026-10-25")
    expect(visit.page.get_by_text("The researcher does not answer")).to_be_visible()
    expect(visit.page.get_by_role("link", name="Larkmoor Ferries news")).to_be_visible()
    visit.open("/research/ask")
    visit.page.get_by_label("What to find out").fill("Pellgrove Foods harvest")
    visit.page.get_by_role("button", name="Find out").click()
    expect(visit.page.get_by_role("alert").filter(has_text="The researcher does not answer")).to_be_visible()
    expect(visit.page.get_by_label("What to find out")).to_have_value("Pellgrove Foods harvest")
    visit.assert_accessible()
