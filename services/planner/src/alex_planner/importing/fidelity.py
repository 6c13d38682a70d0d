"""Fidelity: positions of all accounts, and the history of accounts. Dollars, month first.

Its data rows may have one field more than its headings. `Type` = Cash means a cash (not margin) account; money market
funds of the core position are marked with `**` and state only their value.
Source: the columns as read by the public importers of beancount_reds_importers and ghostfolio.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from alex_planner.importing.collector import Collector
from alex_planner.importing.days import find_day, read_moment
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Holding, Trade
from alex_planner.importing.sheet import Record, Row, Table, find_heading
from alex_planner.importing.us_actions import dollars, share_change, us_kind

BROKER = "Fidelity"


def _find_positions(records: Sequence[Record]) -> int | None:
    return find_heading(records, ("account number", "account name/number"), "symbol", "quantity", "current value")


def _read_positions(records: Sequence[Record], start: int, into: Collector) -> None:
    footer = next((r.text for r in reversed(records) if r.text.lower().startswith("date downloaded")), "")
    day = into.as_of = find_day(footer)
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _position(row, day, into))


def _position(row: Row, day: date | None, into: Collector) -> None:
    symbol, line = row.text("symbol"), row.record.line
    if not row.text("current value", "quantity"):
        into.ignored(line, "footer")
        return
    account = row.text("account number", "account name/number")
    value, quantity = dollars(row, "current value"), dollars(row, "quantity")
    if any(text.lower().startswith("pending activity") for text in (account, symbol, row.text("description"))):
        into.ignored(line, "pending activity is not settled yet")
    elif account.lower().endswith("total") or symbol.lower().endswith("total"):
        into.ignored(line, "total row")
    elif symbol.endswith("**") or (quantity is None and row.text("description").upper().startswith("CASH")):
        cash = Holding(symbol.rstrip("*"), None, "USD", account, row.text("description"), value=value, price_date=day)
        into.cash(line, cash)
    else:
        into.hold(
            line,
            Holding(
                symbol=symbol.lstrip(" -"),
                quantity=quantity,
                currency="USD",
                account=account,
                name=row.text("description"),
                price=dollars(row, "last price"),
                price_date=day,
                value=value,
                cost_basis=dollars(row, "cost basis total", "cost basis"),
                part=row.text("type"),
            ),
        )


def _find_statement(records: Sequence[Record]) -> int | None:
    return find_heading(records, "symbol/cusip", "description", "quantity", "price", "ending value")


def _read_statement(records: Sequence[Record], start: int, into: Collector) -> None:
    into.notes.append("the file states no day of its prices")
    account, section = "", ""
    for row in Table(records[start], records[start + 1 :]).rows():
        words = [cell for cell in row.record.cells if cell]
        if len(words) == 1:
            account, section = (words[0], "") if any(char.isdigit() for char in words[0]) else (account, words[0])
            continue
        into.one(
            row.record,
            lambda row=row, account=account, section=section: _stated(row, account, section, into),  # type: ignore[misc]  # bound
            row.table.header,
        )


def _stated(row: Row, account: str, section: str, into: Collector) -> None:
    """Read a holding of a monthly statement: an account, a section, then its rows and their subtotal."""
    symbol, line = row.text("symbol/cusip"), row.record.line
    if symbol.lower().startswith(("subtotal", "total")) or not row.text("quantity"):
        into.ignored(line, "total row" if symbol.lower().startswith(("subtotal", "total")) else "footer")
        return
    holding = Holding(
        symbol=symbol or row.text("description"),
        quantity=dollars(row, "quantity"),
        currency="USD",
        account=account,
        name=row.text("description"),
        price=dollars(row, "price"),
        value=dollars(row, "ending value"),
        cost_basis=None if row.text("cost basis").lower() == "not applicable" else dollars(row, "cost basis"),
        asset_class="bond" if section.lower().startswith("bond") else None,
    )
    if section.lower().startswith("core"):
        into.cash(line, holding)
    else:
        into.hold(line, holding)


def _find_history(records: Sequence[Record]) -> int | None:
    return find_heading(records, "run date", "action", "symbol", "quantity", "amount")


def _read_history(records: Sequence[Record], start: int, into: Collector) -> None:
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _event(row, into))


def _event(row: Row, into: Collector) -> None:
    action, line = row.text("action"), row.record.line
    if not action:
        into.ignored(line, "footer")
        return
    symbol, quantity, amount = row.text("symbol"), dollars(row, "quantity"), dollars(row, "amount")
    if re.search(r"\bcore account\b", action, re.IGNORECASE):
        into.ignored(line, "money that moves into or out of the core account, which is money too")
        return
    kind = None if symbol.startswith("-") else us_kind(action, quantity if symbol else None)
    if kind == "dividend" and quantity and not amount:
        kind = "split"  # a distribution of shares
    if kind is None:
        into.ignored(line, f"{action[:60]!r} is not a movement of shares or cash that is read")
        return
    fees = [dollars(row, name) for name in ("commission", "fees")]
    into.act(
        line,
        Trade(
            kind=kind,
            day=read_moment(row.text("run date"), "mdy").day,
            currency=row.text("currency") or "USD",
            account=row.text("account number", "account"),
            symbol=symbol,
            name=row.text("description", "security description"),
            quantity=share_change(kind, quantity),
            price=dollars(row, "price"),
            amount=amount,
            fee=sum((fee for fee in fees if fee), Decimal(0)) or None,
        ),
    )


FORMATS = (
    SheetFormat(BROKER, "fidelity_positions", _find_positions, _read_positions, states_positions=True),
    SheetFormat(BROKER, "fidelity_statement", _find_statement, _read_statement, states_positions=True),
    SheetFormat(BROKER, "fidelity_history", _find_history, _read_history, states_positions=False),
)
