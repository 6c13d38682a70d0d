"""The time-weighted return: what one unit of money grew to, whenever more was paid in. Pure functions."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from alex_planner.returns.money_weighted import DAYS_A_YEAR


class Valuation(NamedTuple):
    """Value just before the flow of a day, and the flow: positive is paid in."""

    day: date
    before: Decimal
    flow: Decimal


def time_weighted_return(valuations: Sequence[Valuation], end_value: Decimal) -> Decimal | None:
    """Return prod_i (V_i / (V_{i-1} + F_{i-1})) - 1 over the whole time, or `None` when it is not defined.

    V_i is the value just before flow F_i, and the last V is `end_value`. A stretch that begins with nothing is left
    out, as before the first purchase and between selling all and buying again; one that begins below zero has no
    return.
    Source: CFA Institute, GIPS Standards Handbook (2020), true time-weighted return.
    """
    if not valuations:
        return None
    growth, stretches = Decimal(1), 0
    ends = [item.before for item in valuations[1:]] + [end_value]
    for start, value in zip(valuations, ends, strict=True):
        invested = start.before + start.flow
        if invested < 0:
            return None
        if invested:
            growth *= value / invested
            stretches += 1
    return growth - 1 if stretches else None


def annualised(total: Decimal, start: date, end: date) -> Decimal | None:
    """Return (1 + R)^(365 / days) - 1; under a year there is none, since it would tell of what has not happened.

    Source: CFA Institute, GIPS Handbook (3rd edition): returns of less than one year must not be annualised.
    """
    days = (end - start).days
    if days < DAYS_A_YEAR or total <= -1:
        return None
    return (1 + total) ** (Decimal(DAYS_A_YEAR) / days) - 1
