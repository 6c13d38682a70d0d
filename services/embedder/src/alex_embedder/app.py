"""Composition of the embedder; no logic."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alex_edge import EdgeSettings, Readiness, create_service
from fastapi import FastAPI

from alex_embedder import __version__
from alex_embedder.bearer_key import BearerKey
from alex_embedder.embedding import Embedder
from alex_embedder.routes import router
from alex_embedder.sagemaker import SageMakerEndpoint
from alex_embedder.settings import EmbedderSettings


def create_app(edge: EdgeSettings, settings: EmbedderSettings | None = None) -> FastAPI:
    """Return the embedder's application."""
    chosen = settings or EmbedderSettings()
    readiness = Readiness()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        endpoint = SageMakerEndpoint(chosen)
        app.state.embedder = Embedder(endpoint, chosen)
        readiness.add("sagemaker", app.state.embedder.check)
        yield
        endpoint.close()

    app = create_service(
        "embedder",
        version=__version__,
        settings=edge,
        lifespan=lifespan,
        readiness=readiness,
        description="OpenAI's embeddings shape in front of a SageMaker endpoint.",
    )
    app.add_middleware(BearerKey)
    app.include_router(router)
    return app
