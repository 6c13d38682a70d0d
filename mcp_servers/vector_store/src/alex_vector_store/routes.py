"""The same over plain HTTP, for programs without MCP: parse, call, answer."""

from typing import Annotated

from alex_edge import Owner
from fastapi import APIRouter, Depends, Header, Request

from alex_vector_store.knowledge import Knowledge
from alex_vector_store.schemas import (
    ChangeLimit,
    ChangeList,
    Cursor,
    DeleteResult,
    DocumentId,
    DocumentList,
    DocumentText,
    IngestRequest,
    IngestResult,
    KindChoice,
    KindExcluded,
    KindFilter,
    MaxChars,
    PageLimit,
    SearchRequest,
    SearchResult,
    Since,
    Start,
    VersionList,
)

router = APIRouter(tags=["knowledge"])


def _knowledge(request: Request) -> Knowledge:
    knowledge = request.app.state.knowledge
    assert isinstance(knowledge, Knowledge)
    return knowledge


Opened = Annotated[Knowledge, Depends(_knowledge)]


def _kinds(kind: KindFilter = None, exclude_kind: KindExcluded = None) -> KindChoice:
    return KindChoice(kind=kind, exclude_kind=exclude_kind)


Kinds = Annotated[KindChoice, Depends(_kinds)]
IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=256)]


@router.post("/ingest")
async def ingest(
    body: IngestRequest, owner: Owner, knowledge: Opened, idempotency_key: IdempotencyKey = None
) -> IngestResult:
    """Store a document; the same document again changes nothing, the same `Idempotency-Key` gives the same answer."""
    return await knowledge.ingesting.ingest(owner, body, idempotency_key)


@router.post("/search")
async def search(body: SearchRequest, owner: Owner, knowledge: Opened) -> SearchResult:
    """Find passages by meaning."""
    return await knowledge.searching.search(owner, body)


@router.get("/documents")
async def list_documents(
    owner: Owner, knowledge: Opened, kinds: Kinds, limit: PageLimit = 100, cursor: Cursor = None
) -> DocumentList:
    """List the stored documents, latest fetched first."""
    return await knowledge.reading.list_page(owner, limit, cursor, kinds)


@router.get("/changes")
async def list_changes(
    *, owner: Owner, knowledge: Opened, kinds: Kinds, since: Since, limit: ChangeLimit = 50, cursor: Cursor = None
) -> ChangeList:
    """List the documents that are new or have a new version since a moment, latest fetched first."""
    return await knowledge.history.changes(owner, since, limit, cursor, kinds)


@router.get("/documents/{document_id}/versions")
async def list_versions(document_id: DocumentId, owner: Owner, knowledge: Opened) -> VersionList:
    """List all versions of a document, the current one first; each is read by its `version_id`."""
    return await knowledge.history.versions(owner, document_id)


@router.get("/documents/{document_id}")
async def get_document(
    document_id: DocumentId, owner: Owner, knowledge: Opened, start: Start = 0, max_chars: MaxChars = 20_000
) -> DocumentText:
    """Read a slice of a document, or of one of its versions."""
    return await knowledge.reading.read(owner, document_id, start, max_chars)


@router.delete("/documents/{document_id}")
async def delete_document(document_id: DocumentId, owner: Owner, knowledge: Opened) -> DeleteResult:
    """Remove a document with all its versions."""
    return await knowledge.ingesting.delete(owner, document_id)
