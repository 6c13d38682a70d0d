"""Charles Schwab's Equity Awards Center: shares of an employer that vest, are sold or moved. Dollars, month first.

A row with a date says what happened; the rows without one below it give its parts, with vesting values and prices of
sales. A lapse or exercise is not counted: what of it stays in the account is a deposit of its own.
Source: the actions as read by the public tax tools KapJI/capital-gains-calculator and their test files.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Trade
from alex_planner.importing.sheet import ColumnProblem, Record, Row, Table, find_heading
from alex_planner.importing.us_actions import dollars
from alex_planner.portfolio import ActivityKind

_KINDS: dict[str, ActivityKind] = {
    "deposit": "transfer_in", "sale": "sell", "sell": "sell", "forced quick sell": "sell", "quick sale": "sell",
    "buy": "buy", "stock split": "split",
    "journal": "transfer_out", "transfer": "transfer_out", "dividend": "dividend", "cash dividend": "dividend",
    "qualified dividend": "dividend", "tax withholding": "tax", "tax reversal": "tax", "wire transfer": "withdrawal",
    "forced disbursement": "withdrawal", "service fee": "fee",
}  # fmt: skip
_ELSEWHERE = frozenset({"lapse", "exercise and hold", "exer and hold", "exercise and sell", "sell to cover"})
_UNIT_COSTS = ("vestfairmarketvalue", "purchasefairmarketvalue", "purchaseprice")
_WITHOUT_UNITS = frozenset({"dividend", "tax", "fee", "withdrawal"})


def _find(records: Sequence[Record]) -> int | None:
    return find_heading(records, "date", "action", "symbol", "quantity", "feesandcommissions", "disbursementelection")


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    for row, parts in _events(Table(records[start], records[start + 1 :]).rows()):
        into.one(row.record, lambda row=row, parts=parts: _event(row, parts, into), row.table.header)  # type: ignore[misc]  # bound
        for part in parts:
            into.ignored(part.record.line, f"a part of line {row.record.line}")


def _events(rows: Iterator[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each row that has an action, with the rows of its parts below it."""
    event: Row | None = None
    parts: list[Row] = []
    for row in rows:
        if event is not None and not row.text("date", "action"):
            parts.append(row)
            continue
        if event is not None:
            yield event, parts
        event, parts = row, []
    if event is not None:
        yield event, parts


def _event(row: Row, parts: Sequence[Row], into: Collector) -> None:
    words, line = row.text("action"), row.record.line
    if words.lower() in _ELSEWHERE:
        into.ignored(line, f"{words}: its shares are in a deposit of their own, or in the brokerage account")
        return
    kind, quantity = _KINDS.get(words.lower()), dollars(row, "quantity")
    if kind is None and quantity:
        raise ColumnProblem("action", f"the action {words!r} is not known, and shares move with it")
    if kind is None:
        into.ignored(line, f"{words!r} is not a movement of shares or cash that is read")
        return
    if kind == "transfer_out" and not quantity:
        kind = "other"
    units = None if quantity is None or kind in _WITHOUT_UNITS else abs(quantity)
    into.act(
        line,
        Trade(
            kind=kind,
            day=row.moment("date").day,
            currency="USD",
            symbol=row.text("symbol"),
            name=row.text("description"),
            quantity=-units if units and kind in {"sell", "transfer_out"} else units,
            price=_price(parts, ("saleprice",) if kind == "sell" else _UNIT_COSTS),
            amount=dollars(row, "amount"),
            fee=dollars(row, "feesandcommissions"),
        ),
    )


def _price(parts: Sequence[Row], names: Sequence[str]) -> Decimal | None:
    """Return the price of one share where all parts state the same."""
    stated = {dollars(part, *names) for part in parts}
    return stated.pop() if len(stated) == 1 else None


FORMATS = (SheetFormat("Charles Schwab", "schwab_equity_awards", _find, _read, states_positions=False),)
