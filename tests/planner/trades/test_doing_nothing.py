"""Doing nothing beside a rebalancing: worked examples under the planning assumptions."""

from decimal import Decimal

import numpy as np
from alex_planner.assumptions import PLANNING_ASSUMPTIONS, build_market_model
from alex_planner.trades.doing_nothing import doing_nothing, mix_outlook

D = Decimal


def test_a_mix_has_the_average_return_and_less_than_the_average_risk() -> None:
    """Worked example: 60/40 of 18 and 9 percent with correlation 0.2."""
    found = mix_outlook({"equity": D("0.6"), "bond": D("0.4")}, PLANNING_ASSUMPTIONS)
    assert found is not None
    assert found.real_return == D("0.036000")
    variance = 0.108**2 + 0.036**2 + 2 * 0.2 * 0.108 * 0.036
    assert abs(float(found.volatility) - variance**0.5) < 1e-6


def test_the_correlations_are_those_of_the_market_model() -> None:
    """Ours: one table, read in one way."""
    model = build_market_model(PLANNING_ASSUMPTIONS)
    table = {item.name: float(item.value) for item in PLANNING_ASSUMPTIONS}
    spread = np.array([table[f"{name}.volatility"] / 100 for name in model.classes]) / len(model.classes)
    variance = spread @ (model.cholesky @ model.cholesky.T) @ spread
    found = mix_outlook({name: D(1) / len(model.classes) for name in model.classes}, PLANNING_ASSUMPTIONS)
    assert found is not None
    assert abs(float(found.volatility) - float(np.sqrt(variance))) < 1e-6


def test_doing_nothing_costs_nothing_and_keeps_its_mix() -> None:
    """Worked example: 10,000 in cash instead of 60/40, so that 3.1 percent a year are forgone."""
    found = doing_nothing({"cash": D(10_000)}, {"equity": D("0.6"), "bond": D("0.4")}, D(1), PLANNING_ASSUMPTIONS)
    assert found is not None
    assert (found.cost, found.misplaced, found.return_forgone) == (D(0), D("10000.00"), D("310.00"))
    assert found.as_it_is.volatility < found.at_target.volatility


def test_without_assumptions_or_money_there_is_no_outlook() -> None:
    """Ours: no number is made up."""
    assert doing_nothing({"other": D(1)}, {"equity": D(1)}, D(1), PLANNING_ASSUMPTIONS) is None
    assert doing_nothing({"unclassified": D(1)}, {"equity": D(1)}, D(1), PLANNING_ASSUMPTIONS) is None
    assert doing_nothing({}, {"equity": D(1)}, D(1), PLANNING_ASSUMPTIONS) is None
