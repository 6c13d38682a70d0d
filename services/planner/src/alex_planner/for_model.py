"""What the tools answer to the model, as JSON; it is also what the built-in model reads when a plan is made again."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from alex_runs import NotDone
from pydantic import BaseModel, Field, JsonValue

from alex_planner.choosing import candidates
from alex_planner.facts import Fact
from alex_planner.figures import YEAR_PREFIX, Figures
from alex_planner.notes import Known, ResearchDone
from alex_planner.parts import MISSING, PARTS, Part, facts_of, in_no_part
from alex_planner.plan.evidence import Finding, QuotedClaim
from alex_planner.plan_input import PlanInput
from alex_planner.what_if import WhatIf

MAX_POSITION_FACTS = 30
"""Positions whose figures the model reads, the largest first; the plan itself has all of them."""
MAX_FINDINGS = 8
"""Findings of one subject that the model reads; the plan itself has all of them."""
MAX_CANDIDATES = 20
WHAT_IF = "what if: "
"""Beginning of the part that is an answer of `what_if`; the other goals follow."""


class FiguresForModel(BaseModel):
    """The answer of `portfolio_figures`."""

    facts: list[dict[str, str]]
    analyses: list[dict[str, JsonValue]]
    proposals: list[dict[str, JsonValue]]
    changes: list[dict[str, str]]
    candidates: list[dict[str, str]]
    first_plan: bool


class PartForModel(BaseModel):
    """The answer of `analyse` and of `what_if`."""

    part: str
    facts: list[dict[str, str]]
    not_known: list[str] = Field(default_factory=list)


class FindingsForModel(BaseModel):
    """The answer of `known` and of `research`."""

    subject: str
    topic: str = ""
    summary: str = ""
    fresh: bool = False
    findings: list[QuotedClaim] = Field(default_factory=list)
    passages: list[dict[str, str]] = Field(default_factory=list)
    missing: list[str] = Field(default_factory=list)


def task_of(asked: PlanInput) -> str:
    """Return the first message to the model."""
    return asked.model_dump_json(include={"goals", "questions", "research", "target"})


def figures_for_model(figures: Figures, asked: PlanInput, researched: Mapping[str, datetime], now: datetime) -> str:
    """Return the figures of a plan."""
    answer = FiguresForModel(
        facts=_shown_facts(in_no_part(figures.facts)),
        analyses=[{"part": part, "figures": len(facts_of(part, spoken_facts(figures)))} for part in parts_of(figures)],
        proposals=[item.model_dump(mode="json", exclude={"weight"}) for item in figures.proposals],
        changes=[{"what": item.text, "why": item.why} for item in figures.changes],
        candidates=[
            {"subject": item.subject, "name": item.name, "kind": item.kind, "why": item.why}
            for item in candidates(figures, asked, researched, now)[:MAX_CANDIDATES]
        ],
        first_plan=not figures.changes,
    )
    return answer.model_dump_json()


def parts_of(figures: Figures) -> list[Part]:
    """Return the parts of the analysis that have figures."""
    facts = spoken_facts(figures)
    return [part for part in PARTS if facts_of(part, facts)]


def part_for_model(figures: Figures, part: Part) -> str:
    """Return the figures of one part of the analysis, and what of it is not known."""
    missing = [item.reason for item in figures.analysis.missing if item.figure in MISSING[part]]
    facts = facts_of(part, spoken_facts(figures))
    return PartForModel(part=part, facts=_shown_facts(facts), not_known=missing).model_dump_json()


def what_if_for_model(tried: WhatIf, figures: Figures) -> str:
    """Return what becomes of the answer with other goals."""
    facts = [fact for fact in figures.facts if fact.id.startswith(f"what_if.{tried.id}.")]
    return PartForModel(part=f"{WHAT_IF}{tried.label}", facts=_shown_facts(facts)).model_dump_json()


def _shown_facts(facts: Sequence[Fact]) -> list[dict[str, str]]:
    return [{"id": fact.id, "label": fact.label, "value": fact.formatted} for fact in facts]


def spoken_facts(figures: Figures) -> list[Fact]:
    """Return the facts that a model reads: those of the shown years and of the largest positions."""
    years = {f"{YEAR_PREFIX}{year.year}" for year in figures.projection.spoken_years()} if figures.projection else set()
    largest = _largest(figures)
    return [fact for fact in figures.facts if _is_spoken(fact.id, years, largest)]


def _largest(figures: Figures) -> set[str]:
    numbered = enumerate(figures.allocation.positions, start=1)
    ordered = sorted(numbered, key=lambda item: -(item[1].base_value or 0))
    return {f"position.{number}" for number, _ in ordered[:MAX_POSITION_FACTS]}


def _is_spoken(fact_id: str, years: set[str], largest: set[str]) -> bool:
    head = ".".join(fact_id.split(".")[:2])
    if fact_id.startswith(YEAR_PREFIX):
        return YEAR_PREFIX + fact_id.removeprefix(YEAR_PREFIX).split(".")[0] in years
    return head in largest or not fact_id.startswith("position.")


def known_for_model(known: Known, freshness: timedelta, now: datetime) -> str:
    """Return what is stored on a subject."""
    if known.failure:
        return NotDone(f"not read: {known.failure}")
    answer = FindingsForModel(
        subject=known.subject,
        topic=known.findings[0].topic if known.findings else "",
        fresh=any(_is_fresh(item, freshness, now) for item in known.findings),
        findings=_claims(known.findings),
        passages=[{"title": item.title, "kind": item.kind, "text": item.text} for item in known.passages],
    )
    return _shown(answer)


def research_for_model(done: ResearchDone) -> str:
    """Return what a delegated run found."""
    if done.failure:
        return NotDone(f"not researched: {done.failure}")
    answer = FindingsForModel(
        subject=done.subject,
        topic=done.topic,
        summary=done.summary,
        fresh=True,
        findings=_claims(done.findings),
        missing=list(done.missing),
    )
    return _shown(answer)


def _claims(findings: Sequence[Finding]) -> list[QuotedClaim]:
    fields = set(QuotedClaim.model_fields)
    return [QuotedClaim.model_validate(item.model_dump(include=fields)) for item in findings[:MAX_FINDINGS]]


def _shown(answer: FindingsForModel) -> str:
    return json.dumps(answer.model_dump(mode="json"), ensure_ascii=False)


def _is_fresh(finding: Finding, freshness: timedelta, now: datetime) -> bool:
    return finding.fetched_at is not None and now - finding.fetched_at <= freshness
