"""The plan: the planner's output as data. It is put together in `assembling` and written down in `document`."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from alex_runs import Receipt
from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import Allocation
from alex_planner.analysis.schema import Measures
from alex_planner.assumptions import Assumption
from alex_planner.plan.changes import PlanChanges
from alex_planner.plan.evidence import Finding, SourceTried
from alex_planner.recommending.proposal import Kind
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import Projection
from alex_planner.what_if import WhatIf

NOT_ADVICE = (
    "This document was computed from the file and the sources named in it. It is information, not investment advice, "
    "and no recommendation to buy or sell anything. Check it, and ask a licensed adviser before acting on it."
)

SubjectKind = Literal["question", "share", "fund", "theme"]
Outcome = Literal["researched", "nothing found", "failed", "known", "not researched"]
"""`known`: what was stored already was used; `nothing found`: everything was read, and nothing in it can be quoted."""
Author = Literal["model", "code"]
"""Who found the words: the model, within the gate, or code, from the figures alone."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class PlanPortfolio(_Frozen):
    """The snapshot that the plan is about."""

    id: str
    name: str
    content_hash: str
    as_of: date | None = Field(description="The newest date of a price in it; null when no price has a date.")


class Paragraph(_Frozen):
    """A paragraph of prose whose numbers are all facts of this plan."""

    text: str
    by: Author


class Recommendation(_Frozen):
    """One proposal of the rules, chosen and phrased by the model, with what speaks for and against it."""

    id: str
    kind: Kind
    title: str
    reason: Paragraph
    action: str = Field(description="What could be done: a computed sentence.")
    figures: tuple[str, ...] = Field(description="Ids of facts; `GET /plans/{id}/facts/{fact}` opens one.")
    evidence: tuple[str, ...] = Field(description="Ids of findings; `GET /plans/{id}/claims/{finding}` opens one.")
    against: Paragraph
    counter_evidence: tuple[str, ...] = Field(description="Ids of findings that speak against it.")
    if_nothing_is_done: str = Field(description="What leaving it means: a computed sentence.")


class NotChosen(_Frozen):
    """A proposal of the rules that the model left out; it is named all the same."""

    id: str
    title: str
    headline: str


class PlanAnswer(_Frozen):
    """The answer to a question of the owner."""

    question: str
    answer: Paragraph
    evidence: tuple[str, ...]


class Researched(_Frozen):
    """What became of one subject of research."""

    subject: str
    topic: str
    status: str
    run_id: str
    findings: int
    from_knowledge: bool = Field(description="Whether stored findings were fresh enough, so that none was delegated.")


class Considered(_Frozen):
    """A subject that could be researched: why, and what became of it."""

    subject: str
    name: str
    kind: SubjectKind
    need: Decimal = Field(description="What the subjects were put in order by.")
    why: str
    outcome: Outcome


class GateCounts(_Frozen):
    """What the check of numbers in the prose did."""

    checked: int = Field(description="Paragraphs of the model in its last draft.")
    sent_back: int = Field(description="Paragraphs of the first draft that the model was asked to write again.")
    replaced: int = Field(description="Paragraphs of the last draft in whose place stands the computed sentence.")


class Plan(_Frozen):
    """Everything that a plan says, with what it rests on."""

    id: str
    run_id: str
    status: Literal["completed", "partial"] = Field(description="partial when a part failed; `missing` says which.")
    model_label: str
    generated_at: datetime = Field(description="When its run was created: the day that every figure is of.")
    portfolio: PlanPortfolio
    goals: Goals
    questions: tuple[str, ...]
    target: Mapping[str, Decimal] | None
    allocation: Allocation
    measures: Measures | None = Field(
        default=None, description="Returns, risk, expenses, orders and what is not known; null in plans of before."
    )
    projection: Projection | None = Field(description="null when no part of the portfolio can be projected.")
    what_ifs: tuple[WhatIf, ...] = Field(default=(), description="Other goals that were tried, and what they change.")
    assumptions: tuple[Assumption, ...]
    standing: tuple[Paragraph, ...]
    priorities: tuple[Paragraph, ...]
    recommendations: tuple[Recommendation, ...]
    not_chosen: tuple[NotChosen, ...]
    changes: PlanChanges | None = Field(description="Since the plan before it; null for the first one.")
    change_notes: tuple[Paragraph, ...]
    answers: tuple[PlanAnswer, ...]
    findings: tuple[Finding, ...]
    researched: tuple[Researched, ...]
    considered: tuple[Considered, ...] = Field(
        default=(), description="What could be researched, the greatest need first, and what became of it."
    )
    sources_tried: tuple[SourceTried, ...]
    missing: tuple[str, ...] = Field(description="What was asked for and could not be had.")
    not_given: tuple[str, ...] = Field(description="What more could be computed if the owner said more.")
    gate: GateCounts
    receipt: Receipt = Field(description="What the run and its research have used, and what that cost.")
    not_advice: str = NOT_ADVICE
