"""Retirement in a plan: whether the money lasts by every model, what would help, and how far the answer moves."""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.facts import format_money, format_percent
from alex_planner.plan.blocks import Block, Heading, grid, paragraph
from alex_planner.plan.figure_blocks import NONE, spoken
from alex_planner.retirement.effects import AssumptionEffect, Move
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.levers import Lever, LeverEffect
from alex_planner.retirement.outcome import Outcome
from alex_planner.retirement.projection import Projection

_TRIED = {"spend_less": "spend {} less a year", "save_more": "save {} more a year", "retire_later": "retire {} later"}


def retirement_blocks(projection: Projection, goals: Goals) -> Iterator[Block]:
    """Yield chances, safe spending and what would help; nothing when no retirement is looked at."""
    if goals.years_to_retirement is None:
        return
    currency, history = projection.currency, projection.history
    spent = goals.annual_spending
    spending = "" if spent is None else f"spending {format_money(spent, currency)} a year, "
    yield Heading(2, "Whether it lasts")
    yield paragraph(
        f"With {spending}retired after {goals.years_to_retirement} of {goals.horizon_years} years, in today's money. "
        f"History is {history.name}, {history.first_year} to {history.last_year}. The models disagree, and none is a "
        "forecast."
    )
    safe = [f"lasts with {format_percent(item.success)}" for item in projection.outcomes[0].safe_spending]
    yield grid(("model", "chance", "standard error", *safe), [_outcome(item) for item in projection.outcomes])
    if projection.levers:
        target = format_percent(goals.target_success_percent / 100)
        header = ("what would help", "model", "chance", "gain in points", f"alone for {target}")
        rows = [_lever(lever, effect, currency) for lever in projection.levers for effect in lever.effects]
        yield grid(header, rows, numbers_from=2)


def effect_blocks(projection: Projection) -> Iterator[Block]:
    """Yield how far the answer moves with each assumption."""
    if projection.effects:
        header = ("assumption", "model", "moved to", f"change of the {spoken(projection.measure)}")
        rows = [_effect(effect, move, projection) for effect in projection.effects for move in effect.moves]
        yield grid(header, rows, numbers_from=2)


def _outcome(outcome: Outcome) -> tuple[str, ...]:
    chance = outcome.success
    error = chance.standard_error if chance else None
    return (
        spoken(outcome.model),
        format_percent(chance.probability) if chance else NONE,
        NONE if error is None else format_percent(error),
        *(f"{item.amount:,.0f}" for item in outcome.safe_spending),
    )


def _lever(lever: Lever, effect: LeverEffect, currency: str) -> tuple[str, ...]:
    needed = NONE if effect.needed is None else _size(lever, effect.needed, currency)
    return (
        _TRIED[lever.kind].format(_size(lever, lever.step, currency)),
        spoken(effect.model),
        format_percent(effect.success),
        _points(effect.gain),
        needed,
    )


def _size(lever: Lever, amount: Decimal, currency: str) -> str:
    return f"{amount:.0f} years" if lever.kind == "retire_later" else f"{amount:,.0f} {currency}"


def _effect(effect: AssumptionEffect, move: Move, projection: Projection) -> tuple[str, ...]:
    if projection.measure == "success":
        change = f"{_points(move.change)} points"
    else:
        change = f"{move.change:+,.0f} {projection.currency}"
    return spoken(effect.assumption), spoken(effect.model), f"{move.value:f}", change


def _points(fraction: Decimal) -> str:
    return f"{fraction * 100:+.1f}"
