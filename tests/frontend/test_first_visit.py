"""A newcomer without a portfolio: every page says how to begin, and a made-up one shows what Alex does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Route, expect

from tests.frontend.second_planner import SecondPlanner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]


@pytest.fixture
def newcomer(make_visit: MakeVisit, site: Site, tmp_path: Path) -> Iterator[Visit]:
    """A visitor of a planner without anything in it."""
    planner = SecondPlanner(site, tmp_path)
    yield make_visit(planner.page_url)
    planner.stop()


def test_a_newcomer_looks_around_with_a_made_up_portfolio(newcomer: Visit) -> None:
    """One press, and every page has something to show."""
    newcomer.open("/runs")
    expect(newcomer.page.get_by_role("link", name="Make a plan")).to_be_visible()
    newcomer.open("/")
    newcomer.assert_accessible()
    newcomer.assert_fits()
    newcomer.shoot("first_visit")
    newcomer.page.get_by_role("button", name="Try a made-up one").press("Enter")
    expect(newcomer.page.get_by_role("main")).to_contain_text("$100,149")
    newcomer.open("/holdings")
    expect(newcomer.page.get_by_role("row", name="VRWM")).to_be_visible()


def test_a_made_up_portfolio_that_cannot_be_kept_says_why(newcomer: Visit) -> None:
    """And the button can be pressed again."""

    def fail(route: Route) -> None:
        error = {"code": "down", "message": "The planner is away.", "detail": {}, "request_id": "r-1"}
        route.fulfill(status=503, json={"error": error})

    newcomer.expected.append("status of 503")
    newcomer.open("/")
    newcomer.page.route("**/portfolios/import*", fail, times=1)
    button = newcomer.page.get_by_role("button", name="Try a made-up one")
    button.click()
    expect(newcomer.page.get_by_role("alert").filter(has_text="The planner is away.")).to_be_visible()
    expect(button).to_be_enabled()


def test_each_page_of_the_navigation_tells_its_name_in_the_title(visit: Visit) -> None:
    """Tabs, bookmarks and screen readers tell pages apart by it."""
    visit.open("/")
    links = visit.page.get_by_role("navigation", name="Pages").get_by_role("link").all()
    pages = {str(link.get_attribute("href")): link.inner_text() for link in links}
    assert pages["/"] == "Overview"
    for path, name in pages.items():
        visit.open(path)
        expect(visit.page).to_have_title(f"{name} · Alex")
