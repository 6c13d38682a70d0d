"""The published success rates of fixed real spending, from the bundled history."""

from decimal import Decimal

import pytest
from alex_planner.retirement.bundled_history import bundled_history
from alex_planner.retirement.cashflows import build_cashflows
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.outcome import Outcome, measure_outcome
from alex_planner.retirement.return_models import historical_paths

START = Decimal(1_000_000)


def four_percent(stocks: float) -> Outcome:
    """Return 30 years of spending 4 percent of the start, in sequences of the years that the study had."""
    history = bundled_history().since(bundled_history().first_year, 1995)
    weights = {"equity": stocks, "bond": 1 - stocks}
    market = historical_paths(history, {name: share for name, share in weights.items() if share}, years=30)
    goals = Goals(horizon_years=30, years_to_retirement=0, annual_spending=START * Decimal("0.04"))
    flows = build_cashflows(goals, float(START), market.prices)
    return measure_outcome("historical_sequences", market.growth, flows, goals, history.first_year)


@pytest.mark.parametrize(("stocks", "published"), [(1.0, 95), (0.75, 98), (0.5, 95)], ids=["100", "75", "50"])
def test_four_percent_over_thirty_years_succeeds_as_often_as_published(stocks: float, published: int) -> None:
    """P. L. Cooley, C. M. Hubbard, D. T. Walz, AAII Journal 20 (1998), table 3, inflation-adjusted, 1926-1995.

    Their shares are the S&P 500 and their bonds an index of corporate bonds; ours are the whole market and bonds made
    of AAA yields, from 1927. With less than half in shares these bonds fail more often than theirs.
    """
    outcome = four_percent(stocks)
    assert outcome.paths == 40
    assert outcome.success is not None
    assert float(outcome.success.probability) * 100 == pytest.approx(published, abs=3)


def test_the_retirements_that_fail_are_those_known_to() -> None:
    """With corporate bonds the sustainable rate fell below 4 percent in 1965 and 1966.

    W. Pfau, https://retirementresearcher.com/safe-withdrawal-rates-for-retirement-and-the-trinity-study/.
    """
    failed = four_percent(0.5).failed_starts
    assert {1965, 1966} <= set(failed)
    assert all(1960 <= year <= 1966 for year in failed)
