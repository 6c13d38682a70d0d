"""One set of goals, mix and assumptions, and the paths that each model of returns makes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from alex_planner.assumptions import BLOCK_YEARS, INFLATION, Assumption, build_market_model, premise
from alex_planner.retirement.cashflows import Cashflows, Floats, build_cashflows
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.outcome import ModelName
from alex_planner.retirement.return_models import bootstrap_paths, historical_paths, log_normal_paths, yearly_normals
from alex_planner.retirement.simulation import MarketPaths

MIN_INFLATION_PERCENT, MAX_INFLATION_PERCENT = -10, 50
MAX_BLOCK_YEARS = 100
KEPT_NORMALS = 5_000_000
"""Normals up to this number are kept for the next scenario of the same size, which is what sensitivities ask for."""


@dataclass(frozen=True, eq=False)
class Scenario:
    """Everything that the answer depends on."""

    goals: Goals
    start: float
    """Value of the portfolio today."""
    weights: Mapping[str, float]
    """By asset class of the table of assumptions; they add up to one."""
    assumptions: tuple[Assumption, ...]
    history: AnnualHistory
    stand_ins: Mapping[str, str]
    """For asset classes that the history lacks: the class whose returns stand in for theirs."""
    seed: int
    paths: int

    def covered(self) -> bool:
        """Return whether the history has returns for the whole mix."""
        return all(self.stand_ins.get(name, name) in self.history.returns for name in self.weights)

    def market(self, model: ModelName) -> MarketPaths | None:
        """Return the real returns after fees, or `None` when `model` cannot answer."""
        market = self._before_fees(model)
        if market is None or not self.goals.fee_percent:
            return market
        return MarketPaths(market.growth * (1 - float(self.goals.fee_percent) / 100), market.prices)

    def flows(self, market: MarketPaths) -> Cashflows:
        """Return what is paid in and out along `market`."""
        return build_cashflows(self.goals, self.start, market.prices)

    def _before_fees(self, model: ModelName) -> MarketPaths | None:
        years = self.goals.horizon_years
        if model == "log_normal":
            table = build_market_model(self.assumptions)
            normals = _normals(len(table.classes), years, self.seed, self.paths)
            inflation = premise(self.assumptions, INFLATION, MIN_INFLATION_PERCENT, MAX_INFLATION_PERCENT) / 100
            return log_normal_paths(table, self.weights, normals, inflation=inflation)
        if not self.covered():
            return None
        weights = self._history_weights()
        if model == "block_bootstrap":
            block = premise(self.assumptions, BLOCK_YEARS, 1, MAX_BLOCK_YEARS)
            return bootstrap_paths(
                self.history, weights, block_years=block, years=years, seed=self.seed, paths=self.paths
            )
        found = historical_paths(self.history, weights, years=years)
        return found if found.growth.shape[1] else None

    def _history_weights(self) -> dict[str, float]:
        weights: dict[str, float] = {}
        for name, share in self.weights.items():
            counted = self.stand_ins.get(name, name)
            weights[counted] = weights.get(counted, 0.0) + share
        return weights


def _normals(classes: int, years: int, seed: int, paths: int) -> Iterable[Floats]:
    if classes * years * paths <= KEPT_NORMALS:
        return _kept_normals(classes, years, seed, paths)
    return yearly_normals(classes, years=years, seed=seed, paths=paths)


@lru_cache(maxsize=2)
def _kept_normals(classes: int, years: int, seed: int, paths: int) -> Floats:
    normals = np.array(list(yearly_normals(classes, years=years, seed=seed, paths=paths)))
    normals.setflags(write=False)
    return normals
