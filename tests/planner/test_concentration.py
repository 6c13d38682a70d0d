"""Concentration: closed forms."""

from decimal import Decimal

import pytest
from alex_planner.allocation import compute_allocation
from alex_planner.concentration import measure_concentration
from alex_planner.portfolio import Position


def holding(symbol: str, value: int, account: str = "A", currency: str = "USD") -> Position:
    """Return a holding worth `value`."""
    return Position(symbol=symbol, account=account, quantity=Decimal(value), price=Decimal(1), currency=currency)


@pytest.mark.parametrize("count", [1, 4, 10])
def test_equal_holdings_count_as_many_as_they_are(count: int) -> None:
    """Closed form: H = 1/n and N = n."""
    found = measure_concentration(compute_allocation([holding(f"S{number}", 100) for number in range(count)]))
    assert found is not None
    assert float(found.herfindahl) == pytest.approx(1 / count, rel=1e-12)
    assert float(found.effective_holdings) == pytest.approx(count, rel=1e-12)
    assert float(found.top_share) == pytest.approx(min(5, count) / count, rel=1e-12)


def test_unequal_holdings_are_weighed() -> None:
    """Worked example: 50, 30 and 20 percent give H = 0.38."""
    found = measure_concentration(compute_allocation([holding("A", 50), holding("B", 30), holding("C", 20)]))
    assert found is not None
    assert found.herfindahl == Decimal("0.38")
    assert (found.largest.symbol, str(found.largest.share)) == ("A", "0.5")
    assert found.complete


def test_one_symbol_in_two_accounts_is_one_holding() -> None:
    """Ours: accounts do not diversify."""
    found = measure_concentration(compute_allocation([holding("A", 50), holding("A", 50, account="B")]))
    assert found is not None
    assert (found.holdings, found.herfindahl) == (1, Decimal(1))


def test_what_is_not_counted_makes_the_measure_incomplete() -> None:
    """Ours: a holding in another currency is in no share."""
    found = measure_concentration(
        compute_allocation([holding("A", 1), holding("B", 1), holding("C", 9, currency="EUR")])
    )
    assert found is not None
    assert (found.holdings, found.complete) == (2, False)


def test_a_portfolio_of_nothing_has_no_concentration() -> None:
    """Ours: there is no share of nothing."""
    assert measure_concentration(compute_allocation([])) is None
    assert measure_concentration(compute_allocation([holding("A", 0)])) is None
