"""The pages of a plan: its form, its live progress, its report with figures and claims that open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.visit import import_sample

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.second_planner import SecondPlanner
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]
RUN_MS = 90_000
"""Longest wait for a plan with two researchers; about 5 s on an idle machine."""


def start_plan(visit: Visit, source: str, target: tuple[str, str] = ("70", "30")) -> None:
    """Fill in the form and press the button."""
    visit.open("/plan")
    visit.page.get_by_label("Your goal, in your words").fill("A calm retirement")
    visit.page.get_by_label("Shares").fill(target[0])
    visit.page.get_by_label("Bonds").fill(target[1])
    visit.page.get_by_label("Questions").fill("")
    visit.page.get_by_label("Pages to begin with").fill(source)
    visit.page.get_by_role("button", name="Make the plan").click()


@pytest.fixture
def stocked(site: Site, sample_portfolio: Path) -> Site:
    """The shared stack with the sample portfolio."""
    import_sample(site.service(8003), sample_portfolio)
    return site


def test_a_plan_is_made_watched_and_checked(visit: Visit, stocked: Site) -> None:
    """Start, reload in the middle, watch both researchers, read, open a figure, an input of it, and a claim."""
    start_plan(visit, stocked.newsroom)
    visit.page.wait_for_url("**/plan/runs/*")
    expect(visit.page.get_by_text("Computes the figures")).to_be_visible()
    visit.page.reload()
    visit.wait_until_alive()
    expect(visit.page.get_by_role("heading", name="Researcher: ").first).to_be_visible(timeout=RUN_MS)
    read = visit.page.get_by_role("link", name="Read the plan")
    expect(read).to_be_visible(timeout=RUN_MS)
    expect(visit.page.get_by_role("heading", name="How this plan was made")).to_be_visible()
    expect(visit.page.get_by_role("heading", name="Researcher: ")).to_have_count(2)
    visit.assert_accessible()
    visit.shoot("plan_progress")
    read.click()
    expect(visit.page.get_by_role("heading", name="What matters most")).to_be_visible()
    visit.assert_accessible()
    visit.assert_fits()
    visit.shoot("plan")
    open_figure(visit)
    open_claim(visit, stocked)


def open_figure(visit: Visit) -> None:
    """A figure opens its formula, and what it was computed from."""
    figure = visit.page.get_by_role("button", name="100,148.50 USD").first
    figure.press("Enter")
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text("sum of quantity")
    visit.assert_accessible()
    visit.shoot("plan_figure")
    dialog.get_by_role("button").filter(has_text="USD").first.click()
    expect(dialog).to_contain_text("quantity")
    visit.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(figure).to_be_focused()


def open_claim(visit: Visit, stocked: Site) -> None:
    """A claim opens the stored passage with the quote marked in it, and a link to the page."""
    claim = visit.page.get_by_title("Show the stored passage").first
    claim.press("Enter")
    dialog = visit.page.get_by_role("dialog")
    expect(dialog.locator("mark").first).not_to_be_empty()
    expect(dialog.get_by_role("blockquote")).not_to_contain_text("#")
    expect(dialog.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    assert str(dialog.get_by_role("link").get_attribute("href")).startswith(stocked.newsroom.rsplit("/", 1)[0])
    visit.assert_accessible()
    visit.shoot("plan_claim")
    visit.page.keyboard.press("Escape")
    expect(claim).to_be_focused()


def test_a_target_that_is_not_whole_is_named_before_anything_starts(visit: Visit, stocked: Site) -> None:
    """The form says what is wrong at the field."""
    start_plan(visit, stocked.newsroom, ("70", "20"))
    expect(visit.page.get_by_text("The target adds up to 90 %")).to_be_visible()
    assert visit.page.url.endswith("/plan")
    visit.assert_accessible()


@pytest.mark.parametrize(
    "options", [{"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}], ids=["dark", "360px"]
)
def test_the_form_is_accessible_and_fits(make_visit: MakeVisit, stocked: Site, options: dict[str, object]) -> None:
    """On every screen."""
    visit = make_visit(stocked.url, **options)
    visit.open("/plan")
    expect(visit.page.get_by_role("button", name="Make the plan")).to_be_visible()
    visit.assert_accessible()
    visit.assert_fits()
    visit.shoot(f"plan_form_{next(iter(options))}")


def test_progress_survives_the_death_of_the_planner(make_visit: MakeVisit, site: Site, second: SecondPlanner) -> None:
    """Killed in the middle and started again: the page says so, then goes on to the plan by itself."""
    visit = make_visit(second.page_url)
    visit.expected = ["status of 503", "ERR_INCOMPLETE_CHUNKED_ENCODING", "Failed to load resource"]
    start_plan(visit, site.newsroom)
    expect(visit.page.get_by_text("Computes the figures")).to_be_visible()
    second.kill()
    expect(visit.page.get_by_text("The planner does not answer at the moment")).to_be_visible()
    visit.shoot("plan_planner_down")
    second.start()
    expect(visit.page.get_by_role("link", name="Read the plan")).to_be_visible(timeout=RUN_MS)


def test_a_dead_planner_is_named_on_every_page_of_it(make_visit: MakeVisit, second: SecondPlanner) -> None:
    """Where the data would be, the page says what is missing and what to do."""
    second.kill()
    visit = make_visit(second.page_url)
    for path in ("/", "/holdings", "/plan", "/retirement", "/runs"):
        visit.open(path)
        expect(visit.page.get_by_text("The planner does not answer")).to_be_visible()
        visit.assert_accessible()
    visit.shoot("planner_down")


def test_a_run_is_cancelled(make_visit: MakeVisit, site: Site, second: SecondPlanner) -> None:
    """Asked for twice, the run ends, and the page says that nothing more is spent."""
    visit = make_visit(second.page_url)
    start_plan(visit, site.newsroom)
    visit.page.get_by_role("button", name="Cancel").click()
    visit.page.get_by_role("dialog").get_by_role("button", name="Cancel the run").click()
    expect(visit.page.get_by_text("This run was cancelled")).to_be_visible()
