"""Followed topics over HTTP: owner-scoped, due once per event, answered at once."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from alex_edge import EdgeSettings
from alex_researcher.app import create_app
from fastapi import FastAPI
from pydantic import SecretStr

from tests.service_process import KEY

from .conftest import Site

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@pytest.fixture
async def app(servers: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FastAPI]:
    """The researcher, started."""
    monkeypatch.setenv("RESEARCHER_BROWSER_URL", servers[0])
    monkeypatch.setenv("RESEARCHER_VECTOR_STORE_URL", servers[1])
    monkeypatch.setenv("RESEARCHER_DATABASE_URL", f"sqlite:///{tmp_path / 'researcher.db'}")
    app = create_app(EdgeSettings(api_keys=(SecretStr(KEY),)))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A caller of it, as the owner `ann`."""
    async with caller(app, f"ann-{time.time_ns()}") as client:
        yield client


def caller(app: FastAPI, owner: str) -> httpx2.AsyncClient:
    """Return a client for one owner."""
    headers = {"x-api-key": KEY, "x-alex-owner": owner}
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test", headers=headers)


async def follow(client: httpx2.AsyncClient, topic: str, *sources: str, every: str = "P1D") -> dict[str, Any]:
    """Follow a topic."""
    answer = await client.post("/topics", json={"topic": topic, "sources": sources, "every": every})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def due(client: httpx2.AsyncClient, event_id: str) -> list[dict[str, Any]]:
    """Call as the scheduler does."""
    began = time.monotonic()
    answer = await client.post("/due", json={"event_id": event_id})
    assert answer.status_code == 202, answer.text
    assert time.monotonic() - began < 5
    return list(answer.json()["runs"])


async def test_topics_belong_to_their_owner(app: FastAPI, client: httpx2.AsyncClient) -> None:
    """Ours: listed, changed and deleted by their owner only."""
    topic = await follow(client, "Tarnfield Rail orders")
    again = await follow(client, "tarnfield  rail orders", every="PT1H")
    assert (again["id"], again["every"]) == (topic["id"], "PT1H")
    async with caller(app, "bob") as bob:
        assert (await bob.get("/topics")).json() == {"topics": []}
        refused = await bob.delete(f"/topics/{topic['id']}")
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "topic_not_found")
        assert await due(bob, "event") == []
    assert (await client.delete(f"/topics/{topic['id']}")).json() == {"id": topic["id"], "deleted": True}
    assert (await client.get("/topics")).json() == {"topics": []}


async def test_an_event_starts_one_run_per_due_topic_however_often_it_comes(client: httpx2.AsyncClient) -> None:
    """Ours: also when it comes twice at the same time; the next event finds nothing due."""
    topics = [await follow(client, f"Tarnfield Rail {word}") for word in ("orders", "risks")]
    answers = await asyncio.gather(*(due(client, "event-1") for _ in range(3)))
    runs = {run["topic_id"]: run["run_id"] for run in answers[0]}
    assert set(runs) == {topic["id"] for topic in topics}
    assert answers[1] == answers[2] == answers[0] == await due(client, "event-1")
    assert await due(client, "event-2") == []
    listed = (await client.get("/topics")).json()["topics"]
    assert {topic["id"]: topic["last_run_id"] for topic in listed} == runs


async def test_each_run_on_a_followed_topic_has_a_budget(client: httpx2.AsyncClient) -> None:
    """Ours: a schedule cannot cost without bound, also when nobody thought of it; the owner's own limits hold."""
    await follow(client, "Tarnfield Rail orders")
    own = {"topic": "Tarnfield Rail risks", "budget": {"turns": 1}}
    assert (await client.post("/topics", json=own)).status_code == 201
    runs = [(await client.get(run["links"]["self"])).json() for run in await due(client, "event")]
    budgets = {run["input"]["topic"]: {k: v for k, v in run["budget"].items() if v is not None} for run in runs}
    assert budgets == {"Tarnfield Rail orders": {"tokens": 300_000}, "Tarnfield Rail risks": {"turns": 1}}
    stopped = next(run for run in runs if run["budget"]["turns"])
    done = (await client.post(stopped["links"]["advance"], json={"budget_s": 60})).json()
    assert (done["status"], done["error"]["code"]) == ("partial", "budget_spent")


