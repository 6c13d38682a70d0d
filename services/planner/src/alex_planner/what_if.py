"""What becomes of the answer when the owner's goals are others: tried on the same random numbers as the projection."""

import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alex_planner.errors import InvalidAssumption
from alex_planner.facts import Fact, format_money, money_fact, percent_fact, with_inputs
from alex_planner.retirement.goals import MAX_AMOUNT, Goals
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.outcome import ModelName, Outcome
from alex_planner.retirement.projection import Projection, outcomes_of
from alex_planner.wording import spoken

MAX_WHAT_IFS = 4
"""Changes that one plan tries; each takes some tenths of a second."""
_ABOUT = ("if ", "instead", "would", "with ", "together", "tried")


class GoalChange(BaseModel):
    """Other goals to try; what is `None` stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    annual_spending: Decimal | None = Field(default=None, ge=0, le=MAX_AMOUNT)
    annual_contribution: Decimal | None = Field(default=None, ge=0, le=MAX_AMOUNT)
    years_to_retirement: int | None = Field(default=None, ge=0)
    fee_percent: Decimal | None = Field(default=None, ge=0, le=10)

    @property
    def id(self) -> str:
        """Name of the change: the same change has the same one."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]

    def applied_to(self, goals: Goals) -> Goals:
        """Return the goals with the change.

        Raises:
            InvalidAssumption: nothing is changed, or the goals do not fit together any more.
        """
        changes = self.model_dump(exclude_none=True)
        if not changes:
            raise InvalidAssumption("change", "nothing", "at least one other goal")
        if "annual_contribution" in changes:
            changes["monthly_contribution"] = None
        try:
            return Goals.model_validate({**goals.model_dump(), **changes})
        except ValidationError as exc:
            first = exc.errors()[0]
            raise InvalidAssumption(".".join(map(str, first["loc"])) or "goals", first["input"], first["msg"]) from exc


class ModelAnswer(BaseModel):
    """What one model of returns says to the changed goals."""

    model_config = ConfigDict(frozen=True)

    model: ModelName
    success: Decimal | None = Field(description="Chance that everything is paid, a fraction; null without spending.")
    safe_spending: Decimal | None = Field(
        description="A year, at the chance that is asked for; null without retirement."
    )
    median: Decimal = Field(description="Median value at the horizon.")


class WhatIf(BaseModel):
    """A change of the goals that was tried, and what becomes of the answer."""

    model_config = ConfigDict(frozen=True)

    id: str
    change: GoalChange
    label: str
    answers: tuple[ModelAnswer, ...]


def try_change(
    change: GoalChange, goals: Goals, projection: Projection, amounts: dict[str, Decimal], history: AnnualHistory
) -> WhatIf:
    """Return what the models say to the changed goals, with the paths and the seed of `projection`.

    Args:
        amounts: by asset class.

    Raises:
        InvalidAssumption: see `GoalChange.applied_to`.
    """
    changed = change.applied_to(goals)
    outcomes = outcomes_of(amounts, changed, seed=projection.seed, paths=projection.paths, history=history)
    wanted = changed.target_success_percent / 100
    return WhatIf(
        id=change.id,
        change=change,
        label=label_of(change, projection.currency),
        answers=tuple(_answer(item, wanted) for item in outcomes),
    )


def label_of(change: GoalChange, currency: str) -> str:
    """Return what is tried, in words."""
    parts = []
    if change.annual_spending is not None:
        parts.append(f"spending {format_money(change.annual_spending, currency, 0)} a year")
    if change.annual_contribution is not None:
        parts.append(f"paying in {format_money(change.annual_contribution, currency, 0)} a year")
    if change.years_to_retirement is not None:
        parts.append(f"retiring in {change.years_to_retirement} years")
    if change.fee_percent is not None:
        parts.append(f"fees of {change.fee_percent:f} % a year")
    return ", ".join(parts)


def what_if_facts(tried: Sequence[WhatIf], currency: str) -> Iterator[Fact]:
    """Yield the figures of what was tried; ids are unique when the changes are."""
    for item in tried:
        yield from _change_facts(item, currency)
        for answer in item.answers:
            yield from _answer_facts(item, answer, currency)


def _change_facts(item: WhatIf, currency: str) -> Iterator[Fact]:
    prefix, change = f"what_if.{item.id}", item.change
    amounts = {"annual_spending": change.annual_spending, "annual_contribution": change.annual_contribution}
    for name, amount in amounts.items():
        if amount is not None:
            label = f"{name.replace('_', ' ')} that was tried"
            yield money_fact(f"{prefix}.{name}", label, amount, currency, "tried", _ABOUT, places=0)
    if change.years_to_retirement is not None:
        label, years = "years until retirement that were tried", change.years_to_retirement
        yield Fact(
            id=f"{prefix}.years", label=label, value=years, unit="years", formatted=f"{years} years", source="tried",
            about=_ABOUT,
        )  # fmt: skip
    if change.fee_percent is not None:
        fee = change.fee_percent / 100
        yield percent_fact(f"{prefix}.fee", "fees a year that were tried", fee, "tried", _ABOUT, places=2)


def _answer_facts(item: WhatIf, answer: ModelAnswer, currency: str) -> Iterator[Fact]:
    prefix, model = f"what_if.{item.id}.{answer.model}", spoken(answer.model)
    how = f"the projection with {item.label}, {model}"
    if answer.success is not None:
        label = f"chance that the money lasts with {item.label}, {model}"
        yield with_inputs(percent_fact(f"{prefix}.success", label, answer.success, how, _ABOUT), tried=item.label)
    if answer.safe_spending is not None:
        label = f"spending that lasts with {item.label}, {model}"
        yield money_fact(f"{prefix}.safe_spending", label, answer.safe_spending, currency, how, _ABOUT, places=0)
    label = f"median value at the horizon with {item.label}, {model}"
    yield money_fact(f"{prefix}.median", label, answer.median, currency, how, _ABOUT, places=0)


def _answer(outcome: Outcome, wanted: Decimal) -> ModelAnswer:
    safe = next((item.amount for item in outcome.safe_spending if item.success == wanted), None)
    return ModelAnswer(
        model=outcome.model,
        success=None if outcome.success is None else outcome.success.probability,
        safe_spending=safe,
        median=outcome.years[-1].p50,
    )
