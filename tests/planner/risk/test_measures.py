"""Measures of risk against empyrical, the library whose definitions they share, and where they are not defined."""

import empyrical  # type: ignore[import-untyped]  # it has no types
import numpy as np
import pytest
from alex_planner.risk import measures
from hypothesis import given, settings
from hypothesis import strategies as st

EXACT = 1e-9
SEEDS = range(5)


def daily(seed: int, count: int = 750, mean: float = 0.0004, spread: float = 0.011) -> measures.Returns:
    """Return a series of returns like that of a share, the same for the same seed."""
    generator = np.random.default_rng(seed)
    returns: measures.Returns = generator.standard_t(4, count) * spread / np.sqrt(2) + mean
    return returns


@pytest.mark.parametrize("seed", SEEDS)
def test_each_measure_agrees_with_the_reference_library(seed: int) -> None:
    """empyrical: to 1e-9; its losses are negative, ours positive."""
    own, market = daily(seed), daily(seed + 100)
    own = own + 0.7 * market
    pairs = {
        "annual return": (measures.annual_return(own, 252), empyrical.annual_return(own)),
        "volatility": (measures.volatility(own, 252), empyrical.annual_volatility(own)),
        "beta": (measures.beta(own, market), empyrical.beta(own, market)),
        "value at risk": (measures.historical_var(own), -empyrical.value_at_risk(own)),
        "tail": (measures.historical_cvar(own), -empyrical.conditional_value_at_risk(own)),
        "sharpe": (measures.sharpe_ratio(own, 0.0001, 252), empyrical.sharpe_ratio(own, risk_free=0.0001)),
    }
    for name, (ours, theirs) in pairs.items():
        assert ours == pytest.approx(theirs, abs=EXACT), name
    fall = measures.max_drawdown(own)
    assert fall is not None
    assert fall.depth == pytest.approx(-empyrical.max_drawdown(own), abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
def test_correlations_agree_with_numpy(seed: int) -> None:
    """numpy.corrcoef: to 1e-9."""
    table = np.vstack([daily(seed), daily(seed) + daily(seed + 1), -daily(seed)])
    assert np.allclose(measures.correlations(table), np.corrcoef(table), rtol=0, atol=EXACT)


def test_a_drawdown_says_from_where_to_where_and_when_it_was_over() -> None:
    """Worked example: 100, 120, 60, 90, 120, 130: half of the peak is lost, and won back at the fourth step."""
    values = np.array([100.0, 120.0, 60.0, 90.0, 120.0, 130.0])
    fall = measures.max_drawdown(measures.simple_returns(values))
    assert fall is not None
    assert (round(fall.depth, 12), fall.peak, fall.trough, fall.recovered) == (0.5, 1, 2, 4)


def test_a_drawdown_that_lasts_has_no_recovery() -> None:
    """Worked example: 100 to 80."""
    fall = measures.max_drawdown(measures.simple_returns(np.array([100.0, 80.0, 90.0])))
    assert fall is not None
    assert (round(fall.depth, 12), fall.recovered) == (0.2, None)


def test_what_is_not_defined_is_none() -> None:
    """Ours: no return, one return, or no variation gives no number, not infinity."""
    none, one, flat = np.array([]), np.array([0.1]), np.zeros(30)
    assert measures.annual_return(none, 252) is None
    assert measures.max_drawdown(none) is None
    assert measures.historical_var(none) is None
    assert measures.historical_cvar(none) is None
    assert measures.volatility(one, 252) is None
    assert measures.sharpe_ratio(one, 0, 252) is None
    assert measures.beta(one, one) is None
    assert measures.sharpe_ratio(flat, 0, 252) is None
    assert measures.beta(daily(1, 30), flat) is None
    assert np.isnan(measures.correlations(np.vstack([flat, daily(1, 30)]))[0, 1])


@settings(deadline=None)
@given(st.lists(st.floats(-0.9, 1.0), min_size=2, max_size=60))
def test_the_tail_is_never_better_than_its_beginning(numbers: list[float]) -> None:
    """Ours: the mean of the worst losses is at least the loss that opens the tail, but for its interpolation."""
    returns = np.array(numbers)
    tail, opening = measures.historical_cvar(returns), measures.historical_var(returns)
    worst = -float(returns.min())
    assert tail is not None
    assert opening is not None
    assert tail <= worst + 1e-12
    assert tail >= opening - 1e-12
