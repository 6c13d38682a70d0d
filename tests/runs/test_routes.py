"""The runs contract over real HTTP, and one agent delegating to another over it."""

import contextlib
import json
import socket
from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from pathlib import Path

import httpx2
import pytest
from agents import function_tool
from agents.testing import ScriptedModel, assistant_message, function_call
from agents.tool_context import ToolContext
from alex_agent_models import ChosenModel, ModelPrice
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_http_client, create_service
from alex_runs import (
    Budget,
    Delegation,
    JobContext,
    RunEngine,
    RunFailed,
    RunsClient,
    RunScope,
    RunStatus,
    RunStore,
    run_routes,
)
from fastapi import FastAPI
from pydantic import JsonValue, SecretStr

from tests.served_app import served

from .conftest import NoteInput, NoteJob

pytestmark = pytest.mark.anyio
KEY = "test-key"


@contextlib.asynccontextmanager
async def serving(job: NoteJob, database_file: Path, model: ChosenModel | None = None) -> AsyncIterator[str]:
    """Serve the runs of `job` on a free port and yield the address."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = open_database(f"sqlite:///{database_file}")
        store = RunStore(database)
        await store.upgrade()
        app.state.engine = RunEngine(store, job, model)
        yield
        await database.dispose()

    settings = EdgeSettings(api_keys=(SecretStr(KEY),))
    app = create_service("note", version="1", settings=settings, lifespan=lifespan, readiness=Readiness())
    app.include_router(run_routes(NoteInput))
    async with served(app) as url:
        yield url


def script(text: str = "done") -> ScriptedModel:
    """A model that takes one note and ends."""
    return ScriptedModel([[function_call("note", {"text": "a"}, call_id="c1")], [assistant_message(text)]])


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


class Parent(NoteJob):
    """An agent with a tool `ask` whose work is a run of another service."""

    results: list[str]

    def use(self, client: RunsClient, limit: int = 2, *, required: bool = True) -> None:
        """Delegate `ask` to the service of `client`."""
        self.results = []

        async def to_input(
            owner: str, arguments: Mapping[str, JsonValue], parent_input: Mapping[str, JsonValue]
        ) -> dict[str, JsonValue]:
            assert owner == "local"
            assert parent_input["topic"] == "parent"
            if arguments["topic"] == "impossible":
                raise RunFailed("cannot ask that")
            return {"topic": arguments["topic"]}

        self.delegations = {"ask": Delegation(client, to_input, lambda _: limit, required=required)}

        self.client = client

    def build_agent(self, scope: RunScope):  # type: ignore[no-untyped-def]  # noqa: ANN201  the SDK's generic agent
        """Return the agent with its delegated tool."""

        @function_tool(needs_approval=True, failure_error_function=None)
        async def ask(context: ToolContext[JobContext], topic: str) -> str:
            """Ask the other agent."""
            child = scope.child_of(context.tool_call_id)
            view = await self.client.get(scope.owner, child.run_id) if child.run_id else None
            answer = str(view.output["text"]) if view and view.output else f"refused: {child.reason}"
            self.results.append(f"{topic}: {answer}")
            return answer

        self.extra_tools = [ask]
        return super().build_agent(scope)


def asking(*topics: str) -> ScriptedModel:
    """A model that asks about all topics at once, takes a note beside it, and ends."""
    calls = [function_call("ask", {"topic": topic}, call_id=f"c{n}") for n, topic in enumerate(topics)]
    return ScriptedModel([[*calls, function_call("note", {"text": "mine"}, call_id="own")], [assistant_message("end")]])


async def run_parent(
    parent: Parent, child: NoteJob, store: RunStore, folder: Path, *, limit: int = 2, budget: Budget | None = None
) -> str:
    """Run the parent against a served child and return its id."""
    async with serving(child, folder / "child.db") as url:
        client = RunsClient("helper", url, KEY)
        parent.use(client, limit)
        engine = RunEngine(store, parent)
        run_id = (await engine.create("local", NoteInput(topic="parent"), "k", budget or Budget())).id
        await engine.advance("local", run_id, 15)
        await client.aclose()
    return run_id


async def test_a_delegated_call_waits_for_the_other_run(store: RunStore, tmp_path: Path) -> None:
    """Ours: both children run, the parent's own tool ran meanwhile, each child once."""
    child = NoteJob(
        ScriptedModel(
            [
                [function_call("note", {"text": "child"}, call_id="c1")],
                [function_call("note", {"text": "child"}, call_id="c1")],
                [assistant_message("found")],
                [assistant_message("found")],
            ]
        )
    )
    parent = Parent(asking("one", "two"))
    run_id = await run_parent(parent, child, store, tmp_path)
    run = await store.get("local", run_id)
    assert run.view.status is RunStatus.COMPLETED
    assert sorted(parent.results) == ["one: found", "two: found"]
    assert parent.notes == ["mine"]
    assert len(child.notes) == 2
    assert [child_run.status for child_run in run.view.children] == [RunStatus.COMPLETED] * 2
    kinds = [event.type for event in await store.events_after(run_id, 0)]
    assert kinds.count("delegated") == 2
    assert kinds.count("child_changed") >= 2


