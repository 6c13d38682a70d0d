"""A small agent on the real engine, driven by scripted model answers over a real SQLite file."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from agents import Agent, Model, RunContextWrapper, function_tool
from alex_database import open_database
from alex_edge import ServiceError
from alex_runs import Delegation, Finished, JobContext, Revision, RunEngine, RunScope, RunStatus, RunStore
from alex_runs.job import Ending
from pydantic import BaseModel

from tests.postgresql import create_database


class NoteInput(BaseModel):
    """Input of the test agent."""

    topic: str


class NoteOutput(BaseModel):
    """Output of the test agent."""

    text: str
    noted: list[str]


@dataclass
class NoteJob:
    """An agent with one tool, `note`, that counts how often it really ran."""

    model: Model
    before_note: Callable[[str], None] = lambda _: None
    notes: list[str] = field(default_factory=list)
    delegations: Mapping[str, Delegation] = field(default_factory=dict)
    extra_tools: Sequence[Any] = ()
    kind: str = "note"
    input_type: type[BaseModel] = NoteInput
    subject_field: str = "topic"
    max_turns: int = 5

    async def check(self, owner: str, run_input: BaseModel) -> None:
        """Refuse one topic, to test refusal."""
        assert isinstance(run_input, NoteInput)
        assert owner
        if run_input.topic == "refused":
            raise ServiceError("this topic is refused")

    def build_agent(self, scope: RunScope) -> Agent[Any]:
        """Return the agent."""
        assert scope.run_id

        @function_tool(needs_approval=True, failure_error_function=None)
        async def note(context: RunContextWrapper[JobContext], text: str) -> str:
            """Keep a note."""
            self.before_note(text)
            self.notes.append(text)
            noted = context.context["data"].setdefault("noted", [])
            assert isinstance(noted, list)
            noted.append(text)
            return f"noted {text}"

        return Agent(name="noter", model=self.model, tools=[note, *self.extra_tools])

    def task(self, scope: RunScope) -> str:
        """Return the first message."""
        return f"topic: {scope.input['topic']}"

    async def finish(self, scope: RunScope, ending: Ending) -> Finished | Revision:
        """Return the agent's last words and its notes."""
        assert scope.input
        noted = ending.data.get("noted", [])
        return Finished(RunStatus.COMPLETED, NoteOutput.model_validate({"text": ending.final_output, "noted": noted}))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'runs.db'}"
    return create_database(request.getfixturevalue("cluster"), f"test_{uuid4().hex}")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[RunStore]:
    """A store over a fresh database."""
    database = open_database(database_url)
    store = RunStore(database)
    await store.upgrade()
    yield store
    await database.dispose()


@pytest.fixture
def engine_with(store: RunStore) -> Callable[[NoteJob], RunEngine]:
    """A new engine, as another instance of the service would have it, over the same rows."""
    return lambda job: RunEngine(store, job)
