"""A plan as a run: what a model may and may not put into it, over the real application."""

from collections.abc import AsyncIterator, Callable, Mapping
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
from alex_planner.builtin_model import RulePlanner
from alex_planner.plan.draft import DraftPlan
from pydantic import SecretStr

from tests.planner.plan.researcher_standin import FIGURE, Answer, researcher
from tests.planner.plan.samples import draft

pytestmark = pytest.mark.anyio
KEY = "test-key"
HEADER = "account,symbol,name,quantity,price,currency,price_date,asset_class\n"
PRICED = (
    HEADER
    + "A,AAA,Alpha Rail,10,100,USD,2026-10-30,equity\n"
    + "A,BBB,Beta Bonds Fund,5,100,USD,2026-10-30,bond\n"
    + "A,CCC,Gamma Mines,4,100,USD,2026-10-30,equity\n"
)
UNPRICED = PRICED + "A,DDD,Delta Mills,7,,USD,,equity\n"
NOWHERE = "http://127.0.0.1:9"

Planner = Callable[..., Any]


@pytest.fixture
def planner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planner:
    """A client of the planner's application with a given model; nothing is behind it unless addresses are given."""

    @asynccontextmanager
    async def client_with(
        model: Model, *, researcher_url: str = NOWHERE, vector_store_url: str = f"{NOWHERE}/mcp", builtin: bool = True
    ) -> AsyncIterator[httpx2.AsyncClient]:
        monkeypatch.setenv("PLANNER_DATABASE_URL", f"sqlite:///{tmp_path / 'planner.db'}")
        monkeypatch.setenv("PLANNER_RESEARCHER_URL", researcher_url)
        monkeypatch.setenv("PLANNER_VECTOR_STORE_URL", vector_store_url)
        monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
        chosen = ChosenModel(model, "test model", builtin=builtin)
        monkeypatch.setattr(planner_app, "choose_model", lambda *_: chosen)
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


async def plan(client: httpx2.AsyncClient, text: str, *, holdings: int = 0, **asked: Any) -> dict[str, Any]:
    """Import `text`, drive one plan to its end and return its run."""
    body = {"portfolio_id": await import_csv(client, text), "research": {"holdings": holdings}, **asked}
    created = await client.post("/runs", json=body, headers={"Idempotency-Key": uuid4().hex})
    assert created.status_code == 202, created.text
    answer = await client.post(f"/runs/{created.json()['id']}/advance", json={"budget_s": 60})
    run: dict[str, Any] = answer.json()
    return run


async def replay(client: httpx2.AsyncClient, plan_id: str) -> Mapping[str, Any]:
    """Have a plan made again and return the comparison."""
    answer = await client.post(f"/plans/{plan_id}/replay")
    assert answer.status_code == 200, answer.text
    compared: dict[str, Any] = answer.json()
    return compared


def writing(*drafts: DraftPlan) -> ScriptedModel:
    """A model that looks at the figures and writes these drafts, one after the other as they are sent back."""
    answers = [[assistant_message(one.model_dump_json())] for one in drafts]
    return ScriptedModel([[function_call("portfolio_figures", {}, call_id="c1")], *answers])


async def test_the_built_in_planner_writes_a_completed_plan_of_computed_figures(planner: Planner) -> None:
    """Ours: nothing but the file and the assumptions goes into it."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, PRICED, goals={"horizon_years": 10})
        markdown = await client.get(f"/plans/{run['output']['id']}/plan.md")
        pdf = await client.get(f"/plans/{run['output']['id']}/plan.pdf")
    output = run["output"]
    assert run["status"] == "completed", run
    assert output["missing"] == []
    assert output["gate"]["sent_back"] == output["gate"]["replaced"] == 0
    assert output["gate"]["checked"] > 5
    assert {item["by"] for item in output["standing"]} == {"model"}
    assert [item["id"] for item in output["recommendations"]] == [
        "data.stale",
        "concentration.AAA",
        "concentration.CCC",
    ]
    assert "1,900.00 USD" in markdown.text
    assert "52.6 %" in markdown.text
    assert "test model" in markdown.text
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


async def test_an_unpriced_holding_makes_the_plan_partial_and_is_named(planner: Planner) -> None:
    """Ours: no price is ever made up; the total says that it is incomplete, and so does the first recommendation."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, UNPRICED)
        markdown = (await client.get(f"/plans/{run['output']['id']}/plan.md")).text
    assert run["status"] == "partial"
    assert any("DDD" in reason for reason in run["output"]["missing"])
    assert run["output"]["allocation"]["total"] in {"1900", "1900.00"}
    assert run["output"]["recommendations"][0]["id"] == "data.missing"
    assert "incomplete" in markdown.lower()


