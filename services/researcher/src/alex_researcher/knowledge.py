"""The two MCP servers as the researcher uses them: reading pages, keeping them, reading them again.

Foreign shapes stop here. It knows nothing of agents or runs.
"""

from dataclasses import dataclass

from alex_mcp_client import McpService, McpToolFailed
from pydantic import BaseModel, Field

PAGE_CHARS = 100_000
"""How much of a page one call reads: the most that the browser server gives."""
MAX_DOCUMENT_CHARS = 1_000_000
"""Longer pages are refused: about 400 printed pages, more than any filing that a brief quotes."""


class Link(BaseModel):
    """A link of a page that was read."""

    text: str
    url: str


class Page(BaseModel):
    """What the browser server's `read_page` answers, as far as it is used."""

    final_url: str
    canonical_url: str | None
    title: str
    published_at: str | None
    fetched_at: str
    content_hash: str
    text: str
    end: int
    total_chars: int
    links: list[Link] = Field(default_factory=list)


class StoredDocument(BaseModel):
    """What the vector store's `get_document` answers."""

    document_id: str
    title: str
    url: str | None
    published_at: str | None
    fetched_at: str | None
    content_hash: str
    text: str
    end: int
    total_chars: int


@dataclass(frozen=True)
class KeptPage:
    """A page that is stored."""

    document_id: str
    page: Page


class Knowledge:
    """Reads pages and keeps them, for one owner."""

    def __init__(self, browser: McpService, vector_store: McpService) -> None:
        self._browser = browser
        self._vector_store = vector_store

    async def keep_page(self, url: str, idempotency_key: str) -> KeptPage:
        """Read a whole page and store it; storing it again changes nothing.

        Raises:
            McpToolFailed: the page cannot be read or stored; the message says why.
            UpstreamUnavailable: a server does not answer.
        """
        page = await self._read_page(url)
        stored = await self._vector_store.call(
            "ingest_document",
            {
                "title": page.title or page.final_url,
                "text": page.text,
                "url": page.canonical_url or page.final_url,
                "kind": "page",
                "published_at": page.published_at,
                "fetched_at": page.fetched_at,
            },
            idempotency_key=idempotency_key,
        )
        return KeptPage(document_id=str(stored["document_id"]), page=page)

    async def get_document(self, document_id: str) -> StoredDocument:
        """Return a stored document with its whole text.

        Raises:
            McpToolFailed: there is no such document.
            UpstreamUnavailable: the vector store does not answer.
        """
        part = await self._get_part(document_id, 0)
        texts = [part.text]
        while part.end < part.total_chars:
            part = await self._get_part(document_id, part.end)
            texts.append(part.text)
        return part.model_copy(update={"text": "".join(texts)})

    async def _read_page(self, url: str) -> Page:
        page = await self._read_part(url, 0)
        if page.total_chars > MAX_DOCUMENT_CHARS:
            raise McpToolFailed(
                self._browser.name, "read_page", f"{url} has {page.total_chars} characters, more than can be kept"
            )
        texts, part = [page.text], page
        while part.end < part.total_chars:
            part = await self._read_part(url, part.end)
            if part.content_hash != page.content_hash:
                raise McpToolFailed(self._browser.name, "read_page", f"{url} changed while it was read; try again")
            texts.append(part.text)
        return page.model_copy(update={"text": "".join(texts)})

    async def _read_part(self, url: str, start: int) -> Page:
        answer = await self._browser.call("read_page", {"url": url, "start": start, "max_chars": PAGE_CHARS})
        return Page.model_validate(answer)

    async def _get_part(self, document_id: str, start: int) -> StoredDocument:
        answer = await self._vector_store.call(
            "get_document", {"document_id": document_id, "start": start, "max_chars": PAGE_CHARS}
        )
        return StoredDocument.model_validate(answer)
