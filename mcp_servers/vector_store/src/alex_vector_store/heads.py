"""The heads of an owner's documents: one by its id, all of them, or the latest of very many.

S3 Vectors answers a query with at most 10,000 vectors, and has no order but nearness. So of more documents than that
the latest are found by narrowing the time in which they were fetched.
"""

from collections.abc import Sequence

from pydantic import JsonValue

from alex_vector_store.clients.embedder import EMBEDDING_DIMENSION
from alex_vector_store.clients.vector_index import MAX_TOP_K, VectorIndex
from alex_vector_store.records import HEAD_CHUNK, Document, document_from
from alex_vector_store.times import EARLIEST_TIME, LATEST_TIME

ANY_VECTOR = [1.0] + [0.0] * (EMBEDDING_DIMENSION - 1)
"""For queries that want all that matches a filter, whatever its distance."""
_HEXADECIMAL = "0123456789abcdef"
_ID_PREFIX = "doc_"
Order = tuple[int, str]
"""Latest fetched first, then by id."""


def order(document: Document) -> Order:
    return -document.fetched, document.document_id


async def find_head(index: VectorIndex, owner: str, document_id: str) -> Document | None:
    """Return the head of the document, also while it is being deleted; None when it is not this owner's."""
    stored = (await index.get([document_id])).get(document_id)
    if stored is None or stored.metadata.get("owner") != owner:
        return None
    return document_from(stored.metadata)


class Heads:
    """The current documents of one owner, all or those that meet further conditions of S3 Vectors' filters."""

    def __init__(self, index: VectorIndex, owner: str, conditions: Sequence[JsonValue] = ()) -> None:
        self._index = index
        self._conditions: list[JsonValue] = [{"owner": owner}, {"state": "current"}, {"chunk": HEAD_CHUNK}, *conditions]

    async def all_of_them(self) -> list[Document] | None:
        """Return every document, in any order, or None when one query cannot give them all."""
        return _complete(await self._query([]))

    async def latest(self, count: int, after: Order | None) -> list[Document]:
        """Return the documents of a time that has at least `count` of those behind `after`, if there are so many.

        Each answer of too many is a sample: its `count`-th latest bounds the next query, which has these in any case.
        """
        found: list[Document] = []
        low, high = EARLIEST_TIME, LATEST_TIME if after is None else -after[0]
        while True:
            sample = await self._query(_between(low, high))
            complete = _complete(sample)
            if complete is not None:
                return found + complete
            behind = sorted(_behind(sample, after))
            narrowed = -behind[min(count, len(behind)) - 1][0] if behind else high
            if narrowed > low:
                low = narrowed
                continue
            found += await self._told_apart_by_id(_between(low, high), _ID_PREFIX)
            if len(_behind(found, after)) >= count:
                return found
            low, high = EARLIEST_TIME, low - 1

    async def _told_apart_by_id(self, within: Sequence[JsonValue], prefix: str) -> list[Document]:
        """Return all of more documents than one query gives, where their times do not tell them apart."""
        documents: list[Document] = []
        for digit in _HEXADECIMAL:
            part = prefix + digit
            found = await self._query([*within, {"document_id": {"$startsWith": part}}])
            complete = _complete(found)
            documents += await self._told_apart_by_id(within, part) if complete is None else complete
        return documents

    async def _query(self, conditions: Sequence[JsonValue]) -> list[Document]:
        found = await self._index.query(ANY_VECTOR, {"$and": [*self._conditions, *conditions]}, MAX_TOP_K)
        return [document_from(stored.metadata) for stored in found]


def _behind(documents: Sequence[Document], after: Order | None) -> list[Order]:
    return [order(document) for document in documents if after is None or order(document) > after]


def _between(low: int, high: int) -> list[JsonValue]:
    return [{"fetched": {"$gte": low}}, {"fetched": {"$lte": high}}]


def _complete(found: list[Document]) -> list[Document] | None:
    return found if len(found) < MAX_TOP_K else None
