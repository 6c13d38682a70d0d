"""One proposal, and what the rules look at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import Allocation
from alex_planner.expenses import ExpenseDrag
from alex_planner.facts import Fact
from alex_planner.rebalancing import Rebalancing
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import Projection
from alex_planner.trades.doing_nothing import DoingNothing
from alex_planner.trades.proposal import TradeProposal

Kind = Literal["data", "drift", "concentration", "expense", "cash", "success"]


class Proposal(BaseModel):
    """Something that the figures speak for doing, in computed sentences."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: Kind
    title: str
    headline: str = Field(description="What is the matter, with its figure.")
    why: str = Field(description="Why that matters, without a figure.")
    action: str = Field(description="What could be done, with its figures.")
    against: str = Field(description="What speaks for leaving it.")
    if_left: str = Field(description="What doing nothing means, with its figures.")
    figures: tuple[str, ...] = Field(description="Ids of the facts that it rests on.")
    symbols: tuple[str, ...] = Field(default=(), description="Holdings it is about; findings on them are its evidence.")
    weight: Decimal = Field(description="Part of the portfolio that is concerned, 0 to 1: the order of the proposals.")


@dataclass(frozen=True)
class Basis:
    """The figures that the rules look at."""

    allocation: Allocation
    goals: Goals
    band: Decimal
    projection: Projection | None
    expenses: ExpenseDrag | None
    rebalancing: Rebalancing | None
    """This and the next two: `None` without a target."""
    trades: TradeProposal | None
    doing_nothing: DoingNothing | None

    @property
    def whole(self) -> str:
        """What shares are shares of, in words: where something is not counted, each sentence with a share says so."""
        return "the portfolio" if self.allocation.complete else "what is counted"


@dataclass
class Proposed:
    """Proposals and the facts that they bring with them."""

    proposals: list[Proposal] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def add(self, proposal: Proposal, facts: Iterable[Fact]) -> None:
        """Take in one proposal with its facts."""
        self.proposals.append(proposal)
        self.facts.extend(facts)
