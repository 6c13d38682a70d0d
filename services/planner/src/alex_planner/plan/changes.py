"""What is different from the plan before, and why, as far as figures tell it.

The change of the total is split exactly: holdings at old quantities and new prices give the part of prices, what is
left is that of quantities. With q quantity, p price in the base currency, 0 before and 1 now:

    V1 - V0 = sum q0 (p1 - p0) + sum (q1 - q0) p1

which is the split of a Laspeyres price index; holdings that came or went count as quantities.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from alex_planner.allocation import Allocation
from alex_planner.facts import Fact, date_fact, format_money, format_percent, money_fact, percent_fact, words_about
from alex_planner.plan.evidence import Finding

CENT = Decimal("0.01")
SMALLEST_SHIFT = Decimal("0.01")
"""A share of a class that moved less is not told: one percentage point, a limit of ours."""
ChangeKind = Literal["total", "holding", "share", "goal", "assumption", "recommendation", "finding"]
_OF_CHANGE = ("change", "since", "last plan", "before", "rose", "fell", "gain", "los", "more", "less", "price", "trade")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Change(_Frozen):
    """One difference as a computed sentence."""

    kind: ChangeKind
    text: str
    why: str = ""


class PlanChanges(_Frozen):
    """The differences from the plan before."""

    previous_plan_id: str
    previous_at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Before:
    """What of the plan before is compared."""

    plan_id: str
    at: datetime
    allocation: Allocation
    goals: Mapping[str, object]
    assumptions: Mapping[str, Decimal]
    median: Decimal | None
    """Of the projected values after the horizon."""
    proposals: Mapping[str, str]
    """Titles by id."""
    findings: frozenset[str]
    """Ids."""


def change_facts(before: Before, allocation: Allocation, median: Decimal | None) -> list[Fact]:
    """Return the figures of the comparison as facts; amounts in different currencies are not compared."""
    facts = [date_fact("previous.date", "day of the plan before", before.at, "the plan before")]
    currency = allocation.base_currency
    if currency is None or currency != before.allocation.base_currency:
        return facts
    facts.extend(_total_facts(before.allocation, allocation, currency))
    if before.median is not None and median is not None:
        label = "median of the projected values in the plan before"
        facts.append(money_fact("previous.median", label, before.median, currency, "the plan before", _OF_CHANGE))
    facts.extend(_share_facts(before.allocation, allocation))
    return facts


def _total_facts(before: Allocation, now: Allocation, currency: str) -> Iterator[Fact]:
    old, change = before.total, now.total - before.total
    prices, quantities = split_change(before, now)
    yield money_fact("previous.total", "total of the plan before", old, currency, "the plan before", _OF_CHANGE)
    parts = (
        ("total", "change of the total", change, "total - total before", ["total", "previous.total"]),
        ("prices", "part of prices in the change", prices, "sum of old quantity x change of price", ["change.total"]),
        ("quantities", "part of quantities in the change", quantities, "change - part of prices", ["change.total"]),
    )
    for name, label, value, formula, inputs in parts:
        yield money_fact(f"change.{name}", label, value, currency, formula, _OF_CHANGE, computed_from=inputs)
    if old:
        formula, inputs = "change / total before", ["change.total", "previous.total"]
        label = "change of the total, in percent"
        yield percent_fact("change.percent", label, change / old, formula, _OF_CHANGE, computed_from=inputs)


@dataclass(frozen=True)
class Now:
    """What of this plan is compared."""

    allocation: Allocation
    goals: Mapping[str, object]
    assumptions: Mapping[str, Decimal]
    proposals: Mapping[str, str]


def figure_changes(before: Before, now: Now) -> list[Change]:
    """Return what changed in the figures, the goals, the assumptions and the proposals."""
    return [
        *_total_change(before.allocation, now.allocation),
        *_holding_changes(before.allocation, now.allocation),
        *_share_changes(before.allocation, now.allocation),
        *_changes_of_terms(before, now),
        *_proposal_changes(before.proposals, now.proposals),
    ]


def finding_changes(before: Before, findings: Iterable[Finding]) -> list[Change]:
    """Return the findings that the plan before did not have, by holding."""
    new = Counter(", ".join(item.symbols) or item.topic for item in findings if item.id not in before.findings)
    return [
        Change(
            kind="finding", text=f"{'A source says' if count == 1 else f'{count} sources say'} something new on {name}."
        )
        for name, count in sorted(new.items())
    ]


def _changes_of_terms(before: Before, now: Now) -> Iterator[Change]:
    for name, value in now.goals.items():
        if before.goals.get(name) != value:
            text = f"The goal {name.replace('_', ' ')} is another one."
            yield Change(kind="goal", text=text, why="The owner changed it.")
    changed = [name for name, value in now.assumptions.items() if before.assumptions.get(name, value) != value]
    if changed:
        text = f"Assumptions changed: {', '.join(sorted(changed))}."
        yield Change(kind="assumption", text=text, why="The table of assumptions was revised.")


def _proposal_changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted(now.keys() - before.keys()):
        yield Change(kind="recommendation", text=f"New: {now[name]}.", why="Its rule did not apply before.")
    for name in sorted(before.keys() - now.keys()):
        yield Change(kind="recommendation", text=f"No longer: {before[name]}.", why="Its rule does not apply any more.")


def split_change(before: Allocation, now: Allocation) -> tuple[Decimal, Decimal]:
    """Return the parts of prices and of quantities in the change of the total, in the base currency."""
    old, new = _units(before), _units(now)
    prices = Decimal(0)
    for symbol, (quantity, value) in old.items():
        if symbol in new and quantity and new[symbol][0]:
            prices += quantity * (new[symbol][1] / new[symbol][0]) - value
    prices = prices.quantize(CENT)
    return prices, now.total - before.total - prices


def _units(allocation: Allocation) -> dict[str, tuple[Decimal, Decimal]]:
    """Return quantity and value in the base currency by symbol, over all accounts."""
    units: dict[str, tuple[Decimal, Decimal]] = {}
    for item in allocation.positions:
        if item.base_value is not None:
            quantity, value = units.get(item.symbol, (Decimal(0), Decimal(0)))
            units[item.symbol] = quantity + item.quantity, value + item.base_value
    return units


def _total_change(before: Allocation, now: Allocation) -> Iterator[Change]:
    currency = now.base_currency
    if currency is None or currency != before.base_currency:
        yield Change(kind="total", text="The totals are in different currencies and are not compared.")
        return
    change = now.total - before.total
    if not change:
        yield Change(kind="total", text="The total is the same as before.")
        return
    prices, quantities = split_change(before, now)
    percent = f", {format_percent(change / before.total)}" if before.total else ""
    yield Change(
        kind="total",
        text=f"The total changed by {format_money(change, currency)}{percent}.",
        why=f"Prices account for {format_money(prices, currency)}, bought, sold, paid in or newly counted holdings for "
        f"{format_money(quantities, currency)}.",
    )


def _holding_changes(before: Allocation, now: Allocation) -> Iterator[Change]:
    old = {item.symbol for item in before.positions}
    new = {item.symbol for item in now.positions}
    for symbol in sorted(new - old):
        yield Change(kind="holding", text=f"{symbol} is new.", why="It is in the newer snapshot only.")
    for symbol in sorted(old - new):
        yield Change(kind="holding", text=f"{symbol} is gone.", why="It is in the older snapshot only.")
    units, older = _units(now), _units(before)
    for symbol in sorted(units.keys() & older.keys()):
        if units[symbol][0] != older[symbol][0]:
            direction = "More" if units[symbol][0] > older[symbol][0] else "Less"
            yield Change(
                kind="holding", text=f"{direction} of {symbol} is held.", why="The quantity in the snapshot changed."
            )


def _shifts(before: Allocation, now: Allocation) -> Iterator[tuple[str, Decimal, Decimal]]:
    old = {item.key: item.share or Decimal(0) for item in before.by_asset_class}
    new = {item.key: item.share or Decimal(0) for item in now.by_asset_class}
    for key in sorted({*old, *new}):
        was, share = old.get(key, Decimal(0)), new.get(key, Decimal(0))
        if abs(share - was) >= SMALLEST_SHIFT:
            yield key, was, share


def _share_changes(before: Allocation, now: Allocation) -> Iterator[Change]:
    for key, was, share in _shifts(before, now):
        name = key.replace("_", " ").capitalize()
        text = f"{name} is {format_percent(share)} of the portfolio after {format_percent(was)} before."
        yield Change(kind="share", text=text)


def _share_facts(before: Allocation, now: Allocation) -> Iterator[Fact]:
    for key, was, _ in _shifts(before, now):
        yield percent_fact(f"previous.{key}.share", f"share of {key} before", was, "the plan before", words_about(key))
