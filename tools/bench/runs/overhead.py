"""What one durable turn, think and act both committed, costs beyond the same turn of the SDK alone."""

import asyncio
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from agents import Agent, RunConfig, Runner, RunState, function_tool
from alex_agent_models import Answer, RuleModel, ToolCall, Transcript
from alex_database import open_database
from alex_runs import Delegation, Finished, RunEngine, RunScope, RunStatus, RunStore
from alex_runs.job import Ending
from pydantic import BaseModel
from typing_extensions import override

TURNS = 20
REPEATS = 5


class TurnsInput(BaseModel):
    """How many turns with a tool call a run takes."""

    turns: int


class Counting(RuleModel):
    """Calls the tool once per turn, as often as its task says."""

    @override
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        if transcript.turn < int(transcript.task):
            return [ToolCall("act", {"step": transcript.turn})]
        return Answer("done")


@function_tool(needs_approval=True)
async def act(step: int) -> str:
    """Do nothing."""
    return str(step)


def agent() -> Agent[Any]:
    """Return the agent of both sides."""
    return Agent(name="counter", model=Counting(), tools=[act])


class TurnsJob:
    """The same agent as a durable run."""

    kind = "turns"
    input_type: type[BaseModel] = TurnsInput
    subject_field = "turns"
    max_turns = TURNS + 2

    @property
    def delegations(self) -> Mapping[str, Delegation]:
        """None."""
        return {}

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Refuse nothing."""

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent."""
        assert scope.run_id
        return agent()

    def task(self, scope: RunScope) -> str:
        """Return the number of turns."""
        return str(scope.input["turns"])

    async def finish(self, scope: RunScope, ending: Ending) -> Finished:
        """Return the input again."""
        assert ending.receipt.total.requests
        return Finished(RunStatus.COMPLETED, TurnsInput.model_validate(dict(scope.input)))


async def by_the_sdk(turns: int) -> None:
    """Run the agent with the SDK alone; approvals are given at once, in memory."""
    config = RunConfig(tracing_disabled=True)
    result = await Runner.run(agent(), str(turns), max_turns=TURNS + 2, run_config=config)
    while result.interruptions:
        state: RunState[Any, Agent[Any]] = result.to_state()
        for item in result.interruptions:
            state.approve(item)
        result = await Runner.run(agent(), state, run_config=config)


async def seconds_per_turn(run: Callable[[int], Awaitable[None]]) -> float:
    """Return the median slope between a run of `TURNS` turns and one of none."""
    slopes = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        await run(0)
        between = time.perf_counter()
        await run(TURNS)
        slopes.append((time.perf_counter() - between - (between - begun)) / TURNS)
    return statistics.median(slopes)


async def main(url: str) -> None:
    """Measure both and print them."""
    database = open_database(url)
    store = RunStore(database)
    await store.upgrade()
    engine = RunEngine(store, TurnsJob())

    async def durably(turns: int) -> None:
        run = await engine.create("local", TurnsInput(turns=turns), uuid4().hex)
        ended = await engine.advance("local", run.id, 100)
        assert ended.view.status is RunStatus.COMPLETED, ended.view.error

    alone, durable = await seconds_per_turn(by_the_sdk), await seconds_per_turn(durably)
    await database.dispose()
    print(f"one turn by the SDK alone {alone * 1000:.1f} ms")
    print(f"one durable turn          {durable * 1000:.1f} ms, {(durable - alone) * 1000:.1f} ms more")


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{Path(folder) / 'runs.db'}"))
