"""The money-weighted return: the constant yearly rate at which money paid in grew to what is there. Pure functions."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DAYS_A_YEAR = 365
"""Day count of the XIRR function of spreadsheets: actual days over 365."""
_LOWEST, _HIGHEST = np.log(1e-6), np.log(1e6)
"""Growth per year that is looked at, as logarithms: from a loss of 99.9999 percent to a millionfold gain."""
_STEPS = 4_000
_HALVINGS = 200


class CashFlow(NamedTuple):
    """Money of the owner on a day: positive is paid in, negative is taken out."""

    day: date
    amount: Decimal


class MoneyWeighted(NamedTuple):
    """The rate as a fraction per year, and whether no other rate solves the equation too."""

    rate: float
    unique: bool


def money_weighted_return(flows: Sequence[CashFlow], end: date, end_value: Decimal) -> MoneyWeighted | None:
    """Return r with sum_i C_i (1 + r)^((T - t_i) / 365) = V, or `None` when no rate solves it.

    Flows that change sign more than once can have several solutions: the one nearest to zero is returned then.
    Source: CFA Institute, GIPS Standards Handbook (2020), money-weighted returns; Microsoft, XIRR function.

    Args:
        flows: paid in and taken out, up to `end`.
        end_value: value on the day `end`.
    """
    if not flows or all(flow.day == end for flow in flows):
        return None
    years = np.array([(end - flow.day).days / DAYS_A_YEAR for flow in flows])
    amounts = np.array([float(flow.amount) for flow in flows])
    grid = np.linspace(_LOWEST, _HIGHEST, _STEPS)
    values = _gap(grid, years, amounts, float(end_value))
    brackets = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) <= 0)
    if not len(brackets):
        return None
    roots = [_root(grid[at], grid[at + 1], years, amounts, float(end_value)) for at in brackets]
    nearest = min(roots, key=abs)
    # A root on a point of the grid lies in both of its brackets.
    unique = all(abs(root - nearest) < 1e-9 for root in roots)  # noqa: PLR2004
    return MoneyWeighted(float(np.expm1(nearest)), unique)


def _gap(
    growth: NDArray[np.float64], years: NDArray[np.float64], amounts: NDArray[np.float64], end_value: float
) -> NDArray[np.float64]:
    """Return the value at the end less `end_value` for each logarithm of a year's growth, scaled against overflow."""
    reach = float(years.max())
    scale = np.maximum(growth * reach, 0)[:, None]
    grown = np.exp(growth[:, None] * years[None, :] - scale) @ amounts
    result: NDArray[np.float64] = grown - end_value * np.exp(-scale[:, 0])
    return result


def _root(low: float, high: float, years: NDArray[np.float64], amounts: NDArray[np.float64], end_value: float) -> float:
    """Return the logarithm of growth between two of unlike signs, by halving."""
    sign = np.sign(_gap(np.array([low]), years, amounts, end_value)[0])
    if sign == 0:
        return low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if np.sign(_gap(np.array([middle]), years, amounts, end_value)[0]) == sign:
            low = middle
        else:
            high = middle
    return (low + high) / 2
