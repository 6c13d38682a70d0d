"""Risk of the present holdings from stated prices: what is in it, and what is said to be missing."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import empyrical  # type: ignore[import-untyped]  # it has no types
import numpy as np
import pytest
from alex_planner.allocation import compute_allocation
from alex_planner.portfolio import Position
from alex_planner.prices.history import PricePoint, PriceSeries
from alex_planner.prices.rates import ExchangeRate
from alex_planner.risk.risk_report import Risk, measure_risk

D = Decimal
START = date(2025, 1, 1)


def walk(seed: int, count: int = 260) -> list[float]:
    """Return prices that wander, the same for the same seed, with cents."""
    steps = np.random.default_rng(seed).normal(0.0005, 0.01, count)
    return [round(float(price), 2) for price in 100 * np.cumprod(1 + steps)]


def series(symbol: str, prices: Sequence[float], currency: str = "USD", start: date = START) -> PriceSeries:
    """Return a series with a price on each day."""
    points = [PricePoint(day=start + timedelta(days=n), price=D(repr(price))) for n, price in enumerate(prices)]
    return PriceSeries(symbol=symbol, currency=currency, source="a test", points=tuple(points))


def holding(symbol: str, units: int, price: float, currency: str = "USD") -> Position:
    """Return a priced position."""
    return Position(symbol=symbol, quantity=D(units), price=D(repr(price)), currency=currency, asset_class="equity")


def cash(amount: int) -> Position:
    """Return money in an account."""
    return Position(symbol="CASH", quantity=D(amount), price=D(1), currency="USD", asset_class="cash")


def measured(positions: list[Position], *histories: PriceSeries, benchmark: str | None = None) -> Risk:
    """Return the risk, which there must be."""
    allocation = compute_allocation(positions)
    found = measure_risk(allocation, {item.symbol: item for item in histories}, risk_free=D(0), benchmark=benchmark)
    assert isinstance(found, Risk)
    return found


def test_units_times_prices_and_cash_are_the_values_measured() -> None:
    """empyrical, on the values computed here by hand: to 1e-9."""
    one, other, market = walk(1), walk(2), walk(3)
    positions = [holding("A", 3, one[-1]), holding("B", 2, other[-1]), cash(50)]
    found = measured(positions, series("A", one), series("B", other), series("M", market), benchmark="M")
    values = 3 * np.array(one) + 2 * np.array(other) + 50
    returns = values[1:] / values[:-1] - 1
    index = np.array(market)[1:] / np.array(market)[:-1] - 1
    assert (found.periods, found.periods_per_year) == (259, 252)
    assert found.covered == 1
    assert found.volatility is not None
    assert float(found.volatility) == pytest.approx(empyrical.annual_volatility(returns), abs=1e-9)
    assert found.max_drawdown is not None
    assert float(found.max_drawdown) == pytest.approx(-empyrical.max_drawdown(returns), abs=1e-9)
    assert found.beta is not None
    assert float(found.beta) == pytest.approx(empyrical.beta(returns, index), abs=1e-9)
    assert [(item.one, item.other) for item in found.correlations] == [("A", "B")]
    assert found.missing == ()


def test_only_common_days_count_and_holdings_without_a_history_are_named() -> None:
    """Ours: no price is filled in."""
    late = series("B", walk(2)[:100], start=START + timedelta(days=160))
    found = measured(
        [holding("A", 1, 100.0), holding("B", 1, 100.0), holding("C", 2, 100.0)], series("A", walk(1)), late
    )
    assert (found.periods, found.covered) == (99, D("0.5"))
    assert found.missing == ("no price history is known of C: the measures leave them out",)


def test_a_foreign_holding_moves_with_its_currency() -> None:
    """Ours: with rates over time they count; without, today's rate is used and that is said."""
    rate = ExchangeRate(base="EUR", quote="USD", rate=D("1.1"), source="a test")
    positions = [holding("A", 1, 100.0, "EUR")]
    allocation = compute_allocation(positions, "USD", rates=[rate])
    flat = series("A", [100.0] * 60, "EUR")
    moving = series("EUR/USD", [1 + 0.01 * (n % 2) for n in range(60)])
    still = measure_risk(allocation, {"A": flat}, risk_free=D(0))
    moved = measure_risk(allocation, {"A": flat, "EUR/USD": moving}, risk_free=D(0))
    assert isinstance(still, Risk)
    assert isinstance(moved, Risk)
    assert still.volatility == 0
    assert still.sharpe_ratio is None
    assert still.missing == ("no rates over time are known of EUR: today's rate was used",)
    assert moved.volatility is not None
    assert moved.volatility > 0
    assert moved.missing == ()


@pytest.mark.parametrize(
    ("histories", "words"),
    [
        ([], "no holding has a price history"),
        ([series("A", [1.0, 2.0])], "at least three common days"),
        ([series("A", walk(1)[:10])], "has 9 periods"),
    ],
    ids=["none", "two days", "ten days"],
)
def test_a_history_that_is_too_short_gives_no_measures(histories: list[PriceSeries], words: str) -> None:
    """Ours: with the reason."""
    allocation = compute_allocation([holding("A", 1, 100.0)])
    found = measure_risk(allocation, {item.symbol: item for item in histories}, risk_free=D(0))
    assert isinstance(found, str)
    assert words in found


def test_a_benchmark_without_prices_gives_no_beta() -> None:
    """Ours: and says so."""
    found = measured([holding("A", 1, 100.0)], series("A", walk(1)), benchmark="M")
    assert found.beta is None
    assert "M has prices on 0 days" in found.missing[0]


@pytest.mark.parametrize(("step", "periods"), [(1, 252), (7, 52), (30, 12), (91, 4), (365, 1)])
def test_the_periods_of_a_year_follow_from_the_days(step: int, periods: int) -> None:
    """Ours: daily, weekly, monthly, quarterly and yearly prices."""
    points = [
        PricePoint(day=START + timedelta(days=step * n), price=D(repr(price))) for n, price in enumerate(walk(1, 40))
    ]
    history = PriceSeries(symbol="A", currency="USD", source="a test", points=tuple(points))
    assert measured([holding("A", 1, 100.0)], history).periods_per_year == periods
