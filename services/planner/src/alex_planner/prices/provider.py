"""What a provider of prices is: asked for symbols, it answers series and says what it does not have.

A symbol and a currency leave this machine, never a quantity, an amount or an account. A provider is used only where
its setting names one and the request asks for it.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from alex_planner.portfolio import Position
from alex_planner.prices.history import PriceSeries


class Wanted(NamedTuple):
    """An instrument, by the names that a portfolio has for it."""

    symbol: str
    isin: str | None
    currency: str


class Fetched(NamedTuple):
    """The series that were found, and a sentence for each thing that was not."""

    series: tuple[PriceSeries, ...]
    missing: tuple[str, ...]


class PriceProvider(Protocol):
    """A source of daily prices and exchange rates."""

    name: str

    def fetch(self, wanted: Sequence[Wanted], pairs: Sequence[tuple[str, str]], start: date, end: date) -> Fetched:
        """Return daily prices of both days and all between; what cannot be had is named, never made up.

        Args:
            wanted: instruments; a series is named by `symbol` and is in `currency`, or is missing.
            pairs: base and quote of exchange rates.
        """
        ...


def wanted_of(
    positions: Sequence[Position], base_currency: str | None, benchmark: tuple[str, str] | None = None
) -> tuple[list[Wanted], list[tuple[str, str]]]:
    """Return the instruments and exchange rates that a portfolio needs: its holdings, money left aside, each once.

    Args:
        benchmark: symbol and currency of a series that beta is against.
    """
    held = [Wanted(item.symbol, item.isin, item.currency) for item in positions if item.asset_class != "cash"]
    if benchmark is not None:
        held.append(Wanted(benchmark[0], None, benchmark[1]))
    currencies = dict.fromkeys(item.currency for item in positions)
    pairs = [(code, base_currency) for code in currencies if base_currency and code != base_currency]
    return list(dict.fromkeys(held)), pairs
