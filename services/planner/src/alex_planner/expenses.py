"""What the yearly expenses of funds cost in money over a horizon. Pure functions; an unknown expense is not zero."""

from collections.abc import Mapping
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from alex_planner.allocation import Allocation
from alex_planner.errors import InvalidAssumption
from alex_planner.retirement.goals import MAX_HORIZON_YEARS

CENT = Decimal("0.01")


class ExpenseDrag(BaseModel):
    """The cost of the expenses of those holdings whose expenses are known."""

    model_config = ConfigDict(frozen=True)

    covered: Decimal
    """Value of the holdings whose expense ratio is known, in the base currency."""
    expense_ratio: Decimal
    """Their average by value, as a fraction per year."""
    first_year: Decimal
    """Expenses of the first year on today's value."""
    without: Decimal
    """Value at the horizon without expenses, in today's money."""
    after: Decimal
    """Value at the horizon after expenses."""
    drag: Decimal
    """`without` - `after`."""
    unknown: tuple[str, ...]
    """Counted holdings whose expense ratio is not known; they are not in any figure here."""


def measure_expense_drag(
    allocation: Allocation, expense_ratios: Mapping[str, Decimal], *, real_return: Decimal, horizon_years: int
) -> ExpenseDrag | None:
    """Return the drag, or `None` when no counted holding has a known expense ratio.

    A holding of value V grows to V (1 + r)^T without and to V ((1 + r)(1 - f))^T with expenses f taken at the end of
    each year. Each holding keeps its own f; r is the same for all, so that the drag is that of the expenses alone.
    Source: U.S. Securities and Exchange Commission, Investor Bulletin: How Fees and Expenses Affect Your Investment
    Portfolio (SEC Pub. 164).

    Args:
        expense_ratios: by symbol, as fractions per year: 0.0003 for 0.03 percent.
        real_return: assumed return after inflation, as a fraction per year.

    Raises:
        InvalidAssumption: a ratio, the return or the horizon is out of range.
    """
    _check(expense_ratios, real_return, horizon_years)
    counted = [(p.symbol, p.base_value) for p in allocation.positions if p.base_value is not None]
    known = [(value, expense_ratios[symbol]) for symbol, value in counted if symbol in expense_ratios]
    covered = sum((value for value, _ in known), Decimal(0))
    if not covered:
        return None
    growth = 1 + real_return
    first_year = sum((value * ratio for value, ratio in known), Decimal(0))
    without = (covered * growth**horizon_years).quantize(CENT)
    after = sum((value * (growth * (1 - ratio)) ** horizon_years for value, ratio in known), Decimal(0)).quantize(CENT)
    return ExpenseDrag(
        covered=covered,
        expense_ratio=first_year / covered,
        first_year=first_year.quantize(CENT),
        without=without,
        after=after,
        drag=without - after,
        unknown=tuple(dict.fromkeys(symbol for symbol, _ in counted if symbol not in expense_ratios)),
    )


def _check(expense_ratios: Mapping[str, Decimal], real_return: Decimal, horizon_years: int) -> None:
    for symbol, ratio in expense_ratios.items():
        if not ratio.is_finite() or not 0 <= ratio < 1:
            raise InvalidAssumption(f"expense_ratios.{symbol}", str(ratio), "a fraction from 0 to below 1")
    if not real_return.is_finite() or not -1 < real_return <= 1:
        raise InvalidAssumption("real_return", str(real_return), "a fraction above -1 and up to 1")
    if not 0 <= horizon_years <= MAX_HORIZON_YEARS:
        raise InvalidAssumption("horizon_years", horizon_years, f"from 0 to {MAX_HORIZON_YEARS}")
