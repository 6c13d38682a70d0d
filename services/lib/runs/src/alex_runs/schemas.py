"""What crosses the wire of the runs contract, both ways."""

from enum import StrEnum
from typing import Annotated

from alex_agent_models import ModelPrice
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from alex_runs.budget import Budget
from alex_runs.usage import Receipt, Usage

MAX_BUDGET_SECONDS = 100.0
"""Longest wait that a caller may ask for; App Runner ends a request at 120 s, and the last step must end before."""


class RunStatus(StrEnum):
    """The states of a run; the last four are final."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    COMPLETED = "completed"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether the run will never change again."""
        return self in {RunStatus.COMPLETED, RunStatus.PARTIAL, RunStatus.FAILED, RunStatus.CANCELLED}


class ChildRun(BaseModel):
    """A run of another agent that this run waits for or has waited for."""

    call_id: str
    tool: str
    service: str
    run_id: str = Field(description="Empty when the run was refused.")
    status: RunStatus
    reason: str | None = Field(default=None, description="Why the run was refused or given up.")
    budget: Budget = Field(default_factory=Budget, description="What it was given of this run's budget.")
    usage: Usage = Field(
        default_factory=Usage.nothing, description="What it has used, its own delegated runs included."
    )


class RunError(BaseModel):
    """Why a run failed."""

    code: str
    message: str
    detail: dict[str, JsonValue] = Field(default_factory=dict)


class RunHead(BaseModel):
    """What a list of runs and a view of one both say."""

    model_config = ConfigDict(extra="ignore")

    id: str
    kind: str
    status: RunStatus
    model: str = Field(description="Label of the model that the run was created for.")
    error: RunError | None = Field(default=None, description="Why it failed, or why its budget made it partial.")
    budget: Budget
    receipt: Receipt
    created_at: str = Field(description="ISO 8601, UTC.")
    updated_at: str = Field(description="ISO 8601, UTC.")


class RunSummary(RunHead):
    """A run as a line of a list."""

    subject: str = Field(description="What it is about: the topic of research, the id of a plan's portfolio.")


class RunPage(BaseModel):
    """Some runs, newest first."""

    runs: list[RunSummary]
    next_before: str | None = Field(description="Ask for the next page with it; null on the last one.")


class RunView(RunHead):
    """A run as its owner sees it."""

    input: dict[str, JsonValue]
    output: dict[str, JsonValue] | None = None
    children: list[ChildRun] = Field(default_factory=list)
    links: dict[str, str] = Field(default_factory=dict)


class ModelView(BaseModel):
    """What the agent of a service thinks with."""

    label: str = Field(description="As every output of it is labelled.")
    builtin: bool = Field(description="Whether it is the deterministic one that needs no key.")
    price: ModelPrice | None = Field(description="US dollars per million tokens; null when nobody said what it costs.")


class Quote(BaseModel):
    """What a run would use, by what earlier runs of the same kind, owner and model have used: no promise."""

    model: str
    based_on_runs: int = Field(description="Earlier runs that it rests on; with 0 nothing is known beforehand.")
    typical: Usage | None = Field(description="The median of each figure.")
    most: Usage | None = Field(description="The highest of each figure.")
    budget: Budget = Field(description="What the run will be held to, the runs it delegates to included.")
    max_own_turns: int = Field(description="Model calls after which the run's own agent fails, whatever its budget.")


class AdvanceRequest(BaseModel):
    """How long the caller is ready to wait."""

    model_config = ConfigDict(extra="forbid")

    budget_s: Annotated[float, Field(ge=0, le=MAX_BUDGET_SECONDS, description="Seconds.")] = 25.0


class OpenRuns(BaseModel):
    """What is left to do, of all owners."""

    open: int = Field(description="Runs that are not over; while there are some, call again.")
    driven: int = Field(description="Runs that this call has worked on.")


class RunEvent(BaseModel):
    """Something that happened in a run; `seq` counts from 1 without gaps."""

    seq: int
    type: str
    data: dict[str, JsonValue]
