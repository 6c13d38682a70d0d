"""Prices over time, as somebody stated them. No day is filled in: what was not stated on a day has no price on it."""

from bisect import bisect_right
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from alex_planner.prices.freshness import STALE_AFTER


class PricePoint(BaseModel):
    """One price."""

    model_config = ConfigDict(frozen=True)

    day: date
    price: Decimal = Field(gt=0)


class PriceSeries(BaseModel):
    """Prices of one instrument, or of one unit of a currency in another one, each day once and in order."""

    model_config = ConfigDict(frozen=True)

    symbol: str = Field(description="As in the portfolio; for an exchange rate both codes, as in EUR/USD.")
    currency: str = Field(description="ISO 4217 code of the prices.")
    source: str
    points: tuple[PricePoint, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(one.day >= other.day for one, other in zip(self.points, self.points[1:], strict=False)):
            raise ValueError("days of a price series must each be there once and in order")
        return self

    @cached_property
    def by_day(self) -> dict[date, Decimal]:
        """The price of each day."""
        return {point.day: point.price for point in self.points}

    @property
    def last(self) -> PricePoint:
        """The newest price."""
        return self.points[-1]

    def on(self, day: date, within: timedelta = STALE_AFTER) -> PricePoint | None:
        """Return the newest price up to `day` that is not older than `within`, or `None`."""
        index = bisect_right(self.points, day, key=lambda point: point.day) - 1
        found = self.points[index] if index >= 0 else None
        return found if found is not None and day - found.day <= within else None
