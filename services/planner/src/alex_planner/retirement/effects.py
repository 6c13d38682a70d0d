"""How much the answer moves when one assumption is another: one at a time, on the same random numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from alex_planner.assumptions import BLOCK_YEARS, INFLATION, Assumption, replace_values
from alex_planner.errors import InvalidAssumption
from alex_planner.retirement.cashflows import SHARE_AT_START
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.outcome import (
    ModelName,
    has_payments,
    spending_at,
    to_money,
    to_share,
)
from alex_planner.retirement.premises import FEE, FIRST_YEAR, SPENDING_AT_START, STAND_IN
from alex_planner.retirement.scenario import Scenario
from alex_planner.retirement.simulation import follow_paths, highest_spending, share_paying

Measure = Literal["success", "safe_spending", "median_value"]
EFFECT_PATHS = 5_000
"""On common random numbers a chance that moves by 20 percentage points does so within about half a point."""
STEPS = {"real_return": Decimal(1), "volatility": Decimal(2), "correlation": Decimal("0.2")}
"""By how much an assumption of the market is moved down and up, in its unit."""
INFLATION_STEP = Decimal(1)
FEE_STEP = Decimal("0.5")
BLOCKS = (Decimal(1), Decimal(10))


class Move(BaseModel):
    """The answer with another value of one assumption."""

    model_config = ConfigDict(frozen=True)

    value: Decimal
    """In the unit of the assumption."""
    answer: Decimal
    """What `Projection.measure` says: a fraction, an amount a year, or a value at the horizon."""
    change: Decimal
    """Against the answer with the assumption as it is, on the same paths."""


class AssumptionEffect(BaseModel):
    """What becomes of the answer when one assumption is moved."""

    model_config = ConfigDict(frozen=True)

    assumption: str
    """Name of the assumption."""
    model: ModelName
    """The model of returns in which the effect was measured."""
    paths: int
    moves: tuple[Move, ...]

    @property
    def span(self) -> Decimal:
        """The largest change in either direction."""
        return max((abs(move.change) for move in self.moves), default=Decimal(0))


def measure_of(goals: Goals) -> Measure:
    """Return what the answer is: the chance of success, safe spending, or what there is at the horizon."""
    if has_payments(goals):
        return "success"
    return "median_value" if goals.years_to_retirement is None else "safe_spending"


def measure_effects(scenario: Scenario, used: Iterable[Assumption]) -> tuple[AssumptionEffect, ...]:
    """Return the effects of the assumptions in `used`, the largest first; one that cannot be moved has none."""
    small = replace(scenario, paths=min(scenario.paths, EFFECT_PATHS))
    base: dict[ModelName, float] = {}
    effects = []
    for assumption in used:
        model = _model_of(assumption.name)
        if model not in base:
            base[model] = _answer(small, model)
        moves = tuple(_moves(assumption, small, model, base[model]))
        if moves:
            effects.append(AssumptionEffect(assumption=assumption.name, model=model, paths=small.paths, moves=moves))
    return tuple(sorted(effects, key=lambda effect: (-effect.span, effect.assumption)))


def _model_of(name: str) -> ModelName:
    return "block_bootstrap" if name.startswith("history.") else "log_normal"


def _moves(assumption: Assumption, scenario: Scenario, model: ModelName, base: float) -> Iterator[Move]:
    as_number = to_share if measure_of(scenario.goals) == "success" else to_money
    for value, moved in _moved(assumption, scenario):
        try:
            answer = _answer(moved, model)
        except InvalidAssumption:
            # Correlations that contradict each other are no world to ask about.
            continue
        yield Move(value=value, answer=as_number(answer), change=as_number(answer - base))


def _moved(assumption: Assumption, scenario: Scenario) -> Iterator[tuple[Decimal, Scenario]]:
    """Yield each other value of the assumption with the scenario that has it."""
    name, value = assumption.name, assumption.value
    if name == FEE:
        for percent in (value - FEE_STEP, value + FEE_STEP):
            if percent >= 0:
                yield percent, _with_goals(scenario, fee_percent=percent)
    elif name == SPENDING_AT_START:
        for timing, share in SHARE_AT_START.items():
            if timing != scenario.goals.spending_timing:
                yield Decimal(str(share)), _with_goals(scenario, spending_timing=timing)
    elif name == FIRST_YEAR or name.startswith(STAND_IN):
        yield from _other_history(name, scenario)
    else:
        for number in _other_values(name, value):
            table = replace_values(scenario.assumptions, {name: number})
            yield number, replace(scenario, assumptions=table)


def _with_goals(scenario: Scenario, **update: object) -> Scenario:
    return replace(scenario, goals=scenario.goals.model_copy(update=update))


def _other_history(name: str, scenario: Scenario) -> Iterator[tuple[Decimal, Scenario]]:
    history = scenario.history
    if name == FIRST_YEAR:
        middle = history.first_year + len(history.inflation) // 2
        yield Decimal(middle), replace(scenario, history=history.since(middle, history.last_year))
    elif "cash" in history.returns:
        stand_ins = {**scenario.stand_ins, name.removeprefix(f"{STAND_IN}."): "cash"}
        yield Decimal(0), replace(scenario, stand_ins=stand_ins)


def _other_values(name: str, value: Decimal) -> Iterable[Decimal]:
    if name == BLOCK_YEARS:
        return [blocks for blocks in BLOCKS if blocks != value]
    step = INFLATION_STEP if name == INFLATION else next(step for part, step in STEPS.items() if part in name)
    low = Decimal(0) if name.endswith(".volatility") else None
    return [moved for moved in (value - step, value + step) if low is None or moved >= low]


def _answer(scenario: Scenario, model: ModelName) -> float:
    market = scenario.market(model)
    assert market is not None, "the model that an assumption belongs to can answer"
    flows, goals = scenario.flows(market), scenario.goals
    if measure_of(goals) == "median_value":
        return float(np.median(follow_paths(market.growth, flows, 0.0).values[-1]))
    best = highest_spending(market.growth, flows)
    if has_payments(goals):
        return share_paying(best, float(goals.annual_spending or 0))
    return spending_at(best, float(goals.target_success_percent) / 100)
