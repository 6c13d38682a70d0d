"""What is known about an instrument, each statement with its date and source. It looks nothing up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Dimension = Literal["asset_class", "region", "sector"]
DIMENSIONS: tuple[Dimension, ...] = ("asset_class", "region", "sector")
Origin = Literal["file", "owner", "table", "proposal", "nothing"]
"""Who said it: the broker's file, the owner in a request, the bundled table, a proposal that nobody has checked, or
nobody."""
REGIONS = ("North America", "Europe", "Asia Pacific", "Emerging markets", "Middle East")
"""Regions of the bundled table. Asia Pacific means its developed markets."""
SECTORS = (
    "Communication services",
    "Consumer discretionary",
    "Consumer staples",
    "Energy",
    "Financials",
    "Health care",
    "Industrials",
    "Information technology",
    "Materials",
    "Real estate",
    "Utilities",
)
"""The eleven sectors of the Global Industry Classification Standard (S&P and MSCI, since 2018)."""


class Statement(BaseModel):
    """How an instrument divides over one dimension, who says so and of which day."""

    model_config = ConfigDict(frozen=True)

    shares: Mapping[str, Decimal] = Field(description="Fractions, at most one together; what is left is unclassified.")
    origin: Origin
    source: str
    as_of: date | None = None


class Expense(BaseModel):
    """Yearly expenses of a fund as a fraction of its value: 0.0003 is 0.03 percent."""

    model_config = ConfigDict(frozen=True)

    ratio: Decimal = Field(ge=0, lt=1)
    origin: Origin
    source: str
    as_of: date | None = None
    of_fund: bool = Field(default=True, description="Shares and money have no expenses by nature.")


class InstrumentFacts(BaseModel):
    """One fund or share of the bundled table."""

    model_config = ConfigDict(frozen=True)

    symbols: tuple[str, ...]
    isin: str | None
    name: str
    is_share: bool = Field(description="Whether it is a company's share; else it is a fund.")
    currencies: tuple[str, ...] = Field(description="Currencies of its listings under these symbols.")
    statements: Mapping[Dimension, Statement]
    expense: Expense | None = Field(default=None, description="`None` for a share, and where it is not known.")


class Identity(BaseModel):
    """What the bundled table calls an instrument, however a broker's file names it."""

    model_config = ConfigDict(frozen=True)

    ticker: str = Field(description="Symbol of its first listing.")
    name: str


class Classification(BaseModel):
    """What is known about one position: a statement for each dimension that has one."""

    model_config = ConfigDict(frozen=True)

    asset_class: Statement
    region: Statement
    sector: Statement
    expense: Expense | None = None
    identity: Identity | None = Field(default=None, description="`None` for what the bundled table does not have.")

    def statement(self, dimension: Dimension) -> Statement:
        """Return the statement of a dimension."""
        found: Statement = getattr(self, dimension)
        return found

    @property
    def main_class(self) -> str | None:
        """The asset class with the largest share, or `None` when none is known."""
        shares = self.asset_class.shares
        return max(shares, key=lambda name: (shares[name], name), default=None)


NOTHING_KNOWN = Statement(shares={}, origin="nothing", source="nobody has said it")
