"""Charles Schwab's lot details: the lots of one holding, whose symbol stands in the title. Dollars, month first.

Source: the columns as read by public tools that compare lots; the file has no row for the holding, which is their sum.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from alex_planner.importing.collector import Collector
from alex_planner.importing.days import find_day
from alex_planner.importing.decoding import refuse
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Holding
from alex_planner.importing.sheet import Record, Row, Table, find_heading
from alex_planner.importing.us_actions import dollars

_TITLE = re.compile(r"(?P<symbol>\S+) lot details(?: for (?P<account>.+?))?(?: as of\b|$)", re.IGNORECASE)


class _Title(NamedTuple):
    symbol: str
    account: str | None
    day: date | None


def _find(records: Sequence[Record]) -> int | None:
    return find_heading(records, "open date", "quantity", "price", "cost/share", "market value", "cost basis")


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    text = next((record.text for record in records[:start] if _TITLE.search(record.text)), "")
    found = _TITLE.search(text)
    if found is None:
        refuse(records[start].line, "no title above the lots names their symbol; export again from the first line")
    title = _Title(found["symbol"], found["account"], find_day(text.partition(" as of ")[2]))
    into.as_of = title.day
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _lot(row, title, into))


def _lot(row: Row, title: _Title, into: Collector) -> None:
    line = row.record.line
    if not any(char.isdigit() for char in row.text("open date")):
        into.ignored(line, "total row")
        return
    holding = Holding(
        symbol=title.symbol,
        quantity=dollars(row, "quantity"),
        currency="USD",
        account=title.account,
        price=dollars(row, "price"),
        price_date=title.day,
        value=dollars(row, "market value"),
        cost_basis=dollars(row, "cost basis"),
    )
    into.lot(line, holding, row.moment("open date").day)


FORMATS = (SheetFormat("Charles Schwab", "schwab_lots", _find, _read, states_positions=True),)
