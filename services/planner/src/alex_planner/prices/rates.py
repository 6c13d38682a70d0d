"""Exchange rates as they were stated, and what follows from them: inverses and one step over a third currency.

No rate is known here. One that nobody stated is missing, and `RateTable.find` says so with `None`.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field


class ExchangeRate(BaseModel):
    """One unit of `base` costs `rate` units of `quote`."""

    model_config = ConfigDict(frozen=True)

    base: str = Field(description="ISO 4217 code.")
    quote: str = Field(description="ISO 4217 code.")
    rate: Decimal = Field(gt=0)
    as_of: date | None = Field(default=None, description="Day of the rate, where it is known.")
    source: str = Field(description="Who stated it, and how it was derived.")


class RateTable:
    """Rates to convert with. Of several for one pair the newest counts; of equally old ones the first."""

    def __init__(self, rates: Iterable[ExchangeRate] = ()) -> None:
        self._stated: dict[tuple[str, str], ExchangeRate] = {}
        for rate in rates:
            known = self._stated.get((rate.base, rate.quote))
            if known is None or (rate.as_of or date.min) > (known.as_of or date.min):
                self._stated[rate.base, rate.quote] = rate

    def find(self, base: str, quote: str) -> ExchangeRate | None:
        """Return the rate of a pair: as stated, inverted, or as the product of two rates over a third currency.

        A derived rate is as old as the older of its parts; of an undated part the day is not known.
        """
        if base == quote:
            return ExchangeRate(base=base, quote=quote, rate=Decimal(1), source="the same currency")
        return self._direct(base, quote) or self._crossed(base, quote)

    def _direct(self, base: str, quote: str) -> ExchangeRate | None:
        stated, inverse = self._stated.get((base, quote)), self._stated.get((quote, base))
        if stated is not None or inverse is None:
            return stated
        return ExchangeRate(
            base=base,
            quote=quote,
            rate=1 / inverse.rate,
            as_of=inverse.as_of,
            source=f"1 / ({inverse.base}/{inverse.quote}), {inverse.source}",
        )

    def _crossed(self, base: str, quote: str) -> ExchangeRate | None:
        for middle in sorted({code for pair in self._stated for code in pair} - {base, quote}):
            first, second = self._direct(base, middle), self._direct(middle, quote)
            if first is not None and second is not None:
                days = None if first.as_of is None or second.as_of is None else min(first.as_of, second.as_of)
                source = f"{base}/{middle} x {middle}/{quote}: {first.source}; {second.source}"
                return ExchangeRate(base=base, quote=quote, rate=first.rate * second.rate, as_of=days, source=source)
        return None
