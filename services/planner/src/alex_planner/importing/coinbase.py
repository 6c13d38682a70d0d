"""Coinbase's transaction history, of all its ages. Times are UTC; amounts are in the currency the row or heading names.

A conversion is one row and two movements: its note says how much of which asset came in.
Source: the columns as read by the public importers of rotki, ghostfolio and portfolio-performance.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal

from alex_planner.currency import CURRENCY_CODES
from alex_planner.importing.amounts import Mark, read_money
from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Trade
from alex_planner.importing.sheet import ColumnProblem, Record, Row, Table, find_heading
from alex_planner.portfolio import ActivityKind
from alex_planner.portfolio_cells import CellProblem

BROKER = "Coinbase"
ROUNDED = Decimal("0.001")
"""Share by which a note rounds the quantity of its row."""
_CONVERTED = re.compile(r"converted\s+([\d.,]+)\s+\S+\s+to\s+([\d.,]+)\s+(\S+)", re.IGNORECASE)
_TOTAL = ("total inclusive of fees and/or spread", "total inclusive of fees")
_KINDS: tuple[tuple[str, ActivityKind], ...] = (
    (r"\bbuy\b", "buy"), (r"\bsell\b", "sell"), (r"convert", "transfer_out"),
    (r"reward|staking income|interest|earn|learning|inflation|airdrop|incentive|rebate|bonus", "transfer_in"),
    (r"retail (?:un)?staking transfer|eth2 deprecation|vault", "other"),
    (r"receive|pro withdrawal|exchange withdrawal|unwrap", "transfer_in"),
    (r"send|pro deposit|exchange deposit|wrap", "transfer_out"),
    (r"withdrawal", "withdrawal"), (r"deposit", "deposit"), (r"fee", "fee"), (r"migration|admin", "transfer_in"),
)  # fmt: skip


def _find(records: Sequence[Record]) -> int | None:
    return find_heading(records, "timestamp", "transaction type", "asset", "quantity transacted")


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :])
    spot = next((name for name in table.columns if name.endswith("spot price at transaction")), "")
    in_heading = spot.removesuffix("spot price at transaction").strip().upper()
    into.each(table.rows(), lambda row: _event(row, in_heading, into))


def _event(row: Row, in_heading: str, into: Collector) -> None:
    words, line, asset = row.text("transaction type"), row.record.line, row.text("asset")
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, words, re.IGNORECASE)), None)
    if not words or not asset:
        into.ignored(line, "footer" if not words else f"{words}: no asset")
        return
    if kind is None:
        raise ColumnProblem(
            "transaction type", f"{words!r} is not known: whether {asset} comes in or leaves is not said"
        )
    currency = row.text("price currency", "spot price currency") or in_heading or "USD"
    moment, prefix = row.moment("timestamp"), f"{in_heading.lower()} " if in_heading else ""
    quantity = _number(row, "quantity transacted")
    if quantity is None:
        into.ignored(line, f"{words}: no quantity")
        return
    price = _number(row, "price at transaction", "spot price at transaction", f"{prefix}spot price at transaction")
    total = _number(row, *_TOTAL, *(f"{prefix}{name}" for name in _TOTAL))
    fee = _number(row, "fees and/or spread", "fees", f"{prefix}fees and/or spread", f"{prefix}fees")
    trade = Trade(
        kind=kind, day=moment.day, clock=moment.clock, currency=currency, symbol=asset, price=price,
        fee=abs(fee) if fee else None, reference=row.text("id") or None,
    )  # fmt: skip
    if asset in CURRENCY_CODES:
        amount = -abs(quantity) if kind in {"withdrawal", "transfer_out"} else quantity
        moved: ActivityKind = "withdrawal" if amount < 0 else "deposit"
        into.act(line, _changed(trade, kind=moved, symbol=None, currency=asset, price=None, amount=amount))
        return
    if kind == "other":
        into.ignored(line, f"{words}: moves inside of the account")
        return
    kind = "transfer_in" if kind == "deposit" else "transfer_out" if kind == "withdrawal" else kind
    leaves = kind in {"sell", "transfer_out"} or quantity < 0
    signed = -abs(quantity) if leaves else quantity
    kind = "transfer_out" if leaves and kind == "transfer_in" else kind
    sign = -1 if kind == "buy" else 1
    amount_of = None if total is None or kind not in {"buy", "sell"} else sign * abs(total)
    into.act(line, _changed(trade, kind=kind, quantity=signed, amount=amount_of))
    converted = _CONVERTED.search(row.text("notes"))
    if "convert" in words.lower() and converted:
        came = read_money(converted[2], _mark_of(converted[1], quantity))
        bought = _changed(trade, kind="transfer_in", symbol=converted[3], price=None, reference=None)
        into.act(line, _changed(bought, quantity=came.value if came else None))


def _mark_of(text: str, quantity: Decimal) -> Mark | None:
    """Return the decimal mark of a note, which is in the owner's language: the one that makes its number the row's."""
    for mark in (".", ","):
        with suppress(CellProblem):
            money = read_money(text, mark)
            if money and abs(money.value - abs(quantity)) <= abs(quantity) * ROUNDED:
                return mark
    return None


def _changed(trade: Trade, **values: object) -> Trade:
    return Trade(**{**trade.__dict__, **values})


def _number(row: Row, *names: str) -> Decimal | None:
    money = row.money(*names)
    return money.value if money else None


FORMATS = (SheetFormat(BROKER, "coinbase_history", _find, _read, states_positions=False),)
