"""The way to a target mix: the classes, the orders with their lots, and leaving the mix as it is. Pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from alex_planner.allocation import UNCLASSIFIED, Allocation
from alex_planner.analysis.request import AnalysisRequest
from alex_planner.assumptions import PLANNING_ASSUMPTIONS
from alex_planner.portfolio import Position
from alex_planner.rebalancing import CENT, Rebalancing, propose_rebalancing
from alex_planner.trades.doing_nothing import DoingNothing, doing_nothing
from alex_planner.trades.proposal import TradeProposal, propose_trades

SMALLEST_TRADE = Decimal("0.005")
"""Part of the portfolio below which no trade is proposed when the owner names no amount. The limit is ours."""


@dataclass(frozen=True)
class WayToTarget:
    """All three, or none of them without a target."""

    rebalancing: Rebalancing | None = None
    trades: TradeProposal | None = None
    doing_nothing: DoingNothing | None = None
    missing: tuple[str, ...] = ()


def way_to_target(positions: Sequence[Position], allocation: Allocation, asked: AnalysisRequest) -> WayToTarget:
    """Return the way to the target of `asked`; what has no known class has no part in it.

    Args:
        positions: those that `allocation` is of, in the same order.

    Raises:
        InvalidAssumption: the target is no mix.
    """
    if asked.target is None:
        return WayToTarget()
    target = {str(name): share for name, share in asked.target.items()}
    amounts = {item.key: item.amount for item in allocation.by_asset_class}
    unknown = amounts.pop(UNCLASSIFIED, Decimal(0))
    if unknown and not any(amounts.values()):
        return WayToTarget(missing=("No holding has a known asset class, so that no distance from a target is known.",))
    smallest = asked.minimum_trade
    rebalancing = propose_rebalancing(
        amounts,
        target,
        new_money=asked.new_money,
        minimum_trade=(SMALLEST_TRADE * allocation.total).quantize(CENT) if smallest is None else smallest,
        cost_rate=asked.cost_rate,
    )
    trades = propose_trades(positions, allocation, rebalancing, tax_rate=asked.tax_rate)
    left = doing_nothing(amounts, target, rebalancing.total_drift_before, PLANNING_ASSUMPTIONS)
    missing = tuple(_missing(unknown, allocation, trades, left))
    return WayToTarget(rebalancing, trades, left, missing)


def _missing(
    unknown: Decimal, allocation: Allocation, trades: TradeProposal, left: DoingNothing | None
) -> Iterator[str]:
    currency = allocation.base_currency
    if not allocation.complete:
        yield "What is not counted has no part in the rebalancing: shares and orders are of the rest alone."
    if unknown:
        yield f"{unknown:,.2f} {currency} of unknown asset class have no part in the rebalancing."
    if left is None:
        yield "There are no planning assumptions for a class, so that doing nothing cannot be compared."
    for name, amount in trades.unmet.items():
        yield f"{amount:,.2f} {currency} of {name} cannot be sold alone: they are in funds of two classes."
