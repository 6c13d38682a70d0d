"""What `POST /retirement` is asked, and what it answers."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from alex_planner.facts import Fact
from alex_planner.portfolio import AssetClass
from alex_planner.retirement.goals import MAX_AMOUNT, Goals
from alex_planner.retirement.history_csv import MAX_CHARS
from alex_planner.retirement.projection import DEFAULT_PATHS, DEFAULT_SEED, MIN_PATHS, Projection

MAX_ASKED_PATHS = 100_000
"""Paths of one request; more would keep a small instance busy for seconds and make no error that matters smaller."""
MAX_MIX_ERROR = Decimal("0.01")
"""Percent by which a mix may miss 100, for shares that were rounded."""
Percent = Annotated[Decimal, Field(ge=0, le=100)]


class RetirementRequest(BaseModel):
    """A stored portfolio, or a value and its mix, with goals."""

    model_config = ConfigDict(extra="forbid")

    portfolio_id: Annotated[
        str | None, Field(max_length=80, description="A stored portfolio; give this or `value`.")
    ] = None
    value: Annotated[
        Decimal | None, Field(gt=0, le=MAX_AMOUNT, description="What there is, in `currency`; needs `mix`.")
    ] = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217 code of `value`.")] = "USD"
    mix: Annotated[
        dict[AssetClass, Percent] | None,
        Field(description="Percent by asset class, together 100; of a stored portfolio, in place of its own mix."),
    ] = None
    goals: Goals = Field(default_factory=Goals)
    assumptions: Annotated[
        dict[str, Decimal], Field(max_length=50, description="Other values of assumptions, by name and in their unit.")
    ] = Field(default_factory=dict)
    history_csv: Annotated[
        str | None,
        Field(
            max_length=MAX_CHARS,
            description="Past years in place of the service's: `year,inflation,equity,bond,cash,...`, in percent.",
        ),
    ] = None
    paths: Annotated[int, Field(ge=MIN_PATHS, le=MAX_ASKED_PATHS, description="Simulated lives of the portfolio.")] = (
        DEFAULT_PATHS
    )
    seed: Annotated[int, Field(ge=0, lt=2**53, description="The same seed repeats the answer.")] = DEFAULT_SEED

    @field_validator("value")
    @classmethod
    def _one_start(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if value is not None and info.data.get("portfolio_id") is not None:
            raise ValueError("give portfolio_id or value, not both")
        return value

    @field_validator("mix")
    @classmethod
    def _whole(cls, mix: dict[AssetClass, Decimal] | None) -> dict[AssetClass, Decimal] | None:
        total = sum(mix.values(), Decimal(0)) if mix is not None else Decimal(100)
        if abs(total - 100) > MAX_MIX_ERROR:
            raise ValueError(f"the percentages add up to {total}, not to 100")
        return mix


class RetirementAnswer(BaseModel):
    """The projection, and each of its figures as a fact."""

    portfolio_id: str | None
    goals: Goals
    projection: Projection
    facts: list[Fact]
    missing: tuple[str, ...] = Field(description="Why the projection is not of the whole portfolio.")
