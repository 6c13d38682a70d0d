"""The built-in planner: deterministic, for when no model is configured. It orders the work and states facts."""

import json
from collections.abc import Iterator, Sequence
from typing import cast

from alex_agent_models import Answer, MadeCall, RuleModel, ToolCall, Transcript
from pydantic import JsonValue
from typing_extensions import override

from alex_planner.for_model import WHAT_IF, FiguresForModel, FindingsForModel, PartForModel
from alex_planner.plan import computed_prose
from alex_planner.plan.draft import DraftAnswer, DraftPlan, DraftRecommendation
from alex_planner.plan.evidence import QuotedClaim
from alex_planner.plan_input import PlanInput, research_limit
from alex_planner.recommending.proposal import Proposal
from alex_planner.research import TOOL
from alex_planner.retirement.levers import TENTH
from alex_planner.subjects import QUESTION

_LOOKED_UP = 2
"""Times the limit of research: so many candidates are looked up, because some need no research."""


class RulePlanner(RuleModel):
    """Figures, then every analysis and what is known, then research and what to try, all at once; then sentences."""

    @override
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        asked = PlanInput.model_validate({"portfolio_id": "", **json.loads(transcript.task)})
        made = transcript.calls_of("portfolio_figures")
        if not made:
            return [ToolCall("portfolio_figures", {})]
        figures = FiguresForModel.model_validate(made[0].result)
        analysed, looked_up = transcript.calls_of("analyse"), transcript.calls_of("known")
        researched, tried = transcript.calls_of(TOOL), transcript.calls_of("what_if")
        limit = research_limit(asked)
        if not analysed:
            parts = [ToolCall("analyse", {"part": item["part"]}) for item in figures.analyses]
            subjects = _to_look_up(figures, limit) if limit else []
            return [*parts, *(ToolCall("known", {"subject": subject}) for subject in subjects)]
        facts = _facts(figures, analysed)
        if not researched and not tried:
            calls = [ToolCall(TOOL, {"subject": subject}) for subject in _in_need(asked, looked_up)[:limit]]
            calls += [ToolCall("what_if", dict(change)) for change in _to_try(asked, figures)]
            if calls:
                return calls
        found = [FindingsForModel.model_validate(call.result) for call in (*researched, *looked_up) if call.result]
        together = [PartForModel.model_validate(call.result) for call in tried if call.result]
        return Answer(_draft(asked, figures, facts, found, together))


def _facts(figures: FiguresForModel, analysed: Sequence[MadeCall]) -> dict[str, str]:
    """Return what the tools said, from the id of a fact to its value."""
    told = [figures.facts, *(PartForModel.model_validate(call.result).facts for call in analysed if call.result)]
    return {fact["id"]: fact["value"] for facts in told for fact in facts}


def _to_try(asked: PlanInput, figures: FiguresForModel) -> Iterator[dict[str, JsonValue]]:
    """Yield the steps of a proposal about retirement taken together: each by itself stands in the projection."""
    goals = asked.goals
    if not any(item["id"] == "success" for item in figures.proposals) or goals.annual_spending is None:
        return
    step = goals.annual_spending * TENTH
    together: dict[str, JsonValue] = {
        "annual_spending": float(goals.annual_spending - step),
        "annual_contribution": float(goals.contribution_per_year + step) if goals.years_to_retirement else None,
        "years_to_retirement": None,
        "fee_percent": None,
    }
    yield together


def _to_look_up(figures: FiguresForModel, limit: int) -> list[str]:
    """Return the candidates of the greatest need, and the holdings of the proposals, whose evidence is known."""
    subjects = [item["subject"] for item in figures.candidates]
    proposed = {str(symbol) for item in figures.proposals for symbol in cast("list[str]", item["symbols"])}
    return [*subjects[: _LOOKED_UP * limit], *(name for name in subjects[_LOOKED_UP * limit :] if name in proposed)]


def _in_need(asked: PlanInput, looked_up: Sequence[MadeCall]) -> list[str]:
    """Return the subjects without fresh findings; the owner's own sources are read in any case."""
    subjects = [str(call.arguments["subject"]) for call in looked_up]
    if not asked.research.holdings:
        subjects = [name for name in subjects if name.startswith(QUESTION)]
    if asked.research.sources:
        return subjects
    fresh = {str(call.arguments["subject"]) for call in looked_up if call.result.get("fresh")}
    return [name for name in subjects if name not in fresh]


def _draft(
    asked: PlanInput,
    figures: FiguresForModel,
    facts: dict[str, str],
    found: Sequence[FindingsForModel],
    tried: Sequence[PartForModel],
) -> DraftPlan:
    proposals = [Proposal.model_validate({**item, "weight": 0}) for item in figures.proposals]
    findings = list({item.id: item for answer in found for item in answer.findings}.values())
    changes = " ".join(f"{item['what']} {item['why']}".strip() for item in figures.changes)
    return DraftPlan(
        standing=computed_prose.standing(facts),
        priorities=computed_prose.priorities(proposals),
        recommendations=[_recommendation(item, findings, tried) for item in proposals],
        changes=[changes] if changes else [],
        answers=[_answer(number, found) for number in range(1, len(asked.questions) + 1)],
    )


def _recommendation(
    proposal: Proposal, findings: Sequence[QuotedClaim], tried: Sequence[PartForModel]
) -> DraftRecommendation:
    evidence, counter = computed_prose.evidence_for(proposal, findings)
    return DraftRecommendation(
        id=proposal.id,
        reason=" ".join([computed_prose.reason(proposal), *(_tried(tried) if proposal.kind == "success" else ())]),
        against=proposal.against,
        evidence=evidence,
        counter_evidence=counter,
    )


def _tried(tried: Sequence[PartForModel]) -> Iterator[str]:
    for item in tried:
        chance = next((fact["value"] for fact in item.facts if fact["id"].endswith(".log_normal.success")), None)
        if chance is not None:
            goals = item.part.removeprefix(WHAT_IF)
            yield f"With {goals} it would last with a chance of {chance}."


def _answer(number: int, found: Sequence[FindingsForModel]) -> DraftAnswer:
    about = [item for answer in found if answer.subject == f"{QUESTION}{number}" for item in answer.findings]
    text, evidence = computed_prose.answer(about)
    return DraftAnswer(question=number, answer=text, evidence=evidence)
