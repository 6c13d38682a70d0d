"""Storing a document once: the work behind `ingest_document` and `delete_document`.

The order of writes is what keeps half a document from being seen. Everything is embedded before anything is
written; passages are written under keys of their version; then one write of the head makes the version the
current one. A retry after a failure at any point writes the same keys again and ends in the same state.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from weakref import WeakValueDictionary

from alex_vector_store.chunking import Chunk, cut_into_chunks
from alex_vector_store.clients.embedder import EmbedderClient
from alex_vector_store.clients.vector_index import MAX_TOP_K, Stored, VectorIndex
from alex_vector_store.errors import DocumentNotFound
from alex_vector_store.heads import ANY_VECTOR, find_head
from alex_vector_store.identity import hash_of_text, identify_document, identify_version, parse_document_id
from alex_vector_store.passage_context import PlacedVector, embedded_text, place_in_page
from alex_vector_store.receipts import find_receipt, receipt_record
from alex_vector_store.records import STARTS_STRIDE, Document, Record, Vector, document_from
from alex_vector_store.schemas import DeleteResult, IngestRequest, IngestResult
from alex_vector_store.times import UNKNOWN_TIME, now, parse_time

Status = Literal["created", "unchanged", "updated"]
REWRITE_BATCH = 100
"""Passages read with their vectors at once, to be written again as old: one GetVectors call."""


@dataclass(frozen=True)
class _Call:
    """One call of `ingest`, identified."""

    owner: str
    document_id: str
    content_hash: str
    request: IngestRequest
    idempotency_key: str | None


@dataclass(frozen=True)
class _Draft:
    """A version ready to be written."""

    document: Document
    chunks: list[Chunk]
    text: str


class Ingesting:
    """Writes and deletes documents of any owner."""

    def __init__(self, index: VectorIndex, embedder: EmbedderClient) -> None:
        self._index = index
        self._embedder = embedder
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def ingest(self, owner: str, request: IngestRequest, idempotency_key: str | None = None) -> IngestResult:
        """Store the document, or find that it is stored already.

        A call that repeats an `idempotency_key` gets the first call's answer and changes nothing.

        Raises:
            InvalidField: the idempotency key was used with another document.
            UpstreamUnavailable, EmbedderFailed, StoreForbidden: nothing of the new version is visible.
        """
        content_hash = hash_of_text(request.text)
        document_id = identify_document(owner, request.url, content_hash)
        call = _Call(owner, document_id, content_hash, request, idempotency_key)
        async with self._locks.setdefault(document_id, asyncio.Lock()):
            head = await self._usable_head(owner, document_id)
            receipt = await self._earlier_answer(call)
            if receipt is not None:
                return receipt
            if head is not None and _says_the_same(head, request, content_hash):
                result = _result(head, "unchanged")
                await self._index.put(_receipts(call, result, ANY_VECTOR))
                return result
            return await self._write(call, head)

    async def delete(self, owner: str, document_id: str) -> DeleteResult:
        """Remove the document with all its versions.

        Raises:
            DocumentNotFound: no such document, or another owner's.
        """
        plain_id, _ = parse_document_id(document_id)
        async with self._locks.setdefault(plain_id, asyncio.Lock()):
            head = await find_head(self._index, owner, plain_id)
            if head is None:
                raise DocumentNotFound(document_id)
            await self._remove(head)
        return DeleteResult(document_id=plain_id)

    async def _usable_head(self, owner: str, document_id: str) -> Document | None:
        """Return the head after finishing what an earlier call may have left half-done."""
        head = await find_head(self._index, owner, document_id)
        if head is None:
            return None
        if head.state == "deleting":
            await self._remove(head)
            return None
        await self._retire_replaced(head)
        return head

    async def _earlier_answer(self, call: _Call) -> IngestResult | None:
        if call.idempotency_key is None:
            return None
        return await find_receipt(self._index, call.owner, call.idempotency_key, call.request)

    async def _write(self, call: _Call, head: Document | None) -> IngestResult:
        draft = await asyncio.to_thread(_draft, call)
        embedded = await self._embedder.embed(_texts_to_embed(draft))
        placed = await asyncio.to_thread(place_in_page, embedded)
        await self._index.put(_passages(draft, placed))
        replaced = head.version if head is not None and head.version != draft.document.version else None
        document = replace(draft.document, replaces=replaced)
        result = _result(document, "created" if head is None else "updated")
        vector = placed[0].vector
        await self._index.put([*_head_records(document, vector), *_receipts(call, result, vector)])
        await self._retire_replaced(document)
        return result

    async def _retire_replaced(self, head: Document) -> None:
        """Mark the passages of the version that `head` replaces as old, so that searches need not pass over them."""
        if head.replaces is None:
            return
        old = await self._index.get([f"{head.document_id}@{head.replaces}"])
        for stored in old.values():
            await self._mark_as_old(document_from(stored.metadata))
        latest = (await self._index.get([head.document_id], with_vectors=True))[head.document_id]
        await self._index.put(_head_records(replace(head, replaces=None), latest.vector)[:1])

    async def _mark_as_old(self, version: Document) -> None:
        keys = [version.passage_key(chunk) for chunk in range(version.chunks)]
        for i in range(0, len(keys), REWRITE_BATCH):
            found = await self._index.get(keys[i : i + REWRITE_BATCH], with_vectors=True)
            await self._index.put([_as_old(stored) for stored in found.values()])

    async def _remove(self, head: Document) -> None:
        stored = (await self._index.get([head.document_id], with_vectors=True))[head.document_id]
        gone = replace(head, state="deleting")
        await self._index.put([Record(head.document_id, stored.vector, gone.to_metadata())])
        of_document: Sequence[Stored] = (stored,)
        while of_document:
            of_document = await self._index.query(
                stored.vector,
                {"$and": [{"document_id": head.document_id}, {"state": {"$ne": "deleting"}}]},
                MAX_TOP_K,
                with_metadata=False,
            )
            await self._index.delete([record.key for record in of_document])
        await self._index.delete([head.document_id])


def _says_the_same(head: Document, request: IngestRequest, content_hash: str) -> bool:
    # A caller that does not know the date of publication does not take a known one away.
    published_again = request.published_at is None or parse_time(request.published_at) == head.published
    return (head.content_hash, head.title, head.kind) == (content_hash, request.name, request.kind) and published_again


def _draft(call: _Call) -> _Draft:
    request = call.request
    chunks = cut_into_chunks(request.text)
    published = UNKNOWN_TIME if request.published_at is None else parse_time(request.published_at)
    document = Document(
        owner=call.owner,
        document_id=call.document_id,
        version=identify_version(call.content_hash, request.name, request.kind, published),
        title=request.name,
        url=request.url,
        kind=request.kind,
        published=published,
        fetched=now() if request.fetched_at is None else parse_time(request.fetched_at),
        content_hash=call.content_hash,
        chunks=len(chunks),
        total_chars=len(request.text),
        starts=tuple(chunk.start for chunk in chunks[::STARTS_STRIDE]),
    )
    return _Draft(document, chunks, request.text)


def _texts_to_embed(draft: _Draft) -> list[str]:
    title = draft.document.title
    return [embedded_text(title, chunk.section, draft.text[chunk.start : chunk.end]) for chunk in draft.chunks]


def _passages(draft: _Draft, placed: Sequence[PlacedVector]) -> list[Record]:
    document = draft.document
    return [
        Record(
            document.passage_key(number),
            one.vector,
            document.passage_metadata(number, chunk, draft.text, one.reach),
        )
        for number, (chunk, one) in enumerate(zip(draft.chunks, placed, strict=True))
    ]


def _head_records(document: Document, vector: Vector) -> list[Record]:
    """Return the head, which makes the version current, and the record that keeps the version readable later."""
    kept = replace(document, state="version", replaces=None)
    return [
        Record(document.document_id, vector, document.to_metadata()),
        Record(document.version_id, vector, kept.to_metadata()),
    ]


def _receipts(call: _Call, result: IngestResult, vector: Vector) -> list[Record]:
    if call.idempotency_key is None:
        return []
    return [receipt_record(call.owner, call.idempotency_key, call.request, result, vector)]


def _as_old(stored: Stored) -> Record:
    return Record(stored.key, stored.vector, {**stored.metadata, "state": "old"})


def _result(document: Document, status: Status) -> IngestResult:
    return IngestResult(
        document_id=document.document_id,
        version_id=document.version_id,
        content_hash=document.content_hash,
        chunks=document.chunks,
        status=status,
    )
