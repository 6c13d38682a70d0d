"""The figures of a portfolio as facts: total, parts, holdings and dates, each with the figures it was computed from."""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.allocation import Allocation, AllocationSlice, PositionValue
from alex_planner.concentration import TOP, Concentration
from alex_planner.facts import (
    COUNT,
    Fact,
    count_fact,
    date_fact,
    money_fact,
    number_fact,
    percent_fact,
    with_inputs,
    words_about,
    years_fact,
)
from alex_planner.instruments.facts import Dimension
from alex_planner.retirement.goals import Goals
from alex_planner.wording import called

_WORDS_OF_MANY_NAMES = frozenset(
    "and class company corp corporation etf fund funds global group holding holdings inc index limited ltd market"
    " markets plc shares stock stocks the total trust world".split()
)
"""Words of names that tell no holding from another."""


def allocation_facts(allocation: Allocation) -> Iterator[Fact]:
    """Yield the facts of an allocation, in a fixed order; ids are unique."""
    yield count_fact("positions", "number of positions (holdings) in the portfolio", len(allocation.positions), "count")
    yield count_fact("unpriced", "number of unpriced positions (holdings)", len(allocation.unpriced), "count")
    yield count_fact("unconverted", "number of unconverted positions (holdings)", len(allocation.unconverted), "count")
    stale = len(allocation.price_dates.stale)
    yield count_fact("stale", "number of positions (holdings) with a stale price", stale, "count of old prices")
    if allocation.base_currency is not None:
        yield money_fact(
            "total",
            "total of the priced positions",
            allocation.total,
            allocation.base_currency,
            "sum of quantity x price (x exchange rate) of the positions that can be counted",
            computed_from=[value_id(number, item) for number, item in _counted(allocation)],
        )
        yield from _slice_facts(allocation, allocation.base_currency)
    for number, position in enumerate(allocation.positions, start=1):
        yield from _position_facts(f"position.{number}", position, allocation.base_currency)
    yield from _holding_facts(allocation)
    dates = allocation.price_dates
    if dates.oldest is not None and dates.newest is not None:
        yield date_fact("price_date.oldest", "oldest price date", dates.oldest, "earliest price_date of the file")
        yield date_fact("price_date.newest", "newest price date", dates.newest, "latest price_date of the file")


def concentration_facts(concentration: Concentration | None) -> Iterator[Fact]:
    """Yield how much hangs on few holdings, funds counted as one holding each."""
    if concentration is None:
        return
    largest, about = concentration.largest, ("largest", "top", "concentrat")
    label = f"share of the largest holding, {called(largest.symbol, largest.name)}"
    share = percent_fact("concentration.largest", label, largest.share, "value / total", about)
    yield with_inputs(share, symbol=largest.symbol)
    label = f"share of the {TOP} largest holdings"
    yield percent_fact("concentration.top", label, concentration.top_share, "sum of their shares", about)
    words = ("effective", "equal", "concentrat", "herfindahl")
    index = number_fact(
        "concentration.herfindahl",
        "Herfindahl index of the holdings",
        concentration.herfindahl,
        "sum of squared shares (Hirschman 1964)",
        words,
        places=4,
    )
    yield with_inputs(index, holdings=concentration.holdings)
    value = concentration.effective_holdings
    yield Fact(
        id="concentration.effective",
        label="effective number of holdings",
        value=value,
        unit=COUNT,
        formatted=f"{value:.1f}",
        source="1 / Herfindahl index (Laakso and Taagepera 1979)",
        computed_from=("concentration.herfindahl",),
        about=words,
    )


def goal_facts(goals: Goals, allocation: Allocation) -> Iterator[Fact]:
    """Yield what the owner asked for, as facts."""
    yield years_fact("goal.horizon", "horizon", goals.horizon_years, "the goals")
    if allocation.base_currency is not None:
        currency, yearly = allocation.base_currency, goals.contribution_per_year
        yield money_fact("goal.contribution", "contribution per year", yearly, currency, "the goals")
        if goals.monthly_contribution is not None:
            monthly = goals.monthly_contribution
            yield money_fact("goal.monthly", "contribution per month", monthly, currency, "the goals")


def names_of_holdings(allocation: Allocation) -> dict[str, str]:
    """Return what each holding is called in a sentence or a table, by symbol."""
    return {item.symbol: called(item.symbol, item.name) for item in allocation.positions}


def words_of_holding(symbol: str, name: str | None) -> tuple[str, ...]:
    """Return the words, one of which a text has that speaks of a holding, in lower case."""
    telling = (word for word in words_about(name or "") if word not in _WORDS_OF_MANY_NAMES)
    return (symbol.lower().rstrip("*"), *telling)


def _counted(allocation: Allocation) -> Iterator[tuple[int, PositionValue]]:
    return ((n, item) for n, item in enumerate(allocation.positions, start=1) if item.base_value is not None)


def value_id(number: int, item: PositionValue) -> str:
    """Return the id of the fact with the value of the position `number`, from 1, in the base currency."""
    return f"position.{number}.{'value' if item.rate is None else 'base_value'}"


