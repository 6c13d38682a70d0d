"""The portfolio along given returns: its value in each year, and the most that each path can pay.

In year t, with real gross return g_t, spending s and contribution c:

    V_t = (V_(t-1) + before_t - s * spend_before_t) * g_t + after_t + c * save_after_t - s * spend_after_t

V is linear in s and in c, so the highest spending and the lowest contribution with which a path never falls below
zero come from two recursions instead of a search.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alex_planner.retirement.cashflows import Cashflows

Floats = NDArray[np.float64]
TOLERANCE = 1e-9
"""Relative: far below a cent, far above the rounding of sixty multiplications."""


@dataclass(frozen=True, eq=False)
class MarketPaths:
    """Returns of the portfolio along each path, after inflation and fees."""

    growth: Floats
    """Shape (years, paths): real gross return of each year."""
    prices: Floats
    """Shape (years + 1, k): price level, today 1; one column for all paths, or one for each."""


@dataclass(frozen=True, eq=False)
class PathValues:
    """The portfolio of each path over the years."""

    values: Floats
    """Shape (years + 1, paths): value at the end of each year; row 0 is today."""
    unpaid: Floats
    """Shape (years + 1,): fraction of paths that by then could not pay something in full."""


def follow_paths(growth: Floats, flows: Cashflows, spending: float) -> PathValues:
    """Return the values of each path; one that cannot pay falls to zero and goes on with what comes in later."""
    years, paths = growth.shape
    values, unpaid, short = np.empty((years + 1, paths)), np.zeros(years + 1), np.zeros(paths, dtype=np.bool_)
    values[0], least = flows.start, -TOLERANCE * max(1.0, flows.start)
    for year, gross in enumerate(growth):
        value = values[year] + (flows.before[year] - spending * flows.spend_before[year])
        short |= value < least
        np.maximum(value, 0, out=value)
        value *= gross
        value += flows.after[year] + flows.contribution * flows.save_after[year] - spending * flows.spend_after[year]
        short |= value < least
        np.maximum(value, 0, out=values[year + 1])
        unpaid[year + 1] = short.mean()
    return PathValues(values, unpaid)


def highest_spending(growth: Floats, flows: Cashflows) -> Floats:
    """Return the highest annual spending that each path pays to the end, shape (paths,).

    It is the least of value without spending / value of one unit of spending, over the start and the end of every
    year. Infinite where nothing is ever spent; minus infinite where other payments fail at any spending.
    """
    paths = growth.shape[1]
    value, unit, best = np.full(paths, flows.start), np.zeros(paths), np.full(paths, np.inf)
    spends = False
    for year, gross in enumerate(growth):
        value = value + flows.before[year]
        if flows.spend_before[year] or spends:
            unit += flows.spend_before[year]
            spends = True
        best = np.minimum(best, _affordable(value, unit, spends=spends))
        value *= gross
        unit *= gross
        value += flows.after[year] + flows.contribution * flows.save_after[year]
        if flows.spend_after[year] or spends:
            unit += flows.spend_after[year]
            spends = True
        best = np.minimum(best, _affordable(value, unit, spends=spends))
    return best


def lowest_contribution(growth: Floats, flows: Cashflows, spending: float) -> Floats:
    """Return the lowest contribution of the first year with which each path pays `spending`, shape (paths,).

    Infinite where no contribution can help, because the payment that fails comes before the first one.
    """
    paths = growth.shape[1]
    value, unit, least = np.full(paths, flows.start), np.zeros(paths), np.zeros(paths)
    for year, gross in enumerate(growth):
        value = value + (flows.before[year] - spending * flows.spend_before[year])
        least = np.maximum(least, _needed(value, unit, flows.start))
        value *= gross
        unit *= gross
        value += flows.after[year] - spending * flows.spend_after[year]
        unit += flows.save_after[year]
        least = np.maximum(least, _needed(value, unit, flows.start))
    return least


def paying(best: Floats, spending: float) -> NDArray[np.bool_]:
    """Return which paths pay `spending`, from `highest_spending`."""
    return np.asarray(best >= spending * (1 - TOLERANCE))


def share_paying(best: Floats, spending: float) -> float:
    """Return the fraction of paths that pay `spending`, from `highest_spending`."""
    return float(paying(best, spending).mean())


def _affordable(value: Floats, unit: Floats, *, spends: bool) -> Floats:
    if spends:
        return np.where(value < 0, -np.inf, value / unit)
    return np.where(value < 0, -np.inf, np.inf)


def _needed(value: Floats, unit: Floats, start: float) -> Floats:
    short = -value
    short[short <= TOLERANCE * max(1.0, start)] = 0
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(short > 0, short / unit, 0.0)
