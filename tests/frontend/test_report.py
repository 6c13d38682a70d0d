"""A plan as a report: on paper, in the dark, on a small screen, and every figure of it to be checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from playwright.sync_api import expect

from tests.frontend.visit import KEY, SIZES

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]
SECTIONS = (
    "The goal",
    "What matters most",
    "Where you stand",
    "Allocation",
    "Drift against target",
    "Concentration",
    "Cost and gain",
    "Expense drag",
    "Returns",
    "Risk",
    "What would reach the target",
    "Outlook",
    "What if",
    "What could go wrong with Varrowmere Storage?",
    "What was researched",
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
    for view in (
        "Region",
        "Sector",
        "Blocks of history",
        "Every stretch of history",
        "sources tried",
        "not looked into",
    ):
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
        ("Cost and gain", "sum of their costs"),
        ("What would reach the target", "rounded down"),
        ("Outlook", "share of paths"),
        ("What was researched", "/ total"),
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


def test_goals_that_were_tried_stand_beside_those_as_they_are(visit: Visit, plan: str) -> None:
    """The built-in planner tries two steps together; each figure of it opens, with the goals it was tried with."""
    visit.open(f"/plan/{plan}")
    tried = visit.page.get_by_role("region", name="What if", exact=True)
    header, now, other = tried.get_by_role("row").all()
    expect(header).to_contain_text(re.compile("Planning assumptions.*Blocks of history.*Every stretch of history"))
    models = 3
    for row, figures in ((now, 2 * models), (other, 2 * models + 2)):
        expect(row.get_by_title("Show how this is computed")).to_have_count(figures)
    expect(other.get_by_role("rowheader")).to_contain_text(
        re.compile(r"Spending \S*32,400 a year.*Paying in \S*12,600 a year")
    )
    other.get_by_role("cell").first.get_by_role("button").first.click()
    expect(visit.page.get_by_role("dialog")).to_contain_text("the projection with spending 32,400")


def test_what_was_weighed_for_research_says_why_and_what_came_of_it(visit: Visit, site: Site, plan: str) -> None:
    """The question comes first, then what was looked into; the rest is named with its reason too."""
    headers = {"x-api-key": KEY}
    made = httpx2.get(f"{site.service(8003)}/plans/{plan}", headers=headers, timeout=30).json()
    looked_into = [item for item in made["considered"] if item["outcome"] != "not researched"]
    left = [item for item in made["considered"] if item["outcome"] == "not researched"]
    assert looked_into[0]["kind"] == "question"
    assert "researched" in {item["outcome"] for item in looked_into}
    visit.open(f"/plan/{plan}")
    researched = visit.page.get_by_role("region", name="What was researched", exact=True)
    expect(researched.get_by_role("row")).to_have_count(1 + len(looked_into))
    for number, item in enumerate(looked_into, start=1):
        row = researched.get_by_role("row").nth(number)
        expect(row.get_by_role("rowheader")).to_contain_text(item["name"])
        expect(row).to_contain_text(item["why"])
        expect(row).to_contain_text("known already" if item["outcome"] == "known" else item["outcome"])
    researched.get_by_text(f"{len(left)} not looked into").click()
    for number, item in enumerate(left):
        expect(researched.get_by_role("listitem").nth(number)).to_have_text(f"{item['name']} ({item['why']})")


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
