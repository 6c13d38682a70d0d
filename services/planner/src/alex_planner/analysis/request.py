"""What an analysis is asked for with; everything may be left out."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from alex_edge import InvalidInput
from pydantic import BaseModel, ConfigDict, Field

from alex_planner.currency import CURRENCY_CODES
from alex_planner.instruments.catalog import OwnerClass
from alex_planner.portfolio import AssetClass
from alex_planner.prices.price_file import MAX_CHARS
from alex_planner.retirement.goals import MAX_HORIZON_YEARS

MAX_AMOUNT = Decimal("1e12")
"""New money and the smallest trade are at most this; the limit is ours."""
Amount = Annotated[Decimal, Field(ge=0, le=MAX_AMOUNT)]
Fraction = Annotated[Decimal, Field(ge=0, le=1)]


class AnalysisOptions(BaseModel):
    """Prices, costs and the owner's word beside a snapshot: what an analysis and a plan have in common."""

    model_config = ConfigDict(extra="forbid")

    prices: str | None = Field(
        default=None,
        max_length=MAX_CHARS,
        description="CSV of prices and exchange rates: `date,symbol,price,currency`; a rate is a symbol as EUR/USD.",
    )
    online: bool = Field(
        default=False,
        description="Ask the configured provider for prices too; symbols and currencies leave for it, no amount.",
    )
    propose: bool = Field(
        default=False, description="Have a model propose what nobody has said of a holding; every proposal is marked."
    )
    history_years: int = Field(default=3, ge=1, le=20, description="How far back the provider is asked.")
    minimum_trade: Amount | None = Field(
        default=None,
        description="Trades below this are not proposed; when not given, half a percent of the portfolio.",
    )
    cost_rate: Fraction = Field(default=Decimal(0), description="Cost of a trade as a fraction of its amount.")
    tax_rate: Fraction = Field(default=Decimal(0), description="Tax on realised gains, as a fraction.")
    risk_free: Annotated[Decimal, Field(ge=Decimal("-0.5"), le=Decimal("0.5"))] = Field(
        default=Decimal(0), description="Return without risk for the Sharpe ratio, as a fraction per year."
    )
    benchmark: str | None = Field(default=None, max_length=32, description="Symbol in the prices that beta is against.")
    classes: list[OwnerClass] = Field(
        default_factory=list, max_length=1000, description="What the owner says of holdings; believed before the file."
    )


class AnalysisRequest(AnalysisOptions):
    """What one analysis is asked for with."""

    base_currency: str | None = Field(
        default=None, description="ISO 4217 code to count in; when not given, the one of most positions."
    )
    as_of: date | None = Field(default=None, description="Day of the valuation; today when not given.")
    target: dict[AssetClass, Fraction] | None = Field(
        default=None, description="Wanted shares by asset class, as fractions that add up to one."
    )
    new_money: Amount = Field(default=Decimal(0), description="To be invested first, in the base currency.")
    horizon_years: int = Field(default=20, ge=1, le=MAX_HORIZON_YEARS, description="Of the expense drag.")


def check_request(asked: AnalysisRequest, today: date) -> None:
    """Refuse what no schema can.

    Raises:
        InvalidInput: there is no such currency, or the day is in the future.
    """
    if asked.base_currency is not None and asked.base_currency not in CURRENCY_CODES:
        shown = asked.base_currency[:20]
        raise InvalidInput(f"base_currency {shown!r} is not a code of ISO 4217, such as USD", field="base_currency")
    if asked.as_of is not None and asked.as_of > today:
        raise InvalidInput(f"as_of {asked.as_of.isoformat()} is in the future", field="as_of")
