"""Newer prices in place of those of the file, and exchange rates, out of price series. Pure functions.

A price is taken only in the currency of the position: the same letters in another currency may be another instrument.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from alex_planner.portfolio import Position
from alex_planner.prices.history import PriceSeries
from alex_planner.prices.rates import ExchangeRate


class Repriced(NamedTuple):
    """The positions with the newest known prices, and why a price was not taken."""

    positions: tuple[Position, ...]
    refused: tuple[str, ...]


def reprice(positions: Sequence[Position], series: Mapping[str, PriceSeries], as_of: date) -> Repriced:
    """Return the positions, each with the newest price up to `as_of`; the file's own where that is as new.

    Money in an account keeps its price of one. A series is found by the symbol of the position or its ISIN.
    """
    found: list[Position] = []
    refused: dict[str, None] = {}
    for position in positions:
        history = series.get(position.symbol) or series.get(position.isin or "")
        if history is None or position.asset_class == "cash":
            found.append(position)
        elif history.currency != position.currency:
            found.append(position)
            refused[
                f"the price of {position.symbol} in {history.currency} was not taken: it is held in {position.currency}"
            ] = None
        else:
            found.append(_repriced(position, history, as_of))
    return Repriced(tuple(found), tuple(refused))


def _repriced(position: Position, history: PriceSeries, as_of: date) -> Position:
    point = next((point for point in reversed(history.points) if point.day <= as_of), None)
    stated = position.price_date if position.price is not None else None
    if point is None or (stated is not None and stated >= point.day):
        return position
    return position.model_copy(update={"price": point.price, "price_date": point.day, "price_source": history.source})


def rates_of(series: Mapping[str, PriceSeries], as_of: date) -> tuple[ExchangeRate, ...]:
    """Return the newest rate up to `as_of` of each series that is one of two currencies."""
    found = []
    for symbol, history in series.items():
        base, slash, quote = symbol.partition("/")
        point = next((point for point in reversed(history.points) if point.day <= as_of), None)
        if slash and point is not None:
            found.append(ExchangeRate(base=base, quote=quote, rate=point.price, as_of=point.day, source=history.source))
    return tuple(found)
