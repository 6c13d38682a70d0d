"""What would raise the chance of success: spending less, saving more, retiring later, each tried by itself.

The first two are tried with the same amount, a tenth of the spending, so that they can be compared. For each there is
also how much of it alone would be needed to reach the owner's target.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from alex_planner.retirement.cashflows import Cashflows
from alex_planner.retirement.outcome import ModelName, spending_at, to_money, to_share
from alex_planner.retirement.scenario import Scenario
from alex_planner.retirement.simulation import (
    MarketPaths,
    highest_spending,
    lowest_contribution,
    share_paying,
)

LeverKind = Literal["spend_less", "save_more", "retire_later"]
TENTH = Decimal("0.1")
LATER_YEARS = 2
MAX_LATER_YEARS = 15
LEVER_PATHS = 10_000
"""Paths on which levers are tried; the first ones of a larger run."""


class LeverEffect(BaseModel):
    """What a lever does in one model of returns."""

    model_config = ConfigDict(frozen=True)

    model: ModelName
    success: Decimal
    """The chance of success with the lever, as a fraction."""
    gain: Decimal
    """Against the chance without it, on the same paths."""
    needed: Decimal | None
    """How much of this lever alone reaches the target, in the unit of `Lever.step`; zero when it is reached already,
    `None` when no amount reaches it."""


class Lever(BaseModel):
    """One thing that the owner can change."""

    model_config = ConfigDict(frozen=True)

    kind: LeverKind
    step: Decimal
    """What was tried: an amount a year in today's money, or for `retire_later` a number of years."""
    effects: tuple[LeverEffect, ...]

    @property
    def mean_gain(self) -> Decimal:
        """The gain on average over the models."""
        return sum((effect.gain for effect in self.effects), Decimal(0)) / len(self.effects)


@dataclass(frozen=True, eq=False)
class _Base:
    """One model without any lever."""

    scenario: Scenario
    model: ModelName
    market: MarketPaths
    flows: Cashflows
    spending: float
    success: float
    target: float

    def effect(self, success: float, needed: float | None) -> LeverEffect:
        return LeverEffect(
            model=self.model,
            success=to_share(success),
            gain=to_share(success - self.success),
            needed=None if needed is None or not np.isfinite(needed) else to_money(max(0.0, needed)),
        )


def measure_levers(scenario: Scenario, markets: Mapping[ModelName, MarketPaths]) -> tuple[Lever, ...]:
    """Return the levers in order of their gain; none when nothing is spent."""
    goals = scenario.goals
    if not goals.annual_spending or not markets:
        return ()
    bases = [_base(scenario, model, market) for model, market in markets.items()]
    amount = goals.annual_spending * TENTH
    tried: list[tuple[LeverKind, Decimal, Callable[[_Base], LeverEffect]]] = [
        ("spend_less", amount, lambda base: _spend_less(base, float(amount)))
    ]
    if goals.saving_years:
        tried.append(("save_more", amount, lambda base: _save_more(base, float(amount))))
    if goals.saving_years + LATER_YEARS < goals.horizon_years:
        tried.append(("retire_later", Decimal(LATER_YEARS), _retire_later))
    levers = [Lever(kind=kind, step=step, effects=tuple(map(measure, bases))) for kind, step, measure in tried]
    return tuple(sorted(levers, key=lambda lever: -lever.mean_gain))


def _base(scenario: Scenario, model: ModelName, market: MarketPaths) -> _Base:
    prices = market.prices if market.prices.shape[1] == 1 else market.prices[:, :LEVER_PATHS]
    part = MarketPaths(market.growth[:, :LEVER_PATHS], prices)
    flows, spending = scenario.flows(part), float(scenario.goals.annual_spending or 0)
    success = share_paying(highest_spending(part.growth, flows), spending)
    return _Base(scenario, model, part, flows, spending, success, float(scenario.goals.target_success_percent) / 100)


def _spend_less(base: _Base, amount: float) -> LeverEffect:
    best = highest_spending(base.market.growth, base.flows)
    reachable = share_paying(best, 0.0) >= base.target
    needed = base.spending - spending_at(best, base.target) if reachable else None
    return base.effect(share_paying(best, base.spending - amount), needed)


def _save_more(base: _Base, amount: float) -> LeverEffect:
    more = replace(base.flows, contribution=base.flows.contribution + amount)
    success = share_paying(highest_spending(base.market.growth, more), base.spending)
    least = np.sort(lowest_contribution(base.market.growth, base.flows, base.spending))
    at = least[int(np.ceil(base.target * len(least) - 1e-9)) - 1]
    return base.effect(success, float(at) - base.flows.contribution)


def _retire_later(base: _Base) -> LeverEffect:
    goals = base.scenario.goals
    longest = min(MAX_LATER_YEARS, goals.horizon_years - goals.saving_years - 1)
    needed: int | None = None
    if _later(base, 0) >= base.target:
        needed = 0
    elif _later(base, longest) >= base.target:
        low, needed = 0, longest
        while needed - low > 1:
            middle = (low + needed) // 2
            low, needed = (low, middle) if _later(base, middle) >= base.target else (middle, needed)
    return base.effect(_later(base, LATER_YEARS), needed)


def _later(base: _Base, years: int) -> float:
    """Return the chance of success when retirement begins `years` later and contributions go on until then."""
    goals = base.scenario.goals
    later = goals.model_copy(update={"years_to_retirement": goals.saving_years + years})
    flows = replace(base.scenario, goals=later).flows(base.market)
    return share_paying(highest_spending(base.market.growth, flows), base.spending)
