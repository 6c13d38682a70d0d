"""The money-weighted return against pyxirr, and what has no or no single solution."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import pyxirr
from alex_planner.returns.money_weighted import CashFlow, money_weighted_return
from hypothesis import given, settings
from hypothesis import strategies as st

START = date(2015, 1, 5)


def flow(days: int, amount: int | str) -> CashFlow:
    """Return a flow so many days after the start."""
    return CashFlow(START + timedelta(days=days), Decimal(amount))


def reference(flows: list[CashFlow], end: date, value: Decimal) -> float:
    """Return the rate of the library; its signs are those of the investor's purse."""
    dates = [item.day for item in flows] + [end]
    found = pyxirr.xirr(dates, [-float(item.amount) for item in flows] + [float(value)])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("flows", "days", "value"),
    [
        pytest.param([flow(0, 1000)], 365, "1100", id="one year"),
        pytest.param([flow(0, 1000), flow(180, 500), flow(400, -300)], 900, "1350", id="in and out"),
        pytest.param([flow(0, 1000), flow(100, 1000)], 3650, "150", id="loss"),
        pytest.param([flow(30 * n, 200) for n in range(120)], 3650, "41000", id="savings plan"),
        pytest.param([flow(0, 1000)], 20, "1400", id="a few days"),
    ],
)
def test_it_agrees_with_the_reference_library(flows: list[CashFlow], days: int, value: str) -> None:
    """pyxirr: to 1e-9 of the growth."""
    end = START + timedelta(days=days)
    found = money_weighted_return(flows, end, Decimal(value))
    assert found is not None
    assert found.unique
    assert 1 + found.rate == pytest.approx(1 + reference(flows, end, Decimal(value)), rel=1e-9)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 10**6)), min_size=1, max_size=20),
    st.integers(1, 10**7),
)
def test_the_rate_makes_the_flows_grow_to_the_value(rows: list[tuple[int, int]], value: int) -> None:
    """Ours: put into the equation that defines it, it solves it."""
    flows, end = [flow(days, amount) for days, amount in rows], START + timedelta(days=3001)
    found = money_weighted_return(flows, end, Decimal(value))
    if found is not None:
        grown = sum(float(item.amount) * (1 + found.rate) ** ((end - item.day).days / 365) for item in flows)
        assert grown == pytest.approx(value, rel=1e-6)


def test_several_solutions_give_the_nearest_to_zero_and_say_so() -> None:
    """Worked example: -1000 + 2300 x - 1320 x^2 with x = 1.1 and 1.2 for each year's growth."""
    found = money_weighted_return([flow(0, 1000), flow(365, -2300)], START + timedelta(days=730), Decimal(-1320))
    assert found is not None
    assert (round(found.rate, 9), found.unique) == (0.1, False)


def test_nothing_paid_in_has_no_rate() -> None:
    """Ours: neither has money that arrived today, nor a total loss."""
    assert money_weighted_return([], START, Decimal(5)) is None
    assert money_weighted_return([flow(0, 5)], START, Decimal(6)) is None
    assert money_weighted_return([flow(0, 5)], START + timedelta(days=365), Decimal(-1)) is None
