"""What is known about a position: the file's word first, then the owner's, the table's, and an unchecked proposal's.

An instrument is found by its ISIN, or by CUSIP within it, else by its symbol, and by that only in a currency in which
it is listed: the same letters mean other companies elsewhere.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.instruments.bundled_table import bundled_instruments
from alex_planner.instruments.facts import (
    DIMENSIONS,
    NOTHING_KNOWN,
    Classification,
    Dimension,
    Expense,
    Identity,
    InstrumentFacts,
    Statement,
)
from alex_planner.portfolio import AssetClass, Position

NOT_APPLICABLE = "Not applicable"
"""Region of money and sector of what has none: that is known, and not the same as not knowing it."""
_CLASSES_WITH_SECTORS = frozenset({"equity", "real_estate"})
_CLASSES_WITHOUT_REGION = frozenset({"cash", "commodity"})
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_CUSIP = re.compile(r"[0-9A-Z]{8}[0-9]")
_SUFFIX = re.compile(r"\.(?:US|UK|L|DE|DEX|AS|NL|PA|FR|MI|IT|SW|CH|VX|T|CO|DK|MC|ES)$")
"""Endings by which brokers and feeds name the exchange, as in `VUSA.UK` and `NESN.SW`."""


class OwnerClass(BaseModel):
    """What the owner says of a holding, such as a proposal that was accepted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    symbol: str = Field(max_length=32)
    asset_class: AssetClass | None = None
    region: str | None = Field(default=None, max_length=60)
    sector: str | None = Field(default=None, max_length=60)


class Catalog:
    """Instruments by their identifiers."""

    def __init__(self, instruments: Iterable[InstrumentFacts]) -> None:
        self._by_isin: dict[str, InstrumentFacts] = {}
        self._by_cusip: dict[str, InstrumentFacts] = {}
        self._by_symbol: dict[tuple[str, str], InstrumentFacts] = {}
        for item in instruments:
            if item.isin:
                self._by_isin[item.isin] = item
                self._by_cusip[item.isin[2:11]] = item
            for symbol in item.symbols:
                for currency in item.currencies:
                    self._by_symbol[symbol, currency] = item

    def find(self, position: Position) -> InstrumentFacts | None:
        """Return the instrument of a position, or `None`."""
        symbol = position.symbol.upper().rstrip("*")
        isin = position.isin or (symbol if _ISIN.fullmatch(symbol) else None)
        if isin:
            return self._by_isin.get(isin)
        if _CUSIP.fullmatch(symbol) and symbol in self._by_cusip:
            return self._by_cusip[symbol]
        plain = _SUFFIX.sub("", symbol).replace(" ", ".")
        return self._by_symbol.get((symbol, position.currency)) or self._by_symbol.get((plain, position.currency))

    def identify(self, position: Position) -> Identity | None:
        """Return ticker and name of a position's instrument, or `None` when it is none of the table."""
        found = self.find(position)
        return Identity(ticker=found.symbols[0], name=found.name) if found and found.symbols else None

    def classify(
        self,
        position: Position,
        owner: Mapping[str, OwnerClass] | None = None,
        proposals: Mapping[str, Classification] | None = None,
    ) -> Classification:
        """Return what is known about a position; `owner` and `proposals` are by symbol."""
        found = self.find(position)
        said = (owner or {}).get(position.symbol)
        proposal = (proposals or {}).get(position.symbol)
        chosen: dict[Dimension, Statement] = {}
        for dimension in DIMENSIONS:
            chosen[dimension] = (
                _one(getattr(said, dimension, None), "owner", "the owner's word in this request")
                or _one(getattr(position, dimension), "file", "the file of the portfolio")
                or (found.statements.get(dimension) if found else None)
                or _without(dimension, chosen.get("asset_class"))
                or (proposal.statement(dimension) if proposal else NOTHING_KNOWN)
            )
        return Classification(**chosen, expense=_expense(found, chosen), identity=self.identify(position))


def as_stated(position: Position) -> Classification:
    """Return what the file alone says of a position."""
    return Catalog(()).classify(position)


@cache
def bundled_catalog() -> Catalog:
    """Return a catalog of the bundled table."""
    return Catalog(bundled_instruments())


def _one(name: str | None, origin: str, source: str) -> Statement | None:
    return (
        Statement.model_validate({"shares": {name: Decimal(1)}, "origin": origin, "source": source}) if name else None
    )


def _without(dimension: Dimension, asset_class: Statement | None) -> Statement | None:
    """Return that a dimension does not apply to a class, as sectors do not to bonds."""
    if asset_class is None or len(asset_class.shares) != 1:
        return None
    (name,) = asset_class.shares
    has_none = (dimension == "region" and name in _CLASSES_WITHOUT_REGION) or (
        dimension == "sector" and name not in _CLASSES_WITH_SECTORS and name != "other"
    )
    source = f"{name} has no {dimension}"
    return (
        asset_class.model_copy(update={"shares": {NOT_APPLICABLE: Decimal(1)}, "source": source}) if has_none else None
    )


def _expense(found: InstrumentFacts | None, chosen: Mapping[Dimension, Statement]) -> Expense | None:
    """Return the yearly expenses: of shares and money there are none, of unknown funds they are not known."""
    if found is not None and not found.is_share:
        return found.expense
    if found is not None:
        return Expense(ratio=Decimal(0), origin="table", source="a share has no yearly expenses", of_fund=False)
    if set(chosen["asset_class"].shares) == {"cash"}:
        source = "money in an account has none of a fund"
        return Expense(ratio=Decimal(0), origin="table", source=source, of_fund=False)
    return None
