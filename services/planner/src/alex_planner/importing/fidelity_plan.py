"""The history of a workplace plan at Fidelity NetBenefits. Dollars, month first.

Its words are the plan's own (contributions, exchanges, fees taken in units), so that the sign of the units tells what
happened: units that come are bought with the amount, units that go are sold for it.
Source: the columns as read by public importers, such as redstreet/beancount_reds_importers.
"""

from collections.abc import Sequence

from alex_planner.importing.amounts import unit_price
from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Trade
from alex_planner.importing.sheet import Record, Row, Table, find_heading
from alex_planner.importing.us_actions import dollars

_UNITS = ("shares/unit", "shares/units", "shares")


def _find(records: Sequence[Record]) -> int | None:
    return find_heading(records, "date", "investment", "transaction type", "amount", _UNITS)


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    plan = next((r.cells[1] for r in records[:start] if r.cells[0].lower().startswith("plan name") and r.cells[1:]), "")
    into.each(Table(records[start], records[start + 1 :]).rows(), lambda row: _event(row, plan, into))


def _event(row: Row, plan: str, into: Collector) -> None:
    fund, words, line = row.text("investment"), row.text("transaction type"), row.record.line
    if not fund or not words:
        into.ignored(line, "footer")
        return
    units, amount = dollars(row, *_UNITS), dollars(row, "amount")
    if not units:
        into.ignored(line, f"{words}: no units move")
        return
    buys = units > 0
    into.act(
        line,
        Trade(
            kind="buy" if buys else "sell",
            day=row.moment("date").day,
            currency="USD",
            account=plan,
            symbol=fund,
            name=fund,
            quantity=units,
            price=unit_price(abs(amount), abs(units)) if amount else None,
            amount=None if amount is None else -abs(amount) if buys else abs(amount),
        ),
    )


FORMATS = (SheetFormat("Fidelity", "fidelity_plan_history", _find, _read, states_positions=False),)
