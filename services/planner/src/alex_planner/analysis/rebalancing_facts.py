"""The figures of a rebalancing as facts: distances from the target, orders with their lots, and doing nothing."""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.facts import COUNT, Fact, date_fact, money_fact, percent_fact, with_inputs, words_about
from alex_planner.rebalancing import Rebalancing
from alex_planner.trades.doing_nothing import DoingNothing
from alex_planner.trades.proposal import HoldingTrade, LotSale, TradeProposal
from alex_planner.wording import spoken

_VERBS = {("buy", False): "buy", ("sell", False): "sell", ("buy", True): "add to", ("sell", True): "take from"}
"""What is done with a holding, and with money."""
_OF_MIX = ("drift", "target", "away", "band", "mix", "balanc", "wrong place")
_OF_ORDERS = ("order", "trade", "sale", "sell", "buy", "sold", "bought", "rebalanc", "realis", "realiz", "tax")
_OF_NOTHING = ("nothing", "leav", "as it is", "target", "mix", "rebalanc")
_OUTLOOK = "planning assumptions: w'g, sqrt(w'Sw) (Markowitz 1952)"


def drift_facts(found: Rebalancing, currency: str) -> Iterator[Fact]:
    """Yield the distance from the target and what each class lacks or has too much."""
    shares = [f"asset_class.{drift.key}.share" for drift in found.drifts if drift.amount]
    targets = [f"target.{drift.key}" for drift in found.drifts]
    formula = "sum of |share - target| / 2 (Cremers and Petajisto 2009)"
    for name, value in (("before", found.total_drift_before), ("after", found.total_drift_after)):
        label = f"part of the portfolio away from its target {name} rebalancing"
        yield percent_fact(f"drift.{name}", label, value, formula, _OF_MIX, computed_from=[*shares, *targets])
    for drift in found.drifts:
        key, words = drift.key, words_about(drift.key)
        inputs = [f"target.{key}", *([f"asset_class.{key}.share"] if drift.amount else [])]
        yield percent_fact(f"target.{key}", f"target of {spoken(key)}", drift.target, "the owner's target", words)
        yield percent_fact(
            f"drift.{key}", f"drift of {spoken(key)}", drift.drift, "share - target", words, computed_from=inputs
        )
    for trade in found.trades:
        for name in ("new_money", "buy", "sell"):
            if amount := getattr(trade, name):
                label = f"{name.replace('_', ' ')}, {spoken(trade.key)}"
                formula = "what the class lacks or has too much, new money first"
                words, inputs = words_about(trade.key), [*targets, "total"]
                yield money_fact(
                    f"class_trade.{trade.key}.{name}", label, amount, currency, formula, words, computed_from=inputs
                )
    formula = "sum of trades, without new money"
    yield money_fact("trades.traded", "sum bought and sold", found.traded, currency, formula, _OF_ORDERS)


def trade_facts(found: TradeProposal, currency: str) -> Iterator[Fact]:
    """Yield each order with its lots, then what all of them bring with them."""
    for number, trade in enumerate(found.trades, start=1):
        yield from _order_facts(f"trade.{number}", trade, currency)
    gain, tax = "proceeds - cost of the lots sold", "tax rate x realised gain"
    yield money_fact("trades.gain", "realised gain", found.realised_gain, currency, gain, ("gain", "loss", "realis"))
    if found.unknown_gain:
        label, source = "proceeds of lots whose cost is not known", "sum of their proceeds"
        yield money_fact("trades.unknown_gain", label, found.unknown_gain, currency, source, _OF_ORDERS)
    yield money_fact("trades.tax", "tax on the realised gain", found.tax, currency, tax, ("tax",))
    cost = "cost rate x amounts traded"
    yield money_fact("trades.cost", "cost of the trades", found.cost, currency, cost, ("cost", "fee"))


def nothing_facts(found: DoingNothing, currency: str) -> Iterator[Fact]:
    """Yield what leaving the mix means beside the target."""
    now, then = found.as_it_is, found.at_target
    yield money_fact("nothing.cost", "cost of doing nothing today", found.cost, currency, "no trade", _OF_NOTHING)
    label = "amount in the wrong place"
    yield money_fact("nothing.misplaced", label, found.misplaced, currency, "total x drift", _OF_NOTHING)
    for name, label, value in (
        ("volatility", "assumed volatility of the mix as it is", now.volatility),
        ("target_volatility", "assumed volatility of the target", then.volatility),
        ("return", "assumed real return of the mix as it is", now.real_return),
        ("target_return", "assumed real return of the target", then.real_return),
    ):
        yield percent_fact(f"nothing.{name}", label, value, _OUTLOOK, _OF_NOTHING)
    label, source = "yearly return forgone by doing nothing", "(return of the target - return of the mix) x value"
    inputs = ["nothing.return", "nothing.target_return"]
    yield money_fact(
        "nothing.forgone", label, found.return_forgone, currency, source, _OF_NOTHING, computed_from=inputs
    )


def _order_facts(prefix: str, trade: HoldingTrade, currency: str) -> Iterator[Fact]:
    verb = _VERBS[trade.side, trade.asset_class == "cash"]
    what = trade.symbol or f"{trade.asset_class}, to be chosen"
    words = words_about(trade.asset_class) if trade.symbol is None else (trade.symbol.lower().rstrip("*"),)
    source = "share of the class to be moved"
    amount = money_fact(prefix, f"{verb} {what}", trade.amount, currency, source, words)
    yield with_inputs(amount, units=trade.units, account=trade.account, asset_class=trade.asset_class)
    if trade.units is not None:
        yield _units_fact(f"{prefix}.units", f"units (shares) to {verb} {what}", trade.units, words)
    for number, lot in enumerate(trade.lots, start=1):
        yield from _lot_facts(f"{prefix}.lot.{number}", f"lot {number} of {what}", lot, currency, words)


def _lot_facts(prefix: str, label: str, lot: LotSale, currency: str, words: tuple[str, ...]) -> Iterator[Fact]:
    yield _units_fact(f"{prefix}.units", f"units (shares) sold of {label}", lot.units, words)
    source = "part of the lot sold x its value"
    yield money_fact(f"{prefix}.proceeds", f"proceeds of {label}", lot.proceeds, currency, source, words)
    if lot.gain is not None:
        yield money_fact(f"{prefix}.gain", f"gain of {label}", lot.gain, currency, "proceeds - cost", words)
    if lot.acquired is not None:
        yield date_fact(f"{prefix}.acquired", f"day on which {label} was bought", lot.acquired, "the file")


def _units_fact(identifier: str, label: str, value: Decimal, words: tuple[str, ...]) -> Fact:
    return Fact(
        id=identifier,
        label=label,
        value=value,
        unit=COUNT,
        formatted=format_units(value),
        source="amount / price, rounded down",
        about=words,
    )


def format_units(value: Decimal) -> str:
    """Return `1,234.5` for 1234.5000."""
    return f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,f}"
