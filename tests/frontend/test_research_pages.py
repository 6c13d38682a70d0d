"""The research pages about what is looked up: topics, questions and what changed; all pages together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.own_processes import OwnProcesses
from tests.frontend.visit import SIZES
from tests.service_process import free_port

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]
RUN_MS = 90_000
"""Longest wait for research; about 3 s on an idle machine."""


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
