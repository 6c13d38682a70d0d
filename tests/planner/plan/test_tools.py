"""The analyses as tools of the agent: what a model is told, what it may try, and that its plan can be made again."""

import json
from typing import Any

import pytest
from agents.items import TResponseInputItem
from agents.testing import ScriptedModel, assistant_message, function_call
from alex_agent_models import ToolCall, Transcript
from alex_planner.agent import Desk, build_agent
from alex_planner.builtin_model import RulePlanner
from alex_planner.for_model import figures_for_model, part_for_model, parts_of, task_of
from alex_planner.parts import PARTS, facts_of, in_no_part

from tests.planner.plan.samples import NOW, asked, draft, figures_of
from tests.planner.plan.test_gate_on_plans import HELD, WANTED
from tests.planner.plan.test_gate_on_ratios import figures as every_measure
from tests.planner.plan.test_job import PRICED, Planner, plan, planner, replay

pytestmark = pytest.mark.anyio
__all__ = ["planner"]
RETIRING = {"horizon_years": 30, "years_to_retirement": 5, "annual_spending": 150, "annual_contribution": 0}
AS_IT_IS = {"annual_spending": None, "annual_contribution": None, "years_to_retirement": None, "fee_percent": None}


def what_if(call_id: str, **changes: float) -> Any:
    """A call of the tool."""
    return function_call("what_if", {**AS_IT_IS, **changes}, call_id=call_id)


async def test_a_model_runs_analyses_and_tries_other_goals_and_writes_their_figures(planner: Planner) -> None:
    """Ours: what a tool told is a fact of the run: it may be written, can be opened, and is computed again."""
    sentence = "With less spending, 135 USD a year instead of 150 USD, the money would last longer."
    model = ScriptedModel(
        [
            [function_call("portfolio_figures", {}, call_id="c1")],
            [
                function_call("analyse", {"part": "retirement"}, call_id="c2"),
                function_call("analyse", {"part": "risk"}, call_id="c3"),
                what_if("c4", annual_spending=135),
            ],
            [assistant_message(draft(standing=[sentence]).model_dump_json())],
        ]
    )
    async with planner(model, builtin=False) as client:
        run = await plan(client, PRICED, goals=RETIRING)
        path = f"/plans/{run['output']['id']}"
        markdown = (await client.get(f"{path}/plan.md")).text
        facts = {fact["id"]: fact for fact in (await client.get(f"{path}/facts")).json()["facts"]}
        compared = await replay(client, run["output"]["id"])
    output = run["output"]
    assert output["standing"] == [{"text": sentence, "by": "model"}], output["gate"]
    (tried,) = output["what_ifs"]
    assert tried["change"]["annual_spending"] == "135.0"
    now = output["projection"]["outcomes"][0]["success"]["probability"]
    assert float(tried["answers"][0]["success"]) > float(now)
    assert facts[f"what_if.{tried['id']}.log_normal.success"]["inputs"]["tried"] == "spending 135 USD a year"
    assert "### What if" in markdown
    assert compared["identical"], compared
    told = {str(item.get("call_id")): str(item.get("output")) for item in model.calls[2].input if "output" in item}
    assert "retirement.log_normal.success" in told["c2"]
    assert "no holding has a price history" in told["c3"].lower()
    assert f"what_if.{tried['id']}.log_normal.success" in told["c4"]


async def test_a_figure_that_was_not_tried_is_sent_back(planner: Planner) -> None:
    """Ours: only what a tool of this run has computed may be written."""
    wrong = draft(standing=["Spending 120 USD a year instead would help."])
    calls = [[function_call("portfolio_figures", {}, call_id="c1")], [what_if("c2", annual_spending=135)]]
    answers = [[assistant_message(one.model_dump_json())] for one in (wrong, draft())]
    async with planner(ScriptedModel([*calls, *answers])) as client:
        run = await plan(client, PRICED, goals=RETIRING)
    assert run["output"]["gate"]["sent_back"] == 1


