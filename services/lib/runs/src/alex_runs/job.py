"""What a service tells the run engine about its agent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypedDict, cast

from agents import Agent
from pydantic import BaseModel, JsonValue

from alex_runs.delegation import Delegation
from alex_runs.schemas import ChildRun, RunStatus, Usage


class JobContext(TypedDict):
    """What tools of a run share, kept with its state: plain JSON, no secrets."""

    run_id: str
    owner: str
    data: dict[str, JsonValue]


@dataclass(frozen=True)
class RunScope:
    """Which run, and whose, an agent is built for."""

    run_id: str
    owner: str
    input: Mapping[str, JsonValue]
    children: list[ChildRun] = field(default_factory=list)
    """The runs delegated so far; the engine keeps it up to date while the agent works."""

    def child_of(self, call_id: str) -> ChildRun:
        """Return the run that stands behind a delegated call."""
        return next(child for child in self.children if child.call_id == call_id)


@dataclass(frozen=True)
class Finished:
    """The end of a run: completed, or partial when something that was asked for is missing."""

    status: RunStatus
    output: BaseModel


class AgentJob(Protocol):
    """One kind of run."""

    kind: str
    input_type: type[BaseModel]
    max_turns: int

    @property
    def delegations(self) -> Mapping[str, Delegation]:
        """The tools whose work is another agent's run, by tool name."""

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Refuse an input that cannot be worked on, before a run is created.

        Raises:
            ServiceError: with the answer for the caller.
        """

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent; every tool of it needs approval, which is how the engine separates the phases."""

    def task(self, scope: RunScope) -> str:
        """Return the first message to the agent."""

    async def finish(self, scope: RunScope, ending: "Ending") -> Finished:
        """Check the agent's final output and turn it into the run's output; must be safe to repeat.

        Raises:
            RunFailed: the output is of no use.
        """


@dataclass(frozen=True)
class Ending:
    """What an agent ended with."""

    final_output: JsonValue
    data: Mapping[str, JsonValue]
    usage: Usage

    @classmethod
    def from_state(cls, state: Mapping[str, JsonValue]) -> "Ending":
        """Read what the engine committed at the end of the last phase."""
        return cls(
            final_output=state["final_output"],
            data=cast("dict[str, JsonValue]", state["data"]),
            usage=Usage.model_validate(state["usage"]),
        )
