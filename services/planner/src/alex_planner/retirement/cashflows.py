"""What flows into and out of the portfolio in each year, as arrays in today's money."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alex_planner.retirement.goals import Goals, Income

Floats = NDArray[np.float64]
SHARE_AT_START = {"start": 1.0, "spread": 0.5, "end": 0.0}
"""Part of a year's spending that is paid before the year's return."""


@dataclass(frozen=True, eq=False)
class Cashflows:
    """Flows of `years` years. Those of shape (years, k) have one column for all paths, or one for each.

    A year begins with `before` and the part `spend_before` of the spending, then brings its return, then ends with
    `after`, the contribution and the part `spend_after` of the spending.
    """

    start: float
    before: Floats
    """Shape (years, k): incomes paid at the start of the year, and one-off amounts."""
    after: Floats
    """Shape (years, k): incomes paid at the end of the year."""
    spend_before: Floats
    """Shape (years,): share of the annual spending due at the start; zero before retirement."""
    spend_after: Floats
    """Shape (years,): share due at the end."""
    save_after: Floats
    """Shape (years,): the contribution as a multiple of that of the first year; zero in retirement."""
    contribution: float
    """That of the first year."""


def build_cashflows(goals: Goals, start: float, prices: Floats) -> Cashflows:
    """Return the flows of `goals`.

    Spending and incomes have the same timing: contributions come at the end of their year, one-off amounts at its
    start.

    Args:
        start: value of the portfolio today.
        prices: shape (years + 1, k), the price level at the start of each year and at the end of the last, today 1;
            an income that is not indexed is divided by it.
    """
    years = goals.horizon_years
    early = SHARE_AT_START[goals.spending_timing]
    number = np.arange(1, years + 1)
    retired = (number > goals.saving_years).astype(np.float64)
    before, after = (np.zeros((years, prices.shape[1])) for _ in range(2))
    for income in goals.incomes:
        amount = float(income.annual_amount) * _received(income, number)
        level = np.ones_like(prices) if income.indexed else prices
        before += early * amount[:, None] / level[:-1]
        after += (1 - early) * amount[:, None] / level[1:]
    for one_off in goals.one_offs:
        if one_off.year <= years:
            before[one_off.year - 1] += float(one_off.amount)
    growth = 1 + float(goals.contribution_growth_percent) / 100
    return Cashflows(
        start=start,
        before=before,
        after=after,
        spend_before=early * retired,
        spend_after=(1 - early) * retired,
        save_after=(1 - retired) * growth ** (number - 1),
        contribution=float(goals.contribution_per_year),
    )


def _received(income: Income, number: NDArray[np.int64]) -> Floats:
    last = number[-1] if income.last_year is None else income.last_year
    return ((number >= income.first_year) & (number <= last)).astype(np.float64)
