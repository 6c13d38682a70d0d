"""The built-in planner: deterministic, for when no model is configured. It orders the work and states facts."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from alex_agent_models import Answer, MadeCall, RuleModel, ToolCall, Transcript
from typing_extensions import override

from alex_planner.agent import DraftPlan
from alex_planner.plan_input import PlanInput
from alex_planner.prose import summary_of_facts
from alex_planner.research import TOOL


class RulePlanner(RuleModel):
    """Figures first, then research of the largest holdings at once, then a summary of the facts."""

    @override
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        if transcript.turn == 0:
            return [ToolCall("portfolio_figures", {})]
        figures = transcript.calls_of("portfolio_figures")[0].result
        research = transcript.calls_of(TOOL)
        limit = _limit(transcript.task)
        if not research and limit:
            holdings = cast("list[dict[str, str]]", figures.get("holdings", []))
            calls = [ToolCall(TOOL, {"symbol": holding["symbol"]}) for holding in holdings[:limit]]
            if calls:
                return calls
        facts = {fact["id"]: fact["value"] for fact in cast("list[dict[str, str]]", figures.get("facts", []))}
        return Answer(DraftPlan(summary=[*summary_of_facts(facts), *_research_paragraph(research)]))


def _limit(task: str) -> int:
    return PlanInput.model_validate({"portfolio_id": "", **json.loads(task)}).research.holdings


def _research_paragraph(research: Sequence[MadeCall]) -> list[str]:
    named = [str(call.arguments["symbol"]) for call in research]
    if not named:
        return []
    quoted = [str(call.arguments["symbol"]) for call in research if _has_findings(call.result)]
    without = [symbol for symbol in named if symbol not in quoted]
    text = f"Research was asked for on {', '.join(named)}."
    if without:
        text += f" It found nothing to quote on {', '.join(without)}."
    return [text]


def _has_findings(result: Mapping[str, object]) -> bool:
    return bool(result.get("findings"))
