"""A plan as a report: on paper, in the dark, on a small screen, and every figure of it to be checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from playwright.sync_api import expect

from tests.frontend.visit import SIZES

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]
SECTIONS = (
    "The goal",
    "What matters most",
    "Where you stand",
    "Allocation",
    "Drift against target",
    "Concentration",
    "Expense drag",
    "Returns",
    "Risk",
    "What would reach the target",
    "Outlook",
    "What could go wrong with Varrowmere Storage?",
    "Findings",
    "How it was made",
    "Assumptions",
)
PAPER_PX = 718
"""Width of A4 within its margins at 96 pixels an inch."""


@pytest.mark.parametrize(("options", "suffix"), SIZES)
def test_a_report_is_accessible_and_fits(
    make_visit: MakeVisit, plan: str, options: dict[str, object], suffix: str
) -> None:
    """Every section is there, on every screen."""
    visit = make_visit(**options)
    visit.open(f"/plan/{plan}")
    for section in SECTIONS:
        expect(visit.page.get_by_role("heading", name=section, exact=True)).to_be_visible()
    expect(visit.page.get_by_role("img", name="in the middle, nine of ten between")).to_be_visible()
    visit.assert_accessible()
    visit.assert_fits()
    visit.shoot(f"report{suffix}")


def test_a_printed_report_has_every_section_and_no_navigation(make_visit: MakeVisit, plan: str, tmp_path: Path) -> None:
    """What the screen folds or shows one at a time stands whole on paper, with the addresses that cannot be clicked."""
    visit = make_visit(color_scheme="dark")
    visit.open(f"/plan/{plan}")
    text = printed(visit, tmp_path)
    for section in SECTIONS:
        assert section in text
    for view in ("Region", "Sector", "Block bootstrap", "Historical sequences", "sources tried"):
        assert view in text
    assert "/articles/varrowmere" in text
    assert "equity real return" in " ".join(text.split())
    for control in ("Retirement\n", "Skip to the content", "Markdown", "Choose another"):
        assert control not in text


def printed(visit: Visit, folder: Path) -> str:
    """Return the text of the page as the browser prints it."""
    path = folder / "report.pdf"
    visit.page.pdf(path=path, format="A4", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "\n")


def test_nothing_is_cut_off_on_paper(make_visit: MakeVisit, plan: str) -> None:
    """At the width of a sheet no part is wider than it, or hides what stands in it."""
    visit = make_visit(viewport={"width": PAPER_PX, "height": 1000})
    visit.open(f"/plan/{plan}")
    visit.page.emulate_media(media="print")
    visit.assert_fits()
    cut = visit.page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((one) => {
          const { right, width } = one.getBoundingClientRect();
          const hides = getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
          return width > 0 && !one.closest(".sr-only, svg") && (right > innerWidth + 1 || hides);
        }).map((one) => one.outerHTML.slice(0, 200))"""
    )
    assert cut == []


def test_figures_of_cards_charts_and_orders_open_their_calculation(visit: Visit, plan: str) -> None:
    """The issue: each figure opens its calculation."""
    visit.open(f"/plan/{plan}")
    main = visit.page.get_by_role("main")
    for region, formula in (
        ("Allocation", "amount / total"),
        ("Drift against target", "share - target"),
        ("Concentration", "largest"),
        ("What would reach the target", "rounded down"),
        ("Outlook", "share of paths"),
    ):
        main.get_by_role("region", name=region, exact=True).get_by_title("Show how this is computed").first.click()
        dialog = visit.page.get_by_role("dialog")
        expect(dialog.get_by_text("Formula or source").first).to_be_visible()
        expect(dialog).to_contain_text(re.compile(formula))
        visit.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_a_figure_of_the_outlook_by_year_opens(visit: Visit, plan: str) -> None:
    """The table of the chart is where its numbers are."""
    visit.open(f"/plan/{plan}")
    outlook = visit.page.get_by_role("region", name="Outlook", exact=True)
    outlook.get_by_text("As a table").locator("visible=true").click()
    row = outlook.get_by_role("row").filter(has=visit.page.get_by_role("rowheader", name="10", exact=True))
    row.get_by_role("button").first.click()
    expect(visit.page.get_by_role("dialog")).to_contain_text("value after 10 years")


def test_a_claim_is_read_without_signs_of_markdown(visit: Visit, plan: str) -> None:
    """The passage has the heading of its page as a heading, and the quote is marked once or in pieces."""
    visit.open(f"/plan/{plan}")
    findings = visit.page.get_by_role("region", name="Findings", exact=True)
    for index in range(findings.get_by_title("Show the stored passage").count()):
        claim = findings.get_by_title("Show the stored passage").nth(index)
        claim.click()
        dialog = visit.page.get_by_role("dialog")
        passage = dialog.get_by_role("blockquote")
        expect(passage.locator("mark").first).to_be_visible()
        assert not re.search(r"(?m)^#|\]\(|\*\*|\| ?---", passage.inner_text())
        visit.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(claim).to_be_focused()
