"""The runs of the test agent as a service over real HTTP."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from agents.testing import ScriptedModel, assistant_message, function_call
from alex_agent_models import ChosenModel
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service
from alex_runs import (
    RunEngine,
    RunStore,
    run_routes,
)
from fastapi import FastAPI
from pydantic import SecretStr

from tests.served_app import served

from .conftest import NoteInput, NoteJob

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
