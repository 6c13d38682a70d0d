"""What the present holdings would have been worth: their units of today at the prices of each day.

It says how these holdings moved together, not how the owner fared: what was bought and sold is not in it. Only days on
which every holding with a history has a price are counted; holdings without one are named, and cash stands still.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from alex_planner.allocation import Allocation, PositionValue
from alex_planner.prices.history import PriceSeries

PERIODS_A_YEAR = ((4, 252), (10, 52), (45, 12), (140, 4))
"""Periods in a year by the usual distance of two prices in days, up to which it holds; above all of them it is one.
252 is the number of trading days of most exchanges."""


@dataclass(frozen=True)
class Backcast:
    """Values by day in the base currency; shape (days,) and for each symbol of `prices` (symbols, days)."""

    days: tuple[date, ...]
    values: NDArray[np.float64]
    symbols: tuple[str, ...]
    prices: NDArray[np.float64]
    covered: Decimal
    """Part of the counted value that has a history, cash included."""
    without: tuple[str, ...]
    """Counted symbols without a history."""
    constant_rates: tuple[str, ...]
    """Currencies converted at today's rate on all days, because their rates over time are not known."""

    @property
    def periods_per_year(self) -> float:
        """How many prices there are in a year, by the median distance of two."""
        gaps = np.diff([day.toordinal() for day in self.days])
        usual = float(np.median(gaps))
        return float(next((count for limit, count in PERIODS_A_YEAR if usual <= limit), 1))


def backcast(allocation: Allocation, series: Mapping[str, PriceSeries]) -> Backcast | None:
    """Return the backcast, or `None` when no holding has a history, or they share fewer than three days."""
    held = _by_symbol(allocation)
    known = {symbol: series[symbol] for symbol in held if symbol in series}
    if not known:
        return None
    days = sorted(set.intersection(*(set(item.by_day) for item in known.values())))
    if len(days) < 3:  # noqa: PLR2004  two returns are the least that vary
        return None
    rates = {item.currency: _rates(item.currency, allocation, series, days) for item in known.values()}
    prices = np.array([_in_base(item, days, rates[item.currency][0]) for item in known.values()])
    units = np.array([float(sum((p.quantity for p in held[symbol]), Decimal(0))) for symbol in known])
    cash = sum((_value(p) for p in allocation.positions if p.asset_class == "cash"), Decimal(0))
    covered = cash + sum((_value(p) for symbol in known for p in held[symbol]), Decimal(0))
    return Backcast(
        days=tuple(days),
        values=units @ prices + float(cash),
        symbols=tuple(known),
        prices=prices,
        covered=covered / allocation.total if allocation.total else Decimal(0),
        without=tuple(symbol for symbol in held if symbol not in known),
        constant_rates=tuple(sorted(code for code, (_, constant) in rates.items() if constant)),
    )


def _by_symbol(allocation: Allocation) -> dict[str, list[PositionValue]]:
    found: dict[str, list[PositionValue]] = {}
    for item in allocation.positions:
        if item.base_value and item.asset_class != "cash":
            found.setdefault(item.symbol, []).append(item)
    return found


def _in_base(item: PriceSeries, days: Sequence[date], rates: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = np.array([float(item.by_day[day]) for day in days]) * rates
    return result


def _value(item: PositionValue) -> Decimal:
    return item.base_value or Decimal(0)


def _rates(
    currency: str, allocation: Allocation, series: Mapping[str, PriceSeries], days: Sequence[date]
) -> tuple[NDArray[np.float64], bool]:
    """Return the rate to the base currency on each day, and whether it is today's for want of a history."""
    base = allocation.base_currency
    if currency == base:
        return np.ones(len(days)), False
    for name, turned in ((f"{currency}/{base}", False), (f"{base}/{currency}", True)):
        points = [series[name].on(day) for day in days] if name in series else [None]
        stated = [float(point.price) for point in points if point is not None]
        if len(stated) == len(days):
            found = np.array(stated)
            return (1 / found if turned else found), False
    today = next((item.rate for item in allocation.positions if item.currency == currency and item.rate), None)
    return np.full(len(days), float(today.rate) if today else 1.0), True
