"""Charles Schwab: positions of one or all accounts, and transactions. Dollars, month first.

Source: the columns as read by the public importers jbms/beancount-import and redstreet/beancount_reds_importers.
"""

import re
from collections.abc import Sequence
from datetime import date

from alex_planner.importing.collector import Collector
from alex_planner.importing.days import find_day, read_moment
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Holding, Trade
from alex_planner.importing.sheet import Record, Row, Table, find_heading, heading
from alex_planner.importing.us_actions import dollars, share_change, us_kind
from alex_planner.portfolio import AssetClass

BROKER = "Charles Schwab"
_QUANTITY = ("quantity", "qty quantity", "qty")
_PRICE = ("price",)
_VALUE = ("market value", "mkt val market value", "mkt val")
_TYPE = ("security type", "asset type")
_TOTALS = frozenset({"account total", "positions total", "total", "totals"})
_CASH = ("cash & cash", "cash and cash", "cash & money market", "cash and money market")
_ACCOUNT_TITLE = re.compile(r"positions for (?:account )?(.+?) as of", re.IGNORECASE)
_CLASSES: dict[str, AssetClass] = {"fixed income": "bond", "equity": "equity"}


def _find_positions(records: Sequence[Record]) -> int | None:
    return find_heading(records, "symbol", _QUANTITY, _PRICE, _VALUE, _TYPE)


def _read_positions(records: Sequence[Record], start: int, into: Collector) -> None:
    title = next((record.text for record in records[:start] if "as of" in record.text.lower()), "")
    day = into.as_of = find_day(title)
    named = _ACCOUNT_TITLE.search(title)
    account = named[1] if named and "all-accounts" not in named[1].lower() else None
    table = Table(records[start], records[start + 1 :])
    if start and len([cell for cell in records[start - 1].cells if cell]) == 1 and records[start - 1].text != title:
        account = records[start - 1].text
    for row in table.rows():
        if len([cell for cell in row.record.cells if cell]) == 1:
            account = row.record.text
            continue
        if row.record.cells == table.header.cells:
            continue
        into.one(row.record, lambda row=row, account=account: _position(row, account, day, into))  # type: ignore[misc]  # bound


def _position(row: Row, account: str | None, day: date | None, into: Collector) -> None:
    symbol, value = row.text("symbol"), dollars(row, *_VALUE)
    if heading(symbol) in _TOTALS:
        if value is not None:
            into.total(row.record.line, f"total of {account}" if account else "total", value, "USD", account)
        into.ignored(row.record.line, "total row")
    elif symbol.lower().startswith(_CASH):
        into.cash(row.record.line, Holding("CASH", None, "USD", account, symbol, value=value, price_date=day))
    else:
        into.hold(
            row.record.line,
            Holding(
                symbol=symbol,
                quantity=dollars(row, *_QUANTITY),
                currency="USD",
                account=account,
                name=row.text("description"),
                price=dollars(row, *_PRICE),
                price_date=day,
                value=value,
                cost_basis=dollars(row, "cost basis"),
                asset_class=_CLASSES.get(row.text(*_TYPE).lower()),
            ),
        )


def _find_transactions(records: Sequence[Record]) -> int | None:
    return find_heading(records, "date", "action", "symbol", "description", "quantity", ("fees & comm",), "amount")


def _read_transactions(records: Sequence[Record], start: int, into: Collector) -> None:
    title = records[start - 1].text if start else ""
    found = re.search(r"transactions\s+for account (.+?) as of", title, re.IGNORECASE)
    account = found[1] if found else None
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _transaction(row, account, into))


def _transaction(row: Row, account: str | None, into: Collector) -> None:
    action = row.text("action")
    if row.text("date").lower().startswith("transactions total") or not action:
        into.ignored(row.record.line, "total row")
        return
    quantity = dollars(row, "quantity")
    kind = us_kind(action, quantity if row.text("symbol") else None)
    if kind is None:
        into.ignored(row.record.line, f"{action!r} is not a movement of shares or cash that is read")
        return
    effective = row.text("date").lower().partition(" as of ")
    moment = read_moment(effective[2] or effective[0], "mdy")
    into.act(
        row.record.line,
        Trade(
            kind=kind,
            day=moment.day,
            currency="USD",
            account=account,
            symbol=row.text("symbol"),
            name=row.text("description"),
            quantity=share_change(kind, quantity),
            price=dollars(row, "price"),
            amount=dollars(row, "amount"),
            fee=dollars(row, "fees & comm"),
        ),
    )


FORMATS = (
    SheetFormat(BROKER, "schwab_positions", _find_positions, _read_positions, states_positions=True),
    SheetFormat(BROKER, "schwab_transactions", _find_transactions, _read_transactions, states_positions=False),
)
