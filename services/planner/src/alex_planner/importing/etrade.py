"""E*TRADE: the portfolio download and the transaction history, old and new. Dollars, month first.

Source: the columns as described by public importers of PortfolioDownload.csv and DownloadTxnHistory.csv.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from alex_planner.importing.collector import Collector
from alex_planner.importing.days import find_day
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Holding, Trade
from alex_planner.importing.sheet import Record, Row, Table, find_heading, unguarded
from alex_planner.importing.us_actions import dollars, share_change, us_kind

BROKER = "E*TRADE"
_OPTION = re.compile(r"\$\d.*\b(?:call|put)\b", re.IGNORECASE)
_VALUE = ("value", "market value")
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_ACTIVITY_TITLE = re.compile(r"account activity for (.+?) from ", re.IGNORECASE)


def _find_portfolio(records: Sequence[Record]) -> int | None:
    return find_heading(records, "symbol", "last price", ("quantity", "qty"), "price paid")


def _read_portfolio(records: Sequence[Record], start: int, into: Collector) -> None:
    account = _account(records[:start])
    footer = next((r.text for r in records if re.match("generated at|positions as of", r.text, re.IGNORECASE)), "")
    day = into.as_of = find_day(footer)
    above = ""
    for row in Table(records[start], records[start + 1 :]).rows():
        symbol = row.text("symbol")
        if _DAY.fullmatch(symbol):
            into.one(row.record, lambda row=row, above=above: _lot(row, above, account, day, into))  # type: ignore[misc]  # bound
            continue
        above = symbol
        into.one(row.record, lambda row=row: _position(row, account, day, into), row.table.header)  # type: ignore[misc]  # bound


def _account(preamble: Sequence[Record]) -> str | None:
    """Return the first cell of the row below `Account,Net Account Value` (or `Total Assets`)."""
    for heading, below in pairwise(preamble):
        if heading.cells[0].lower() == "account" and len(heading.cells) > 1:
            return unguarded(below.cells[0])
    return None


def _position(row: Row, account: str | None, day: date | None, into: Collector) -> None:
    symbol, line = row.text("symbol"), row.record.line
    quantity, price = row.text("quantity", "qty"), row.text("last price")
    if not (quantity or price or row.text(*_VALUE)):
        into.ignored(line, "footer")
    elif symbol.upper() == "TOTAL":
        stated = dollars(row, *_VALUE)
        if stated is not None:
            into.total(line, "total", stated, "USD", account)
        into.ignored(line, "total row")
    elif symbol.upper() == "CASH":
        into.cash(line, Holding("CASH", None, "USD", account, value=dollars(row, *_VALUE), price_date=day))
    else:
        into.hold(line, _holding(row, symbol, account, day))


def _holding(row: Row, symbol: str, account: str | None, day: date | None) -> Holding:
    units, paid = dollars(row, "quantity", "qty"), dollars(row, "price paid")
    factor = 100 if _OPTION.search(symbol) else 1
    return Holding(
        symbol=symbol,
        quantity=units,
        currency="USD",
        account=account,
        name=row.text("description") or (symbol if " " in symbol else None),
        price=dollars(row, "last price"),
        price_date=day,
        value=dollars(row, *_VALUE),
        cost_basis=None if paid is None or units is None else paid * units * factor,
    )


def _lot(row: Row, symbol: str, account: str | None, day: date | None, into: Collector) -> None:
    """Keep a lot of the position above; its day stands in the place of a symbol."""
    into.lot(row.record.line, _holding(row, symbol, account, day), row.moment("symbol").day)


def _find_history(records: Sequence[Record]) -> int | None:
    return find_heading(
        records,
        ("transactiondate", "activity/trade date"),
        ("transactiontype", "activity type", "transaction type"),
        "symbol",
        "quantity",
        "amount",
    )


def _read_history(records: Sequence[Record], start: int, into: Collector) -> None:
    title = " ".join(record.text for record in records[:start])
    found = _ACTIVITY_TITLE.search(title) or re.search(r"For Account:\s*(\S+)", title)
    account = found[1] if found else None
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _event(row, account, into))


def _event(row: Row, account: str | None, into: Collector) -> None:
    action, line = row.text("transactiontype", "activity type", "transaction type"), row.record.line
    if not action:
        into.ignored(line, "footer")
        return
    symbol, quantity = row.text("symbol").replace("--", ""), dollars(row, "quantity")
    kind, amount = us_kind(action, quantity if symbol else None), dollars(row, "amount")
    if kind == "dividend" and quantity and amount and amount < 0:
        kind = "buy"  # a fund's dividend that was paid in units
    if kind is None or row.text("securitytype").upper() == "OPTN":
        into.ignored(line, f"{action!r} is not a movement of shares or cash that is read")
        return
    moment = row.moment("transactiondate", "activity/trade date")
    into.act(
        line,
        Trade(
            kind=kind,
            day=moment.day,
            currency="USD",
            account=account,
            symbol=symbol,
            name=row.text("description"),
            quantity=share_change(kind, quantity),
            price=dollars(row, "price") or None,
            amount=amount,
            fee=dollars(row, "commission"),
        ),
    )


FORMATS = (
    SheetFormat(BROKER, "etrade_portfolio", _find_portfolio, _read_portfolio, states_positions=True),
    SheetFormat(BROKER, "etrade_history", _find_history, _read_history, states_positions=False),
)
