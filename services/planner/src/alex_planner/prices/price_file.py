"""A CSV of prices that the owner brings: `date,symbol,price,currency`, one row for each price, in any order.

It holds exchange rates too, as the price of a unit of one currency in another one: `2026-11-20,EUR/USD,1.08,USD`.
Every problem is reported with its line; nothing is guessed and nothing half read.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from alex_planner.currency import CURRENCY_CODES
from alex_planner.errors import InvalidPrices, PortfolioProblem
from alex_planner.portfolio_cells import CellProblem, read_currency, read_date, read_price, read_symbol
from alex_planner.portfolio_csv import LATEST_ZONE
from alex_planner.prices.history import PricePoint, PriceSeries

COLUMNS = ("date", "symbol", "price", "currency")
MAX_ROWS = 200_000
"""Prices in one file: twenty holdings over forty years of days; the limit is ours."""
MAX_CHARS = 10 * 1024 * 1024
"""Size of one file in characters; 200,000 rows take about 7 million."""
SOURCE = "the owner's file of prices"
Value = TypeVar("Value")
_PAIR = re.compile(r"([A-Z]{3})/([A-Z]{3})")


def read_price_file(text: str, *, today: date | None = None) -> tuple[PriceSeries, ...]:
    """Return a series for each symbol of the file, in the order of their names.

    Raises:
        InvalidPrices: the file has problems; all of them are listed, in the order of the lines.
    """
    reader = _Reader(today or (datetime.now(UTC) + LATEST_ZONE).date())
    reader.read(text)
    if not reader.problems and not reader.prices:
        reader.report(1, None, f"the file has no prices; its first line names the columns {','.join(COLUMNS)}")
    if reader.problems:
        raise InvalidPrices(reader.problems)
    return tuple(
        PriceSeries(
            symbol=symbol,
            currency=reader.currencies[symbol],
            source=SOURCE,
            points=tuple(PricePoint(day=day, price=price) for day, price in sorted(prices.items())),
        )
        for symbol, prices in sorted(reader.prices.items())
    )


class _Reader:
    """One pass over a file that collects prices and problems."""

    def __init__(self, latest: date) -> None:
        self._latest = latest
        self.prices: dict[str, dict[date, Decimal]] = {}
        self.currencies: dict[str, str] = {}
        self.problems: list[PortfolioProblem] = []

    def read(self, text: str) -> None:
        if len(text) > MAX_CHARS:
            self.report(1, None, f"the file has {len(text)} characters; at most {MAX_CHARS} are read")
            return
        rows = self._rows(text)
        _, header = next(rows, (1, []))
        columns = [cell.strip().lower().lstrip("\ufeff") for cell in header]
        if sorted(columns) != sorted(COLUMNS):
            self.report(1, None, f"the first line must name the columns {','.join(COLUMNS)}, separated by commas")
            return
        for number, (line, cells) in enumerate(rows, start=1):
            if number > MAX_ROWS:
                self.report(line, None, f"the file has more than {MAX_ROWS} rows")
                return
            if len(cells) != len(columns):
                self.report(line, None, f"the row has {len(cells)} cells where the header has {len(columns)}")
                continue
            self._price(line, dict(zip(columns, map(str.strip, cells), strict=True)))

    def report(self, line: int, column: str | None, message: str) -> None:
        self.problems.append(PortfolioProblem(line=line, column=column, message=message))

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as exc:
            self.report(line, None, f"the row cannot be read as CSV ({exc}); check its quotation marks")

    def _price(self, line: int, cells: dict[str, str]) -> None:
        day = self._cell(line, "date", cells, lambda cell: read_date(cell, self._latest))
        symbol = self._cell(line, "symbol", cells, read_symbol)
        price = self._cell(line, "price", cells, _positive)
        currency = self._cell(line, "currency", cells, lambda cell: _currency_of(symbol or "", read_currency(cell)))
        if day is None or symbol is None or price is None or currency is None:
            return
        if self.currencies.setdefault(symbol, currency) != currency:
            other = self.currencies[symbol]
            self.report(line, "currency", f"{symbol} is in {other} on another line; use one currency")
        elif (known := self.prices.setdefault(symbol, {}).setdefault(day, price)) != price:
            self.report(line, "price", f"{symbol} has another price on {day.isoformat()} already: {known}")

    def _cell(self, line: int, column: str, cells: dict[str, str], read: Callable[[str], Value]) -> Value | None:
        try:
            return read(cells[column])
        except CellProblem as exc:
            self.report(line, column, str(exc))
            return None


def _positive(cell: str) -> Decimal:
    price = read_price(cell)
    if not price:
        raise CellProblem("a price of zero says nothing; leave the row out")
    return price


def _currency_of(symbol: str, currency: str) -> str:
    pair = _PAIR.fullmatch(symbol)
    if pair is None:
        return currency
    unknown = next((code for code in pair.groups() if code not in CURRENCY_CODES), None)
    if unknown:
        raise CellProblem(f"{unknown!r} in {symbol!r} is not a currency of ISO 4217")
    if pair[1] == pair[2] or pair[2] != currency:
        raise CellProblem(f"the rate {symbol} is in {pair[2]}, a rate of two currencies, not in {currency}")
    return currency
