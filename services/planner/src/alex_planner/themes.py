"""Themes of research: a class, a sector, a market or a currency that moves many holdings at once.

What is published on a broad fund is mostly about what it holds, so a portfolio of funds is researched by its themes. A
theme is one of a fixed list, so that no text of a file becomes a query.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from alex_planner.allocation import Allocation, AllocationSlice
from alex_planner.currency import CURRENCY_CODES
from alex_planner.instruments.facts import REGIONS, SECTORS

THEME = "theme "
"""Beginning of the subject that is a theme."""
SMALLEST_THEME = Decimal("0.15")
"""Part of the portfolio from which on a theme is looked at. A limit of ours, as are those of the next two."""
SMALLEST_SECTOR = Decimal("0.20")
"""The same for a sector."""
SMALLEST_MARKET = Decimal("0.40")
"""The same for the shares of a region: nearly every portfolio has one."""
_CLASSES = {
    "bond": "Bonds and interest rates",
    "real_estate": "Listed real estate",
    "commodity": "Commodity prices and gold",
}
_PAIR = re.compile(r"currency ([A-Z]{3})/([A-Z]{3})")


@dataclass(frozen=True)
class Theme:
    """A theme with the part of the portfolio that it moves."""

    subject: str
    name: str
    share: Decimal


def themes_of(allocation: Allocation) -> Iterator[Theme]:
    """Yield the themes that move much of a portfolio, in a fixed order."""
    for key, share in _large(allocation.by_asset_class, SMALLEST_THEME):
        if key in _CLASSES:
            yield Theme(f"{THEME}class {key}", _CLASSES[key], share)
    for key, share in _large(allocation.by_sector, SMALLEST_SECTOR):
        if key in SECTORS:
            yield Theme(f"{THEME}sector {key}", _sector(key), share)
    for key, share in _large(allocation.by_region, SMALLEST_MARKET):
        if key in REGIONS:
            yield Theme(f"{THEME}market {key}", _market(key), share)
    base = allocation.base_currency
    for key, share in _large(allocation.by_currency, SMALLEST_SECTOR):
        if base is not None and key != base:
            yield Theme(f"{THEME}currency {key}/{base}", _exchange_rate(key, base), share)


def theme_topic(subject: str) -> str | None:
    """Return the topic of a theme, or `None` when it is none of the list."""
    name = _name(subject.removeprefix(THEME)) if subject.startswith(THEME) else None
    return f"{name}: outlook and risks" if name else None


def _name(theme: str) -> str | None:
    kind, _, key = theme.partition(" ")
    pair = _PAIR.fullmatch(theme)
    if pair and set(pair.groups()) <= CURRENCY_CODES:
        return _exchange_rate(pair[1], pair[2])
    if kind == "sector" and key in SECTORS:
        return _sector(key)
    if kind == "market" and key in REGIONS:
        return _market(key)
    return _CLASSES.get(key) if kind == "class" else None


def _large(slices: tuple[AllocationSlice, ...], limit: Decimal) -> Iterator[tuple[str, Decimal]]:
    return ((item.key, item.share) for item in slices if item.share is not None and item.share >= limit)


def _sector(key: str) -> str:
    return f"{key} sector shares"


def _market(key: str) -> str:
    return f"Share markets of {key}"


def _exchange_rate(key: str, base: str) -> str:
    return f"Exchange rate of {key} to {base}"
