"""Composition of the vector store; no logic."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from alex_edge import EdgeSettings, Readiness, ServiceError, create_service, post_only
from fastapi import FastAPI

from alex_vector_store import __version__
from alex_vector_store.clients.vector_index import VectorIndex
from alex_vector_store.knowledge import open_knowledge
from alex_vector_store.origin_check import OriginCheck
from alex_vector_store.routes import router
from alex_vector_store.server import build_mcp_app, build_server
from alex_vector_store.settings import VectorStoreSettings

_log = logging.getLogger(__name__)


def create_app(edge: EdgeSettings, settings: VectorStoreSettings | None = None) -> FastAPI:
    """Return the vector store's application: HTTP routes, and MCP at `/mcp`."""
    chosen = settings or VectorStoreSettings()
    readiness = Readiness()
    server = build_server(lambda: app.state.knowledge)
    mcp_app = build_mcp_app(server)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_knowledge(chosen, edge.calling_key) as knowledge:
            app.state.knowledge = knowledge
            readiness.add("embedder", knowledge.embedder.check)
            readiness.add("s3vectors", knowledge.index.check)
            preparing = asyncio.create_task(_prepare(knowledge.index))
            async with server.session_manager.run():
                yield
            preparing.cancel()
            with suppress(asyncio.CancelledError):
                await preparing

    app = create_service(
        "vector_store",
        version=__version__,
        settings=edge,
        lifespan=lifespan,
        readiness=readiness,
        description="Stores documents once and finds their passages. The same tools over MCP at /mcp.",
    )
    app.add_middleware(OriginCheck)
    app.include_router(router)
    # A mount at "/" would answer every unknown path itself, without the error shape.
    app.router.routes.extend(post_only(mcp_app.routes))
    return app


async def _prepare(index: VectorIndex) -> None:
    """Create the index now, so that the first call need not; S3 Vectors may start later than this process."""
    try:
        await index.ensure()
    except ServiceError as exc:
        _log.warning("the index is prepared at first use: %s", exc.message)