async def test_a_topic_whose_budget_cannot_be_kept_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: dollars need a price; one that is gone later refuses its topic and no other."""
    monkeypatch.setenv("RESEARCHER_DATABASE_URL", f"sqlite:///{tmp_path / 'priced.db'}")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nothing")
    monkeypatch.setenv("ALEX_MODEL", "some-model")
    in_dollars = {"topic": "Tarnfield Rail risks", "budget": {"usd": "0.5"}}
    price = '{"some-model": {"input": 1, "output": 1}}'
    for prices in ("", price, ""):
        monkeypatch.setenv("ALEX_MODEL_PRICES", prices)
        app = create_app(EdgeSettings(api_keys=(SecretStr(KEY),)))
        async with app.router.lifespan_context(app), caller(app, "ann") as ann:
            answer = await ann.post("/topics", json=in_dollars)
            assert answer.status_code == (201 if prices else 422)
            if prices:
                await follow(ann, "Tarnfield Rail orders")
    async with app.router.lifespan_context(app), caller(app, "ann") as ann:
        told = (await ann.post("/due", json={"event_id": "e"})).json()
    assert [run["topic"] for run in told["runs"]] == ["Tarnfield Rail orders"]
    assert [(topic["topic"], "price of some-model" in topic["reason"]) for topic in told["refused"]] == [
        ("Tarnfield Rail risks", True)
    ]


async def test_a_followed_topic_says_what_changed_and_writes_nothing_when_nothing_did(
    client: httpx2.AsyncClient, site: Site
) -> None:
    """Ours: the second brief has no changes; after a change at the source it names the new finding."""
    topic, wanted = "Tarnfield Rail depot", f"{site.url}/depot.html"
    briefs = []
    for number, trains in enumerate((12, 12, 14)):
        words = f"The depot of Tarnfield Rail in Ostvik repairs {trains} trains a week, its manager said."
        site.pages["/depot.html"] = f"<html><title>Depot</title><body><p>{words}</p></body></html>".encode()
        # A new address each time it changes: the browser server keeps a page that it has read for two minutes.
        site.pages["/depot-new.html"] = site.pages["/depot.html"]
        await follow(client, topic, wanted if number < 2 else f"{site.url}/depot-new.html")
        (run,) = await due(client, f"event-{number}")
        done = (await client.post(run["links"]["advance"], json={"budget_s": 60})).json()
        assert done["status"] == "completed", done
        briefs.append(done["output"])
    assert [brief["changes"] for brief in briefs[:2]] == [None, []]
    assert [(change["kind"], "14 trains" in change["quote"]) for change in briefs[2]["changes"]] == [("new", True)]
    listed = (await client.get("/briefs")).json()["briefs"]
    assert [brief["changes"] for brief in listed] == [brief["changes"] for brief in reversed(briefs)]
    assert {(brief["topic"], brief["topic_id"], brief["status"]) for brief in listed} == {
        (topic, (await client.get("/topics")).json()["topics"][0]["id"], "completed")
    }
    newest = next(finding for finding in briefs[2]["findings"] if "14 trains" in finding["quote"])
    assert "12 trains" in newest["contradicts"][0]["quote"]


async def test_a_topic_is_researched_before_it_is_due(client: httpx2.AsyncClient, app: FastAPI) -> None:
    """Ours: pressed twice it is one run; the schedule goes on from there; nobody else can start it."""
    topic = await follow(client, "Tarnfield Rail orders", every="PT1H")
    path, key = f"/topics/{topic['id']}/runs", {"idempotency-key": "press"}
    runs = [await client.post(path, headers=key) for _ in range(2)]
    assert [run.status_code for run in runs] == [202, 202]
    assert runs[0].json()["id"] == runs[1].json()["id"]
    assert (runs[0].json()["input"]["freshness"], runs[0].json()["budget"]["tokens"]) == ("PT0S", 300_000)
    (now,) = (await client.get("/topics")).json()["topics"]
    assert now["last_run_id"] == runs[0].json()["id"]
    assert (datetime.fromisoformat(now["due_at"]) - datetime.now(UTC)).total_seconds() > 3_000
    assert await due(client, "event") == []
    async with caller(app, "bob") as bob:
        refused = await bob.post(path, headers=key)
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "topic_not_found")


async def test_briefs_are_listed_since_their_end(client: httpx2.AsyncClient, app: FastAPI, site: Site) -> None:
    """Ours: what nobody has finished is no brief; what is missing is told; others see nothing."""
    order = {"topic": "Tarnfield Rail", "sources": [f"{site.url}/tarn.html", f"{site.url}/nowhere.html"]}
    run = (await client.post("/runs", json=order, headers={"idempotency-key": "k"})).json()
    assert (await client.get("/briefs")).json() == {"briefs": [], "next_before": None}
    assert (await client.get(f"/briefs/{run['id']}")).json()["error"]["code"] == "brief_not_found"
    done = (await client.post(run["links"]["advance"], json={"budget_s": 60})).json()
    assert (await client.get(f"/briefs/{run['id']}")).json() == done["output"]
    (brief,) = (await client.get("/briefs", params={"limit": 1})).json()["briefs"]
    assert (brief["run_id"], brief["topic_id"], brief["status"]) == (run["id"], None, "partial")
    assert brief["findings"] >= 1
    assert brief["changes"] is None
    assert any("nowhere.html" in reason for reason in brief["missing"])
    for seconds, count in ((-1, 1), (1, 0)):
        moment = datetime.fromisoformat(brief["ended_at"]) + timedelta(seconds=seconds)
        since = {"since": moment.isoformat()}
        assert len((await client.get("/briefs", params=since)).json()["briefs"]) == count
    assert (await client.get("/briefs", params={"since": "soon"})).status_code == 422
    async with caller(app, "bob") as bob:
        assert (await bob.get("/briefs")).json()["briefs"] == []
