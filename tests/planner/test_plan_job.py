"""A plan as a run: what a model may and may not put into it, over the real application."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from agents import Model
from agents.testing import ScriptedModel, assistant_message, function_call
from alex_agent_models import ChosenModel
from alex_edge import EdgeSettings, create_http_client
from alex_planner import app as planner_app
from alex_planner.agent import DraftPlan
from alex_planner.builtin_model import RulePlanner
from pydantic import SecretStr

pytestmark = pytest.mark.anyio
KEY = "test-key"
HEADER = "account,symbol,name,quantity,price,currency,price_date,asset_class\n"
PRICED = HEADER + "A,AAA,Alpha Rail,10,100,USD,2026-10-30,equity\nA,BBB,Beta Bonds,5,100,USD,2026-10-30,bond\n"
UNPRICED = PRICED + "A,CCC,Gamma Mines,7,,USD,,equity\n"

Planner = Callable[[Model], Any]


@pytest.fixture
def planner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planner:
    """A client of the planner's application with a given model and no researcher behind it."""

    @asynccontextmanager
    async def client_with(model: Model) -> AsyncIterator[httpx2.AsyncClient]:
        monkeypatch.setenv("PLANNER_DATABASE_URL", f"sqlite:///{tmp_path / 'planner.db'}")
        monkeypatch.setenv("PLANNER_RESEARCHER_URL", "http://127.0.0.1:9")
        monkeypatch.setattr(planner_app, "choose_model", lambda *_: ChosenModel(model, "test model", builtin=True))
        app = planner_app.create_app(EdgeSettings(api_keys=(SecretStr(KEY),)))
        async with (
            app.router.lifespan_context(app),
            create_http_client(
                "http://planner", KEY, timeout_seconds=60, transport=httpx2.ASGITransport(app=app)
            ) as client,
        ):
            yield client

    return client_with


async def import_csv(client: httpx2.AsyncClient, text: str) -> str:
    """Import a portfolio and return its id."""
    answer = await client.post("/portfolios/import?name=test", content=text, headers={"content-type": "text/csv"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def plan(client: httpx2.AsyncClient, text: str, *, holdings: int = 0, **goals: Any) -> dict[str, Any]:
    """Import `text`, drive one plan to its end and return its run."""
    body = {"portfolio_id": await import_csv(client, text), "goals": goals, "research": {"holdings": holdings}}
    created = await client.post("/runs", json=body, headers={"Idempotency-Key": uuid4().hex})
    assert created.status_code == 202, created.text
    answer = await client.post(f"/runs/{created.json()['id']}/advance", json={"budget_s": 60})
    run: dict[str, Any] = answer.json()
    return run


def writing(*paragraphs: str) -> ScriptedModel:
    """A model that looks at the figures and writes these paragraphs."""
    return ScriptedModel(
        [
            [function_call("portfolio_figures", {}, call_id="c1")],
            [assistant_message(DraftPlan(summary=list(paragraphs)).model_dump_json())],
        ]
    )


async def test_the_built_in_planner_writes_a_completed_plan_of_computed_figures(planner: Planner) -> None:
    """Ours: nothing but the file and the assumptions goes into it."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, PRICED, horizon_years=10)
        markdown = await client.get(f"/runs/{run['id']}/plan.md")
    assert run["status"] == "completed", run
    assert run["output"]["missing"] == []
    assert run["output"]["gate"]["replaced"] == 0
    assert "1,500.00 USD" in markdown.text
    assert "66.7 %" in markdown.text
    assert "test model" in markdown.text
    assert markdown.headers["content-type"].startswith("text/markdown")


async def test_an_unpriced_holding_makes_the_plan_partial_and_is_named(planner: Planner) -> None:
    """Ours: no price is ever made up; the total says that it is incomplete."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, UNPRICED)
        markdown = (await client.get(f"/runs/{run['id']}/plan.md")).text
    assert run["status"] == "partial"
    assert any("CCC" in reason for reason in run["output"]["missing"])
    assert run["output"]["allocation"]["total"] in {"1500", "1500.00"}
    assert "incomplete" in markdown.lower()


async def test_a_paragraph_with_an_invented_number_is_replaced_by_computed_ones(planner: Planner) -> None:
    """Ours: code computes, the model phrases; its words are checked."""
    model = writing("Your portfolio is worth 1,500 USD.", "It will surely grow by 37 percent to 2,055 USD.")
    async with planner(model) as client:
        run = await plan(client, PRICED)
    summary = " ".join(run["output"]["summary"])
    assert run["output"]["gate"] == {"checked": 2, "replaced": 1}
    assert "Your portfolio is worth 1,500 USD." in summary
    assert "37 percent" not in summary
    assert "1,500.00 USD" in summary


async def test_the_same_input_gives_the_same_plan(planner: Planner) -> None:
    """Ours: seeded and deterministic, but for ids and times; what it used includes the seconds of work."""
    outputs = []
    for _ in range(2):
        async with planner(RulePlanner()) as client:
            output = (await plan(client, PRICED, horizon_years=5))["output"]
        outputs.append({key: value for key, value in output.items() if key not in {"generated_at", "receipt"}})
    assert outputs[0] == outputs[1]


async def test_a_plan_whose_budget_is_spent_is_partial_and_keeps_its_figures(planner: Planner) -> None:
    """Ours: what code computes costs no model call; the reason stands first among what is missing."""
    async with planner(RulePlanner()) as client:
        body = {"portfolio_id": await import_csv(client, PRICED), "research": {"holdings": 0}, "budget": {"turns": 1}}
        created = await client.post("/runs", json=body, headers={"Idempotency-Key": "k"})
        run = (await client.post(f"/runs/{created.json()['id']}/advance", json={"budget_s": 60})).json()
        markdown = (await client.get(f"/runs/{run['id']}/plan.md")).text
    assert run["status"] == "partial"
    assert run["error"]["code"] == "budget_spent"
    assert run["output"]["missing"][0] == "The plan was not finished: the 1 model calls of its budget are spent."
    assert run["output"]["receipt"]["own"]["requests"] == 1
    assert "1,500.00 USD" in markdown


async def test_a_plan_without_its_researcher_fails_with_the_name(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: a failed part never reads as completed."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    async with planner(RulePlanner()) as client:
        run = await plan(client, PRICED, holdings=1)
        markdown = await client.get(f"/runs/{run['id']}/plan.md")
    assert run["status"] == "failed"
    assert run["error"]["detail"] == {"upstream": "researcher"}
    assert markdown.status_code == 409
    assert "researcher" in markdown.text


async def test_a_plan_for_an_unknown_portfolio_is_refused_before_a_run_exists(planner: Planner) -> None:
    """Ours: 404 for a portfolio that is not there or is somebody else's."""
    async with planner(RulePlanner()) as client:
        portfolio_id = await import_csv(client, PRICED)
        headers = {"Idempotency-Key": "k", "x-alex-owner": "somebody"}
        answer = await client.post("/runs", json={"portfolio_id": portfolio_id}, headers=headers)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "portfolio_not_found"
