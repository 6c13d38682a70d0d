"""Proposals about the mix: distance from the target, and cash that has no task."""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.allocation import UNCLASSIFIED
from alex_planner.facts import format_money, format_percent, percent_fact
from alex_planner.gains import CASH
from alex_planner.rebalancing import Drift, Rebalancing, Trade
from alex_planner.recommending.proposal import Basis, Proposal, Proposed
from alex_planner.trades.proposal import TradeProposal
from alex_planner.wording import spoken

RELATIVE_BAND = Decimal("0.25")
"""Part of a target that its share may be off before something is done: the narrower limit of the 5/25 rule, see
`plan_input.DEFAULT_BAND`."""
_WORDS = {
    ("new_money", False): "put {} of new money into",
    ("new_money", True): "keep {} of new money in",
    ("sell", False): "sell {} of",
    ("sell", True): "use {} of the",
    ("buy", False): "buy {} of",
    ("buy", True): "keep {} more in",
}
"""What is done in a class, and in cash."""
CASH_LIMIT = Decimal("0.20")
"""Part of a portfolio in cash from which on the plan asks what it is for, unless a target says so. A limit of ours."""


def propose_for_drift(basis: Basis, proposed: Proposed) -> None:
    """Propose the way back to the target when a class is out of its band."""
    if basis.rebalancing is None or basis.allocation.base_currency is None:
        return
    out = [drift for drift in basis.rebalancing.drifts if abs(drift.drift) > band_of(drift.target, basis.band)]
    if out:
        partly = any(item.key == UNCLASSIFIED and item.amount for item in basis.allocation.by_asset_class)
        proposal = _to_target(basis, basis.rebalancing, out, basis.allocation.base_currency, partly=partly)
        proposed.add(_with_price(proposal, basis.trades, basis.allocation.base_currency), ())


def band_of(target: Decimal, band: Decimal) -> Decimal:
    """Return how far a share may be from `target`: the narrower of the band and a quarter of the target."""
    return min(band, target * RELATIVE_BAND) if target else band


def propose_for_cash(basis: Basis, proposed: Proposed) -> None:
    """Ask what cash is for, when it is much and no target gives it a task."""
    cash = next((item for item in basis.allocation.by_asset_class if item.key == "cash"), None)
    if basis.rebalancing is not None or cash is None or cash.share is None or cash.share <= CASH_LIMIT:
        return
    limit = percent_fact("cash.limit", "limit for cash without a task", CASH_LIMIT, "own limit", ("cash", "limit"))
    proposed.add(
        Proposal(
            id="cash",
            kind="cash",
            title="Decide what the cash is for",
            headline=f"Cash is {format_percent(cash.share)} of {basis.whole}, more than {limit.formatted}.",
            why="Money that lies for years without a task mostly loses to inflation what it saves in swings.",
            action="Set aside what the next years need, and name a target mix for the rest: then drift is measured.",
            against="Cash is the one part whose amount is certain, and what bad months are paid from.",
            if_left="Cash earns its assumed return alone, the lowest of all classes in the table of assumptions.",
            figures=("asset_class.cash.share", "asset_class.cash.amount", limit.id),
            weight=cash.share - CASH_LIMIT,
        ),
        [limit],
    )


def _to_target(basis: Basis, plan: Rebalancing, out: list[Drift], currency: str, *, partly: bool) -> Proposal:
    parts = [f"{spoken(item.key)} {format_percent(item.share)}, target {format_percent(item.target)}" for item in out]
    known = f"Of the part of {basis.whole} whose class is known" if partly else f"Of {basis.whole}"
    first = "" if basis.allocation.complete else "First complete the portfolio: the amounts are of what is counted. "
    of_part = "of that part" if partly else f"of {basis.whole}"
    return Proposal(
        id="drift",
        kind="drift",
        title="Bring the mix back into its bands",
        headline=f"{known}: {'; '.join(parts)}.",
        why="The mix decides most of how much a portfolio rises and falls, and the target is the mix that was chosen.",
        action=f"{first}{_how(plan, currency)}",
        against="A band is a habit and no law, and what has fallen behind may go on falling.",
        if_left=f"Doing nothing costs nothing today and leaves {format_percent(plan.total_drift_before)} "
        f"{of_part} away from its target.",
        figures=("drift.before", "drift.after", *(f"drift.{drift.key}" for drift in out), *_trade_ids(plan.trades)),
        weight=min(Decimal(1), plan.total_drift_before * _known_part(basis, plan)),
    )


def _known_part(basis: Basis, plan: Rebalancing) -> Decimal:
    """Return the part of what is counted that the drift is measured on."""
    known = sum((drift.amount for drift in plan.drifts), Decimal(0))
    return known / basis.allocation.total if basis.allocation.total else Decimal(1)


def _with_price(proposal: Proposal, trades: TradeProposal | None, currency: str) -> Proposal:
    """Return the proposal with what its sales realise and cost, as far as the file tells."""
    # What is taken from cash realises nothing.
    sales = [trade for trade in trades.trades if trade.side == "sell" and trade.asset_class != CASH] if trades else []
    if trades is None or not sales:
        return proposal
    if all(lot.gain is None for trade in sales for lot in trade.lots):
        text = "The file does not say what was paid for what is sold: its gain, and a tax on it, is not known."
        return proposal.model_copy(update={"against": f"{proposal.against} {text}"})
    gain, tax, cost = (format_money(item, currency) for item in (trades.realised_gain, trades.tax, trades.cost))
    text = f"The sales realise a gain of {gain}; at the rates given the tax is {tax} and the cost of the trades {cost}."
    if trades.unknown_gain:
        text += " The gain of what has no known cost comes on top."
    figures = (*proposal.figures, "trades.gain", "trades.tax", "trades.cost")
    return proposal.model_copy(update={"against": f"{proposal.against} {text}", "figures": figures})


def _how(plan: Rebalancing, currency: str) -> str:
    if not plan.trades:
        return "No trade above the smallest one worth making brings it back."
    steps = [
        f"{_WORDS[kind, trade.key == 'cash'].format(format_money(getattr(trade, kind), currency))} {spoken(trade.key)}"
        for kind in ("new_money", "sell", "buy")
        for trade in plan.trades
        if getattr(trade, kind)
    ]
    text = "; ".join(steps)
    left = format_percent(plan.total_drift_after)
    return f"{text[0].upper()}{text[1:]}. That leaves {left} away from the target."


def _trade_ids(trades: tuple[Trade, ...]) -> Iterator[str]:
    for trade in trades:
        yield from (f"class_trade.{trade.key}.{name}" for name in ("new_money", "buy", "sell") if getattr(trade, name))