async def test_a_paragraph_with_an_invented_number_is_sent_back_once_and_published_when_it_is_mended(
    planner: Planner,
) -> None:
    """Ours: the model is told which numbers are no facts, in a durable turn of its own."""
    wrong = draft(standing=["Your portfolio is worth 1,900 USD.", "It will surely grow by 37 percent to 2,603 USD."])
    model = writing(wrong, draft(standing=["Your portfolio is worth 1,900 USD.", "It may grow."]))
    async with planner(model) as client:
        run = await plan(client, PRICED)
    assert run["status"] == "completed", run
    assert [item["text"] for item in run["output"]["standing"]] == [
        "Your portfolio is worth 1,900 USD.",
        "It may grow.",
    ]
    assert run["output"]["gate"] == {"checked": 3, "sent_back": 1, "replaced": 0}
    message = str(model.calls[2].input[-1])
    assert "standing 2" in message
    assert "37 percent" in message
    assert "standing 1" not in message
    model.assert_complete()


async def test_what_fails_again_is_replaced_by_computed_sentences(planner: Planner) -> None:
    """Ours: code computes, the model phrases; an invented number is never published."""
    wrong = draft(
        standing=["It will surely grow by 37 percent."],
        priorities=["Save 555 USD a month."],
        recommendations=[
            {
                "id": "concentration.AAA",
                "reason": "Alpha Rail will fall by 44 %.",
                "against": "Alpha Rail is 52.6 % of it, and you like it.",
                "evidence": ["f_invented"],
                "counter_evidence": [],
            },
            {"id": "buy.more", "reason": "Buy.", "against": "", "evidence": [], "counter_evidence": []},
        ],
    )
    async with planner(writing(wrong, wrong)) as client:
        run = await plan(client, PRICED)
    output = run["output"]
    text = str(output)
    assert output["gate"] == {"checked": 5, "sent_back": 3, "replaced": 3}
    for invented in ("37 percent", "555 USD", "44 %", "f_invented", "buy.more"):
        assert invented not in text
    (advice,) = output["recommendations"]
    assert advice["reason"]["by"] == "code"
    assert "52.6 %" in advice["reason"]["text"]
    assert advice["against"] == {"text": "Alpha Rail is 52.6 % of it, and you like it.", "by": "model"}
    assert "1,900.00 USD" in output["standing"][0]["text"]
    assert {item["id"] for item in output["not_chosen"]} == {"data.stale", "concentration.CCC"}


async def test_the_same_input_gives_the_same_plan(planner: Planner) -> None:
    """Ours: seeded and deterministic, but for ids, times, and what it used; another owner has no plan before."""
    outputs = []
    for owner in ("one", "two"):
        async with planner(RulePlanner()) as client:
            client.headers["x-alex-owner"] = owner
            output = (await plan(client, PRICED, goals={"horizon_years": 5}))["output"]
        changing = {"id", "run_id", "generated_at", "receipt", "portfolio"}
        outputs.append({key: value for key, value in output.items() if key not in changing})
    assert outputs[0] == outputs[1]


async def test_a_plan_without_its_researcher_is_partial_and_names_it(planner: Planner) -> None:
    """Ours: the figures are given all the same, and a failed part never reads as completed."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, PRICED, holdings=1)
    assert run["status"] == "partial"
    missing = " ".join(run["output"]["missing"])
    assert "The research on 'Alpha Rail (AAA): outlook and risks' failed: researcher does not answer" in missing
    assert "What is known on AAA could not be read: vector_store does not answer" in missing
    assert run["output"]["recommendations"]


async def test_a_researcher_that_is_away_for_a_moment_leaves_no_gap(planner: Planner, tmp_path: Path) -> None:
    """Ours: what was found is fetched again later, as the run of it is."""
    async with researcher(tmp_path) as desk, planner(RulePlanner(), researcher_url=desk.url) as client:
        desk.reads_to_fail = 2
        run = await plan(client, PRICED, holdings=1)
    assert desk.reads_to_fail == 0
    assert [finding["source_url"] for finding in run["output"]["findings"]] == ["https://news.example/a"]
    assert "research on" not in " ".join(run["output"]["missing"])


async def test_a_plan_for_an_unknown_portfolio_is_refused_before_a_run_exists(planner: Planner) -> None:
    """Ours: 404 for a portfolio that is not there or is somebody else's."""
    async with planner(RulePlanner()) as client:
        portfolio_id = await import_csv(client, PRICED)
        headers = {"Idempotency-Key": "k", "x-alex-owner": "somebody"}
        answer = await client.post("/runs", json={"portfolio_id": portfolio_id}, headers=headers)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "portfolio_not_found"