async def test_delegated_runs_spend_the_budget_of_their_parent(store: RunStore, tmp_path: Path) -> None:
    """Ours: each gets a share, what it used stands in the parent's bill, and one that gets none is refused."""
    child = NoteJob(ScriptedModel([[assistant_message("found")]] * 2))
    parent = Parent(asking("one", "two"))
    run_id = await run_parent(parent, child, store, tmp_path, budget=Budget(turns=7, seconds=60))
    run = (await store.get("local", run_id)).view
    assert run.status is RunStatus.COMPLETED
    assert [child_run.budget.turns for child_run in run.children] == [2, 2]
    assert all(child_run.budget.seconds for child_run in run.children)
    assert run.receipt.delegated.requests == 2
    assert run.receipt.delegated_runs == 2
    assert run.receipt.total.requests == run.receipt.own.requests + 2 == 4


async def test_too_little_budget_for_another_run_is_told_to_the_model(store: RunStore, tmp_path: Path) -> None:
    """Ours: the run goes on without it, and keeps what it needs to end."""
    parent = Parent(asking("one"))
    run_id = await run_parent(parent, NoteJob(script()), store, tmp_path, budget=Budget(turns=2))
    assert parent.results == ["one: refused: too little is left of the budget"]
    assert (await store.get("local", run_id)).view.status is RunStatus.COMPLETED


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


async def test_a_call_over_the_limit_or_with_bad_arguments_is_refused_to_the_model(
    store: RunStore, tmp_path: Path
) -> None:
    """Ours: a model that asks too much is told so, and the run goes on."""
    parent = Parent(asking("impossible", "one", "two"))
    run_id = await run_parent(parent, NoteJob(script("found")), store, tmp_path, limit=1)
    assert (await store.get("local", run_id)).view.status is RunStatus.COMPLETED
    assert sorted(parent.results) == [
        "impossible: refused: cannot ask that",
        "one: found",
        "two: refused: 1 runs were started, which is the limit",
    ]


async def test_a_service_that_is_gone_fails_the_parent_with_its_name(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: the reason names the service that did not answer."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = RunsClient("helper", f"http://127.0.0.1:{unused.getsockname()[1]}", KEY)
        parent = Parent(asking("one"))
        parent.use(client)
        run_id = (await store.create("local", "note", {"topic": "parent"}, "k")).id
        run = await RunEngine(store, parent).advance("local", run_id, 15)
        await client.aclose()
    assert run.view.status is RunStatus.FAILED
    assert run.view.error is not None
    assert "helper does not answer" in run.view.error.message
    assert json.loads(run.view.model_dump_json())["error"]["detail"] == {"upstream": "helper"}


async def test_a_parent_that_can_do_without_a_service_goes_on_and_is_told_why(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: it is asked as often as any other, and then the call fails instead of the run."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = RunsClient("helper", f"http://127.0.0.1:{unused.getsockname()[1]}", KEY)
        parent = Parent(asking("one"))
        parent.use(client, required=False)
        run_id = (await store.create("local", "note", {"topic": "parent"}, "k")).id
        run = await RunEngine(store, parent).advance("local", run_id, 15)
        await client.aclose()
    assert run.view.status is RunStatus.COMPLETED
    assert "refused: helper does not answer" in parent.results[0]
    assert [child.status for child in run.view.children] == [RunStatus.FAILED]


async def test_cancelling_a_parent_cancels_what_it_waits_for(store: RunStore, tmp_path: Path) -> None:
    """Ours: nobody works for a run that is over."""
    parent = Parent(asking("one"))
    async with serving(NoteJob(script()), tmp_path / "child.db") as url:
        client = RunsClient("helper", url, KEY)
        parent.use(client)
        run_id = (await store.create("local", "note", {"topic": "parent"}, "k")).id
        engine = RunEngine(store, parent)
        for _ in range(2):
            await engine.advance("local", run_id, 0)
        (child,) = (await store.get("local", run_id)).view.children
        cancelled = await engine.cancel("local", run_id)
        assert cancelled.view.status is RunStatus.CANCELLED
        assert (await client.get("local", child.run_id)).status is RunStatus.CANCELLED
        await client.aclose()
