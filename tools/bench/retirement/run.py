"""How long 100,000 lives of 40 years take, beside NumPy's own draws of the same distribution."""

import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal

import numpy as np
from alex_planner.assumptions import PLANNING_ASSUMPTIONS, build_market_model
from alex_planner.retirement.bundled_history import bundled_history
from alex_planner.retirement.cashflows import build_cashflows
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.outcome import ModelName, measure_outcome
from alex_planner.retirement.projection import project_amounts
from alex_planner.retirement.scenario import Scenario

PATHS, YEARS, REPEATS = 100_000, 40, 5
WEIGHTS = {"equity": 0.6, "bond": 0.35, "cash": 0.05}
GOALS = Goals(
    horizon_years=YEARS,
    years_to_retirement=10,
    annual_spending=Decimal(40_000),
    annual_contribution=Decimal(15_000),
    contribution_growth_percent=Decimal(1),
)


def scenario(seed: int) -> Scenario:
    """Return the plan that is measured."""
    return Scenario(GOALS, 600_000.0, WEIGHTS, PLANNING_ASSUMPTIONS, bundled_history(), {}, seed, PATHS)


def one_model(model: ModelName, seed: int) -> None:
    """Draw, follow and measure every path of one model: chance, safe spending and the range of every year."""
    asked = scenario(seed)
    market = asked.market(model)
    assert market is not None
    measure_outcome(model, market.growth, asked.flows(market), GOALS, None)


def plain_numpy(seed: int) -> None:
    """Be the peer: NumPy's multivariate normal of the same classes, one loop over the years, and no measure."""
    table = build_market_model(PLANNING_ASSUMPTIONS)
    deviation = table.log_volatility[:, None] * table.cholesky
    weights = np.array([WEIGHTS.get(name, 0.0) for name in table.classes])
    generator = np.random.default_rng(seed)
    values = np.full(PATHS, 600_000.0)
    flows = build_cashflows(GOALS, 600_000.0, np.ones((YEARS + 1, 1)))
    for year in range(YEARS):
        logs = generator.multivariate_normal(table.log_mean, deviation @ deviation.T, size=PATHS, method="cholesky")
        values = np.maximum(values - 40_000 * flows.spend_before[year], 0) * (np.exp(logs) @ weights)
        values = np.maximum(values + 15_000 * flows.save_after[year] - 40_000 * flows.spend_after[year], 0)


def whole_answer(seed: int) -> None:
    """Answer one request for 10,000 paths: three models, levers, effects."""
    amounts = {name: Decimal(str(share * 600_000)) for name, share in WEIGHTS.items()}
    project_amounts(amounts, "USD", GOALS, seed=seed, paths=10_000)


def median_seconds(work: Callable[[int], None]) -> float:
    """Return the median time of a few runs with different seeds, after one to warm up."""
    work(0)
    times = []
    for seed in range(1, REPEATS + 1):
        begun = time.perf_counter()
        work(seed)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> int:
    """Print the figures; the exit code says whether 100,000 paths of 40 years stay under one second."""
    peer = median_seconds(plain_numpy)
    print(f"{PATHS:,} paths of {YEARS} years, median of {REPEATS}")
    print(f"  plain NumPy, values only          {peer:6.3f} s")
    slowest = 0.0
    models: tuple[ModelName, ...] = ("log_normal", "block_bootstrap")
    for model in models:
        taken = median_seconds(lambda seed, model=model: one_model(model, seed))  # type: ignore[misc]
        slowest = max(slowest, taken)
        print(f"  {model:16} with its measures {taken:6.3f} s   {peer / taken:4.2f} x as fast as plain NumPy")
    print(f"10,000 paths, whole answer          {median_seconds(whole_answer):6.3f} s")
    return 0 if slowest < 1 else 1


if __name__ == "__main__":
    sys.exit(main())
