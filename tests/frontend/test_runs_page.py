"""The page that lists what agents did: history with cost, research of a plan, paging, cancelling; and a run's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx2
import pytest
from playwright.sync_api import Locator, Route, expect

from tests.frontend.visit import KEY, SIZES

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]
PAGE_ROWS = 20
RUN_SECONDS = 90.0
PLANNER, RESEARCHER = 8003, 8002


def begin(site: Site, port: int, **body: Any) -> str:
    """Begin a run that nobody drives, so that it stays open, and return its id."""
    headers = {"x-api-key": KEY, "idempotency-key": uuid4().hex}
    answer = httpx2.post(f"{site.service(port)}/runs", json=body, headers=headers)
    return str(answer.raise_for_status().json()["id"])


def begin_plan(site: Site, portfolio_id: str, **body: Any) -> str:
    """Begin a plan without research, unless `body` says otherwise."""
    return begin(site, PLANNER, **{"portfolio_id": portfolio_id, "research": {"holdings": 0}, **body})


def drive(site: Site, port: int, run_id: str) -> dict[str, Any]:
    """Drive a run to its end and return it."""
    address = f"{site.service(port)}/runs/{run_id}/advance"
    answer = httpx2.post(address, json={"budget_s": RUN_SECONDS}, headers={"x-api-key": KEY}, timeout=RUN_SECONDS + 20)
    view: dict[str, Any] = answer.raise_for_status().json()
    assert view["status"] in {"completed", "partial"}, view["error"]
    return view


def rows(visit: Visit, title: str = "Plans") -> Locator:
    """The rows of a table of runs, without its head."""
    return (
        visit.page.get_by_role("region", name=f"{title}: runs")
        .get_by_role("row")
        .filter(has=visit.page.get_by_role("rowheader"))
    )


@pytest.mark.parametrize(("options", "suffix"), SIZES)
def test_runs_are_accessible_and_fit(
    make_visit: MakeVisit, site: Site, portfolio: str, options: dict[str, object], suffix: str
) -> None:
    """Wide, dark, and 360 px; an open plan with a budget, and research."""
    begin_plan(site, portfolio, budget={"tokens": 50_000, "usd": "1.50"})
    begin(site, RESEARCHER, topic="What Abc Works earned")
    visit = make_visit(**options)
    visit.open("/runs")
    newest = rows(visit).first
    expect(newest).to_contain_text("Plan for sample")
    expect(newest).to_contain_text("queued")
    expect(newest).to_contain_text("of 50,000")
    expect(newest).to_contain_text("$0.00")
    expect(newest).to_contain_text("of $1.50")
    expect(rows(visit, "Research").first).to_contain_text("What Abc Works earned")
    # On a narrow screen too, what was used and how to stop it are there without scrolling sideways.
    expect(newest.get_by_text("$0.00").locator("visible=true")).to_be_in_viewport(ratio=1)
    expect(newest.get_by_role("button", name="Cancel")).to_be_in_viewport(ratio=1)
    visit.assert_accessible()
    visit.assert_fits()
    visit.shoot(f"runs{suffix}")


def test_the_research_of_a_plan_is_shown_with_it(visit: Visit, site: Site, portfolio: str) -> None:
    """What a plan handed on opens below it, by the keyboard, and leads to the page of that research."""
    scope = {"holdings": 1, "sources": [site.newsroom]}
    drive(site, PLANNER, begin_plan(site, portfolio, research=scope))
    visit.open("/runs")
    plan = rows(visit).filter(has=visit.page.get_by_role("button", name="research run")).first
    opener = plan.get_by_role("button", name="1 research run")
    opener.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    below = visit.page.get_by_role("region", name="Plans: runs").get_by_role("listitem")
    expect(below).to_contain_text("Model calls: ")
    expect(below).to_contain_text("Cost: $0.00")
    visit.assert_accessible()
    visit.shoot("runs_research")
    below.get_by_role("link").click()
    visit.page.wait_for_url("**/research/runs/*")
    expect(visit.page.get_by_role("region", name="What it used")).to_contain_text("Model calls")
    visit.assert_accessible()
    visit.shoot("research_run")


def test_a_run_is_cancelled_after_it_was_asked_for_twice(visit: Visit, site: Site, portfolio: str) -> None:
    """By the keyboard; the row says so at once, has nothing to cancel any more, and keeps the focus."""
    begin_plan(site, portfolio)
    visit.open("/runs")
    newest = rows(visit).first
    newest.get_by_role("button", name="Cancel").press("Enter")
    dialog = visit.page.get_by_role("dialog", name="Cancel this run?")
    visit.assert_accessible()
    visit.shoot("runs_cancel")
    visit.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(newest.get_by_role("button", name="Cancel")).to_be_focused()
    newest.get_by_role("button", name="Cancel").press("Enter")
    dialog.get_by_role("button", name="Cancel the run").press("Enter")
    expect(newest).to_contain_text("cancelled")
    expect(newest.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(newest.get_by_role("link")).to_be_focused()
    expect(visit.page.get_by_role("status").filter(has_text="is cancelled")).to_have_count(1)


def test_a_run_is_cancelled_while_it_is_going(visit: Visit, site: Site, portfolio: str) -> None:
    """Its page drives it; the history cancels it meanwhile, and its page says so."""
    questions = [f"What does question {number} ask of the world?" for number in range(5)]
    scope = {"holdings": 2, "sources": [site.newsroom]}
    run_id = begin_plan(site, portfolio, questions=questions, research=scope)
    visit.open(f"/plan/runs/{run_id}")
    expect(visit.page.get_by_role("heading", name="Researcher: ").first).to_be_visible(timeout=60_000)
    visit.page.get_by_role("button", name="Cancel").click()
    visit.page.get_by_role("dialog").get_by_role("button", name="Cancel the run").click()
    expect(visit.page.get_by_role("alert").filter(has_text="This run was cancelled")).to_be_visible()
    visit.open("/runs")
    cancelled = rows(visit).filter(has=visit.page.locator(f"a[href$='{run_id}']"))
    expect(cancelled).to_contain_text("cancelled")


def test_a_refused_cancel_says_why_and_keeps_the_run(visit: Visit, site: Site, portfolio: str) -> None:
    """The dialog stays open with the reason."""

    def fail(route: Route) -> None:
        error = {"code": "down", "message": "The planner is away.", "detail": {}, "request_id": "r-1"}
        route.fulfill(status=503, json={"error": error})

    visit.expected.append("status of 503")
    begin_plan(site, portfolio)
    visit.open("/runs")
    visit.page.route("**/cancel", fail, times=1)
    rows(visit).first.get_by_role("button", name="Cancel").click()
    dialog = visit.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Cancel the run").click()
    expect(dialog.get_by_role("alert")).to_contain_text("The planner is away.")
    dialog.get_by_role("button", name="Keep it running").click()
    expect(rows(visit).first).to_contain_text("queued")


def test_states_go_on_by_themselves(visit: Visit, site: Site, portfolio: str) -> None:
    """An open run that ends meanwhile is shown as it is, without a reload."""
    run_id = begin_plan(site, portfolio)
    visit.open("/runs")
    row = rows(visit).filter(has=visit.page.locator(f"a[href$='{run_id}']"))
    expect(row).to_contain_text("queued")
    drive(site, PLANNER, run_id)
    expect(row.get_by_text("completed").or_(row.get_by_text("partial"))).to_be_visible()


def test_older_runs_are_asked_for(visit: Visit, site: Site, portfolio: str) -> None:
    """A page at a time, each run once; the states that are asked for anew take none away."""
    for _ in range(PAGE_ROWS + 1):
        begin_plan(site, portfolio)
    visit.open("/runs")
    expect(rows(visit)).to_have_count(PAGE_ROWS)
    with visit.page.expect_response(lambda answer: "before=" in answer.url):
        visit.page.get_by_role("region", name="Plans", exact=True).get_by_role("button", name="Older runs").click()
    expect(rows(visit).nth(PAGE_ROWS)).to_be_visible()
    shown = rows(visit).count()
    with visit.page.expect_response(lambda answer: f"/runs?limit={shown}" in answer.url):
        pass
    expect(rows(visit)).to_have_count(shown)
    links = rows(visit).get_by_role("link").evaluate_all("links => links.map((link) => link.href)")
    assert len(set(links)) == shown


def test_a_run_that_nobody_knows_says_so(visit: Visit) -> None:
    """An old link leads to an error that says what is missing."""
    visit.open("/research/runs/run_nothing")
    expect(visit.page.get_by_text("The run could not be loaded")).to_be_visible()
    visit.assert_accessible()
