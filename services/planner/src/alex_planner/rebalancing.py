"""Distance from a target mix and how to get back to it: new money first, then trades. Pure functions over amounts.

It knows no prices, tax lots or taxes, and it recommends nothing: leaving things as they are stands beside the trades.
"""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

from pydantic import BaseModel, ConfigDict

from alex_planner.errors import InvalidAssumption

CENT = Decimal("0.01")
TARGET_TOLERANCE = Decimal("0.000001")
"""Shares of a target must add up to one within this."""


class Drift(BaseModel):
    """How far one class is from its target."""

    model_config = ConfigDict(frozen=True)

    key: str
    amount: Decimal
    share: Decimal
    target: Decimal
    drift: Decimal
    """share - target, as fractions: positive means too much."""


class Trade(BaseModel):
    """What to do in one class; amounts in the base currency, to the cent, never negative."""

    model_config = ConfigDict(frozen=True)

    key: str
    new_money: Decimal
    buy: Decimal
    sell: Decimal


class Rebalancing(BaseModel):
    """A proposal beside doing nothing."""

    model_config = ConfigDict(frozen=True)

    drifts: tuple[Drift, ...]
    """Before anything is done."""
    trades: tuple[Trade, ...]
    """Classes in which something is done."""
    total_drift_before: Decimal
    """Of doing nothing, new money left aside."""
    total_drift_after: Decimal
    traded: Decimal
    """Sum of what is bought and sold; new money is not a trade."""
    cost: Decimal
    """Cost of the trades; doing nothing costs nothing and keeps its drift."""


def measure_drift(amounts: Mapping[str, Decimal], target: Mapping[str, Decimal]) -> tuple[Drift, ...]:
    """Return the drift of each class of either side, the largest first.

    Raises:
        InvalidAssumption: the target's shares are not fractions that add up to one, or an amount is negative.
    """
    _check(amounts, target)
    total = sum(amounts.values(), Decimal(0))
    drifts = []
    for key in sorted({*amounts, *target}):
        amount, wanted = amounts.get(key, Decimal(0)), target.get(key, Decimal(0))
        share = amount / total if total else Decimal(0)
        drifts.append(Drift(key=key, amount=amount, share=share, target=wanted, drift=share - wanted))
    return tuple(sorted(drifts, key=lambda item: (-abs(item.drift), item.key)))


def total_drift(amounts: Mapping[str, Decimal], target: Mapping[str, Decimal]) -> Decimal:
    """Return the part of the portfolio that is in the wrong place: sum |share - target| / 2, from 0 to 1.

    Source: the distance of two portfolios that K. J. M. Cremers and A. Petajisto call active share (How Active Is Your
    Fund Manager?, Review of Financial Studies 22, 2009, equation 1).
    """
    return sum((abs(item.drift) for item in measure_drift(amounts, target)), Decimal(0)) / 2


def propose_rebalancing(
    amounts: Mapping[str, Decimal],
    target: Mapping[str, Decimal],
    *,
    new_money: Decimal = Decimal(0),
    minimum_trade: Decimal = Decimal(0),
    cost_rate: Decimal = Decimal(0),
) -> Rebalancing:
    """Return how to come to `target`, and what it costs.

    With total T, new money N and target share t, class i wants t_i (T + N); what it lacks is its deficit. New money
    goes to the deficits in proportion to them; the rest of the deficits is bought from what other classes have too
    much of. A trade smaller than `minimum_trade` is not made, and the other side is reduced in proportion.

    Args:
        cost_rate: cost of a trade as a fraction of its amount.

    Raises:
        InvalidAssumption: see `measure_drift`; or one of the amounts asked for is negative.
    """
    for name, value in (("new_money", new_money), ("minimum_trade", minimum_trade), ("cost_rate", cost_rate)):
        _require(name, value, high=None)
    before = measure_drift(amounts, target)
    total = sum(amounts.values(), Decimal(0)) + new_money
    gaps = {key: target.get(key, Decimal(0)) * total - amounts.get(key, Decimal(0)) for key in {*amounts, *target}}
    added = _split(new_money, {key: gap for key, gap in gaps.items() if gap > 0})
    buys = _large_enough({key: gap - added[key] for key, gap in gaps.items() if gap > 0}, minimum_trade)
    sells = _large_enough({key: -gap for key, gap in gaps.items() if gap < 0}, minimum_trade)
    moved = min(sum(buys.values(), Decimal(0)), sum(sells.values(), Decimal(0))).quantize(CENT, rounding=ROUND_DOWN)
    buys, sells = _split(moved, buys), _split(moved, sells)
    trades = tuple(trade for key in sorted(gaps) if _is_something(trade := _trade(key, added, buys, sells)))
    after = {key: amounts.get(key, Decimal(0)) for key in gaps}
    for trade in trades:
        after[trade.key] += trade.new_money + trade.buy - trade.sell
    return Rebalancing(
        drifts=before,
        trades=trades,
        total_drift_before=total_drift(amounts, target),
        total_drift_after=total_drift(after, target),
        traded=2 * moved,
        cost=(2 * moved * cost_rate).quantize(CENT),
    )


def _split(amount: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return `amount` split in proportion to `weights`, to the cent; the largest takes the cents left over."""
    total = sum(weights.values(), Decimal(0))
    if not total or not amount:
        return dict.fromkeys(weights, Decimal(0))
    parts = {
        key: (amount * weight / total).quantize(CENT, rounding=ROUND_DOWN) for key, weight in sorted(weights.items())
    }
    largest = max(parts, key=lambda key: (weights[key], key))
    parts[largest] += amount - sum(parts.values(), Decimal(0))
    return parts


def _large_enough(trades: Mapping[str, Decimal], minimum: Decimal) -> dict[str, Decimal]:
    return {key: amount for key, amount in trades.items() if amount >= max(minimum, CENT)}


def _trade(key: str, added: Mapping[str, Decimal], buys: Mapping[str, Decimal], sells: Mapping[str, Decimal]) -> Trade:
    nothing = Decimal(0)
    return Trade(key=key, new_money=added.get(key, nothing), buy=buys.get(key, nothing), sell=sells.get(key, nothing))


def _is_something(trade: Trade) -> bool:
    return any((trade.new_money, trade.buy, trade.sell))


def _check(amounts: Mapping[str, Decimal], target: Mapping[str, Decimal]) -> None:
    for key, amount in amounts.items():
        _require(f"amounts.{key}", amount, high=None)
    for key, share in target.items():
        _require(f"target.{key}", share, high=1)
    total = sum(target.values(), Decimal(0))
    if abs(total - 1) > TARGET_TOLERANCE:
        raise InvalidAssumption("target", str(total), "shares that add up to 1")


def _require(name: str, value: Decimal, *, high: int | None) -> None:
    if not value.is_finite() or value < 0 or (high is not None and value > high):
        raise InvalidAssumption(name, str(value), "zero or more" if high is None else f"a fraction from 0 to {high}")
