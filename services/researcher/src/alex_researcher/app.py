"""The researcher's application: clients, engine and routes put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alex_agent_models import ModelChoice, choose_model
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service
from alex_mcp_client import McpService
from alex_runs import RunEngine, RunStore, run_routes
from fastapi import FastAPI

from alex_researcher import brief_routes, topic_routes
from alex_researcher.agent import BROWSER
from alex_researcher.builtin_model import ExtractiveResearcher
from alex_researcher.edgar import Edgar, EdgarClient
from alex_researcher.following import TopicStore
from alex_researcher.job import ResearchJob
from alex_researcher.page_log import PageLog
from alex_researcher.schemas import ResearchInput
from alex_researcher.settings import ResearcherSettings, SecSettings
from alex_researcher.tables import upgrade_tables


def create_app(edge: EdgeSettings) -> FastAPI:
    """Return the application.

    Raises:
        ValueError: a setting is wrong; the message names it.
    """
    settings, sec = ResearcherSettings(), SecSettings()
    model = choose_model(ModelChoice(), ExtractiveResearcher())
    readiness = Readiness()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        key, timeout = edge.calling_key, settings.tool_timeout_seconds
        browser = McpService(BROWSER, settings.browser_url, api_key=key, timeout_seconds=timeout)
        vector_store = McpService("vector_store", settings.vector_store_url, api_key=key, timeout_seconds=timeout)
        edgar = EdgarClient(sec.user_agent)
        database = open_database(settings.database_url)
        store = RunStore(database)
        await store.upgrade()
        await upgrade_tables(database)
        app.state.topics = TopicStore(database)
        job = ResearchJob(model, browser, vector_store, PageLog(database), Edgar(edgar, sec.url, sec.data_url))
        app.state.engine = RunEngine(store, job, model)
        readiness.add("database", store.ping)
        readiness.add("browser", browser.ping)
        readiness.add("vector_store", vector_store.ping)
        try:
            yield
        finally:
            await browser.aclose()
            await vector_store.aclose()
            await edgar.aclose()
            await database.dispose()

    app = create_service(
        "researcher",
        version="0.1.0",
        settings=edge,
        lifespan=lifespan,
        readiness=readiness,
        description="A topic becomes a brief whose every finding quotes a stored source.",
    )
    app.include_router(run_routes(ResearchInput))
    app.include_router(topic_routes.router)
    app.include_router(brief_routes.router)
    return app
