"""The figures of one plan, computed from the snapshot and the goals: the same input gives the same figures."""

from dataclasses import dataclass

from alex_planner.allocation import Allocation, PositionValue, compute_allocation
from alex_planner.facts import Fact, collect_facts
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import Projection, project

CASH = "cash"
"""Asset class about which there is nothing to research."""
YEAR_PREFIX = "projection.year."
"""Beginning of the ids of facts about one projected year."""


@dataclass(frozen=True)
class Figures:
    """Everything computed that a plan may speak of."""

    portfolio: Portfolio
    goals: Goals
    allocation: Allocation
    projection: Projection | None
    facts: list[Fact]

    @property
    def names(self) -> list[str]:
        """Names and symbols in the portfolio: digits in them are not figures."""
        return [text for position in self.portfolio.positions for text in (position.symbol, position.name) if text]

    def researchable(self) -> list[PositionValue]:
        """Return one position of each holding that is not cash: the largest first, those without a value last."""
        largest: dict[str, PositionValue] = {}
        for position in sorted(self.allocation.positions, key=lambda p: (p.value is None, -(p.value or 0), p.symbol)):
            if position.asset_class != CASH:
                largest.setdefault(position.symbol, position)
        return list(largest.values())

    def spoken_facts(self) -> list[Fact]:
        """Return the facts without those of the years that a plan does not show: all of them would fill a model."""
        shown = {f"{YEAR_PREFIX}{year.year}" for year in self.projection.spoken_years()} if self.projection else set()
        return [fact for fact in self.facts if not fact.id.startswith(YEAR_PREFIX) or _year_of(fact.id) in shown]


def _year_of(fact_id: str) -> str:
    return YEAR_PREFIX + fact_id.removeprefix(YEAR_PREFIX).split(".")[0]


def compute_figures(portfolio: Portfolio, asked: PlanInput) -> Figures:
    """Return the figures of a plan.

    Raises:
        InvalidAssumption: a goal is out of range.
    """
    allocation = compute_allocation(
        portfolio.positions,
        asked.goals.base_currency,
        rates=portfolio.exchange_rates,
        classify=bundled_catalog().classify,
    )
    projection = project(allocation, asked.goals, seed=asked.seed)
    return Figures(portfolio, asked.goals, allocation, projection, collect_facts(allocation, projection, asked.goals))
