"""Finding passages: the work behind `search`."""

from pydantic import JsonValue

from alex_vector_store.clients.embedder import EmbedderClient
from alex_vector_store.clients.vector_index import MAX_TOP_K, Stored, VectorIndex
from alex_vector_store.ranking import Candidate, rank
from alex_vector_store.records import document_from, number_at
from alex_vector_store.schemas import Passage, SearchRequest, SearchResult
from alex_vector_store.times import EARLIEST_TIME, format_time, parse_time

FIRST_TOP_K = 50
CANDIDATES_PER_PASSAGE = 3
"""Passages asked for at first; more when those of replaced or unfinished versions leave too few."""
GROWTH = 5


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
        vector = (await self._embedder.embed([request.query]))[0]
        where = _filter(owner, request)
        top_k = max(FIRST_TOP_K, CANDIDATES_PER_PASSAGE * request.limit)
        while True:
            found = await self._index.query(vector, where, top_k)
            passages = await self._visible(found)
            if len(passages) >= request.limit or len(found) < top_k or top_k >= MAX_TOP_K:
                return SearchResult(query=request.query, passages=_ordered(request, passages)[: request.limit])
            top_k = min(MAX_TOP_K, GROWTH * top_k)

    async def _visible(self, found: list[Stored]) -> list[Passage]:
        """Keep the passages of the version that is current for their document."""
        ids = sorted({str(stored.metadata["document_id"]) for stored in found})
        heads = {key: document_from(stored.metadata) for key, stored in (await self._index.get(ids)).items()}
        current = {head.version_id for head in heads.values() if head.state == "current"}
        passages = [_passage(stored) for stored in found]
        return [passage for passage in passages if passage.version_id in current]


def _ordered(request: SearchRequest, passages: list[Passage]) -> list[Passage]:
    if request.mode == "vector":
        return passages
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


def _passage(stored: Stored) -> Passage:
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
        score=round(1.0 - stored.distance, 6),
    )
