"""Every number that a plan may speak of, each with how it was computed.

The prose of a plan is checked against these facts (`number_gate`); a number that is not among them is not a number of
the plan. Nothing is computed here beyond putting figures into the unit in which they are spoken of.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from pydantic import BaseModel, ConfigDict, Field

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
    """How it was computed, or where it is from."""
    inputs: Mapping[str, str] = Field(
        default_factory=dict, description="What it was computed from, by name, where that is no fact itself."
    )
    computed_from: tuple[str, ...] = Field(default=(), description="Ids of the facts that it was computed from.")
    about: tuple[str, ...] = ()
    """Beginnings of words, one of which a text must have in order to speak of this figure; empty: any text may."""
    about_too: tuple[str, ...] = ()
    """The same once more: a gain of a holding is spoken of by a text that names the holding and speaks of gains."""


def money_fact(  # noqa: PLR0917  the order of the fields of a fact
    identifier: str,
    label: str,
    value: Decimal,
    currency: str,
    source: str,
    about: tuple[str, ...] = (),
    *,
    computed_from: Iterable[str] = (),
    places: int = 2,
) -> Fact:
    """Return an amount; it is shown with `places` decimals, none for what is simulated, and kept exact."""
    return Fact(
        id=identifier,
        label=label,
        value=value,
        unit=currency,
        formatted=format_money(value, currency, places),
        source=source,
        computed_from=tuple(computed_from),
        about=about,
    )


def percent_fact(
    identifier: str,
    label: str,
    fraction: Decimal,
    source: str,
    about: tuple[str, ...] = (),
    *,
    computed_from: Iterable[str] = (),
    places: int = 1,
) -> Fact:
    """Return a percentage from a fraction; 0.1234 is 12.34 percent and shown with `places` decimals, as 12.3 %."""
    return Fact(
        id=identifier,
        label=label,
        value=fraction * 100,
        unit=PERCENT,
        formatted=format_percent(fraction, places),
        source=source,
        computed_from=tuple(computed_from),
        about=about,
    )


def number_fact(  # noqa: PLR0917  as above
    identifier: str, label: str, value: Decimal, source: str, about: tuple[str, ...], places: int = 2
) -> Fact:
    """Return a number without a unit, such as a beta; `about` keeps it from standing for any other number."""
    formatted = f"{value:,.{places}f}"
    return Fact(id=identifier, label=label, value=value, unit=RATIO, formatted=formatted, source=source, about=about)


def with_inputs(fact: Fact, **inputs: object) -> Fact:
    """Return a fact with more of what it was computed from, by name; what is `None` is left out."""
    named = {name: str(value) for name, value in inputs.items() if value is not None}
    return fact.model_copy(update={"inputs": {**fact.inputs, **named}})


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


def format_money(value: Decimal, currency: str, places: int = 2) -> str:
    """Return `1,234.50 USD`; with `places` 0, as for what is simulated, `1,234 USD`."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return f"{abs(rounded) if rounded == 0 else rounded:,.{places}f} {currency}"


def format_percent(fraction: Decimal, places: int = 1) -> str:
    """Return `12.3 %` for 0.1234."""
    rounded = (fraction * 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return f"{abs(rounded) if rounded == 0 else rounded:,.{places}f} %"


def words_about(name: str) -> tuple[str, ...]:
    """Return the words by which a text may speak of a class, a label or a name, in lower case."""
    known = _OTHER_WORDS.get(name.lower(), ())
    return (*known, *(word for word in re.findall(r"[^\W_]+", name.lower()) if len(word) >= _TELLING_WORD_CHARS))
