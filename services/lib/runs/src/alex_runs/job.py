"""What a service tells the run engine about its agent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypedDict, cast

from agents import Agent
from pydantic import BaseModel, JsonValue

from alex_runs.delegation import Delegation
from alex_runs.schemas import ChildRun, RunStatus
from alex_runs.usage import Receipt


class NotDone(str):
    """What a tool answers that did not do what it was called for: `not read: HTTP 404`. To the model it is any text.

    The run goes on; its event `tool_finished` says so, which it can tell from no other text.
    """

    __slots__ = ()


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
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    """When the run was created, UTC: the same in every phase, whatever the clock says meanwhile."""
    is_last_attempt: Callable[[], bool] = lambda: True
    """Whether a tool that raises ends the run; before that, the phase is tried again some seconds later. A tool that
    can go on without what does not answer raises until its last attempt, and only then notes what is missing."""

    def child_of(self, call_id: str) -> ChildRun:
        """Return the run that stands behind a delegated call."""
        return next(child for child in self.children if child.call_id == call_id)


@dataclass(frozen=True)
class Finished:
    """The end of a run: completed, or partial when something that was asked for is missing."""

    status: RunStatus
    output: BaseModel


@dataclass(frozen=True)
class Revision:
    """The output is sent back to the agent with what is wrong with it: a durable model turn like any other.

    The job bounds how often, by what it notes in `data`.
    """

    message: str
    """What the agent reads after everything that was said before."""
    data: Mapping[str, JsonValue]
    """The run's data from here on, in place of what it was."""


class AgentJob(Protocol):
    """One kind of run."""

    kind: str
    input_type: type[BaseModel]
    subject_field: str
    """Field of the input that says what a run is about, for a list of runs."""
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

    async def finish(self, scope: RunScope, ending: "Ending") -> Finished | Revision:
        """Check the agent's final output and turn it into the run's output, or send it back; must be safe to repeat.

        A run whose budget is spent comes here as well (`ending.stopped`), with what its tools brought in `ending.data`.
        Nothing can be sent back then, and its result never counts as completed.

        Raises:
            RunFailed: the output is of no use.
        """


@dataclass(frozen=True)
class Ending:
    """What an agent ended with."""

    final_output: JsonValue
    """None when the budget ended the work before there was one."""
    data: Mapping[str, JsonValue]
    receipt: Receipt
    stopped: str | None = None
    """Which limit of the budget ended the work, as a sentence."""
    items: Sequence[JsonValue] = ()
    """Everything that was said, as the Agents SDK takes it for another turn."""

    @classmethod
    def from_state(cls, state: Mapping[str, JsonValue], receipt: Receipt) -> "Ending":
        """Read what the engine committed at the end of the last phase."""
        stopped = cast("dict[str, str] | None", state.get("stopped"))
        return cls(
            final_output=state["final_output"],
            data=cast("dict[str, JsonValue]", state["data"]),
            receipt=receipt,
            stopped=stopped["message"] if stopped else None,
            items=cast("list[JsonValue]", state.get("items") or []),
        )
