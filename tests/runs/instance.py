"""One instance of a service that drives runs, as a process that a test may kill at any moment."""

import asyncio
import logging
import os
import random
import signal
import time
from typing import Any

import httpx2
from agents import Agent, OpenAIResponsesModel, function_tool
from agents.tool_context import ToolContext
from alex_database import open_database
from alex_edge import UpstreamUnavailable
from alex_runs import Delegation, Finished, JobContext, RunEngine, RunScope, RunStatus, RunStore
from alex_runs import commits as commits_module
from alex_runs.job import Ending
from openai import AsyncOpenAI
from pydantic import BaseModel

LEASE_SECONDS = 1.0
FATAL_COMMIT = 3
"""The commit in which an instance kills itself: the second model call of a run."""


class StepsInput(BaseModel):
    """Input of the test agent; `name` tells its conversation from the others."""

    name: str


class StepsOutput(BaseModel):
    """Output of the test agent: the steps that its tool took, in order."""

    steps: list[int]


class StepsJob:
    """An agent whose tool has an effect in the world, at the model server."""

    kind = "steps"
    input_type: type[BaseModel] = StepsInput
    subject_field = "name"
    max_turns = 10

    def __init__(self, server_url: str, model_seconds: float = 5) -> None:
        self.delegations: dict[str, Delegation] = {}
        self._server_url = server_url
        self._client = AsyncOpenAI(base_url=f"{server_url}/v1", api_key="k", max_retries=0, timeout=model_seconds)
        self._model = OpenAIResponsesModel("counted", self._client)

    async def aclose(self) -> None:
        """Close the connections to the model."""
        await self._client.close()

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Refuse nothing."""

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent."""

        @function_tool(needs_approval=True, failure_error_function=None)
        async def act(context: ToolContext[JobContext], step: int) -> str:
            """Do something in the world, once per call."""
            try:
                async with httpx2.AsyncClient(timeout=5) as client:
                    key = f"{scope.run_id}:{context.tool_call_id}"
                    (await client.post(f"{self._server_url}/effects/{key}")).raise_for_status()
            except httpx2.HTTPError as exc:
                raise UpstreamUnavailable("effects", type(exc).__name__) from exc
            steps = context.context["data"].setdefault("steps", [])
            assert isinstance(steps, list)
            steps.append(step)
            return "done"

        return Agent(name="stepper", model=self._model, tools=[act])

    def task(self, scope: RunScope) -> str:
        """Return the name of the conversation."""
        return str(scope.input["name"])

    async def finish(self, scope: RunScope, ending: Ending) -> Finished:
        """Return the steps taken."""
        assert scope.owner
        return Finished(RunStatus.COMPLETED, StepsOutput.model_validate({"steps": ending.data["steps"]}))


def drive(database_url: str, server_url: str, run_ids: list[str], trouble: str = "") -> None:
    """Drive the runs, in a random order and one step at a time, until all are over or this process is killed.

    `trouble`: `in_commit` or `after_commit`, where the process kills itself in its third commit, or `clock`, which
    makes its clock jump by up to an hour at every look.
    """
    logging.disable(logging.CRITICAL)
    if trouble == "clock":
        real = time.time
        time.time = lambda: real() + random.uniform(-3_600, 3_600)
    elif trouble:
        _kill_in_third_commit(after=trouble == "after_commit")
    asyncio.run(_drive(database_url, server_url, run_ids))


def _kill_in_third_commit(*, after: bool) -> None:
    write_events, write, commits = commits_module.insert_events, RunStore.commit, 0

    async def insert_events(*arguments: Any) -> None:
        nonlocal commits
        commits += 1
        await write_events(*arguments)
        if commits == FATAL_COMMIT and not after:
            os.kill(os.getpid(), signal.SIGKILL)

    async def commit(*arguments: Any) -> None:
        await write(*arguments)
        if commits == FATAL_COMMIT and after:
            os.kill(os.getpid(), signal.SIGKILL)

    commits_module.insert_events = insert_events  # type: ignore[assignment]
    RunStore.commit = commit  # type: ignore[method-assign,assignment]


async def _drive(database_url: str, server_url: str, run_ids: list[str]) -> None:
    engine = RunEngine(RunStore(open_database(database_url), lease_seconds=LEASE_SECONDS), StepsJob(server_url))
    still_open = set(run_ids)
    while still_open:
        run_id = random.choice(sorted(still_open))
        run = await engine.advance("local", run_id, 0)
        if run.view.status.is_final:
            still_open.discard(run_id)
