"""The test agent as a service: a process of its own that serves its runs over HTTP."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service, serve
from alex_runs import RunEngine, RunStore, run_routes
from fastapi import FastAPI

from tests.runs.instance import StepsInput, StepsJob

DATABASE_URL, SERVER_URL, LEASE = "STEPS_DATABASE_URL", "STEPS_SERVER_URL", "STEPS_LEASE_SECONDS"


def create_app(edge: EdgeSettings) -> FastAPI:
    """Return the application."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = open_database(os.environ[DATABASE_URL])
        store = RunStore(database, lease_seconds=float(os.environ[LEASE]))
        await store.upgrade()
        job = StepsJob(os.environ[SERVER_URL])
        app.state.engine = RunEngine(store, job)
        yield
        await job.aclose()
        await database.dispose()

    app = create_service("steps", version="1", settings=edge, lifespan=lifespan, readiness=Readiness())
    app.include_router(run_routes(StepsInput))
    return app


if __name__ == "__main__":
    serve("steps", create_app, default_port=8000)
