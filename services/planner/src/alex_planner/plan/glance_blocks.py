"""The figures that a reader looks for first, on one page. Nothing is computed here."""

from collections.abc import Iterator

from alex_planner.allocation import UNCLASSIFIED, Allocation
from alex_planner.allocation_facts import names_of_holdings
from alex_planner.analysis.schema import Measures
from alex_planner.facts import format_money, format_percent
from alex_planner.gains import UnrealisedGains
from alex_planner.plan.blocks import Bars, Block, Heading, grid
from alex_planner.plan.figure_blocks import days_of_prices
from alex_planner.plan.schema import Plan
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import Projection
from alex_planner.wording import spoken

Row = tuple[str, str]
MAX_CLASSES = 5
"""Asset classes that are named in one line."""


def glance_blocks(plan: Plan) -> Iterator[Block]:
    """Yield the table; nothing when nothing has a value."""
    currency = plan.allocation.base_currency
    if currency is None:
        return
    rows = [
        *_portfolio(plan, currency),
        *(_measures(plan.measures, plan.allocation, currency) if plan.measures else ()),
        *(_outlook(plan.projection, plan.goals) if plan.projection else ()),
    ]
    yield Heading(3, "At a glance")
    yield grid(("what", "figure"), rows, numbers_from=len(rows[0]))
    classes = [item for item in plan.allocation.by_asset_class if item.share is not None]
    if len(classes) > 1:
        yield Bars(tuple((spoken(item.key), item.share, format_percent(item.share)) for item in classes if item.share))


def _portfolio(plan: Plan, currency: str) -> Iterator[Row]:
    allocation = plan.allocation
    incomplete = "" if allocation.complete else " (incomplete)"
    yield "value", f"{format_money(allocation.total, currency)}{incomplete}"
    yield "prices of", days_of_prices(allocation)
    shares = [item for item in allocation.by_asset_class[:MAX_CLASSES] if item.share is not None]
    mix = "mix" if allocation.complete else "mix of what is counted"
    yield mix, ", ".join(f"{spoken(item.key)} {format_percent(item.share)}" for item in shares if item.share)


def _measures(measures: Measures, allocation: Allocation, currency: str) -> Iterator[Row]:
    if measures.gains is not None:
        yield _gain(measures.gains, currency)
    if measures.concentration is not None:
        largest = measures.concentration.largest
        names = names_of_holdings(allocation)
        holdings = measures.concentration.holdings
        counted = "" if allocation.complete else "counted "
        what = f"largest of {holdings} {counted}holdings" if holdings > 1 else f"only {counted}holding"
        yield what, f"{names[largest.symbol]}, {format_percent(largest.share)}"
    if measures.rebalancing is not None:
        known = all(item.key != UNCLASSIFIED for item in allocation.by_asset_class)
        of_part = "" if known else ", of what has a known class"
        yield f"away from the target mix{of_part}", format_percent(measures.rebalancing.total_drift_before)
    if measures.returns.money_weighted is not None:
        yield "money-weighted return a year", format_percent(measures.returns.money_weighted)
    if measures.risk is not None and measures.risk.volatility is not None:
        yield "volatility a year", format_percent(measures.risk.volatility)
    if measures.expenses is not None:
        covered = format_money(measures.expenses.covered, currency)
        yield "yearly expenses", f"{format_money(measures.expenses.first_year, currency)} on {covered} of funds"


def _gain(found: UnrealisedGains, currency: str) -> Row:
    part = f", cost known of {format_percent(found.covered)}" if found.unknown else ""
    share = "" if found.gain_share is None else f", {format_percent(found.gain_share)} of the cost"
    return f"unrealised gain{part}", f"{format_money(found.gain, currency)}{share}"


def _outlook(projection: Projection, goals: Goals) -> Iterator[Row]:
    currency, final = projection.currency, projection.final
    if goals.years_to_retirement is None:
        yield f"median value after {final.year} years", f"{format_money(final.p50, currency, 0)} in today's money"
        return
    chances = [
        f"{format_percent(item.success.probability)} by {spoken(item.model)}"
        for item in projection.outcomes
        if item.success is not None
    ]
    wanted = goals.target_success_percent / 100
    if chances:
        yield "chance that the money lasts", ", ".join(chances)
        yield "chance that is asked for", format_percent(wanted)
    safe = next((item for item in projection.outcomes[0].safe_spending if item.success == wanted), None)
    if safe is not None:
        yield f"spending that lasts with {format_percent(wanted)}", f"{format_money(safe.amount, currency, 0)} a year"
