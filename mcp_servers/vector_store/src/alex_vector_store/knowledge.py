"""The parts of the vector store that its routes and tools call, opened and closed together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from alex_edge import create_http_client

from alex_vector_store.clients.embedder import EmbedderClient
from alex_vector_store.clients.vector_index import VectorIndex
from alex_vector_store.history import History
from alex_vector_store.ingesting import Ingesting
from alex_vector_store.reading import Reading
from alex_vector_store.searching import Searching
from alex_vector_store.settings import VectorStoreSettings


@dataclass(frozen=True)
class Knowledge:
    """Stored documents: write, read, find."""

    ingesting: Ingesting
    reading: Reading
    history: History
    searching: Searching
    index: VectorIndex
    embedder: EmbedderClient


@asynccontextmanager
async def open_knowledge(settings: VectorStoreSettings, calling_key: str) -> AsyncIterator[Knowledge]:
    """Open the clients of the embedder and of S3 Vectors; close them at the end."""
    index = VectorIndex(settings)
    try:
        async with create_http_client(
            settings.embedder_url, calling_key, timeout_seconds=settings.embedder_timeout_seconds
        ) as http:
            embedder = EmbedderClient(http, requests_at_once=settings.embedder_requests)
            yield Knowledge(
                Ingesting(index, embedder),
                Reading(index),
                History(index),
                Searching(index, embedder),
                index,
                embedder,
            )
    finally:
        index.close()
