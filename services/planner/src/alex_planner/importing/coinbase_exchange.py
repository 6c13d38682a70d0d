"""Coinbase's exchange (Pro, Advanced Trade): fills and account statement. Times are UTC, points divide decimals.

A trade that is paid in a coin (also in USDC) is two movements of units, because a coin is no currency here.
Source: the columns as described in public importers (rotki, BittyTax).
"""

from collections.abc import Sequence
from decimal import Decimal

from alex_planner.currency import CURRENCY_CODES
from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Trade
from alex_planner.importing.sheet import ColumnProblem, Record, Row, Table, find_heading
from alex_planner.portfolio import ActivityKind

BROKER = "Coinbase"
_UNIT = ("price/fee/total unit",)


def _find_fills(records: Sequence[Record]) -> int | None:
    return find_heading(
        records, "trade id", "product", "side", "created at", "size", "size unit", "price", "fee", _UNIT
    )


def _read_fills(records: Sequence[Record], start: int, into: Collector) -> None:
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _fill(row, into))


def _fill(row: Row, into: Collector) -> None:
    side, unit, asset = row.text("side").upper(), row.text(*_UNIT).upper(), row.text("size unit").upper()
    if side not in {"BUY", "SELL"}:
        into.ignored(row.record.line, f"a fill that is neither bought nor sold, but {side!r}")
        return
    size, total = abs(_number(row, "size")), abs(_number(row, "total"))
    buys, moment = side == "BUY", row.moment("created at")
    in_money = unit in CURRENCY_CODES
    trade = Trade(
        kind=_kind(buys=buys, in_money=in_money),
        day=moment.day,
        clock=moment.clock,
        currency=unit if in_money else "USD",
        account=row.text("portfolio"),
        symbol=asset,
        quantity=size if buys else -size,
        price=_number(row, "price") if in_money else None,
        amount=(-total if buys else total) if in_money else None,
        fee=abs(_number(row, "fee")) if in_money else None,
        reference=row.text("trade id"),
    )
    into.act(row.record.line, trade)
    if not in_money:
        paid = Trade(
            kind="transfer_out" if buys else "transfer_in",
            day=moment.day,
            clock=moment.clock,
            currency="USD",
            account=row.text("portfolio"),
            symbol=unit,
            quantity=-total if buys else total,
        )
        into.act(row.record.line, paid)


def _kind(*, buys: bool, in_money: bool) -> ActivityKind:
    if in_money:
        return "buy" if buys else "sell"
    return "transfer_in" if buys else "transfer_out"


def _find_statement(records: Sequence[Record]) -> int | None:
    return find_heading(records, "portfolio", "type", "time", "amount", "balance", "amount/balance unit")


def _read_statement(records: Sequence[Record], start: int, into: Collector) -> None:
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _movement(row, into))


def _movement(row: Row, into: Collector) -> None:
    words, unit, amount = row.text("type").lower(), row.text("amount/balance unit").upper(), _number(row, "amount")
    moment, in_money = row.moment("time"), unit in CURRENCY_CODES
    money: ActivityKind = "fee" if words == "fee" else "other"
    if in_money and words in {"deposit", "withdrawal"}:
        money = "deposit" if amount > 0 else "withdrawal"
    trade = Trade(
        kind=money if in_money else "transfer_in" if amount > 0 else "transfer_out",
        day=moment.day,
        clock=moment.clock,
        currency=unit if in_money else "USD",
        account=row.text("portfolio"),
        symbol=None if in_money else unit,
        quantity=None if in_money else amount,
        amount=amount if in_money else None,
    )
    into.act(row.record.line, trade)


def _number(row: Row, name: str) -> Decimal:
    money = row.money(name)
    if money is None:
        raise ColumnProblem(name, "the row has no number here")
    return money.value


FORMATS = (
    SheetFormat(BROKER, "coinbase_fills", _find_fills, _read_fills, states_positions=False),
    SheetFormat(BROKER, "coinbase_account_statement", _find_statement, _read_statement, states_positions=False),
)
