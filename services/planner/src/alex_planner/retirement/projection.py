"""The projection of a portfolio: every model of returns side by side, what would help, and what the answer rests on.

Everything is in today's money. The portfolio is brought back to today's mix at the end of each year; there are no
taxes. See `return_models` for the models, `simulation` for the recursion and `goals` for the timing of the flows.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from alex_planner.allocation import Allocation
from alex_planner.assumptions import PLANNING_ASSUMPTIONS, Assumption, build_market_model
from alex_planner.errors import InvalidAssumption
from alex_planner.retirement.bundled_history import bundled_history
from alex_planner.retirement.effects import AssumptionEffect, Measure, measure_effects, measure_of
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.levers import Lever, measure_levers
from alex_planner.retirement.outcome import MODELS, ModelName, Outcome, ProjectionYear, measure_outcome, to_share
from alex_planner.retirement.premises import premises_of, stand_ins_for
from alex_planner.retirement.scenario import Scenario
from alex_planner.retirement.simulation import MarketPaths

DEFAULT_PATHS = 10_000
MIN_PATHS = 100
MAX_PATHS = 1_000_000
DEFAULT_SEED = 20_260
GENERATOR = "numpy.random.PCG64"
SPOKEN_EVERY_YEARS = 5
"""Years between those that a plan shows and speaks of."""


class MixShare(BaseModel):
    """The weight of an asset class in what is projected."""

    model_config = ConfigDict(frozen=True)

    asset_class: str
    share: Decimal
    """Fraction, 0 to 1."""


class NotProjected(BaseModel):
    """An amount for whose asset class there is no assumption."""

    model_config = ConfigDict(frozen=True)

    asset_class: str
    amount: Decimal


class HistoryUsed(BaseModel):
    """The history behind the models that draw on it."""

    model_config = ConfigDict(frozen=True)

    name: str
    first_year: int
    last_year: int
    sources: Mapping[str, str]
    """From `inflation` and each asset class to where its series comes from."""
    stand_ins: Mapping[str, str]
    """For held asset classes that the history lacks: the class whose returns were used in their place."""


class Projection(BaseModel):
    """The answers of all models with everything that is needed to repeat them to the byte."""

    model_config = ConfigDict(frozen=True)

    currency: str
    start_value: Decimal
    complete: bool
    """Whether `start_value` is the whole portfolio."""
    horizon_years: int
    annual_contribution: Decimal
    """That of the first year."""
    paths: int
    seed: int
    generator: str
    mix: tuple[MixShare, ...]
    outcomes: tuple[Outcome, ...]
    """That of the planning assumptions, `log_normal`, first."""
    levers: tuple[Lever, ...]
    """What would raise the chance of success, most first; empty when nothing is spent."""
    not_projected: tuple[NotProjected, ...]
    measure: Measure
    """What the effects of the assumptions are measured on."""
    assumptions: tuple[Assumption, ...]
    """Those that the result depends on."""
    effects: tuple[AssumptionEffect, ...]
    """How much the answer moves with each of them."""
    history: HistoryUsed
    notes: tuple[str, ...]
    """What could not be answered, and why."""

    @property
    def years(self) -> tuple[ProjectionYear, ...]:
        """The range of values by year under the planning assumptions."""
        return self.outcomes[0].years

    @property
    def final(self) -> ProjectionYear:
        """The last year."""
        return self.years[-1]

    def outcome(self, model: ModelName) -> Outcome | None:
        """Return the outcome of `model`, if it could answer."""
        return next((item for item in self.outcomes if item.model == model), None)

    def spoken_years(self) -> tuple[ProjectionYear, ...]:
        """Return the years that a plan shows: today, every fifth year and the last."""
        return tuple(
            year for year in self.years if year.year % SPOKEN_EVERY_YEARS == 0 or year.year == self.horizon_years
        )


def project(
    allocation: Allocation,
    goals: Goals,
    *,
    seed: int = DEFAULT_SEED,
    paths: int = DEFAULT_PATHS,
    assumptions: Sequence[Assumption] = PLANNING_ASSUMPTIONS,
    history: AnnualHistory | None = None,
) -> Projection | None:
    """Return the projection of what is counted in `allocation`, or `None` when none of it can be projected.

    The same arguments give the same result to the byte. Amounts are rounded to cents, probabilities to six places.

    Args:
        history: what past years brought; the bundled one if none is given.

    Raises:
        InvalidAssumption: the table or the number of paths or the seed is out of range.
    """
    amounts = {item.key: item.amount for item in allocation.by_asset_class if item.amount}
    if allocation.base_currency is None:
        return None
    return project_amounts(
        amounts,
        allocation.base_currency,
        goals,
        complete=allocation.complete,
        seed=seed,
        paths=paths,
        assumptions=assumptions,
        history=history,
    )


def project_amounts(
    amounts: Mapping[str, Decimal],
    currency: str,
    goals: Goals,
    *,
    complete: bool = True,
    seed: int = DEFAULT_SEED,
    paths: int = DEFAULT_PATHS,
    assumptions: Sequence[Assumption] = PLANNING_ASSUMPTIONS,
    history: AnnualHistory | None = None,
) -> Projection | None:
    """Return the projection of `amounts` by asset class, as `project` does for a portfolio."""
    _check_run(seed, paths)
    classes = build_market_model(assumptions).classes
    projected = {name: amounts[name] for name in classes if amounts.get(name)}
    start = sum(projected.values(), Decimal(0))
    if not start:
        return None
    scenario = _scenario(goals, projected, tuple(assumptions), history or bundled_history(), seed, paths)
    markets = _markets(scenario)
    left_out = {name: amount for name, amount in amounts.items() if amount and name not in projected}
    used = premises_of(scenario)
    return Projection(
        currency=currency,
        start_value=start,
        complete=complete and not left_out,
        horizon_years=goals.horizon_years,
        annual_contribution=goals.contribution_per_year,
        paths=paths,
        seed=seed,
        generator=GENERATOR,
        mix=tuple(MixShare(asset_class=name, share=to_share(amount / start)) for name, amount in projected.items()),
        outcomes=tuple(_outcome(scenario, model, market) for model, market in markets.items()),
        levers=measure_levers(scenario, markets),
        not_projected=tuple(NotProjected(asset_class=name, amount=amount) for name, amount in left_out.items()),
        measure=measure_of(goals),
        assumptions=used,
        effects=measure_effects(scenario, used),
        history=_history_used(scenario),
        notes=_notes(scenario, markets),
    )


def outcomes_of(
    amounts: Mapping[str, Decimal], goals: Goals, *, seed: int, paths: int, history: AnnualHistory
) -> tuple[Outcome, ...]:
    """Return what every model answers for `amounts`, as `project_amounts` does, without levers and effects."""
    classes = build_market_model(PLANNING_ASSUMPTIONS).classes
    projected = {name: amounts[name] for name in classes if amounts.get(name)}
    scenario = _scenario(goals, projected, tuple(PLANNING_ASSUMPTIONS), history, seed, paths)
    return tuple(_outcome(scenario, model, market) for model, market in _markets(scenario).items())


def _check_run(seed: int, paths: int) -> None:
    if not 0 <= seed < 2**63:
        raise InvalidAssumption("seed", seed, "a whole number from 0 to 2^63 - 1")
    if not MIN_PATHS <= paths <= MAX_PATHS:
        raise InvalidAssumption("paths", paths, f"from {MIN_PATHS} to {MAX_PATHS}")


def _scenario(  # noqa: PLR0917  in the order of the fields
    goals: Goals,
    projected: Mapping[str, Decimal],
    assumptions: tuple[Assumption, ...],
    history: AnnualHistory,
    seed: int,
    paths: int,
) -> Scenario:
    start = sum(projected.values(), Decimal(0))
    return Scenario(
        goals=goals,
        start=float(start),
        weights={name: float(amount / start) for name, amount in projected.items()},
        assumptions=assumptions,
        history=history,
        stand_ins=stand_ins_for(projected, history),
        seed=seed,
        paths=paths,
    )


def _markets(scenario: Scenario) -> dict[ModelName, MarketPaths]:
    markets = {model: scenario.market(model) for model in MODELS}
    return {model: market for model, market in markets.items() if market is not None}


def _outcome(scenario: Scenario, model: ModelName, market: MarketPaths) -> Outcome:
    starts = scenario.history.first_year if model == "historical_sequences" else None
    return measure_outcome(model, market.growth, scenario.flows(market), scenario.goals, starts)


def _notes(scenario: Scenario, markets: Mapping[ModelName, MarketPaths]) -> tuple[str, ...]:
    silent = [model.replace("_", " ") for model in MODELS if model not in markets]
    return tuple(f"{name.capitalize()} cannot answer: {_why(scenario)}." for name in silent)


def _why(scenario: Scenario) -> str:
    history, counted = scenario.history, scenario.stand_ins
    lacking = [name for name in scenario.weights if counted.get(name, name) not in history.returns]
    if lacking:
        return f"the history {history.name!r} has no returns of {', '.join(lacking)}"
    years = len(history.inflation)
    return f"the horizon of {scenario.goals.horizon_years} years is longer than the history, which has {years}"


def _history_used(scenario: Scenario) -> HistoryUsed:
    history = scenario.history
    return HistoryUsed(
        name=history.name,
        first_year=history.first_year,
        last_year=history.last_year,
        sources=history.sources,
        stand_ins=scenario.stand_ins,
    )
