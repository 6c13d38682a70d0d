"""The built-in planner: deterministic, for when no model is configured. It orders the work and states facts."""

import json
from collections.abc import Sequence
from typing import cast

from alex_agent_models import Answer, MadeCall, RuleModel, ToolCall, Transcript
from typing_extensions import override

from alex_planner.for_model import FiguresForModel, FindingsForModel
from alex_planner.plan import computed_prose
from alex_planner.plan.draft import DraftAnswer, DraftPlan, DraftRecommendation
from alex_planner.plan.evidence import QuotedClaim
from alex_planner.plan_input import PlanInput, research_limit
from alex_planner.recommending.proposal import Proposal
from alex_planner.research import TOOL
from alex_planner.subjects import QUESTION

_LOOKED_UP = 2
"""Times the limit of research: so many candidates are looked up, because some need no research."""


class RulePlanner(RuleModel):
    """Figures first, then what is known, then research of what needs it, all at once; then the computed sentences."""

    @override
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        asked = PlanInput.model_validate({"portfolio_id": "", **json.loads(transcript.task)})
        made = transcript.calls_of("portfolio_figures")
        if not made:
            return [ToolCall("portfolio_figures", {})]
        figures = FiguresForModel.model_validate(made[0].result)
        looked_up, researched = transcript.calls_of("known"), transcript.calls_of(TOOL)
        limit = research_limit(asked)
        if limit and not looked_up:
            subjects = _to_look_up(figures, limit)
            if subjects:
                return [ToolCall("known", {"subject": subject}) for subject in subjects]
        if looked_up and not researched:
            calls = [ToolCall(TOOL, {"subject": subject}) for subject in _in_need(asked, looked_up)[:limit]]
            if calls:
                return calls
        found = [FindingsForModel.model_validate(call.result) for call in (*researched, *looked_up) if call.result]
        return Answer(_draft(asked, figures, found))


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


def _draft(asked: PlanInput, figures: FiguresForModel, found: Sequence[FindingsForModel]) -> DraftPlan:
    facts = {fact["id"]: fact["value"] for fact in figures.facts}
    proposals = [Proposal.model_validate({**item, "weight": 0}) for item in figures.proposals]
    findings = list({item.id: item for answer in found for item in answer.findings}.values())
    changes = " ".join(f"{item['what']} {item['why']}".strip() for item in figures.changes)
    return DraftPlan(
        standing=computed_prose.standing(facts),
        priorities=computed_prose.priorities(proposals),
        recommendations=[_recommendation(item, findings) for item in proposals],
        changes=[changes] if changes else [],
        answers=[_answer(number, found) for number in range(1, len(asked.questions) + 1)],
    )


def _recommendation(proposal: Proposal, findings: Sequence[QuotedClaim]) -> DraftRecommendation:
    evidence, counter = computed_prose.evidence_for(proposal, findings)
    return DraftRecommendation(
        id=proposal.id,
        reason=computed_prose.reason(proposal),
        against=proposal.against,
        evidence=evidence,
        counter_evidence=counter,
    )


def _answer(number: int, found: Sequence[FindingsForModel]) -> DraftAnswer:
    about = [item for answer in found if answer.subject == f"{QUESTION}{number}" for item in answer.findings]
    text, evidence = computed_prose.answer(about)
    return DraftAnswer(question=number, answer=text, evidence=evidence)
