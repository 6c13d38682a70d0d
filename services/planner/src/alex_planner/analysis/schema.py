"""What an analysis says: every figure of a snapshot on a day, and what cannot be given. Nothing is computed here."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import Allocation
from alex_planner.concentration import Concentration
from alex_planner.expenses import ExpenseDrag
from alex_planner.facts import Fact
from alex_planner.gains import UnrealisedGains
from alex_planner.rebalancing import Rebalancing
from alex_planner.returns.activity_returns import Returns
from alex_planner.risk.risk_report import Risk
from alex_planner.trades.doing_nothing import DoingNothing
from alex_planner.trades.proposal import TradeProposal

Figure = Literal["value", "price", "cost", "classes", "expenses", "rebalancing", "returns", "risk"]
"""Which figure is missing or incomplete."""


class NotKnown(BaseModel):
    """A figure that cannot be given, or not for the whole portfolio, and why."""

    model_config = ConfigDict(frozen=True)

    figure: Figure
    reason: str


class Measures(BaseModel):
    """The figures beside the allocation. One that is `None` is explained in `missing`, or was not asked for."""

    model_config = ConfigDict(frozen=True)

    horizon_years: int = Field(description="Of the expense drag.")
    gains: UnrealisedGains | None = Field(
        default=None, description="Cost and unrealised gain; `None` when the file says the cost of no holding."
    )
    concentration: Concentration | None
    expenses: ExpenseDrag | None
    expense_return: Decimal | None = Field(description="Real return assumed for the expense drag, fraction per year.")
    rebalancing: Rebalancing | None = Field(description="By asset class; `None` without a target.")
    trades: TradeProposal | None = Field(description="The rebalancing as orders; `None` without a target.")
    doing_nothing: DoingNothing | None = Field(description="Beside the trades: what leaving the mix means.")
    returns: Returns
    risk: Risk | None
    missing: tuple[NotKnown, ...]


class Analysis(Measures):
    """Every figure of a snapshot on a day."""

    portfolio_id: str
    as_of: date
    allocation: Allocation
    facts: tuple[Fact, ...] = Field(default=(), description="Each figure with its formula, source and inputs.")

    def measures(self) -> Measures:
        """Return the figures without the allocation and the facts, which a plan keeps elsewhere."""
        return Measures(**{name: getattr(self, name) for name in Measures.model_fields})
