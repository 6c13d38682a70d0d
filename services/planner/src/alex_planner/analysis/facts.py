"""The figures of an analysis as facts, each with its formula and source, and the inputs that it was computed from.

Nothing is computed here beyond bringing figures into the unit in which they are spoken of.
"""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.allocation import Allocation
from alex_planner.allocation_facts import allocation_facts, concentration_facts
from alex_planner.analysis.gain_facts import gain_facts
from alex_planner.analysis.performance_facts import return_facts, risk_facts
from alex_planner.analysis.rebalancing_facts import drift_facts, nothing_facts, trade_facts
from alex_planner.analysis.schema import Analysis
from alex_planner.expenses import ExpenseDrag
from alex_planner.facts import Fact, format_money, money_fact, percent_fact, with_inputs

_OF_EXPENSES = ("expense", "cost", "fee", "charge", "drag")


def analysis_facts(analysis: Analysis) -> Iterator[Fact]:
    """Yield all facts in a fixed order; ids are unique."""
    allocation, currency = analysis.allocation, analysis.allocation.base_currency
    yield from allocation_facts(allocation)
    if currency is None:
        return
    yield from _coverage_facts(allocation)
    yield from gain_facts(allocation, analysis.gains, currency)
    yield from concentration_facts(analysis.concentration)
    if analysis.expenses is not None and analysis.expense_return is not None:
        yield from _expense_facts(analysis.expenses, analysis.expense_return, analysis.horizon_years, currency)
    if analysis.rebalancing is not None:
        yield from drift_facts(analysis.rebalancing, currency)
    if analysis.trades is not None:
        yield from trade_facts(analysis.trades, currency)
    if analysis.doing_nothing is not None:
        yield from nothing_facts(analysis.doing_nothing, currency)
    yield from return_facts(analysis.returns, currency)
    if analysis.risk is not None:
        yield from risk_facts(analysis.risk)


def _coverage_facts(allocation: Allocation) -> Iterator[Fact]:
    for item in allocation.coverage:
        if item.classified is not None:
            what = item.dimension.replace("_", " ")
            fact = percent_fact(
                f"coverage.{item.dimension}",
                f"part of the value with a known {what}",
                item.classified,
                "value x known shares of each position / total",
                ("known", "unknown", "cover", "classif"),
            )
            yield with_inputs(fact, **{str(origin): share for origin, share in item.by_origin.items()})


def _expense_facts(found: ExpenseDrag, assumed: Decimal, years: int, currency: str) -> Iterator[Fact]:
    covered = format_money(found.covered, currency)
    label = "value of the funds whose expenses are known"
    yield money_fact("expenses.covered", label, found.covered, currency, "sum of their values", _OF_EXPENSES)
    label = f"average yearly expenses of the {covered} whose expenses are known"
    ratio = percent_fact(
        "expenses.ratio", label, found.expense_ratio, "sum of value x ratio / value", _OF_EXPENSES, places=2
    )
    yield with_inputs(ratio, covered=found.covered)
    first = money_fact(
        "expenses.first_year", "expenses of the first year", found.first_year, currency, "value x ratio", _OF_EXPENSES,
        computed_from=["expenses.covered", "expenses.ratio"],
    )  # fmt: skip
    yield first
    label, source = f"expenses over {years} years", "V (1 + r)^T - V ((1 + r)(1 - f))^T, each holding with its own f"
    drag = money_fact(
        "expenses.drag", label, found.drag, currency, f"{source} (SEC Publication 164)", _OF_EXPENSES,
        computed_from=["expenses.covered", "expenses.ratio"],
    )  # fmt: skip
    yield with_inputs(drag, real_return=assumed, years=years, without=found.without, after=found.after)