async def test_goals_that_cannot_be_tried_are_refused_in_words(planner: Planner) -> None:
    """Ours: the model reads why, and the plan is made without them; one plan tries four."""
    refused = [
        what_if("none"),
        what_if("late", years_to_retirement=40),
        *(what_if(f"n{number}", annual_spending=100 + number) for number in range(5)),
    ]
    model = ScriptedModel(
        [
            [function_call("portfolio_figures", {}, call_id="c1")],
            refused[:2],
            *([call] for call in refused[2:]),
            [assistant_message(draft().model_dump_json())],
        ]
    )
    async with planner(model) as client:
        run = await plan(client, PRICED, goals=RETIRING)
    told = {str(item.get("call_id")): str(item.get("output")) for item in model.calls[-1].input if "output" in item}
    assert "at least one other goal" in told["none"]
    assert "horizon" in told["late"]
    assert "at most 4" in told["n4"]
    assert len(run["output"]["what_ifs"]) == 4
    assert run["status"] == "completed"


async def test_the_built_in_planner_tries_the_steps_of_its_proposal_together(planner: Planner) -> None:
    """Ours: by rule, so that it is the same each time; the sentence and the table say it."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, PRICED, goals={**RETIRING, "annual_spending": 150})
        compared = await replay(client, run["output"]["id"])
    output = run["output"]
    (tried,) = output["what_ifs"]
    assert tried["label"] == "spending 135 USD a year, paying in 15 USD a year"
    (advice,) = [item for item in output["recommendations"] if item["id"] == "success"]
    assert "With spending 135 USD a year, paying in 15 USD a year it would last" in advice["reason"]["text"]
    assert advice["reason"]["by"] == "model"
    assert compared["identical"], compared


def test_the_built_in_planner_runs_every_analysis_that_there_is() -> None:
    """Ours: figures first, then all parts and what is known at once, and nothing twice."""
    wanted = WANTED.model_copy(update={"research": asked(research={"holdings": 1}).research})
    figures = figures_of(HELD, wanted)
    task: TResponseInputItem = {"role": "user", "content": task_of(wanted)}
    first = RulePlanner().decide(Transcript.from_items([task]))
    assert first == [ToolCall("portfolio_figures", {})]
    call: TResponseInputItem = {
        "type": "function_call", "name": "portfolio_figures", "arguments": "{}", "call_id": "c1",
    }  # fmt: skip
    told: TResponseInputItem = {
        "type": "function_call_output", "call_id": "c1", "output": figures_for_model(figures, wanted, {}, NOW),
    }  # fmt: skip
    calls = RulePlanner().decide(Transcript.from_items([task, call, told]))
    assert isinstance(calls, list)
    assert [one.arguments["part"] for one in calls if one.name == "analyse"] == list(parts_of(figures))
    assert {one.name for one in calls} == {"analyse", "known"}


def test_every_fact_is_told_once() -> None:
    """Ours: each is of one part of the analysis, or of the whole."""
    facts = every_measure().facts
    told = [fact.id for part in PARTS for fact in facts_of(part, facts)] + [fact.id for fact in in_no_part(facts)]
    assert sorted(told) == sorted(fact.id for fact in facts)
    answer = json.loads(part_for_model(every_measure(), "risk"))
    assert {"risk.sharpe", "risk.volatility"} <= {fact["id"] for fact in answer["facts"]}


def test_the_tools_say_what_they_take() -> None:
    """The SDK's strict schemas: an analysis is one of a list, and each goal may be left as it is."""

    async def nothing(*_: object) -> str:
        return ""

    tools = {tool.name: tool for tool in build_agent(RulePlanner(), Desk(*[nothing] * 5)).tools}
    assert set(tools) == {"portfolio_figures", "analyse", "what_if", "known", "research"}
    analyse: Any = tools["analyse"]
    assert analyse.params_json_schema["properties"]["part"]["enum"] == list(PARTS)
    goals: Any = tools["what_if"]
    assert set(goals.params_json_schema["required"]) == set(AS_IT_IS)
