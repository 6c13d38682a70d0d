"""Pages without data, with part of it, and on their way: what is missing is named where it would be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.visit import import_sample
from tests.service_process import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.frontend.conftest import MakePlanner, MakeVisit, Site
    from tests.frontend.second_planner import SecondPlanner
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]
PARTIAL = """account,symbol,name,quantity,price,currency,price_date,asset_class,region
Home,VTI,Whole Market,10,300,USD,2026-11-20,equity,North America
Home,USC,US Cash Works,1,1000,USD,2026-11-20,equity,North America
Home,NOP,Nop Yards,7,,USD,,equity,
Home,EUX,Euro Works,3,50,EUR,2020-01-02,,Europe
"""


def test_without_a_portfolio_each_page_says_how_to_begin(make_visit: MakeVisit, make_planner: MakePlanner) -> None:
    """A newcomer is led to the import from everywhere."""
    visit = make_visit(make_planner().page_url)
    for path in ("/", "/holdings", "/plan", "/retirement"):
        visit.open(path)
        expect(visit.page.get_by_text("No portfolio yet")).to_be_visible()
        visit.assert_accessible()
        visit.assert_fits()
    visit.shoot("no_portfolio")
    visit.page.get_by_role("link", name="Import a file").click()
    expect(visit.page.get_by_role("heading", name="Import")).to_be_visible()


def test_a_page_on_its_way_shows_its_shape(make_visit: MakeVisit, second: SecondPlanner) -> None:
    """While the planner thinks there is a name and a place for what comes, and then it comes."""
    visit = make_visit(second.page_url)
    visit.open("/import")
    for title, content in (
        ("Holdings", "VRWM"),
        ("Retirement", "standard error"),
        ("Plan", "New plan"),
        ("Overview", "Allocation"),
    ):
        second.suspend()
        visit.page.get_by_role("link", name=title, exact=True).click()
        waiting = visit.page.get_by_role("status", name=f"{title} is loading")
        expect(waiting).to_be_visible()
        visit.assert_accessible()
        visit.shoot(f"{title.lower()}_loading")
        second.resume()
        expect(waiting).to_have_count(0)
        expect(visit.page.get_by_role("main")).to_contain_text(content)


def test_a_stopped_planner_is_named_where_a_file_would_be_read(
    make_visit: MakeVisit, second: SecondPlanner, sample_portfolio: Path
) -> None:
    """The file stays with its owner, who can try again once the planner is back."""
    visit = make_visit(second.page_url)
    visit.expected = ["status of 503"]
    second.kill()
    visit.open("/import")
    visit.page.get_by_label("File of your broker").set_input_files(sample_portfolio)
    expect(visit.page.get_by_role("alert").filter(has_text="The planner does not answer")).to_be_visible()
    second.start()
    visit.page.get_by_label("File of your broker").set_input_files(sample_portfolio)
    expect(visit.page.get_by_role("button", name="Keep 7 positions")).to_be_visible()
    # The address then names the draft: let that end before the planner does.
    visit.page.wait_for_url("**/import?draft=*")
    visit.page.wait_for_load_state("networkidle")


def test_what_is_missing_is_named_where_its_number_would_be(
    make_visit: MakeVisit, make_planner: MakePlanner, tmp_path: Path
) -> None:
    """A price, an exchange rate, a class, an old price, expenses: none of them is counted as nothing."""
    planner = make_planner()
    path = tmp_path / "partial.csv"
    path.write_text(PARTIAL, encoding="utf-8")
    import_sample(planner.url, path)
    visit = make_visit(planner.page_url)
    visit.open("/")
    main = visit.page.get_by_role("main")
    old_or_missing = "3 older than a week, 1 without a price"
    for words in (
        "Value, incomplete",
        "without 2 of 4 positions",
        "No price is known for NOP",
        "EUX (EUR)",
        old_or_missing,
    ):
        expect(main).to_contain_text(words)
    expect(main.get_by_role("region", name="Expense drag")).to_contain_text(
        re.compile(r"0\.0\d%.*of \$3,000 whose expenses are known")
    )
    expect(main.get_by_role("region", name="Returns")).to_contain_text("no return can be measured")
    visit.assert_accessible()
    visit.shoot("overview_partial")
    visit.open("/holdings")
    expect(visit.page.get_by_role("row", name="NOP")).to_contain_text("no price")
    expect(visit.page.get_by_role("row", name="EUX")).to_contain_text("older than a week")
    expect(visit.page.get_by_role("row", name="EUX")).to_contain_text("no exchange rate")
    visit.open("/retirement")
    expect(main).to_contain_text(re.compile("thing.* missing"))


def test_a_child_that_cannot_be_asked_is_visible_in_progress_and_plan(
    make_visit: MakeVisit, make_planner: MakePlanner, sample_portfolio: Path
) -> None:
    """Without a researcher there is still a plan, which says what it lacks."""
    planner = make_planner(PLANNER_RESEARCHER_URL=f"http://127.0.0.1:{free_port()}")
    import_sample(planner.url, sample_portfolio)
    visit = make_visit(planner.page_url)
    visit.expected = ["status of 404", "status of 503"]
    visit.open("/plan")
    visit.page.get_by_label("Questions").fill("What could go wrong?")
    visit.page.get_by_role("button", name="Make the plan").click()
    read = visit.page.get_by_role("link", name="Read the plan")
    expect(read).to_be_visible(timeout=120_000)
    expect(visit.page.get_by_text("It is incomplete")).to_be_visible()
    read.click()
    main = visit.page.get_by_role("main")
    expect(main).to_contain_text("This plan is incomplete")
    expect(main).to_contain_text("failed: researcher does not answer")
    visit.assert_accessible()
    visit.shoot("plan_partial")


def test_a_page_and_a_plan_that_are_not_there_say_so(visit: Visit) -> None:
    """A mistyped address leads back; an unknown id is named."""
    visit.expected = ["status of 404"]
    visit.open("/nowhere")
    expect(visit.page.get_by_text("There is nothing at this address")).to_be_visible()
    visit.assert_accessible()
    for path in ("/plan/plan_none", "/plan/runs/run_none"):
        visit.open(path)
        expect(visit.page.get_by_text("could not be loaded")).to_be_visible()


def test_a_stopped_knowledge_base_leaves_the_quote(make_visit: MakeVisit, site: Site, plan: str) -> None:
    """A claim whose passage cannot be read shows what the plan keeps, and why it is no more."""
    visit = make_visit(site.url)
    visit.open(f"/plan/{plan}")
    error = {"code": "upstream_unavailable", "message": "The vector store does not answer.", "detail": {}}
    visit.expected = ["503"]
    visit.page.route("**/claims/*", lambda route: route.fulfill(status=503, json={"error": error}))
    visit.page.get_by_title("Show the stored passage").first.click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text("The passage could not be loaded")
    expect(dialog).to_contain_text("The vector store does not answer.")
