"""The planner's application: stores, engine and routes put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

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

ROUTERS = (
    portfolio_routes.router,
    analysis_routes.router,
    run_routes(PlanInput),
    plan_routes.router,
    retirement_routes.router,
)


def create_app(edge: EdgeSettings) -> FastAPI:
    """Return the application.

    Raises:
        ValueError: a setting is wrong; the message names it.
    """
    settings, readiness = PlannerSettings(), Readiness()
    app = create_service(
        "planner",
        version="0.1.0",
        settings=edge,
        lifespan=_lifespan(edge, settings, readiness),
        readiness=readiness,
        description="A portfolio becomes a plan of computed figures and cited research.",
    )
    for router in ROUTERS:
        app.include_router(router)
    return app


def _lifespan(
    edge: EdgeSettings, settings: PlannerSettings, readiness: Readiness
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return what opens stores and clients, puts the engine together, and closes them.

    Model, history and provider of prices are made at once: a wrong setting or a missing library stops the start.
    """
    model = choose_model(ModelChoice(), RulePlanner())
    history = chosen_history(settings.return_history)
    prices = PROVIDERS[settings.price_provider]() if settings.price_provider in PROVIDERS else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = open_database(settings.database_url)
        runs, portfolios = RunStore(database), PortfolioStore(database)
        await runs.upgrade()
        await portfolios.upgrade()
        researcher = RunsClient("researcher", settings.researcher_url, edge.calling_key)
        vector_store = _vector_store(edge, settings)
        sources, knowledge = Sources(prices, build_proposer(model)), KnowledgeBase(vector_store)
        making = PlanMaking(portfolios, portfolios.plans, history)
        app.state.portfolios, app.state.history, app.state.sources = portfolios, history, sources
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

    return lifespan


def _vector_store(edge: EdgeSettings, settings: PlannerSettings) -> McpService:
    return McpService(
        "vector_store",
        settings.vector_store_url,
        api_key=edge.calling_key,
        timeout_seconds=settings.tool_timeout_seconds,
    )
