"""Finding passages: the work behind `search`."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from operator import attrgetter
from typing import Any, TypeVar

from alex_edge import UpstreamUnavailable
from pydantic import JsonValue

from alex_vector_store.clients.embedder import EmbedderClient
from alex_vector_store.clients.vector_index import MAX_TOP_K, Stored, VectorIndex
from alex_vector_store.ranking import Candidate, rank, telling_words
from alex_vector_store.records import Metadata, Vector, document_from, number_at
from alex_vector_store.schemas import Passage, SearchRequest, SearchResult
from alex_vector_store.times import EARLIEST_TIME, format_time, parse_time

One = TypeVar("One")
Other = TypeVar("Other")
FIRST_TOP_K = 50
CANDIDATES_PER_PASSAGE = 3
"""Passages asked for at first; more when those of replaced or unfinished versions leave too few."""
GROWTH = 5
WORDED_TOP_K = 20
"""Passages asked for by words, beside those by meaning: enough for a rare name or number."""
MAX_WORDS_CHARACTERS = 1024
"""Limit of S3 Vectors for the text of a query."""


class Searching:
    """Finds passages of one owner at a time."""

    def __init__(self, index: VectorIndex, embedder: EmbedderClient) -> None:
        self._index = index
        self._embedder = embedder

    async def search(self, owner: str, request: SearchRequest) -> SearchResult:
        """Return the passages nearest in meaning to the query, best first.

        Raises:
            UpstreamUnavailable, EmbedderFailed, StoreForbidden: a part of the search does not work now.
        """
        where = _filter(owner, request)
        top_k = max(FIRST_TOP_K, CANDIDATES_PER_PASSAGE * request.limit)
        vector: Vector = ()
        while True:
            (vector, near), worded = await _both(
                self._near(vector, request, where, top_k), self._worded(request, where, top_k)
            )
            passages = await self._visible(_merged(near, worded), by_words=request.mode == "text")
            exhausted = max(len(near), len(worded)) < top_k
            if len(passages) >= request.limit or exhausted or top_k >= MAX_TOP_K:
                return SearchResult(query=request.query, passages=_ordered(request, passages)[: request.limit])
            top_k = min(MAX_TOP_K, GROWTH * top_k)

    async def _near(
        self, vector: Vector, request: SearchRequest, where: dict[str, JsonValue], top_k: int
    ) -> tuple[Vector, list[Stored]]:
        """Return the query's vector, made if there is none yet, and what is near it; nothing in mode text."""
        if request.mode == "text":
            return (), []
        made = vector or (await self._embedder.embed([request.query]))[0]
        return made, await self._index.query(made, where, top_k)

    async def _worded(self, request: SearchRequest, where: dict[str, JsonValue], top_k: int) -> list[Stored]:
        """Return what matches the query's words, best first; nothing where words are not asked for."""
        if request.mode == "vector":
            return []
        if not await self._index.text_is_searchable():
            if request.mode == "text":
                raise UpstreamUnavailable("S3 Vectors full-text search", "its index is still being built")
            return []
        words = telling_words(request.query)[:MAX_WORDS_CHARACTERS]
        return await self._index.query_texts(words, where, top_k if request.mode == "text" else WORDED_TOP_K)

    async def _visible(self, found: list[Stored], *, by_words: bool) -> list[Passage]:
        """Keep the passages of the version that is current for their document."""
        ids = sorted({str(stored.metadata["document_id"]) for stored in found})
        heads = {key: document_from(stored.metadata) for key, stored in (await self._index.get(ids)).items()}
        current = {head.version_id for head in heads.values() if head.state == "current"}
        passages = [_passage(stored, by_words=by_words) for stored in found]
        return [passage for passage in passages if passage.version_id in current]


async def _both(one: Coroutine[Any, Any, One], other: Coroutine[Any, Any, Other]) -> tuple[One, Other]:
    """Wait for both at once; the first failure ends both."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = group.create_task(one), group.create_task(other)
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return tasks[0].result(), tasks[1].result()


def _merged(near: list[Stored], worded: list[Stored]) -> list[Stored]:
    """Join what was found by meaning and by words, each once."""
    if not near:
        return worded
    known = {stored.key for stored in near}
    # How near it is was not measured: not nearer than the last of those that were found by meaning.
    return near + [replace(one, distance=near[-1].distance) for one in worded if one.key not in known]


def _ordered(request: SearchRequest, passages: list[Passage]) -> list[Passage]:
    if request.mode != "hybrid":
        return sorted(passages, key=attrgetter("score"), reverse=True)
    return [passages[i] for i in rank(request.query, [Candidate(p.title, p.text, p.score) for p in passages])]


def _filter(owner: str, request: SearchRequest) -> dict[str, JsonValue]:
    conditions: list[JsonValue] = [{"owner": owner}, {"state": "current"}, {"chunk": {"$gte": 0}}]
    if request.kind is not None:
        conditions.append({"kind": request.kind})
    if request.url is not None:
        conditions.append({"url": request.url})
    if request.published_after is not None:
        conditions.append({"published": {"$gte": parse_time(request.published_after)}})
    if request.published_before is not None:
        conditions.append({"published": {"$gte": EARLIEST_TIME}})
        conditions.append({"published": {"$lt": parse_time(request.published_before)}})
    return {"$and": conditions}


def _passage(stored: Stored, *, by_words: bool) -> Passage:
    metadata = stored.metadata
    fetched = format_time(number_at(metadata, "fetched"))
    assert fetched is not None
    url = metadata.get("url")
    document_id = str(metadata["document_id"])
    return Passage(
        document_id=document_id,
        version_id=f"{document_id}@{metadata['version']}",
        chunk=number_at(metadata, "chunk"),
        title=str(metadata["title"]),
        url=None if url is None else str(url),
        kind=str(metadata["kind"]),
        published_at=format_time(number_at(metadata, "published")),
        fetched_at=fetched,
        text=str(metadata["text"]),
        start=number_at(metadata, "start"),
        end=number_at(metadata, "end"),
        section=str(metadata.get("section", "")),
        score=round(stored.words_score if by_words else (1.0 - stored.distance) * _reach(metadata), 6),
    )


def _reach(metadata: Metadata) -> float:
    """Return what takes the cosine of a passage's vector back to a mean of similarities (`passage_context.py`)."""
    reach = metadata.get("reach", 1.0)
    return float(reach) if isinstance(reach, int | float) else 1.0
