"""Exchange rates: as stated, inverted, over a third currency, or missing."""

from datetime import date
from decimal import Decimal

import pytest
from alex_planner.prices.rates import ExchangeRate, RateTable


def rate(base: str, quote: str, value: str, day: str | None = "2026-11-20") -> ExchangeRate:
    """Return a stated rate."""
    return ExchangeRate(
        base=base,
        quote=quote,
        rate=Decimal(value),
        as_of=date.fromisoformat(day) if day else None,
        source="the file",
    )


TABLE = RateTable([rate("EUR", "USD", "1.25"), rate("GBP", "USD", "1.5", "2026-11-10"), rate("CHF", "NOK", "12", None)])


@pytest.mark.parametrize(
    ("base", "quote", "value", "day"),
    [
        ("USD", "USD", "1", None),
        ("EUR", "USD", "1.25", "2026-11-20"),
        ("USD", "EUR", "0.8", "2026-11-20"),
        ("GBP", "EUR", "1.2", "2026-11-10"),
        ("NOK", "CHF", "0.08333", None),
    ],
    ids=["same", "stated", "inverse", "crossed", "undated"],
)
def test_a_rate_follows_from_stated_ones(base: str, quote: str, value: str, day: str | None) -> None:
    """Ours: a derived rate is as old as its older part."""
    found = TABLE.find(base, quote)
    assert found is not None
    assert round(found.rate, 5) == Decimal(value)
    assert found.as_of == (date.fromisoformat(day) if day else None)
    assert found.source


def test_a_rate_that_nobody_stated_is_missing() -> None:
    """Ours: none is made up, however many steps away it would be."""
    assert TABLE.find("EUR", "JPY") is None
    assert TABLE.find("EUR", "CHF") is None


def test_the_newest_rate_of_a_pair_counts() -> None:
    """Ours: whatever their order."""
    rates = [rate("EUR", "USD", "1.1", "2026-01-01"), rate("EUR", "USD", "1.2"), rate("EUR", "USD", "1.3", None)]
    for order in (rates, rates[::-1]):
        found = RateTable(order).find("EUR", "USD")
        assert found is not None
        assert found.rate == Decimal("1.2")
