"""The figures of one plan, computed from the snapshot and the goals: the same input gives the same figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alex_planner.allocation import Allocation, PositionValue, compute_allocation
from alex_planner.allocation_facts import allocation_facts, concentration_facts, goal_facts
from alex_planner.concentration import measure_concentration
from alex_planner.expenses import ExpenseDrag, measure_expense_drag
from alex_planner.facts import Fact
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.plan.changes import Before, Change, Now, change_facts, figure_changes
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio
from alex_planner.rebalancing import Rebalancing, propose_rebalancing
from alex_planner.recommending.proposal import Basis, Proposal, Proposed
from alex_planner.recommending.rules import propose
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.projection import Projection, project
from alex_planner.retirement.projection_facts import projection_facts
from alex_planner.retirement.retirement_facts import retirement_facts

CASH = "cash"
"""Asset class about which there is nothing to research."""
YEAR_PREFIX = "projection.year."
"""Beginning of the ids of facts about one projected year."""
MINIMUM_TRADE = Decimal("0.005")
"""Part of the portfolio below which a trade is not proposed. The limit is ours."""


@dataclass(frozen=True)
class Figures:
    """Everything computed that a plan may speak of."""

    portfolio: Portfolio
    goals: Goals
    today: date
    allocation: Allocation
    projection: Projection | None
    proposals: tuple[Proposal, ...]
    changes: tuple[Change, ...]
    """Since the plan before; empty for the first one."""
    facts: tuple[Fact, ...]

    @property
    def names(self) -> list[str]:
        """Names and symbols in the portfolio: digits in them are not figures."""
        return [text for position in self.portfolio.positions for text in (position.symbol, position.name) if text]

    def researchable(self) -> list[PositionValue]:
        """Return one position of each holding that is not cash: the largest first, those without a value last."""
        largest: dict[str, PositionValue] = {}
        for position in sorted(self.allocation.positions, key=_by_value):
            if position.asset_class != CASH:
                largest.setdefault(position.symbol, position)
        return list(largest.values())


def _by_value(position: PositionValue) -> tuple[bool, Decimal, str]:
    return position.base_value is None, -(position.base_value or Decimal(0)), position.symbol


def compute_figures(
    portfolio: Portfolio, asked: PlanInput, today: date, before: Before | None, history: AnnualHistory | None = None
) -> Figures:
    """Return the figures of a plan as they are on the day `today`, and their differences from the plan before.

    Args:
        history: what past years brought; the bundled one if none is given.

    Raises:
        InvalidAssumption: a goal is out of range.
    """
    allocation = compute_allocation(
        portfolio.positions,
        asked.goals.base_currency,
        rates=portfolio.exchange_rates,
        classify=bundled_catalog().classify,
        as_of=today,
    )
    projection = project(allocation, asked.goals, seed=asked.seed, history=history)
    basis = Basis(
        allocation=allocation,
        goals=asked.goals,
        band=asked.band,
        projection=projection,
        expenses=_expenses(allocation, projection, asked.goals.horizon_years),
        rebalancing=_rebalancing(allocation, asked),
    )
    proposed = propose(basis)
    facts = (
        *allocation_facts(allocation),
        *concentration_facts(measure_concentration(allocation)),
        *goal_facts(asked.goals, allocation),
        *projection_facts(projection),
        *(retirement_facts(projection, asked.goals) if projection and projection.outcomes[0].success else ()),
    )
    return Figures(
        portfolio=portfolio,
        goals=asked.goals,
        today=today,
        allocation=allocation,
        projection=projection,
        proposals=tuple(proposed.proposals),
        changes=tuple(_changes(before, allocation, projection, asked.goals, proposed)),
        facts=(*facts, *proposed.facts, *(_change_facts(before, allocation, projection))),
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


def _expenses(allocation: Allocation, projection: Projection | None, years: int) -> ExpenseDrag | None:
    """Return the drag at the assumed return of the mix; without a projection there is no return to assume."""
    if projection is None:
        return None
    ratios = {
        item.symbol: item.classification.expense.ratio
        for item in allocation.positions
        if item.classification.expense is not None and item.classification.expense.ratio
    }
    return measure_expense_drag(allocation, ratios, real_return=_assumed_return(projection), horizon_years=years)


def _assumed_return(projection: Projection) -> Decimal:
    assumed: Mapping[str, Decimal] = {item.name: item.value / 100 for item in projection.assumptions}
    parts = (share.share * assumed[f"{share.asset_class}.real_return"] for share in projection.mix)
    return sum(parts, Decimal(0))


def _rebalancing(allocation: Allocation, asked: PlanInput) -> Rebalancing | None:
    if asked.target is None or not allocation.total:
        return None
    amounts = {item.key: item.amount for item in allocation.by_asset_class}
    return propose_rebalancing(
        amounts,
        {str(name): share for name, share in asked.target.items()},
        new_money=asked.goals.contribution_per_year,
        minimum_trade=(MINIMUM_TRADE * allocation.total).quantize(Decimal("0.01")),
    )
