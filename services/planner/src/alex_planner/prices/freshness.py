"""How old a price is on a day: a state with a name, that reaches the allocation and the plan."""

from datetime import date, timedelta
from typing import Literal

PriceState = Literal["current", "stale", "undated", "missing"]
STALE_AFTER = timedelta(days=7)
"""A price older than this is stale: longer than any holiday of an exchange, Easter and Golden Week included. The limit
is ours."""


def price_state(*, has_price: bool, price_date: date | None, as_of: date | None, is_cash: bool = False) -> PriceState:
    """Return the state of a price on the day `as_of`; cash is worth itself on any day.

    Args:
        as_of: day of the valuation; without one no dated price is stale.
    """
    if not has_price:
        return "missing"
    if is_cash:
        return "current"
    if price_date is None:
        return "undated"
    return "stale" if as_of is not None and as_of - price_date > STALE_AFTER else "current"
