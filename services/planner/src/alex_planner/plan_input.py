"""What a plan is asked for with: a stored portfolio, goals, and how much research."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import DEFAULT_SEED


class ResearchScope(BaseModel):
    """How much the planner may have looked into."""

    model_config = ConfigDict(extra="forbid")

    holdings: Annotated[int, Field(ge=0, le=10, description="How many holdings to research at the most.")] = 2
    sources: Annotated[list[HttpUrl], Field(max_length=20, description="Pages to begin with.")] = Field(
        default_factory=list
    )
    max_pages: Annotated[int, Field(ge=1, le=30, description="How many pages to read for each holding.")] = 6


class PlanInput(BaseModel):
    """Input of a planner run."""

    model_config = ConfigDict(extra="forbid")

    portfolio_id: str
    goals: Goals = Field(default_factory=Goals)
    research: ResearchScope = Field(default_factory=ResearchScope)
    seed: Annotated[int, Field(ge=0, lt=2**53, description="Seed of the projection.")] = DEFAULT_SEED
