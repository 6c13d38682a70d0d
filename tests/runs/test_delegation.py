"""One agent delegating to another over real HTTP: its results, limits and budget, and what happens when it is gone."""

import json
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
from agents import function_tool
from agents.testing import ScriptedModel, assistant_message, function_call
from agents.tool_context import ToolContext
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
)
from alex_runs.rows import Run
from pydantic import JsonValue

from .conftest import NoteInput, NoteJob
from .serving import KEY, script, serving

pytestmark = pytest.mark.anyio


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


async def run_without_service(store: RunStore, parent: Parent, *, required: bool) -> Run:
    """Run a parent whose helper does not listen, to its end."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = RunsClient("helper", f"http://127.0.0.1:{unused.getsockname()[1]}", KEY)
        parent.use(client, required=required)
        run_id = (await store.create("local", "note", {"topic": "parent"}, "k")).id
        run = await RunEngine(store, parent).advance("local", run_id, 15)
        await client.aclose()
    return run


async def test_a_service_that_is_gone_fails_the_parent_with_its_name(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: the reason names the service that did not answer."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    run = await run_without_service(store, Parent(asking("one")), required=True)
    assert run.view.status is RunStatus.FAILED
    assert run.view.error is not None
    assert "helper does not answer" in run.view.error.message
    assert json.loads(run.view.model_dump_json())["error"]["detail"] == {"upstream": "helper"}


async def test_a_parent_that_can_do_without_a_service_goes_on_and_is_told_why(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: it is asked as often as any other, and then the call fails instead of the run."""
    monkeypatch.setattr("alex_runs.failures.FIRST_RETRY_SECONDS", 0.01)
    parent = Parent(asking("one"))
    run = await run_without_service(store, parent, required=False)
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
