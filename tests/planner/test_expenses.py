"""Expense drag: compound interest year by year, and what is unknown."""

from decimal import Decimal

import pytest
from alex_planner.allocation import compute_allocation
from alex_planner.errors import InvalidAssumption
from alex_planner.expenses import ExpenseDrag, measure_expense_drag
from alex_planner.portfolio import Position

ALLOCATION = compute_allocation(
    [
        Position(symbol="CHEAP", quantity=Decimal(60), price=Decimal(1000), currency="USD"),
        Position(symbol="DEAR", quantity=Decimal(40), price=Decimal(1000), currency="USD"),
        Position(symbol="STOCK", quantity=Decimal(10), price=Decimal(1000), currency="USD"),
        Position(symbol="EURO", quantity=Decimal(10), price=Decimal(1000), currency="EUR"),
    ]
)
RATIOS = {"CHEAP": Decimal("0.0003"), "DEAR": Decimal("0.0125"), "EURO": Decimal("0.01")}


def drag(years: int, real_return: str = "0.05") -> ExpenseDrag:
    """Return the drag of the holdings above."""
    found = measure_expense_drag(ALLOCATION, RATIOS, real_return=Decimal(real_return), horizon_years=years)
    assert found is not None
    return found


@pytest.mark.parametrize("years", [0, 1, 30])
def test_the_drag_is_that_of_taking_the_expenses_year_by_year(years: int) -> None:
    """Closed form against a loop, to the cent."""
    values, free = [60_000.0, 40_000.0], 100_000.0
    for _ in range(years):
        values = [value * 1.05 * (1 - ratio) for value, ratio in zip(values, (0.0003, 0.0125), strict=True)]
        free *= 1.05
    found = drag(years)
    assert float(found.without) == pytest.approx(free, abs=0.006)
    assert float(found.after) == pytest.approx(sum(values), abs=0.006)
    assert found.drag == found.without - found.after


def test_the_ratio_is_the_average_by_value() -> None:
    """Worked example: 18 + 500 dollars a year on 100,000."""
    found = drag(30)
    assert (str(found.covered), str(found.first_year)) == ("100000", "518.00")
    assert found.expense_ratio == Decimal("0.00518")


def test_a_holding_without_known_expenses_is_listed_not_free() -> None:
    """Ours: an unknown expense is not zero; an uncounted holding is in no figure."""
    assert drag(10).unknown == ("STOCK",)
    assert measure_expense_drag(ALLOCATION, {}, real_return=Decimal(0), horizon_years=1) is None


@pytest.mark.parametrize(
    ("ratio", "real_return", "years"),
    [
        ("-0.01", "0.05", 1),
        ("NaN", "0.05", 1),
        ("0.01", "NaN", 1),
        ("1", "0.05", 1),
        ("0.01", "-1", 1),
        ("0.01", "0.05", 61),
        ("0.01", "0.05", -1),
    ],
)
def test_values_out_of_range_are_refused(ratio: str, real_return: str, years: int) -> None:
    """Ours: 422 with the name of the value."""
    with pytest.raises(InvalidAssumption):
        measure_expense_drag(
            ALLOCATION, {"CHEAP": Decimal(ratio)}, real_return=Decimal(real_return), horizon_years=years
        )
