"""What a plan is asked for with: a stored portfolio, goals, questions, a target, and how much research."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator

from alex_planner.analysis.request import AnalysisOptions, AnalysisRequest
from alex_planner.portfolio import AssetClass
from alex_planner.rebalancing import TARGET_TOLERANCE
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import DEFAULT_SEED

MAX_HOLDINGS = 10
MAX_QUESTIONS = 5
MAX_PRICE_CHARS = 2_000_000
"""Size of a file of prices that is kept with a plan: ten holdings over twenty years of days. The limit is ours."""
DEFAULT_BAND = Decimal("0.05")
"""Five percentage points around a target before something is done about it: the wider limit of the 5/25 rule in
L. E. Swedroe, The Only Guide to a Winning Investment Strategy You'll Ever Need (2005), chapter 11."""

Question = Annotated[str, Field(min_length=3, max_length=300)]
Fraction = Annotated[Decimal, Field(ge=0, le=1)]


class ResearchScope(BaseModel):
    """How much the planner may have looked into."""

    model_config = ConfigDict(extra="forbid")

    holdings: Annotated[
        int, Field(ge=0, le=MAX_HOLDINGS, description="How many holdings and themes to research at the most.")
    ] = 2
    sources: Annotated[
        list[HttpUrl],
        Field(max_length=20, description="Pages to begin with; given, they are read however much is known already."),
    ] = Field(default_factory=list)
    max_pages: Annotated[int, Field(ge=1, le=30, description="How many pages to read for each topic.")] = 6
    freshness: Annotated[
        timedelta,
        Field(
            ge=timedelta(0),
            le=timedelta(days=3650),
            description="How old stored findings may be for a holding not to be researched again.",
        ),
    ] = timedelta(days=1)


class PlanInput(BaseModel):
    """Input of a planner run."""

    model_config = ConfigDict(extra="forbid")

    portfolio_id: str
    goals: Goals = Field(default_factory=Goals)
    questions: Annotated[
        list[Question],
        Field(max_length=MAX_QUESTIONS, description="What the owner wants to know; each is researched and answered."),
    ] = Field(default_factory=list)
    target: Annotated[
        dict[AssetClass, Fraction] | None,
        Field(description="Wished shares by asset class, together 1; without them no drift is measured."),
    ] = None
    band: Annotated[Decimal, Field(gt=0, le=1, description="Distance from a target that is left alone.")] = DEFAULT_BAND
    analysis: AnalysisOptions = Field(
        default_factory=AnalysisOptions,
        description="Prices, costs, taxes and classes of the owner: for returns, risk and orders.",
    )
    research: ResearchScope = Field(default_factory=ResearchScope)
    seed: Annotated[int, Field(ge=0, lt=2**53, description="Seed of the projection.")] = DEFAULT_SEED

    @field_validator("target")
    @classmethod
    def _whole(cls, target: dict[AssetClass, Decimal] | None) -> dict[AssetClass, Decimal] | None:
        if target is not None and abs(sum(target.values(), Decimal(0)) - 1) > TARGET_TOLERANCE:
            raise ValueError("the shares of a target must add up to 1")
        return target

    @field_validator("analysis")
    @classmethod
    def _storable(cls, analysis: AnalysisOptions) -> AnalysisOptions:
        if analysis.prices is not None and len(analysis.prices) > MAX_PRICE_CHARS:
            raise ValueError(f"prices must have at most {MAX_PRICE_CHARS} characters in a plan, which keeps them")
        return analysis

    def analysis_request(self) -> AnalysisRequest:
        """Return what the figures of the plan are asked for with: new money is what is paid in this year."""
        return AnalysisRequest(
            **dict(self.analysis),
            base_currency=self.goals.base_currency,
            target=self.target,
            new_money=self.goals.contribution_per_year,
            horizon_years=self.goals.horizon_years,
        )


def research_limit(asked: PlanInput) -> int:
    """Return how many subjects may be researched: the holdings asked for, and each question."""
    return asked.research.holdings + len(asked.questions)
