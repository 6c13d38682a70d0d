"""Trading 212's history. Times are UTC, points divide decimals, and each amount names its currency (GBX too).

Source: the columns as read by the public importers of ghostfolio and portfolio-performance.
"""

from collections.abc import Sequence
from decimal import Decimal

from alex_planner.currency import CURRENCY_CODES
from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Trade
from alex_planner.importing.sheet import ColumnProblem, Record, Row, Table, find_heading
from alex_planner.portfolio import ActivityKind

BROKER = "Trading 212"
_KINDS: tuple[tuple[str, ActivityKind], ...] = (
    ("buy", "buy"), ("sell", "sell"), ("dividend", "dividend"), ("interest", "interest"), ("deposit", "deposit"),
    ("withdrawal", "withdrawal"), ("conversion", "fx_conversion"), ("stock split", "split"), ("fee", "fee"),
    ("tax", "tax"), ("transfer in", "transfer_in"), ("transfer out", "transfer_out"), ("card", "withdrawal"),
    ("cashback", "other"), ("result adjustment", "other"), ("stock distribution", "transfer_in"),
    ("new card cost", "fee"),
)  # fmt: skip
_FEES = (
    "currency conversion fee", "stamp duty", "transaction fee", "finra fee", "french transaction tax", "ptm levy",
    "deposit fee",
)  # fmt: skip
"""How headings of costs begin: older files name the currency behind, newer ones in a column of its own."""
_TOTAL = ("total", *(f"total {code.lower()}" for code in sorted(CURRENCY_CODES)))


def _find(records: Sequence[Record]) -> int | None:
    """Return the heading; a history without trades has no columns of shares."""
    whole = find_heading(records, "action", "time", "isin", "ticker", "no. of shares", "price / share")
    return whole if whole is not None else find_heading(records, "action", "time", "notes", "id", _TOTAL)


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :])
    total = next((name for name in table.columns if name.startswith("total")), "total")
    in_heading = total.removeprefix("total").strip().upper()
    into.each(table.rows(), lambda row: _event(row, total, in_heading, into))


def _event(row: Row, total: str, in_heading: str, into: Collector) -> None:
    action, line = row.text("action"), row.record.line
    kind = next((kind for word, kind in _KINDS if word in action.lower()), None)
    if kind is None and row.text("no. of shares"):
        raise ColumnProblem("action", f"{action!r} is not known, and shares move with it")
    if kind is None:
        into.ignored(line, f"the action {action!r} is not known")
        return
    moment, amount = row.moment("time"), _number(row, total)
    cash_currency = row.text("currency total") or in_heading or row.text("currency result")
    currency = row.text("currency price / share") or cash_currency
    quantity = _number(row, "no. of shares")
    leaves = kind in {"sell", "transfer_out"} or "close" in action.lower()
    shares = None if quantity is None or kind == "dividend" else -quantity if leaves else quantity
    fees = [_number(row, name) for name in row.table.columns if name.startswith(_FEES)]
    into.act(
        line,
        Trade(
            kind=kind,
            day=moment.day,
            clock=moment.clock,
            currency=currency or cash_currency,
            symbol=row.text("ticker"),
            isin=row.text("isin"),
            name=row.text("name"),
            quantity=shares,
            price=_number(row, "price / share"),
            amount=-abs(amount) if amount is not None and kind in {"buy", "withdrawal"} else amount,
            amount_currency=cash_currency or currency,
            fee=sum((abs(fee) for fee in fees if fee), Decimal(0)) or None,
            reference=row.text("id") or None,
        ),
    )


def _number(row: Row, name: str) -> Decimal | None:
    money = row.money(name)
    return money.value if money else None


FORMATS = (SheetFormat(BROKER, "trading212_history", _find, _read, states_positions=False),)
