"""The bundled table: facts that are consistent in themselves, each with its day and source."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from alex_planner.instruments.bundled_table import bundled_instruments
from alex_planner.instruments.facts import REGIONS, SECTORS, InstrumentFacts
from alex_planner.portfolio import ASSET_CLASSES

INSTRUMENTS = bundled_instruments()
every_instrument = pytest.mark.parametrize("item", INSTRUMENTS, ids=lambda item: item.name)


def check_sum(isin: str) -> int:
    """The sum that ISO 6166 wants to be a multiple of ten: digits of base-36 values, every second one doubled."""
    digits = "".join(str(int(char, 36)) for char in isin)
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled)


@every_instrument
def test_an_instrument_is_consistent(item: InstrumentFacts) -> None:
    """Ours: known labels, shares of at most one, every statement dated, sourced and not from the future."""
    labels: dict[str, set[str]] = {"asset_class": set(ASSET_CLASSES), "region": set(REGIONS), "sector": set(SECTORS)}
    for dimension, statement in item.statements.items():
        assert set(statement.shares) <= labels[dimension]
        assert 0 < sum(statement.shares.values()) <= Decimal("1.0000000001")
        assert statement.source
        assert statement.origin == "table"
        assert statement.as_of is not None
        assert statement.as_of <= date(2026, 11, 28)
    assert sum(item.statements["asset_class"].shares.values()) == 1
    if item.expense is not None:
        assert item.expense.ratio < Decimal("0.01")
        assert item.expense.as_of
    assert item.isin is None or check_sum(item.isin) % 10 == 0


@every_instrument
def test_a_number_names_a_source_that_was_looked_up(item: InstrumentFacts) -> None:
    """Ours: what is a matter of definition may be general knowledge; a number that can be checked may not."""
    numbers = [item.expense.source] if item.expense else []
    for dimension, statement in item.statements.items():
        if set(statement.shares.values()) != {Decimal(1)} and dimension != "asset_class":
            numbers.append(statement.source)
    assert not [source for source in numbers if source.startswith(("General knowledge", "By definition"))]


def test_no_identifier_stands_for_two_instruments() -> None:
    """Ours: a symbol in a currency, and an ISIN, name one row."""
    isins = sorted(item.isin for item in INSTRUMENTS if item.isin)
    symbols = sorted((symbol, code) for item in INSTRUMENTS for symbol in item.symbols for code in item.currencies)
    assert all(one != other for one, other in pairwise(isins))
    assert all(one != other for one, other in pairwise(symbols))
