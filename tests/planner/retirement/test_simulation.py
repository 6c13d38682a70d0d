"""The recursions against closed forms and against each other."""

from decimal import Decimal

import numpy as np
import pytest
from alex_planner.retirement.cashflows import Cashflows, build_cashflows
from alex_planner.retirement.goals import Goals, SpendingTiming
from alex_planner.retirement.simulation import follow_paths, highest_spending, lowest_contribution, share_paying
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

Floats = NDArray[np.float64]
GROSS = 1.04


def flows_of(start: float, prices: float = 1.0, **goals: object) -> Cashflows:
    """Return the flows of goals, with the same inflation in every year."""
    asked = Goals.model_validate(goals)
    return build_cashflows(asked, start, prices ** np.arange(asked.horizon_years + 1.0)[:, None])


def steady(years: int) -> Floats:
    """Return one path of the same return in every year."""
    return np.full((years, 1), GROSS)


def annuity(years: int) -> float:
    """Return the value today of 1 at the end of each of `years` years."""
    return float((1 - GROSS**-years) / (GROSS - 1))


@pytest.mark.parametrize(("timing", "factor"), [("end", 1.0), ("start", GROSS), ("spread", (1 + GROSS) / 2)])
def test_without_volatility_safe_spending_is_an_annuity(timing: SpendingTiming, factor: float) -> None:
    """Closed form: V = s * a_n at the end of each year, * g at the start, and the mean of both when it is spread."""
    flows = flows_of(100_000, horizon_years=30, years_to_retirement=0, spending_timing=timing)
    (best,) = highest_spending(steady(30), flows)
    assert best == pytest.approx(100_000 / (annuity(30) * factor), rel=1e-12)


def test_without_volatility_saving_and_then_spending_is_two_annuities() -> None:
    """Closed form: contributions growing at 2 percent for 10 years, then 20 years of spending at each year's end."""
    flows = flows_of(
        50_000,
        horizon_years=30,
        years_to_retirement=10,
        annual_contribution=12_000,
        contribution_growth_percent=2,
        spending_timing="end",
    )
    saved = 50_000 * GROSS**10 + 12_000 * (GROSS**10 - 1.02**10) / (GROSS - 1.02)
    (best,) = highest_spending(steady(30), flows)
    assert best == pytest.approx(saved / annuity(20), rel=1e-12)
    (least,) = lowest_contribution(steady(30), flows, float(best))
    assert least == pytest.approx(12_000, rel=1e-9)


def test_incomes_and_one_offs_are_worth_what_they_pay_for() -> None:
    """Closed form: an indexed pension from year 6 and a purchase at the start of year 4, each at its value today."""
    flows = flows_of(
        100_000,
        horizon_years=20,
        years_to_retirement=0,
        spending_timing="end",
        incomes=[{"annual_amount": 5_000, "first_year": 6, "last_year": 15}],
        one_offs=[{"year": 4, "amount": -10_000}],
    )
    pension = 5_000 * (annuity(15) - annuity(5))
    (best,) = highest_spending(steady(20), flows)
    assert best == pytest.approx((100_000 + pension - 10_000 * GROSS**-3) / annuity(20), rel=1e-12)


def test_an_income_that_is_not_indexed_loses_what_inflation_takes() -> None:
    """Closed form: 5,000 at the end of year t buys 5,000 / 1.03^t."""
    income = {"annual_amount": 5_000, "first_year": 1, "indexed": False}
    flows = flows_of(0, 1.03, horizon_years=10, years_to_retirement=0, spending_timing="end", incomes=[income])
    assert flows.after[:, 0] == pytest.approx(5_000 / 1.03 ** np.arange(1, 11), rel=1e-12)


def test_money_that_comes_later_does_not_undo_a_failure() -> None:
    """Ours: what cannot be paid in year 2 is a failure even if year 3 brings a fortune."""
    flows = flows_of(
        1_000,
        horizon_years=5,
        years_to_retirement=0,
        annual_spending=900,
        one_offs=[{"year": 3, "amount": 1_000_000}],
    )
    assert highest_spending(steady(5), flows)[0] < 900
    followed = follow_paths(steady(5), flows, 900.0)
    assert followed.unpaid.tolist() == [0, 0, 1, 1, 1, 1]
    assert followed.values[2, 0] == 0
    assert followed.values[3, 0] > 900_000


def test_nothing_helps_where_no_contribution_comes_in_time() -> None:
    """Ours: a payment before the first contribution cannot be saved for."""
    flows = flows_of(100, horizon_years=5, years_to_retirement=3, one_offs=[{"year": 1, "amount": -200}])
    assert lowest_contribution(steady(5), flows, 10.0)[0] == np.inf
    assert highest_spending(steady(5), flows)[0] == -np.inf


def test_where_nothing_is_spent_any_spending_can_be_paid() -> None:
    """Ours: there is no year of retirement in which it could fail."""
    assert highest_spending(steady(5), flows_of(100, horizon_years=5))[0] == np.inf


returns = st.lists(st.lists(st.floats(0.4, 1.9), min_size=3, max_size=3), min_size=2, max_size=12)


@given(
    returns=returns,
    start=st.floats(0, 1e6),
    spending=st.floats(0, 1e6),
    saving_years=st.integers(0, 5),
    contribution=st.integers(0, 100_000),
    timing=st.sampled_from(["start", "spread", "end"]),
    one_off=st.integers(-50_000, 50_000),
)
def test_both_recursions_agree_on_who_fails(
    *,
    returns: list[list[float]],
    start: float,
    spending: float,
    saving_years: int,
    contribution: int,
    timing: str,
    one_off: int,
) -> None:
    """Ours: a path pays up to its highest spending, and not more; checked by walking it with a little less and more."""
    growth = np.array(returns)
    years = len(returns)
    flows = flows_of(
        start,
        horizon_years=years,
        years_to_retirement=min(saving_years, years - 1),
        annual_contribution=Decimal(contribution),
        spending_timing=timing,
        one_offs=[{"year": 1, "amount": one_off}],
    )
    best = highest_spending(growth, flows)
    for path, most in enumerate(best):
        if most > 1:
            assert follow_paths(growth[:, [path]], flows, most * 0.999_999).unpaid[-1] == 0
        if most > -np.inf:
            assert follow_paths(growth[:, [path]], flows, max(most, 0) * 1.000_1 + 0.1).unpaid[-1] == 1
    assert share_paying(best, spending) >= share_paying(best, spending * 1.1 + 1), "more spending never helps"


@given(returns=returns, spending=st.floats(1, 1e5), saving_years=st.integers(1, 5))
def test_the_lowest_contribution_is_just_enough(returns: list[list[float]], spending: float, saving_years: int) -> None:
    """Ours: with it a path pays, with less it does not."""
    growth = np.array(returns)
    goals = {"horizon_years": len(returns), "years_to_retirement": min(saving_years, len(returns) - 1)}
    least = lowest_contribution(growth, flows_of(1_000.0, **goals), spending)
    for path, amount in enumerate(least):
        enough = flows_of(1_000.0, **goals, annual_contribution=Decimal(amount * 1.000_001 + 0.01))
        assert follow_paths(growth[:, [path]], enough, spending).unpaid[-1] == 0
        if amount > 1:
            less = flows_of(1_000.0, **goals, annual_contribution=Decimal(amount * 0.999))
            assert follow_paths(growth[:, [path]], less, spending).unpaid[-1] == 1
