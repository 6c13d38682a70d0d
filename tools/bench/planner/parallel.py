"""Ten holdings researched for one plan against one holding, in the same session.

The planner, the run engine and the wire are real. The researcher stands in with a run of several model turns, each of
which only waits, as for a language model's answer: what is measured is whether delegated runs wait side by side. The
vector store stands in with an empty shelf, which answers at once.
"""

import asyncio
import logging
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvicorn
from agents import Agent, function_tool
from alex_agent_models import Answer, ChosenModel, RuleModel, ToolCall, Transcript
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_http_client, create_service
from alex_planner.app import create_app
from alex_runs import Delegation, Finished, Revision, RunEngine, RunScope, RunStatus, RunStore, run_routes
from alex_runs.job import Ending
from fastapi import FastAPI
from mcp.server import MCPServer
from pydantic import BaseModel, ConfigDict, SecretStr
from starlette.applications import Starlette
from typing_extensions import override

TURNS = 4
SECONDS_PER_TURN = 1.5
"""A short answer of a hosted model."""
REPEATS = 3
HOLDINGS = 10
KEY = "bench"


class Asked(BaseModel):
    """What research is asked for with."""

    model_config = ConfigDict(extra="ignore")

    topic: str


class Brief(BaseModel):
    """An empty brief."""

    summary: str = "Waited."
    findings: list[str] = []
    sources: list[str] = []
    missing: list[str] = []


class Waiting(RuleModel):
    """Calls a tool that waits, `TURNS` times."""

    @override
    def decide(self, transcript: Transcript) -> list[ToolCall] | Answer:
        return [ToolCall("wait", {"step": transcript.turn})] if transcript.turn < TURNS else Answer("done")


@function_tool(needs_approval=True)
async def wait(step: int) -> str:
    """Wait as long as a model does."""
    await asyncio.sleep(SECONDS_PER_TURN)
    return str(step)


class WaitingJob:
    """Runs of kind `research` that wait."""

    kind = "research"
    input_type: type[BaseModel] = Asked
    subject_field = "topic"
    max_turns = TURNS + 2
    delegations: Mapping[str, Delegation] = {}

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Refuse nothing."""

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent."""
        assert scope.run_id
        return Agent(name="researcher", model=Waiting(), tools=[wait])

    def task(self, scope: RunScope) -> str:
        """Return the topic."""
        return str(scope.input["topic"])

    async def finish(self, scope: RunScope, ending: Ending) -> Finished | Revision:
        """Return an empty brief."""
        assert scope.run_id
        assert ending.final_output
        return Finished(RunStatus.COMPLETED, Brief())


class Passages(BaseModel):
    """What a search finds."""

    passages: list[str]


def create_shelf() -> Starlette:
    """Return a vector store that holds nothing."""
    server = MCPServer("vector_store", version="1", log_level="ERROR")

    @server.tool()
    async def search(query: str, limit: int, kind: str | None = None) -> Passages:
        """Find nothing."""
        assert limit, (query, kind)
        return Passages(passages=[])

    return server.streamable_http_app(streamable_http_path="/mcp", stateless_http=True, json_response=True)


@asynccontextmanager
async def serving(app: Starlette, port: int) -> AsyncIterator[str]:
    """Serve an application and yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, timeout_graceful_shutdown=2))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


async def main(folder: Path, port: int) -> None:
    """Measure and print the ratio."""
    database = open_database(f"sqlite:///{folder / 'researcher.db'}")
    store = RunStore(database)
    await store.upgrade()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = RunEngine(store, WaitingJob(), ChosenModel(Waiting(), "waiting", builtin=True))
        yield

    settings = EdgeSettings(api_keys=(SecretStr(KEY),))
    researcher = create_service("researcher", version="1", settings=settings, lifespan=lifespan, readiness=Readiness())
    researcher.include_router(run_routes(Asked))
    async with serving(researcher, port) as url, serving(create_shelf(), port + 2) as shelf:
        environment = {
            "PLANNER_DATABASE_URL": f"sqlite:///{folder / 'planner.db'}",
            "PLANNER_RESEARCHER_URL": url,
            "PLANNER_VECTOR_STORE_URL": f"{shelf}/mcp",
        }
        os.environ.update(environment)
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
            os.environ.pop(name, None)
        planner = create_app(settings)
        async with (
            serving(planner, port + 1) as planner_url,
            create_http_client(planner_url, KEY, timeout_seconds=120) as http,
        ):
            rows = "".join(f"S{n:02},Company {n},{100 - n},10,USD,equity\n" for n in range(12))
            content = f"symbol,name,quantity,price,currency,asset_class\n{rows}"
            imported = await http.post(
                "/portfolios/import?name=bench", content=content, headers={"content-type": "text/csv"}
            )
            portfolio_id = str(imported.json()["id"])
            none, one, ten = [], [], []
            for _ in range(REPEATS):
                none.append(await _seconds(http, portfolio_id, 0))
                one.append(await _seconds(http, portfolio_id, 1))
                ten.append(await _seconds(http, portfolio_id, HOLDINGS))
    await database.dispose()
    median = {name: statistics.median(times) for name, times in (("none", none), ("one", one), ("ten", ten))}
    print(f"plan without research {median['none']:.1f} s, one holding {median['one']:.1f} s, ten {median['ten']:.1f} s")
    print(f"ten holdings take {median['ten'] / median['one']:.2f} times one")


async def _seconds(http: Any, portfolio_id: str, holdings: int) -> float:
    begun = time.perf_counter()
    body = {"portfolio_id": portfolio_id, "research": {"holdings": holdings}}
    run = (await http.post("/runs", json=body, headers={"Idempotency-Key": uuid4().hex})).json()
    while run["status"] not in {"completed", "partial", "failed"}:
        run = (await http.post(f"/runs/{run['id']}/advance", json={"budget_s": 60})).json()
    done = [item for item in run["output"]["researched"] if item["status"] == "completed"]
    assert len(done) == holdings, run["output"]["researched"]
    return time.perf_counter() - begun


if __name__ == "__main__":
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(main(Path(temporary), 8740))
