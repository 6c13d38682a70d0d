"""The facts: complete, unique, and accepted by the gate as they are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

from alex_planner.allocation import compute_allocation
from alex_planner.allocation_facts import allocation_facts, goal_facts
from alex_planner.facts import Fact, format_money, format_percent
from alex_planner.number_gate import check_paragraph
from alex_planner.plan.evidence_facts import evidence_facts
from alex_planner.portfolio import Position
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import project
from alex_planner.retirement.projection_facts import projection_facts

from tests.planner.plan.samples import finding

POSITIONS = (
    Position(
        symbol="VTI",
        quantity=Decimal("10.5"),
        price=Decimal("300.50"),
        currency="USD",
        asset_class="equity",
        price_date=date(2026, 11, 20),
    ),
    Position(symbol="BND", quantity=Decimal(20), price=Decimal(50), currency="USD", asset_class="bond"),
    Position(symbol="ODD", quantity=Decimal(1), price=Decimal(9), currency="USD", asset_class="other"),
    Position(symbol="SAP", quantity=Decimal(1), price=Decimal(200), currency="EUR"),
    Position(symbol="ACME", quantity=Decimal(5), currency="USD"),
)
GOALS = Goals(horizon_years=12, monthly_contribution=Decimal(100))


def facts() -> list[Fact]:
    """Return the facts of a portfolio with everything in it."""
    allocation = compute_allocation(POSITIONS)
    projection = project(allocation, GOALS, paths=500)
    return [*allocation_facts(allocation), *goal_facts(GOALS, allocation), *projection_facts(projection)]


def test_ids_are_unique_and_the_order_is_fixed() -> None:
    """Ours: an id opens one calculation."""
    collected = facts()
    assert len({fact.id for fact in collected}) == len(collected)
    assert collected == facts()


def test_each_fact_says_what_it_is_and_how_it_was_computed() -> None:
    """Ours: no figure without a label, a unit and a formula."""
    assert all(fact.label and fact.unit and fact.formatted and fact.source for fact in facts())


def test_the_figures_of_the_plan_are_there() -> None:
    """Ours: total, shares, position values, goals, projection and assumptions can be spoken of."""
    by_id = {fact.id: fact.formatted for fact in facts()}
    assert by_id["total"] == "4,164.25 USD"
    assert by_id["asset_class.equity.share"] == "75.8 %"
    assert by_id["position.1.value"] == "3,155.25 USD"
    assert by_id["position.4.value"] == "200.00 EUR"
    assert "position.5.value" not in by_id
    assert by_id["goal.contribution"] == "1,200.00 USD"
    assert by_id["goal.monthly"] == "100.00 USD"
    assert by_id["price_date.newest"] == "2026-11-20"
    assert by_id["projection.year.12"] == "12 years"
    assert by_id["projection.left_out.other"] == "9.00 USD"
    assert by_id["assumption.equity.real_return"] == "5.0 %"


def test_only_the_years_that_a_plan_speaks_of_are_facts() -> None:
    """Ours: fewer figures, fewer accidental matches: every fifth year and the last."""
    years = [fact.value for fact in facts() if fact.unit == "years" and fact.id.startswith("projection")]
    assert years == [5, 10, 12]


def test_every_fact_passes_the_gate_as_it_is_written() -> None:
    """Ours: what is computed can be said."""
    collected = facts()
    texts = [f"Of {fact.about[0] if fact.about else 'it'} it is {fact.formatted}." for fact in collected]
    assert [text for text in texts if check_paragraph(text, collected)] == []


def test_the_figures_of_a_thing_may_only_be_named_beside_its_name() -> None:
    """Ours: the share of VTI does not cover any other 75.8 percent."""
    collected = facts()
    assert not check_paragraph("VTI is 75.8 % of the total, and the assumed volatility of equity is 18 %.", collected)
    assert not check_paragraph("Stocks are 75.8 % and fixed income 24.0 %.", collected)
    assert check_paragraph("The index rose 75.8 % last year.", collected)
    assert check_paragraph("Your tax rate is 18 %.", collected)
    assert not check_paragraph("In the worst 5 % of cases, and in half of the paths, it is less.", collected)
    assert check_paragraph("Put 5 % into gold.", collected)


def test_dates_of_findings_are_facts_of_their_day() -> None:
    """Ours: prose may name when a source was published."""
    published = finding(published_at=datetime(2026, 8, 14, 23, 59, tzinfo=UTC))
    (fact,) = evidence_facts([published])
    assert (fact.id, fact.value, fact.unit) == (f"finding.{published.id}", "2026-08-14", "date")


def test_a_portfolio_without_prices_has_no_amounts() -> None:
    """Ours: there is no fact of what is not known."""
    allocation = compute_allocation((POSITIONS[4],))
    facts_of_it = [*allocation_facts(allocation), *goal_facts(Goals(), allocation)]
    assert {fact.unit for fact in facts_of_it} == {"count", "years"}


def test_numbers_are_written_in_one_way() -> None:
    """Ours: halves go to the even neighbour and nothing is minus zero."""
    assert format_money(Decimal("1234567.885"), "USD") == "1,234,567.88 USD"
    assert format_money(Decimal("-0.001"), "USD") == "0.00 USD"
    assert format_percent(Decimal("0.12345")) == "12.3 %"
    assert format_percent(Decimal("-0.0001")) == "0.0 %"


def test_each_figure_names_the_figures_it_was_computed_from() -> None:
    """Ours: a calculation can be opened down to the file, the goals and the assumptions."""
    by_id = {fact.id: fact for fact in facts()}
    assert set(by_id["total"].computed_from) == {"position.1.value", "position.2.value", "position.3.value"}
    assert by_id["position.1.value"].computed_from == ("position.1.quantity", "position.1.price")
    assert by_id["asset_class.equity.amount"].computed_from == ("position.1.value",)
    assert by_id["asset_class.equity.share"].computed_from == ("asset_class.equity.amount", "total")
    assert "assumption.equity.real_return" in by_id["projection.year.12.p50"].computed_from
    unknown = {name for fact in by_id.values() for name in fact.computed_from} - by_id.keys()
    assert unknown == set()
