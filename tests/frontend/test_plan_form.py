"""The form of a plan: what it asks, what it says beforehand, and what it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.frontend.conftest import MakeVisit
    from tests.frontend.second_planner import SecondPlanner
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]


@pytest.fixture
def fresh(make_visit: MakeVisit, second: SecondPlanner) -> Visit:
    """A visitor at the form, with a portfolio and no plan."""
    visit = make_visit(second.page_url)
    visit.open("/plan")
    return visit


def unfold(visit: Visit, title: str) -> None:
    """Open a part of the form that most plans do without."""
    visit.page.locator("summary").filter(has_text=title).click()


def test_amounts_name_their_currency_and_fields_help(fresh: Visit) -> None:
    """The portfolio's own, and another one once it is chosen to count in."""
    expect(fresh.page.get_by_label("Saved each month (USD)")).to_be_visible()
    expect(fresh.page.get_by_label("Spending a year then (USD)")).to_have_accessible_description(
        "In today's money, from the portfolio and pensions together."
    )
    unfold(fresh, "Trades, taxes and prices")
    expect(fresh.page.get_by_label("Smallest trade (USD)")).to_be_visible()
    fresh.page.get_by_label("Currency to count in").fill("chf")
    expect(fresh.page.get_by_label("Saved each month (CHF)")).to_be_visible()


def test_it_says_what_a_plan_will_cost_before_it_starts(fresh: Visit) -> None:
    """Nothing is known before the first one, and the budget is what it stops at."""
    ask = fresh.page.get_by_role("button", name="What will it cost?")
    ask.click()
    quote = fresh.page.get_by_role("alert").filter(has_text="Nothing was started")
    expect(quote).to_contain_text("not known yet")
    unfold(fresh, "Budget")
    fresh.page.get_by_label("US dollars (USD)").fill("0.5")
    expect(quote).to_have_count(0)
    ask.click()
    expect(quote).to_contain_text("It stops at $0.50")
    assert fresh.page.url.endswith("/plan")


def test_a_quote_rests_on_the_plans_before(visit: Visit, plan: str) -> None:
    """Typical and most, in words."""
    visit.open(f"/plan/{plan}")
    visit.open("/plan")
    visit.page.get_by_role("button", name="What will it cost?").click()
    quote = visit.page.get_by_role("alert").filter(has_text="Probably $0.00")
    expect(quote).to_contain_text("model calls")
    expect(quote).to_contain_text("built-in model")
    visit.assert_accessible()
    visit.shoot("plan_quote")


def test_everything_that_is_chosen_is_sent(fresh: Visit, tmp_path: Path) -> None:
    """Retirement, trades, prices, research and budget, as the planner names them; and it takes them."""
    page = fresh.page
    page.get_by_label("Years to retirement").fill("10")
    page.get_by_label("Spending a year then").fill("30000")
    for part in ("Retirement in detail", "Trades, taxes and prices", "Research in detail", "Budget"):
        unfold(fresh, part)
    page.get_by_role("button", name="Add an income").click()
    incomes = page.get_by_role("group", name="Pensions and other incomes")
    incomes.get_by_label("Name").fill("Pension")
    incomes.get_by_label("A year (USD)").fill("12000")
    incomes.get_by_label("From year").fill("12")
    page.get_by_role("button", name="Add an amount").click()
    amounts = page.get_by_role("group", name="Single amounts")
    amounts.get_by_label("Amount (USD)").fill("-20000")
    amounts.get_by_label("In year").fill("4")
    page.get_by_label("Fees a year (%)").fill("0.7")
    page.get_by_label("Tax on gains (%)").fill("25")
    prices = tmp_path / "prices.csv"
    prices.write_text("date,symbol,price,currency\n2026-11-20,VRWM,61,USD\n", encoding="utf-8")
    page.get_by_label("Prices over time").set_input_files(prices)
    expect(page.get_by_text("prices.csv goes along")).to_be_visible()
    page.get_by_label("Classes of holdings").fill("VRWM=equity")
    page.get_by_label("Holdings to research").fill("0")
    page.get_by_label("Model calls").fill("50")
    fresh.assert_accessible()
    fresh.shoot("plan_form_details")
    with page.expect_request(lambda one: one.method == "POST" and one.url.endswith("/api/planner/runs")) as sent:
        page.get_by_role("button", name="Make the plan").click()
    body = sent.value.post_data_json
    assert body is not None
    assert body["goals"]["incomes"] == [
        {"annual_amount": "12000", "first_year": 12, "indexed": True, "label": "Pension"}
    ]
    assert body["goals"]["one_offs"] == [{"amount": "-20000", "year": 4}]
    assert (body["goals"]["fee_percent"], body["analysis"]["tax_rate"]) == ("0.7", "0.25")
    assert body["analysis"]["prices"].startswith("date,symbol")
    assert (body["research"]["holdings"], body["budget"]) == (0, {"turns": 50})
    page.wait_for_url("**/plan/runs/*")
    expect(page.get_by_role("link", name="Read the plan")).to_be_visible(timeout=60_000)


def test_a_problem_in_a_folded_part_is_shown(fresh: Visit) -> None:
    """The part opens, the field says what is wrong, and the hand is put there."""
    unfold(fresh, "Retirement in detail")
    field = fresh.page.get_by_label("Fees a year (%)")
    field.fill("50")
    unfold(fresh, "Retirement in detail")
    expect(field).to_be_hidden()
    fresh.page.get_by_role("button", name="Make the plan").click()
    expect(field).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Of the portfolio, beside those of its funds. At most 10.")
    assert fresh.page.url.endswith("/plan")
    fresh.assert_accessible()


def test_the_next_plan_begins_with_the_goals_of_the_last(visit: Visit, plan: str) -> None:
    """Goals, target and questions; one button empties the form."""
    visit.open(f"/plan/{plan}")
    visit.open("/plan")
    expect(visit.page.get_by_label("Your goal, in your words")).to_have_value("A calm retirement")
    expect(visit.page.get_by_label("Spending a year then (USD)")).to_have_value("36000")
    expect(visit.page.get_by_label("Shares")).to_have_value("70")
    visit.page.get_by_role("button", name="Start empty").click()
    expect(visit.page.get_by_label("Your goal, in your words")).to_have_value("")
