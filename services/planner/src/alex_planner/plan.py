"""The plan: the planner's output as data. `plan_markdown` writes it down; it is computed elsewhere."""

from datetime import date, datetime
from typing import Literal

from alex_runs import Receipt
from pydantic import BaseModel, ConfigDict

from alex_planner.allocation import Allocation
from alex_planner.assumptions import Assumption
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import Projection

NOT_ADVICE = (
    "This document was computed from the file and the sources named in it. It is information, not investment advice, "
    "and no recommendation to buy or sell anything. Check it, and ask a licensed adviser before acting on it."
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class PlanPortfolio(_Frozen):
    """The snapshot that the plan is about."""

    id: str
    name: str
    as_of: date | None
    """The newest date of a price in it; `None` when no price has a date."""


class PlanFinding(_Frozen):
    """One claim with the words of its source."""

    topic: str
    symbols: tuple[str, ...]
    claim: str
    quote: str
    """Occurs word for word in the stored document."""
    source_url: str
    title: str
    published_at: datetime | None
    fetched_at: datetime
    document_id: str
    content_hash: str
    stance: Literal["supports", "against", "neutral"]


class GateCounts(_Frozen):
    """What the check of numbers in the prose did."""

    checked: int
    """Paragraphs."""
    replaced: int
    """Paragraphs that named a number without a fact and were replaced by the computed sentence."""


class SourceTried(_Frozen):
    """A page that research asked for, whether it helped or not."""

    url: str
    status: str
    """`read`, `failed` or what the researcher says."""
    reason: str | None


class Plan(_Frozen):
    """Everything that a plan says, with what it rests on."""

    status: Literal["completed", "partial"]
    """`partial` when any part failed; `missing` then says which."""
    model_label: str
    generated_at: datetime
    portfolio: PlanPortfolio
    goals: Goals
    allocation: Allocation
    projection: Projection | None
    """`None` when no part of the portfolio can be projected."""
    assumptions: tuple[Assumption, ...]
    summary: tuple[str, ...]
    """Paragraphs of prose that passed the gate."""
    findings: tuple[PlanFinding, ...]
    missing: tuple[str, ...]
    gate: GateCounts
    sources_tried: tuple[SourceTried, ...]
    receipt: Receipt
    """What the run and the research that it delegated have used, and what that cost."""
    not_advice: str = NOT_ADVICE


def missing_figures(allocation: Allocation, projection: Projection | None) -> tuple[str, ...]:
    """Return a sentence for each figure that the plan cannot give, for `Plan.missing`."""
    missing = list(allocation.why_incomplete())
    if allocation.price_dates.missing:
        missing.append(f"The date of the price is not known for {', '.join(allocation.price_dates.missing)}.")
    if projection is None:
        missing.append(
            "No part of the portfolio has an asset class with planning assumptions, so nothing is projected."
        )
    else:
        missing.extend(
            f"There is no planning assumption for the asset class {item.asset_class}; its part is not projected."
            for item in projection.not_projected
        )
    return tuple(missing)