@pytest.mark.parametrize(
    "body",
    [
        {"target": {"equity": "0.7", "bond": "0.2"}},
        {"target": {"shares": "1"}},
        {"band": 0},
        {"questions": ["?"]},
        {"questions": ["what is it"] * 6},
        {"research": {"holdings": 11}},
        {"research": {"sources": ["file:///etc/passwd"]}},
    ],
    ids=["target sum", "target class", "band", "short question", "many questions", "many holdings", "source"],
)
async def test_a_wrong_order_is_refused_with_the_field(planner: Planner, body: dict[str, Any]) -> None:
    """Ours: 422 before a run exists."""
    async with planner(RulePlanner()) as client:
        wanted = {"portfolio_id": await import_csv(client, PRICED), **body}
        answer = await client.post("/runs", json=wanted, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 422
    assert next(iter(body)) in answer.text


async def test_research_is_delegated_for_the_greatest_need_and_for_questions_without_what_is_private(
    planner: Planner, tmp_path: Path
) -> None:
    """Ours: weight and concentration choose; figures and accounts stay here, other holdings are terms to keep back."""
    question = "Are my 1,000 USD in Gamma Mines in account A safe from new mining rules?"
    async with researcher(tmp_path) as desk, planner(RulePlanner(), researcher_url=desk.url) as client:
        run = await plan(client, PRICED, holdings=2, questions=[question])
    topics = {asked["topic"]: asked for asked in desk.asked}
    assert set(topics) == {
        "Alpha Rail (AAA): outlook and risks",
        "Gamma Mines (CCC): outlook and risks",
        "Are my USD in Gamma Mines in account safe from new mining rules?",
    }
    assert topics["Alpha Rail (AAA): outlook and risks"]["holdings"] == ["Beta Bonds Fund", "Gamma Mines"]
    assert "1000" not in str(desk.asked)
    (answer,) = run["output"]["answers"]
    assert answer["question"] == question
    assert "\u201cThe words of the source on Are my USD" in answer["answer"]["text"]
    assert answer["evidence"]


async def test_a_child_that_failed_makes_the_plan_partial_and_the_others_stay(planner: Planner, tmp_path: Path) -> None:
    """Ours: the part is named with the child's own reason."""
    failing: dict[str, Answer] = {"Gamma Mines (CCC): outlook and risks": "fail"}
    async with researcher(tmp_path, failing) as desk, planner(RulePlanner(), researcher_url=desk.url) as client:
        run = await plan(client, PRICED, holdings=2)
    output = run["output"]
    assert run["status"] == "partial"
    assert any(
        "'Gamma Mines (CCC): outlook and risks' failed: the page set the desk on fire" in m for m in output["missing"]
    )
    assert {item["subject"]: item["status"] for item in output["researched"]} == {"AAA": "completed", "CCC": "failed"}
    assert [item["symbols"] for item in output["findings"]] == [["AAA"]]


async def test_a_holding_on_which_nothing_was_found_leaves_the_plan_complete_and_is_named(
    planner: Planner, tmp_path: Path, vector_store: str
) -> None:
    """Ours: that no source speaks of a fund is an answer; the plan says what was looked into, why, and what came."""
    nothing: dict[str, Answer] = {"Gamma Mines (CCC): outlook and risks": "nothing"}
    async with (
        researcher(tmp_path, nothing) as desk,
        planner(RulePlanner(), researcher_url=desk.url, vector_store_url=f"{vector_store}/mcp") as client,
    ):
        run = await plan(client, PRICED, holdings=2)
        markdown = (await client.get(f"/plans/{run['output']['id']}/plan.md")).text
    output = run["output"]
    assert (run["status"], output["missing"]) == ("completed", [])
    assert {item["subject"]: (item["kind"], item["outcome"]) for item in output["considered"]} == {
        "AAA": ("share", "researched"),
        "CCC": ("share", "nothing found"),
        "BBB": ("fund", "not researched"),
        "theme class bond": ("theme", "not researched"),
    }
    assert "nothing found" in markdown
    assert "52.6 % of the portfolio, above the limit for one share, never researched" in markdown


async def test_a_reported_figure_keeps_unit_period_and_filing_and_links_to_its_page(
    planner: Planner, tmp_path: Path
) -> None:
    """Ours: a person opens the filing, not the SEC's JSON, which stays behind the stored document."""
    reported: dict[str, Answer] = {"Alpha Rail (AAA): outlook and risks": "figure"}
    async with researcher(tmp_path, reported) as desk, planner(RulePlanner(), researcher_url=desk.url) as client:
        output = (await plan(client, PRICED, holdings=1))["output"]
        markdown = (await client.get(f"/plans/{output['id']}/plan.md")).text
        opened = (await client.get(f"/plans/{output['id']}/claims/{output['findings'][0]['id']}")).json()
        facts = (await client.get(f"/plans/{output['id']}/facts")).json()["facts"]
    figure = opened["finding"]["figure"]
    assert (figure["value"], figure["unit"], figure["period_end"]) == ("55000000", "USD", "2025-12-31")
    assert opened["finding"]["source_url"] == figure["url"] == FIGURE["figure"]["url"]  # type: ignore[index]  # an object
    for part in ("Net income", "55,000,000 USD", "2025-01-01 to 2025-12-31", "10-K", "0001234567-26-000012", "www.sec"):
        assert part in markdown.replace("\\", ""), part
    assert "data.sec.example" not in markdown
    fact = next(item for item in facts if item["id"] == f"reported.{opened['finding']['id']}")
    assert (fact["formatted"], fact["unit"]) == ("55,000,000.00 USD", "USD")
    assert "0001234567-26-000012" in fact["source"]


async def test_a_stored_plan_is_made_again_to_the_byte_by_the_built_in_model(planner: Planner, tmp_path: Path) -> None:
    """Ours: words, figures, checks and assembly from nothing but the stored rows; also the second plan's changes."""
    async with researcher(tmp_path) as desk, planner(RulePlanner(), researcher_url=desk.url) as client:
        asked = {"questions": ["What do new mining rules change?"], "target": {"equity": "0.5", "bond": "0.5"}}
        first = await plan(client, PRICED, holdings=2, **asked)
        second = await plan(client, PRICED.replace(",10,100,", ",12,110,"), holdings=2, **asked)
        for run in (first, second):
            stored = await client.get(f"/plans/{run['output']['id']}")
            compared = await replay(client, run["output"]["id"])
            assert compared["identical"], compared
            assert compared["words"] == "written again"
            assert stored.headers["etag"] == f'"{compared["replayed_hash"]}"'
            assert stored.json() == run["output"]
    changes = second["output"]["changes"]
    assert changes["previous_plan_id"] == first["output"]["id"]
    assert changes["changes"][0]["text"] == "The total changed by 320.00 USD, 16.8 %."
    assert "Prices account for 100.00 USD" in changes["changes"][0]["why"]
    assert second["output"]["change_notes"][0]["by"] == "model"


async def test_a_plan_in_the_words_of_another_model_is_made_again_with_its_stored_words(planner: Planner) -> None:
    """Ours: what a model said once is kept; figures and checks are computed again."""
    async with planner(writing(draft()), builtin=False) as client:
        run = await plan(client, PRICED)
        compared = await replay(client, run["output"]["id"])
    assert compared["identical"], compared
    assert compared["words"] == "as stored"


async def test_a_budget_that_ends_gives_a_partial_plan_of_computed_sentences(planner: Planner) -> None:
    """Ours: what is there is told; the reason is the limit."""
    async with planner(RulePlanner()) as client:
        portfolio_id = await import_csv(client, PRICED)
        body = {"portfolio_id": portfolio_id, "budget": {"turns": 1}}
        created = await client.post("/runs", json=body, headers={"Idempotency-Key": "k"})
        assert created.status_code == 202, created.text
        run = (await client.post(f"/runs/{created.json()['id']}/advance", json={"budget_s": 60})).json()
        compared = await replay(client, run["output"]["id"])
    assert run["status"] == "partial"
    assert "model calls of its budget are spent" in run["output"]["missing"][0]
    assert run["output"]["standing"][0]["by"] == "code"
    assert compared["identical"], compared
