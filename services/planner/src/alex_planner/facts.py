"""Every number that a plan may speak of, each with how it was computed.

The prose of a plan is checked against these facts (`number_gate`); a number that is not among them is not a number of
the plan. Nothing is computed here beyond putting figures into the unit in which they are spoken of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import Allocation, AllocationSlice, PositionValue
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.outcome import PERCENTILES, ProjectionYear
from alex_planner.retirement.projection import Projection

PERCENT = "percent"
YEARS = "years"
COUNT = "count"
DATE = "date"
RATIO = "ratio"
_TELLING_WORD_CHARS = 3
_OTHER_WORDS = {
    "equity": ("equit", "stock", "share"),
    "bond": ("fixed income", "fixed-income", "treasur"),
    "cash": ("money market", "liquid"),
    "real_estate": ("real estate", "real-estate", "propert", "reit"),
    "commodity": ("commodit", "gold"),
    "unclassified": ("not classified", "without", "no ", "unknown"),
    "usd": ("dollar",),
    "eur": ("euro",),
    "us": ("united states", "america", "u.s.", "us"),
    "uk": ("united kingdom", "brit", "uk"),
}
"""Other beginnings of words by which texts speak of a class or a label."""
_WORDS_OF_MANY_NAMES = frozenset(
    "and class company corp corporation etf fund funds global group holding holdings inc index limited ltd market"
    " markets plc shares stock stocks the total trust world".split()
)
"""Words of names that tell no holding from another."""
_OF_LOSS = ("los", "less", "below", "probab", "chance", "likel", "risk", "odds")
_OF_PATHS = ("path", "case", "percentile", "simulat", "scenario", "worst", "best", "outcome")
_OF_ASSUMPTIONS = ("assum", "return", "volatil", "deviation")
UNITS = frozenset({PERCENT, YEARS, COUNT, DATE, RATIO})
"""Units beside those of money, which are the codes of ISO 4217."""


class Fact(BaseModel):
    """One figure, and what it is."""

    model_config = ConfigDict(frozen=True)

    id: str
    label: str
    """What the figure is, in words; for a count the words say what is counted."""
    value: Decimal | int | str
    """A number in `unit`, or for a date its ISO 8601 day."""
    unit: str
    """`percent`, `years`, `count`, `date`, `ratio` (a number without a unit), or the ISO 4217 code of an amount."""
    formatted: str
    """As the plan writes it."""
    source: str
    """How it was computed."""
    inputs: Mapping[str, str] = Field(default_factory=dict)
    """What it was computed from, by name, where the figure is not read from the file itself."""
    about: tuple[str, ...] = ()
    """Beginnings of words, one of which a text must have in order to speak of this figure; empty: any text may."""


def collect_facts(allocation: Allocation, projection: Projection | None, goals: Goals) -> list[Fact]:
    """Return all facts of a run, in a fixed order; ids are unique."""
    return [*allocation_facts(allocation), *_goal_facts(goals, allocation), *_projection_facts(projection)]


def money_fact(  # noqa: PLR0917  the order of the fields of a fact
    identifier: str, label: str, value: Decimal, currency: str, source: str, about: tuple[str, ...] = ()
) -> Fact:
    """Return an amount; it is shown to the cent and kept exact."""
    formatted = format_money(value, currency)
    return Fact(id=identifier, label=label, value=value, unit=currency, formatted=formatted, source=source, about=about)


def percent_fact(identifier: str, label: str, fraction: Decimal, source: str, about: tuple[str, ...] = ()) -> Fact:
    """Return a percentage from a fraction; 0.1234 is 12.34 percent and shown as 12.3 %."""
    return Fact(
        id=identifier,
        label=label,
        value=fraction * 100,
        unit=PERCENT,
        formatted=format_percent(fraction),
        source=source,
        about=about,
    )


def count_fact(identifier: str, label: str, value: int, source: str) -> Fact:
    """Return a count; `label` must name what is counted, because the gate reads it."""
    return Fact(id=identifier, label=label, value=value, unit=COUNT, formatted=f"{value:,}", source=source)


def years_fact(identifier: str, label: str, value: int, source: str) -> Fact:
    """Return a number of years."""
    return Fact(id=identifier, label=label, value=value, unit=YEARS, formatted=f"{value} years", source=source)


def date_fact(identifier: str, label: str, value: date | datetime, source: str) -> Fact:
    """Return a day; of a time, its day as written, in its own zone."""
    day = (value.date() if isinstance(value, datetime) else value).isoformat()
    return Fact(id=identifier, label=label, value=day, unit=DATE, formatted=day, source=source)


def format_money(value: Decimal, currency: str) -> str:
    """Return `1,234.50 USD`."""
    cents = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
    return f"{abs(cents) if cents == 0 else cents:,.2f} {currency}"


def format_percent(fraction: Decimal) -> str:
    """Return `12.3 %` for 0.1234."""
    tenths = (fraction * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    return f"{abs(tenths) if tenths == 0 else tenths:,.1f} %"


def allocation_facts(allocation: Allocation) -> Iterator[Fact]:
    """Yield the facts of an allocation, in a fixed order; ids are unique."""
    counted = "sum of quantity x price of the positions with a price in the base currency"
    yield count_fact("positions", "number of positions (holdings) in the portfolio", len(allocation.positions), "count")
    yield count_fact("unpriced", "number of unpriced positions (holdings)", len(allocation.unpriced), "count")
    yield count_fact("unconverted", "number of unconverted positions (holdings)", len(allocation.unconverted), "count")
    if allocation.base_currency is not None:
        yield money_fact("total", "total of the priced positions", allocation.total, allocation.base_currency, counted)
        yield from _slice_facts(allocation, allocation.base_currency)
    for number, position in enumerate(allocation.positions, start=1):
        yield from _position_facts(f"position.{number}", position)
    dates = allocation.price_dates
    if dates.oldest is not None and dates.newest is not None:
        yield date_fact("price_date.oldest", "oldest price date", dates.oldest, "earliest price_date of the file")
        yield date_fact("price_date.newest", "newest price date", dates.newest, "latest price_date of the file")


def _slice_facts(allocation: Allocation, currency: str) -> Iterator[Fact]:
    dimensions: dict[str, tuple[AllocationSlice, ...]] = {
        "asset_class": allocation.by_asset_class,
        "region": allocation.by_region,
        "sector": allocation.by_sector,
        "currency": allocation.by_currency,
        "account": allocation.by_account,
    }
    for dimension, slices in dimensions.items():
        what = dimension.replace("_", " ")
        yield count_fact(f"{dimension}.count", f"number of slices by {what}", len(slices), "count")
        for item in slices:
            source = f"sum of the counted positions with {what} {item.key}"
            name, about = f"{dimension}.{item.key}", words_about(item.key)
            yield money_fact(f"{name}.amount", f"amount in {what} {item.key}", item.amount, currency, source, about)
            if item.share is not None:
                label = f"share of {what} {item.key}"
                yield percent_fact(f"{name}.share", label, item.share, f"{source} / total", about)


def _position_facts(prefix: str, position: PositionValue) -> Iterator[Fact]:
    symbol, currency = position.symbol, position.currency
    telling = (word for word in words_about(position.name or "") if word not in _WORDS_OF_MANY_NAMES)
    about = (symbol.lower().rstrip("*"), *telling)
    yield Fact(
        id=f"{prefix}.quantity",
        label=f"quantity (units, shares) of {symbol}",
        value=position.quantity,
        unit=COUNT,
        formatted=f"{position.quantity:,f}",
        source="the file",
        about=about,
    )
    if position.price is not None and position.value is not None:
        source = position.price_source or "the file"
        yield money_fact(f"{prefix}.price", f"price of {symbol}", position.price, currency, source, about)
        value = money_fact(f"{prefix}.value", f"value of {symbol}", position.value, currency, "quantity x price", about)
        yield value.model_copy(update={"inputs": _value_inputs(position)})
    if position.rate is not None and position.base_value is not None:
        base, rate = position.rate.quote, position.rate
        label, how = f"value of {symbol} in {base}", f"value x {rate.base}/{rate.quote}, {rate.source}"
        converted = money_fact(f"{prefix}.base_value", label, position.base_value, base, how, about)
        yield converted.model_copy(update={"inputs": _value_inputs(position)})
    if position.share is not None:
        yield percent_fact(f"{prefix}.share", f"share of {symbol}", position.share, "value / total", about)
    if position.price_date is not None:
        source = position.price_source or "the file"
        yield date_fact(f"{prefix}.price_date", f"price date of {symbol}", position.price_date, source)


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


def words_about(name: str) -> tuple[str, ...]:
    """Return the words by which a text may speak of a class, a label or a name, in lower case."""
    known = _OTHER_WORDS.get(name.lower(), ())
    return (*known, *(word for word in re.findall(r"[^\W_]+", name.lower()) if len(word) >= _TELLING_WORD_CHARS))


def _goal_facts(goals: Goals, allocation: Allocation) -> Iterator[Fact]:
    yield years_fact("goal.horizon", "horizon", goals.horizon_years, "the goals")
    if allocation.base_currency is not None:
        currency, yearly = allocation.base_currency, goals.contribution_per_year
        yield money_fact("goal.contribution", "contribution per year", yearly, currency, "the goals")
        if goals.monthly_contribution is not None:
            monthly = goals.monthly_contribution
            yield money_fact("goal.monthly", "contribution per month", monthly, currency, "the goals")


def _projection_facts(projection: Projection | None) -> Iterator[Fact]:
    if projection is None:
        return
    how = f"simulation of {projection.paths} paths, seed {projection.seed}"
    yield count_fact("projection.paths", "number of simulated paths (simulations, runs)", projection.paths, "setting")
    yield count_fact("projection.seed", "seed of the simulation", projection.seed, "setting")
    yield money_fact("projection.start", "projected start value", projection.start_value, projection.currency, how)
    for percentile in PERCENTILES:
        name, label = f"projection.percentile.{percentile}", f"paths that stay below percentile {percentile}"
        yield percent_fact(name, label, Decimal(percentile) / 100, "definition of a percentile", _OF_PATHS)
    for share in projection.mix:
        name, label = f"projection.mix.{share.asset_class}", f"weight of {share.asset_class}"
        yield percent_fact(name, label, share.share, "amount / start value", words_about(share.asset_class))
    for item in projection.not_projected:
        name = f"projection.left_out.{item.asset_class}"
        label = f"amount of {item.asset_class} that is not projected"
        yield money_fact(name, label, item.amount, projection.currency, "no assumption")
    for year in projection.spoken_years():
        if year.year:
            yield from _year_facts(year, projection.currency, how)
    for assumption in projection.assumptions:
        if assumption.unit.startswith(PERCENT):
            name, label = f"assumption.{assumption.name}", f"assumed {assumption.name.replace('_', ' ')}"
            yield percent_fact(name, label, assumption.value / 100, assumption.source, _OF_ASSUMPTIONS)


def _year_facts(year: ProjectionYear, currency: str, how: str) -> Iterator[Fact]:
    prefix = f"projection.year.{year.year}"
    yield years_fact(prefix, f"projected year {year.year}", year.year, "setting")
    figures = {"p5": year.p5, "p25": year.p25, "p50": year.p50, "p75": year.p75, "p95": year.p95, "mean": year.mean}
    for name, value in figures.items():
        yield money_fact(f"{prefix}.{name}", f"{name} of the value after {year.year} years", value, currency, how)
    yield money_fact(
        f"{prefix}.mean_error", f"standard error of the mean, year {year.year}", year.mean_error, currency, how
    )
    yield money_fact(
        f"{prefix}.median_error", f"standard error of the median, year {year.year}", year.median_error, currency, how
    )
    yield money_fact(
        f"{prefix}.paid_in", f"paid in after {year.year} years", year.paid_in, currency, "start + contributions"
    )
    if year.probability_of_loss is not None:
        label = f"probability of a real loss after {year.year} years"
        yield percent_fact(f"{prefix}.loss", label, year.probability_of_loss, how, _OF_LOSS)


def finding_facts(dates: Iterable[tuple[str, date | datetime]]) -> list[Fact]:
    """Return the dates of findings as facts, so that prose may name them; each pair is a label and a day."""
    return [
        date_fact(f"finding.{number}", label, day, "stored document") for number, (label, day) in enumerate(dates, 1)
    ]
