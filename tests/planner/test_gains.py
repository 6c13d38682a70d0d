"""Cost and unrealised gain: worked examples, what is not known stays unknown, and each figure is a fact."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from alex_planner.allocation import Allocation, compute_allocation
from alex_planner.analysis.report import analyse
from alex_planner.analysis.request import AnalysisRequest
from alex_planner.gains import gain_share, measure_gains
from alex_planner.portfolio import Lot, Position
from alex_planner.prices.rates import ExchangeRate

from tests.planner.plan.samples import portfolio

RATE = ExchangeRate(base="EUR", quote="USD", rate=Decimal("1.25"), source="the file")


def holding(symbol: str, quantity: str, price: str | None, cost: str | None, **more: Any) -> Position:
    """Return a share at a price, bought for `cost` altogether."""
    return Position(
        symbol=symbol,
        quantity=Decimal(quantity),
        price=None if price is None else Decimal(price),
        cost_basis=None if cost is None else Decimal(cost),
        **{"currency": "USD", "asset_class": "equity", **more},
    )


MIXED = (
    holding("UP", "10", "30", "200"),
    holding("DOWN", "4", "50", "400"),
    holding("EURO", "2", "100", "160", currency="EUR"),
    holding("GIFT", "1", "500", None),
    holding("FREE", "1", "50", "0"),
    holding("OLD", "3", None, "90"),
    holding("CASH", "1000", "1", None, asset_class="cash"),
)


def allocated(*positions: Position) -> Allocation:
    """Return the allocation in dollars."""
    return compute_allocation(positions or MIXED, "USD", rates=[RATE])


def test_the_gain_of_a_holding_is_its_value_less_its_cost_in_its_own_currency() -> None:
    """Worked example: 10 at 30 for 200 gained 100, half of its cost; a loss is negative."""
    found = {item.symbol: item for item in allocated().positions}
    assert [(found[name].gain, gain_share(found[name])) for name in ("UP", "DOWN", "EURO")] == [
        (Decimal(100), Decimal("0.5")), (Decimal(-200), Decimal("-0.5")), (Decimal(40), Decimal("0.25")),
    ]  # fmt: skip


def test_what_is_not_known_stays_unknown() -> None:
    """Ours: no cost, no price, or nothing paid: no gain or no percentage, and money has neither."""
    found = {item.symbol: item for item in allocated().positions}
    assert (found["GIFT"].cost, found["GIFT"].gain) == (None, None)
    assert (found["OLD"].cost, found["OLD"].gain) == (Decimal(90), None)
    assert (found["FREE"].gain, gain_share(found["FREE"])) == (Decimal(50), None)
    assert (found["CASH"].cost, found["CASH"].gain) == (None, None)


def test_all_together_are_those_whose_cost_is_known_at_the_rate_of_today() -> None:
    """Worked example: 300 + 200 + 250 + 50 for 200 + 400 + 200 + 0; 800 of the 1,300 that are no money."""
    found = measure_gains(allocated())
    assert found is not None
    assert (found.value, found.cost, found.gain) == (Decimal(800), Decimal(800), Decimal(0))
    assert found.gain_share == 0
    assert float(found.covered) == pytest.approx(800 / 1300, rel=1e-12)
    assert (found.converted, found.unknown) == (("EURO",), ("GIFT",))


def test_without_any_cost_there_is_no_gain() -> None:
    """Ours: an answer of zero would be an invention."""
    assert measure_gains(allocated(holding("A", "1", "5", None), MIXED[-1])) is None
    assert measure_gains(compute_allocation([])) is None


def lots(*known: tuple[str, str | None]) -> tuple[Lot, ...]:
    """Return lots of quantity and cost."""
    return tuple(
        Lot(acquired=date(2025, 1, 2), quantity=Decimal(quantity), cost=None if cost is None else Decimal(cost))
        for quantity, cost in known
    )


@pytest.mark.parametrize(
    ("held", "cost"),
    [
        pytest.param(lots(("6", "60"), ("4", "80")), Decimal(140), id="whole"),
        pytest.param(lots(("6", "60"), ("3", "80")), None, id="a unit is in no lot"),
        pytest.param(lots(("6", "60"), ("4", None)), None, id="one lot without its cost"),
        pytest.param((), None, id="no lots"),
    ],
)
def test_lots_give_the_cost_when_they_are_the_whole_holding(held: tuple[Lot, ...], cost: Decimal | None) -> None:
    """Ours: part of the cost is not the cost."""
    assert holding("A", "10", "30", None, lots=held).cost == cost
    assert holding("A", "10", "30", "7", lots=held).cost == Decimal(7)


def test_each_figure_is_a_fact_and_what_is_unknown_is_named() -> None:
    """Ours: cost, gain and percentage of each holding in its currency, all together, and how much that covers."""
    analysis = analyse(
        portfolio(MIXED).model_copy(update={"exchange_rates": (RATE,)}),
        AnalysisRequest(base_currency="USD"),
        date(2026, 11, 23),
    )
    facts = {fact.id: fact.formatted for fact in analysis.facts}
    assert [facts[f"position.3.{name}"] for name in ("cost", "gain", "gain_percent")] == [
        "160.00 EUR", "40.00 EUR", "25.0 %",
    ]  # fmt: skip
    assert facts["position.2.gain"] == "-200.00 USD"
    assert "position.4.cost" not in facts
    assert "position.5.gain_percent" not in facts
    assert [facts[f"gains.{name}"] for name in ("cost", "value", "gain", "percent", "covered")] == [
        "800.00 USD", "800.00 USD", "0.00 USD", "0.0 %", "61.5 %",
    ]  # fmt: skip
    reasons = [item.reason for item in analysis.missing if item.figure == "cost"]
    assert reasons == ["What was paid for GIFT is not known, nor is the gain."]
    none = analyse(portfolio([MIXED[3]]), AnalysisRequest(), date(2026, 11, 23))
    assert [item.reason for item in none.missing if item.figure == "cost"] == [
        "The file does not say what was paid for the holdings, so that their gain is not known."
    ]
