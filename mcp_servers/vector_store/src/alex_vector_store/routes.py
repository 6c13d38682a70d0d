"""The same over plain HTTP, for programs without MCP: parse, call, answer."""

from typing import Annotated

from alex_edge import Owner
from fastapi import APIRouter, Depends, Header, Request

from alex_vector_store.knowledge import Knowledge
from alex_vector_store.schemas import (
    Cursor,
    DeleteResult,
    DocumentId,
    DocumentList,
    DocumentText,
    IngestRequest,
    IngestResult,
    MaxChars,
    PageLimit,
    SearchRequest,
    SearchResult,
    Start,
)

router = APIRouter(tags=["knowledge"])


def _knowledge(request: Request) -> Knowledge:
    knowledge = request.app.state.knowledge
    assert isinstance(knowledge, Knowledge)
    return knowledge


Opened = Annotated[Knowledge, Depends(_knowledge)]
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
    owner: Owner, knowledge: Opened, limit: PageLimit = 100, cursor: Cursor = None
) -> DocumentList:
    """List the stored documents, latest fetched first."""
    return await knowledge.reading.list_page(owner, limit, cursor)


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
