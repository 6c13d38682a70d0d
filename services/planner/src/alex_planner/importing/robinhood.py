"""Robinhood's account activity. Dollars, month first; line breaks stand inside descriptions.

A split row states the shares it adds, with an `S` behind shares that leave.
Source: transaction codes as described in Robinhood's help pages and read by public importers.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from alex_planner.importing.amounts import read_money
from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Trade
from alex_planner.importing.sheet import ColumnProblem, Record, Row, Table, find_heading
from alex_planner.importing.us_actions import dollars
from alex_planner.portfolio import ActivityKind

BROKER = "Robinhood"
_KINDS: dict[str, ActivityKind] = {
    "BUY": "buy", "SELL": "sell", "CDIV": "dividend", "MDIV": "dividend", "SDIV": "split", "SPL": "split",
    "SPR": "split", "INT": "interest", "MINT": "fee", "SLIP": "interest", "GOLD": "fee", "AFEE": "fee", "DFEE": "fee",
    "DTAX": "tax", "NRAT": "tax", "ACH": "deposit", "RTP": "deposit", "WIRE": "deposit", "DCF": "deposit",
    "ITRF": "deposit", "XENT": "deposit", "XENT_CC": "deposit", "ACATI": "transfer_in", "ACATO": "transfer_out",
    "REC": "transfer_in", "MRGS": "transfer_in", "SOFF": "transfer_in", "SXCH": "transfer_in", "CIL": "other",
    "MISC": "other", "GMPC": "other", "TRAN": "deposit", "ABIP": "other", "ROC": "dividend", "LCAP": "dividend",
    "SCAP": "dividend", "MTCH": "deposit", "GDBP": "other", "IADJ": "other", "CFIR": "deposit", "CONV": "transfer_in",
    "MRGC": "transfer_in", "NOA": "other", "FUTSWP": "other",
}  # fmt: skip
_OPTIONS = frozenset({"BTO", "STO", "BTC", "STC", "OEXP", "OASGN", "OEXCS", "OCA"})


def _find(records: Sequence[Record]) -> int | None:
    return find_heading(records, "activity date", "process date", "instrument", "trans code", "quantity", "amount")


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _event(row, into))


def _event(row: Row, into: Collector) -> None:
    code, line = row.text("trans code").upper(), row.record.line
    if not code and not row.text("activity date"):
        into.ignored(line, "footer")
        return
    if code in _OPTIONS:
        into.ignored(line, f"{code}: options are not read")
        return
    kind = _KINDS.get(code)
    if kind is None and row.text("quantity") and row.text("instrument"):
        raise ColumnProblem("trans code", f"the code {code!r} is not known, and shares move with it")
    if kind is None:
        into.ignored(line, f"the transaction code {code!r} is not known")
        return
    quantity = _units(row.text("quantity"), kind)
    if quantity and kind == "deposit":
        kind = "transfer_in"
    name = re.split(r"\s*\n|CUSIP", row.text("description"))[0]
    into.act(
        line,
        Trade(
            kind=kind,
            day=row.moment("activity date").day,
            currency="USD",
            symbol=row.text("instrument"),
            name=name,
            quantity=quantity,
            price=dollars(row, "price"),
            amount=dollars(row, "amount"),
        ),
    )


def _units(cell: str, kind: ActivityKind) -> Decimal | None:
    money = read_money(cell.rstrip("Ss"))
    if money is None or kind in {"dividend", "interest", "fee", "tax", "other"}:
        return None
    leaves = cell.upper().endswith("S") or kind in {"sell", "transfer_out"}
    return -abs(money.value) if leaves else money.value


FORMATS = (SheetFormat(BROKER, "robinhood_activity", _find, _read, states_positions=False),)
