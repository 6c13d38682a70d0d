"""The research pages about what is stored: search, documents, and their versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.frontend.ferry_page import LARKMOOR

if TYPE_CHECKING:
    from tests.frontend.conftest import Ingest, MakeVisit
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]


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


@pytest.mark.usefixtures("larkmoor")
def test_days_are_those_of_the_locale(make_visit: MakeVisit) -> None:
    """The browser's language decides."""
    visit = make_visit(locale="de-DE")
    visit.open("/research?q=Larkmoor")
    expect(visit.page.get_by_role("article").first).to_contain_text("20.10.2026")
