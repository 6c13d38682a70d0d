"""Vanguard's CSV: a table of holdings, then a table of transactions with its own headings. Dollars.

The holdings are the positions; the transactions below them are kept as activity and not replayed.
Source: the columns as read by the public importers of beancount_reds_importers.
"""

from collections.abc import Sequence

from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Holding, Trade
from alex_planner.importing.sheet import Record, Row, Table, find_heading
from alex_planner.importing.us_actions import dollars, share_change, us_kind

BROKER = "Vanguard"


def _find_holdings(records: Sequence[Record]) -> int | None:
    name = ("investment name", "fund name")
    return find_heading(
        records, ("account number", "fund account number"), name, ("share price", "price"), "total value"
    )


def _find_transactions(records: Sequence[Record]) -> int | None:
    return find_heading(records, "account number", "trade date", "transaction type", "investment name", "shares")


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    rest = records[start + 1 :]
    wide = next((i for i, record in enumerate(rest) if "Trade Date" in record.cells), len(rest))
    into.each(Table(records[start], rest[:wide]).rows(), lambda row: _holding(row, into))
    if wide < len(rest):
        _read_transactions(rest, wide, into)


def _holding(row: Row, into: Collector) -> None:
    symbol, name = row.text("symbol"), row.text("investment name", "fund name")
    price = dollars(row, "share price", "price")
    if not name:
        into.ignored(row.record.line, "footer")
        return
    holding = Holding(
        symbol=symbol or name,
        quantity=dollars(row, "shares"),
        currency="USD",
        account=row.text("account number", "fund account number"),
        name=name,
        price=price,
        value=dollars(row, "total value"),
    )
    if symbol == "VMFXX" or name.upper().startswith("CASH"):
        into.cash(row.record.line, holding)
    else:
        into.hold(row.record.line, holding)


def _read_transactions(records: Sequence[Record], start: int, into: Collector) -> None:
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _transaction(row, into))


def _transaction(row: Row, into: Collector) -> None:
    action = row.text("transaction type")
    quantity = dollars(row, "shares")
    kind = us_kind(action, quantity)
    if kind is None:
        into.ignored(row.record.line, f"{action!r} is not a movement of shares or cash that is read")
        return
    moment = row.moment("trade date")
    into.act(
        row.record.line,
        Trade(
            kind=kind,
            day=moment.day,
            currency="USD",
            account=row.text("account number"),
            symbol=row.text("symbol") or (row.text("investment name") if quantity else ""),
            name=row.text("investment name"),
            quantity=share_change(kind, quantity),
            price=dollars(row, "share price"),
            amount=dollars(row, "net amount", "principal amount"),
            fee=dollars(row, "commission fees", "commissions and fees"),
        ),
    )


FORMATS = (
    SheetFormat(BROKER, "vanguard_holdings", _find_holdings, _read, states_positions=True),
    SheetFormat(BROKER, "vanguard_transactions", _find_transactions, _read_transactions, states_positions=False),
)
