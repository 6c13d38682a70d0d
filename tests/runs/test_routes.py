"""The runs contract over real HTTP."""

from decimal import Decimal
from pathlib import Path

import httpx2
import pytest
from alex_agent_models import ChosenModel, ModelPrice
from alex_edge import create_http_client

from .conftest import NoteJob
from .serving import KEY, script, serving

pytestmark = pytest.mark.anyio


async def create(client: httpx2.AsyncClient, topic: str = "t", key: str = "k1") -> httpx2.Response:
    """Create a run."""
    return await client.post("/runs", json={"topic": topic}, headers={"Idempotency-Key": key})


async def test_the_same_key_gives_the_same_run_and_another_input_a_conflict(tmp_path: Path) -> None:
    """Ours: a client that repeats its request starts nothing twice."""
    async with (
        serving(NoteJob(script()), tmp_path / "runs.db") as url,
        create_http_client(url, KEY, timeout_seconds=10) as client,
    ):
        first, again = await create(client), await create(client)
        other = await create(client, topic="something else")
        missing = await client.post("/runs", json={"topic": "t"})
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    assert first.json()["status"] == "queued"
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "idempotency_conflict"
    assert missing.status_code == 422
    assert "idempotency-key" in missing.json()["error"]["message"].lower()


async def test_a_run_of_somebody_else_is_not_there(tmp_path: Path) -> None:
    """Ours: 404, not 403, so that ids tell nothing."""
    async with (
        serving(NoteJob(script()), tmp_path / "runs.db") as url,
        create_http_client(url, KEY, timeout_seconds=10) as client,
    ):
        run_id = (await create(client)).json()["id"]
        for method, path in [("GET", ""), ("POST", "/cancel"), ("GET", "/events")]:
            answer = await client.request(method, f"/runs/{run_id}{path}", headers={"x-alex-owner": "somebody"})
            assert answer.status_code == 404, path
            assert answer.json()["error"]["code"] == "run_not_found"


async def test_a_list_says_what_each_run_is_about(tmp_path: Path) -> None:
    """Ours: newest first, with the field of the input that the job names; a view has the whole input instead."""
    async with (
        serving(NoteJob(script()), tmp_path / "runs.db") as url,
        create_http_client(url, KEY, timeout_seconds=10) as client,
    ):
        for topic in ("old", "new"):
            await create(client, topic, key=topic)
        listed = (await client.get("/runs", params={"limit": 2})).json()
        shown = (await client.get(f"/runs/{listed['runs'][0]['id']}")).json()
    assert [run["subject"] for run in listed["runs"]] == ["new", "old"]
    assert listed["next_before"] == listed["runs"][-1]["id"]
    assert shown["input"] == {"topic": "new"}


@pytest.mark.parametrize(
    ("price", "answered"),
    [
        (ModelPrice(input=Decimal("1.50"), output=Decimal(6)), {"input": "1.50", "output": "6", "cached_input": None}),
        (None, None),
    ],
    ids=["priced", "no price"],
)
async def test_the_model_and_its_price_are_told(
    tmp_path: Path, price: ModelPrice | None, answered: dict[str, str | None] | None
) -> None:
    """Ours: what runs are created for from now on; a price that nobody set is not zero."""
    model = ChosenModel(script(), "some model", builtin=False, price=price)
    async with (
        serving(NoteJob(script()), tmp_path / "runs.db", model) as url,
        create_http_client(url, KEY, timeout_seconds=10) as client,
    ):
        told = (await client.get("/model")).json()
    assert told == {"label": "some model", "builtin": False, "price": answered}


async def test_following_the_events_drives_the_run_and_resumes_by_number(tmp_path: Path) -> None:
    """Ours: SSE drives while somebody listens; Last-Event-ID gives only what is new."""
    async with (
        serving(NoteJob(script()), tmp_path / "runs.db") as url,
        create_http_client(url, KEY, timeout_seconds=10) as client,
    ):
        run_id = (await create(client)).json()["id"]
        whole = (await client.get(f"/runs/{run_id}/events")).text
        rest = (await client.get(f"/runs/{run_id}/events", headers={"Last-Event-ID": "3"})).text
        state = (await client.get(f"/runs/{run_id}")).json()
        wrong = await client.get(f"/runs/{run_id}/events", headers={"Last-Event-ID": "x"})
    assert state["status"] == "completed"
    assert [line for line in whole.splitlines() if line.startswith("event: ")] == [
        "event: created",
        "event: tool_called",
        "event: tool_finished",
        "event: finished",
    ]
    assert [line for line in rest.splitlines() if line.startswith("id: ")] == ["id: 4"]
    assert wrong.status_code == 422


async def test_advance_answers_with_the_state_when_its_budget_is_spent(tmp_path: Path) -> None:
    """Ours: a budget of zero still makes one step, so that polling alone ends a run."""
    async with (
        serving(NoteJob(script()), tmp_path / "runs.db") as url,
        create_http_client(url, KEY, timeout_seconds=10) as client,
    ):
        run_id = (await create(client)).json()["id"]
        states = [
            (await client.post(f"/runs/{run_id}/advance", json={"budget_s": 0})).json()["status"] for _ in range(4)
        ]
        too_long = await client.post(f"/runs/{run_id}/advance", json={"budget_s": 101})
    assert states == ["running", "running", "running", "completed"]
    assert too_long.status_code == 422


async def test_a_budget_over_http_is_kept_quoted_and_checked(tmp_path: Path) -> None:
    """Ours: it stands beside the input, and a wrong one is named."""
    async with (
        serving(NoteJob(script()), tmp_path / "runs.db") as url,
        create_http_client(url, KEY, timeout_seconds=10) as client,
    ):
        body = {"topic": "t", "budget": {"turns": 1}}
        created = await client.post("/runs", json=body, headers={"Idempotency-Key": "k"})
        quote = await client.post("/runs/quote", json=body)
        listed = await client.get("/runs")
        wrong = await client.post("/runs/quote", json={"topic": "t", "budget": {"turns": 0}})
    assert created.json()["budget"]["turns"] == 1
    assert created.json()["input"] == {"topic": "t"}
    assert created.json()["receipt"]["total"]["cost"] == {"kind": "known", "usd": "0"}
    assert (quote.status_code, quote.json()["based_on_runs"]) == (200, 0)
    assert len(listed.json()["runs"]) == 1
    assert wrong.status_code == 422
    assert "budget.turns" in wrong.text
