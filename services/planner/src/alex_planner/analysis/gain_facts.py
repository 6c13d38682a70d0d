"""Costs and unrealised gains as facts: those of each holding in its currency, and all that are known together."""

from collections.abc import Iterator

from alex_planner.allocation import Allocation, PositionValue
from alex_planner.allocation_facts import words_of_holding
from alex_planner.facts import Fact, money_fact, percent_fact, with_inputs
from alex_planner.gains import UnrealisedGains, gain_share
from alex_planner.wording import called

_OF_GAINS = ("gain", "los", "cost", "paid", "profit", "unrealised", "unrealized", "purchase")
_GAIN = "value - cost, before a sale (IRS Publication 550)"


def gain_facts(allocation: Allocation, found: UnrealisedGains | None, currency: str) -> Iterator[Fact]:
    """Yield the facts of each holding whose cost is known, then those of all of them in the base currency."""
    for number, item in enumerate(allocation.positions, start=1):
        yield from _position_facts(f"position.{number}", item)
    if found is not None:
        yield from _total_facts(found, currency)


def _position_facts(prefix: str, item: PositionValue) -> Iterator[Fact]:
    if item.cost is None:
        return
    name, about = called(item.symbol, item.name), words_of_holding(item.symbol, item.name)
    cost, gain = f"{prefix}.cost", f"{prefix}.gain"
    facts = [money_fact(cost, f"cost of {name}", item.cost, item.currency, "the file", about)]
    if item.gain is not None:
        label, inputs = f"unrealised gain of {name}", [f"{prefix}.value", cost]
        facts.append(money_fact(gain, label, item.gain, item.currency, _GAIN, about, computed_from=inputs))
    if (share := gain_share(item)) is not None:
        label, inputs = f"unrealised gain of {name}, of its cost", [gain, cost]
        facts.append(percent_fact(f"{prefix}.gain_percent", label, share, "gain / cost", about, computed_from=inputs))
    yield from (fact.model_copy(update={"about_too": _OF_GAINS}) for fact in facts)


def _total_facts(found: UnrealisedGains, currency: str) -> Iterator[Fact]:
    amounts = {
        "cost": ("cost of the holdings whose cost is known", found.cost, "sum of their costs at the rates of today"),
        "value": ("value of the holdings whose cost is known", found.value, "sum of their values"),
        "gain": ("unrealised gain of the holdings whose cost is known", found.gain, _GAIN),
    }
    for name, (label, value, source) in amounts.items():
        inputs = ["gains.value", "gains.cost"] if name == "gain" else []
        fact = money_fact(f"gains.{name}", label, value, currency, source, _OF_GAINS, computed_from=inputs)
        yield with_inputs(fact, converted=", ".join(found.converted) or None)
    if found.gain_share is not None:
        label = "unrealised gain, of the cost that is known"
        inputs = ["gains.gain", "gains.cost"]
        yield percent_fact("gains.percent", label, found.gain_share, "gain / cost", _OF_GAINS, computed_from=inputs)
    label = "part of the value without money whose cost is known"
    yield percent_fact("gains.covered", label, found.covered, "value with a known cost / value", _OF_GAINS)