def _slice_facts(allocation: Allocation, currency: str) -> Iterator[Fact]:
    looked_through: dict[Dimension, tuple[AllocationSlice, ...]] = {
        "asset_class": allocation.by_asset_class,
        "region": allocation.by_region,
        "sector": allocation.by_sector,
    }
    plain = {"currency": allocation.by_currency, "account": allocation.by_account}
    for dimension, slices in [*looked_through.items(), *plain.items()]:
        what = dimension.replace("_", " ")
        yield count_fact(f"{dimension}.count", f"number of slices by {what}", len(slices), "count")
        for item in slices:
            inputs = [
                value_id(n, position) for n, position in _counted(allocation) if _is_in(position, dimension, item)
            ]
            formula = f"sum over positions of value x part with {what} {item.key}"
            name, about = f"{dimension}.{item.key}", words_about(item.key)
            label = f"amount in {what} {item.key}"
            yield money_fact(f"{name}.amount", label, item.amount, currency, formula, about, computed_from=inputs)
            if item.share is not None:
                label = f"share of {what} {item.key}"
                yield percent_fact(
                    f"{name}.share",
                    label,
                    item.share,
                    "amount / total",
                    about,
                    computed_from=[f"{name}.amount", "total"],
                )


def _is_in(position: PositionValue, dimension: str, item: AllocationSlice) -> bool:
    key = item.key.casefold()
    if dimension == "currency":
        return position.currency.casefold() == key
    if dimension == "account":
        return (position.account or "unclassified").casefold() == key
    shares = getattr(position.classification, dimension).shares
    if key == "unclassified":
        return sum(shares.values(), Decimal(0)) < 1
    return any(name.casefold() == key for name in shares)


def _position_facts(prefix: str, position: PositionValue, base_currency: str | None) -> Iterator[Fact]:
    name, currency = called(position.symbol, position.name), position.currency
    about = words_of_holding(position.symbol, position.name)
    quantity, price, value = f"{prefix}.quantity", f"{prefix}.price", f"{prefix}.value"
    yield Fact(
        id=quantity,
        label=f"quantity (units, shares) of {name}",
        value=position.quantity,
        unit=COUNT,
        formatted=f"{position.quantity:,f}",
        source="the file",
        about=about,
    )
    if position.price is not None and position.value is not None:
        source = position.price_source or "the file"
        yield money_fact(price, f"price of {name}", position.price, currency, source, about)
        label = f"value of {name}"
        counted = money_fact(
            value, label, position.value, currency, "quantity x price", about, computed_from=[quantity, price]
        )
        yield counted.model_copy(update={"inputs": _value_inputs(position)})
    if position.rate is not None and position.base_value is not None and base_currency is not None:
        rate = position.rate
        formula = f"value x {rate.rate.normalize():f} {base_currency} per {currency} ({rate.source})"
        label = f"value of {name} in {base_currency}"
        converted = money_fact(
            f"{prefix}.base_value", label, position.base_value, base_currency, formula, about, computed_from=[value]
        )
        yield converted.model_copy(update={"inputs": _value_inputs(position)})
    if position.share is not None:
        used = f"{prefix}.base_value" if position.rate is not None else value
        label = f"share of {name}"
        yield percent_fact(
            f"{prefix}.share", label, position.share, "value / total", about, computed_from=[used, "total"]
        )
    if position.price_date is not None:
        yield date_fact(
            f"{prefix}.price_date", f"price date of {name}", position.price_date, position.price_source or "the file"
        )


def _value_inputs(position: PositionValue) -> dict[str, str]:
    inputs = {
        "quantity": f"{position.quantity:f}",
        "price": f"{position.price} {position.currency}",
        "price_date": position.price_date.isoformat() if position.price_date else "not known",
        "price_state": position.price_state,
    }
    if position.rate is not None:
        day = f" of {position.rate.as_of.isoformat()}" if position.rate.as_of else ""
        inputs["rate"] = f"{position.rate.rate:.6f}{day}"
    return inputs


def _holding_facts(allocation: Allocation) -> Iterator[Fact]:
    """Yield value and share of each symbol that stands in several positions, over all of them."""
    if allocation.base_currency is None:
        return
    positions: dict[str, list[tuple[int, PositionValue]]] = {}
    for number, item in _counted(allocation):
        positions.setdefault(item.symbol, []).append((number, item))
    for symbol, items in positions.items():
        if len(items) == 1:
            continue
        about = words_of_holding(symbol, items[0][1].name)
        value = sum((item.base_value for _, item in items if item.base_value is not None), Decimal(0))
        inputs = [value_id(number, item) for number, item in items]
        name, short = f"holding.{symbol}", called(symbol, items[0][1].name)
        label = f"value of {short} over all accounts"
        yield money_fact(
            f"{name}.value", label, value, allocation.base_currency, "sum of its positions", about, computed_from=inputs
        )
        if allocation.total:
            label = f"share of {short} over all accounts"
            yield percent_fact(
                f"{name}.share",
                label,
                value / allocation.total,
                "value / total",
                about,
                computed_from=[f"{name}.value", "total"],
            )
