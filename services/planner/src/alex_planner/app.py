"""The planner's application: stores, engine and routes put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alex_agent_models import ModelChoice, choose_model
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service
from alex_mcp_client import McpService
from alex_runs import RunEngine, RunsClient, RunStore, run_routes
from fastapi import FastAPI

from alex_planner import portfolio_routes
from alex_planner.analysis import routes as analysis_routes
from alex_planner.analysis.gathering import Sources
from alex_planner.builtin_model import RulePlanner
from alex_planner.instruments.proposing import build_proposer
from alex_planner.job import PlanJob
from alex_planner.knowledge import KnowledgeBase
from alex_planner.plan import routes as plan_routes
from alex_planner.plan.making import PlanMaking
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.prices.yahoo import PROVIDERS
from alex_planner.retirement import routes as retirement_routes
from alex_planner.retirement.chosen_history import chosen_history
from alex_planner.settings import PlannerSettings


def create_app(edge: EdgeSettings) -> FastAPI:
    """Return the application.

    Raises:
        ValueError: a setting is wrong; the message names it.
    """
    settings = PlannerSettings()
    model = choose_model(ModelChoice(), RulePlanner())
    history = chosen_history(settings.return_history)
    readiness = Readiness()
    # Made here, so that a missing library stops the start.
    prices = PROVIDERS[settings.price_provider]() if settings.price_provider in PROVIDERS else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = open_database(settings.database_url)
        runs, portfolios = RunStore(database), PortfolioStore(database)
        await runs.upgrade()
        await portfolios.upgrade()
        researcher = RunsClient("researcher", settings.researcher_url, edge.calling_key)
        app.state.portfolios = portfolios
        app.state.history = history
        sources = app.state.sources = Sources(prices, build_proposer(model))
        vector_store = McpService(
            "vector_store",
            settings.vector_store_url,
            api_key=edge.calling_key,
            timeout_seconds=settings.tool_timeout_seconds,
        )
        knowledge, making = KnowledgeBase(vector_store), PlanMaking(portfolios, portfolios.plans, history)
        app.state.making, app.state.knowledge = making, knowledge
        app.state.engine = RunEngine(runs, PlanJob(model, portfolios, making, researcher, knowledge, sources), model)
        readiness.add("database", runs.ping)
        readiness.add("researcher", researcher.ping)
        readiness.add("vector_store", vector_store.ping)
        try:
            yield
        finally:
            await vector_store.aclose()
            await researcher.aclose()
            await database.dispose()

    app = create_service(
        "planner",
        version="0.1.0",
        settings=edge,
        lifespan=lifespan,
        readiness=readiness,
        description="A portfolio becomes a plan of computed figures and cited research.",
    )
    app.include_router(portfolio_routes.router)
    app.include_router(analysis_routes.router)
    app.include_router(run_routes(PlanInput))
    app.include_router(plan_routes.router)
    app.include_router(retirement_routes.router)
    return app
