"""The time-weighted return: worked examples, and that new money does not change it."""

from datetime import date
from decimal import Decimal

import empyrical  # type: ignore[import-untyped]  # it has no types
import numpy as np
import pytest
from alex_planner.returns.time_weighted import Valuation, annualised, time_weighted_return

D = Decimal


def test_stretches_between_flows_are_multiplied() -> None:
    """Worked example: 100 grows to 110, 100 are added, 210 falls to 189: 1.1 x 0.9 - 1."""
    steps = [Valuation(date(2025, 1, 1), D(0), D(100)), Valuation(date(2025, 7, 1), D(110), D(100))]
    assert time_weighted_return(steps, D(189)) == D("-0.01")


def test_it_agrees_with_the_reference_library_whatever_is_paid_in() -> None:
    """empyrical: the product of the returns of the periods, to 1e-9."""
    generator = np.random.default_rng(3)
    returns, flows = generator.normal(0.01, 0.05, 60), generator.integers(-50, 200, 60)
    value, steps = 0.0, []
    for number, (change, flow) in enumerate(zip(returns, flows, strict=True)):
        paid = max(int(flow), 1 if number == 0 else -int(value / 2))
        steps.append(Valuation(date(2020, 1, 1), D(repr(value)), D(paid)))
        value = (value + paid) * (1 + float(change))
    found = time_weighted_return(steps, D(repr(value)))
    assert found is not None
    assert float(found) == pytest.approx(float(empyrical.cum_returns_final(returns)), abs=1e-9)


def test_a_time_without_money_has_no_part_in_it() -> None:
    """Ours: sold out, then bought again."""
    steps = [
        Valuation(date(2025, 1, 1), D(0), D(100)),
        Valuation(date(2025, 2, 1), D(120), D(-120)),
        Valuation(date(2025, 6, 1), D(0), D(50)),
    ]
    assert time_weighted_return(steps, D(55)) == D("0.32")


def test_nothing_or_less_than_nothing_has_no_return() -> None:
    """Ours: no number is made up."""
    assert time_weighted_return([], D(5)) is None
    assert time_weighted_return([Valuation(date(2025, 1, 1), D(0), D(-5))], D(5)) is None


def test_only_a_year_or_more_is_annualised() -> None:
    """GIPS: a good month is not a good year."""
    assert annualised(D("0.05"), date(2025, 1, 1), date(2025, 3, 1)) is None
    two_years = annualised(D("0.21"), date(2023, 1, 1), date(2024, 12, 31))
    assert two_years is not None
    assert abs(two_years - D("0.1")) < D("1e-9")
    assert annualised(D(-1), date(2023, 1, 1), date(2025, 1, 1)) is None
