"""The figures of one plan, computed from the snapshot and the goals: the same input gives the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from alex_planner.allocation import Allocation, PositionValue
from alex_planner.allocation_facts import goal_facts
from alex_planner.analysis.gathering import Gathered, all_series
from alex_planner.analysis.report import analyse
from alex_planner.analysis.schema import Analysis
from alex_planner.facts import Fact
from alex_planner.plan.changes import Before, Change, Now, change_facts, figure_changes
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio
from alex_planner.recommending.proposal import Basis, Proposal, Proposed
from alex_planner.recommending.rules import propose
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.projection import Projection, project
from alex_planner.retirement.projection_facts import projection_facts
from alex_planner.retirement.retirement_facts import retirement_facts
from alex_planner.what_if import GoalChange, WhatIf, try_change, what_if_facts

CASH = "cash"
"""Asset class about which there is nothing to research."""
YEAR_PREFIX = "projection.year."
"""Beginning of the ids of facts about one projected year."""


@dataclass(frozen=True)
class Figures:
    """Everything computed that a plan may speak of."""

    portfolio: Portfolio
    goals: Goals
    today: date
    analysis: Analysis
    projection: Projection | None
    proposals: tuple[Proposal, ...]
    changes: tuple[Change, ...]
    """Since the plan before; empty for the first one."""
    facts: tuple[Fact, ...]
    what_ifs: tuple[WhatIf, ...] = ()
    """Other goals that were tried."""

    @property
    def allocation(self) -> Allocation:
        """What the portfolio is made of."""
        return self.analysis.allocation

    @property
    def names(self) -> list[str]:
        """Names and symbols of the holdings, of the file and of the table: digits in them are not figures."""
        positions = self.allocation.positions
        known = [item.classification.identity for item in positions]
        names = [item.name for item in positions] + [item.name for item in known if item]
        return list(dict.fromkeys([*(item.symbol for item in positions), *(name for name in names if name)]))

    def researchable(self) -> list[PositionValue]:
        """Return one position of each holding that is not cash: the largest first, those without a value last."""
        largest: dict[str, PositionValue] = {}
        for position in sorted(self.allocation.positions, key=_by_value):
            if position.asset_class != CASH:
                largest.setdefault(position.symbol, position)
        return list(largest.values())


def with_what_ifs(figures: Figures, changes: Sequence[GoalChange], history: AnnualHistory) -> Figures:
    """Return the figures with other goals tried; without a projection there is nothing to try.

    Raises:
        InvalidAssumption: a change does not fit the goals.
    """
    projection = figures.projection
    if projection is None or not changes:
        return figures
    amounts = {item.key: item.amount for item in figures.allocation.by_asset_class if item.amount}
    tried = tuple(try_change(change, figures.goals, projection, amounts, history) for change in changes)
    facts = (*figures.facts, *what_if_facts(tried, projection.currency))
    return replace(figures, what_ifs=tried, facts=facts)


def _by_value(position: PositionValue) -> tuple[bool, Decimal, str]:
    return position.base_value is None, -(position.base_value or Decimal(0)), position.symbol


def compute_figures(
    portfolio: Portfolio,
    asked: PlanInput,
    today: date,
    before: Before | None,
    *,
    history: AnnualHistory | None = None,
    gathered: Gathered | None = None,
) -> Figures:
    """Return the figures of a plan as they are on the day `today`, and their differences from the plan before.

    Args:
        history: what past years brought; the bundled one if none is given.
        gathered: what others answered about prices and classes.

    Raises:
        InvalidAssumption: a goal is out of range.
        InvalidPrices: the owner's file of prices has problems.
    """
    gathered = gathered or Gathered()
    analysis = analyse(
        portfolio,
        asked.analysis_request(),
        today,
        series=all_series(asked.analysis, gathered),
        not_found=gathered.not_found,
        proposals=gathered.proposals,
    )
    allocation = analysis.allocation
    projection = project(allocation, asked.goals, seed=asked.seed, history=history)
    proposed = propose(_basis(analysis, projection, asked))
    return Figures(
        portfolio=portfolio,
        goals=asked.goals,
        today=today,
        analysis=analysis,
        projection=projection,
        proposals=tuple(proposed.proposals),
        changes=tuple(_changes(before, allocation, projection, asked.goals, proposed)),
        facts=(
            *analysis.facts,
            *goal_facts(asked.goals, allocation),
            *projection_facts(projection),
            *(retirement_facts(projection, asked.goals) if projection else ()),
            *proposed.facts,
            *_change_facts(before, allocation, projection),
        ),
    )


def _basis(analysis: Analysis, projection: Projection | None, asked: PlanInput) -> Basis:
    return Basis(
        allocation=analysis.allocation,
        goals=asked.goals,
        band=asked.band,
        projection=projection,
        expenses=analysis.expenses,
        rebalancing=analysis.rebalancing,
        trades=analysis.trades,
        doing_nothing=analysis.doing_nothing,
    )


def _changes(
    before: Before | None, allocation: Allocation, projection: Projection | None, goals: Goals, proposed: Proposed
) -> list[Change]:
    if before is None:
        return []
    now = Now(
        allocation=allocation,
        goals=goals.model_dump(mode="json"),
        assumptions={item.name: item.value for item in projection.assumptions} if projection else {},
        proposals={item.id: item.title for item in proposed.proposals},
    )
    return figure_changes(before, now)


def _change_facts(before: Before | None, allocation: Allocation, projection: Projection | None) -> list[Fact]:
    return [] if before is None else change_facts(before, allocation, projection.final.p50 if projection else None)
