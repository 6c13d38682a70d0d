"""The two MCP servers as the researcher uses them: reading pages, keeping them, finding and reading them again.

Foreign shapes stop here. It knows nothing of agents or runs.
"""

import asyncio

from alex_mcp_client import McpService, McpToolFailed
from pydantic import BaseModel, Field, JsonValue

from alex_researcher.addresses import name_of_document

PAGE_CHARS = 100_000
"""How much of a page one call reads: the most that the browser server gives."""
MAX_DOCUMENT_CHARS = 1_000_000
"""Longer pages are refused: about 400 printed pages, more than any filing that a brief quotes."""
MAX_PASSAGES = 50
"""The most that one search of the vector store gives."""
MAX_TITLE_CHARS = 500
"""The longest title that the vector store takes."""
PARALLEL_READS = 4
"""Pages read at the same time. The browser server is polite to each host, and a call that only waits for its turn there
would spend the time it has; here it may wait."""
FEED_ENTRIES = 40
SEARCH_HITS = 10


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
    content_type: str = ""
    text: str
    end: int
    total_chars: int
    links: list[Link] = Field(default_factory=list)

    @property
    def name(self) -> str:
        """The address under which it is stored."""
        return name_of_document(self.final_url, self.canonical_url)


class FeedEntry(BaseModel):
    """An entry of a feed, or a hit of a search: where a page is, and what it is called."""

    title: str
    url: str | None
    published_at: str | None = None


class StoredPassage(BaseModel):
    """A passage of the vector store's `search`."""

    document_id: str
    title: str
    url: str | None
    kind: str
    published_at: str | None
    fetched_at: str
    text: str
    score: float


class StoredDocument(BaseModel):
    """What the vector store's `get_document` answers."""

    document_id: str
    title: str
    url: str | None
    kind: str
    published_at: str | None
    fetched_at: str
    content_hash: str
    version_id: str
    text: str
    end: int
    total_chars: int


class Knowledge:
    """Reads pages and keeps them, for one owner."""

    def __init__(self, browser: McpService, vector_store: McpService) -> None:
        self._browser = browser
        self._vector_store = vector_store
        self._reading = asyncio.Semaphore(PARALLEL_READS)

    async def read_page(self, url: str) -> Page:
        """Read a whole page.

        Raises:
            McpToolFailed: it cannot be read; the message says why.
            UpstreamUnavailable: the browser server does not answer.
        """
        async with self._reading:
            return await self._read_whole(url)

    async def _read_whole(self, url: str) -> Page:
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

    async def read_feed(self, url: str) -> list[FeedEntry]:
        """Return the newest entries of a feed.

        Raises:
            McpToolFailed: it is no feed or cannot be read.
            UpstreamUnavailable: the browser server does not answer.
        """
        answer = await self._browser.call("fetch_feed", {"url": url, "limit": FEED_ENTRIES})
        return _Entries.model_validate(answer).entries

    async def search_web(self, query: str) -> list[FeedEntry]:
        """Return pages that a web search finds, best first.

        Raises:
            McpToolFailed: no engine answers.
            UpstreamUnavailable: the browser server does not answer.
        """
        answer = await self._browser.call("web_search", {"query": query, "limit": SEARCH_HITS})
        return _Hits.model_validate(answer).hits

    async def keep(self, page: Page, idempotency_key: str) -> str:
        """Store a page and return its document id; storing it again changes nothing.

        Raises:
            McpToolFailed: it cannot be stored; the message says why.
            UpstreamUnavailable: the vector store does not answer.
        """
        # A call that is repeated after a break reads the page again: another document, under a key of its own.
        return await self.keep_text(
            page.title or page.final_url,
            page.text,
            kind="page",
            url=page.name,
            published_at=page.published_at,
            fetched_at=page.fetched_at,
            idempotency_key=f"{idempotency_key}:{page.fetched_at}",
        )

    async def keep_text(
        self,
        title: str,
        text: str,
        *,
        kind: str,
        url: str,
        published_at: str | None,
        fetched_at: str,
        idempotency_key: str,
    ) -> str:
        """Store a text that is from `url` and return its document id; raises as `keep` does."""
        document: dict[str, JsonValue] = {
            "title": " ".join(title.split())[:MAX_TITLE_CHARS],
            "text": text,
            "url": url,
            "kind": kind,
            "published_at": published_at,
            "fetched_at": fetched_at,
        }
        stored = await self._vector_store.call("ingest_document", document, idempotency_key=idempotency_key)
        return str(stored["document_id"])

    async def keep_note(self, title: str, text: str, kind: str, idempotency_key: str) -> tuple[str, bool]:
        """Store a text of the researcher's own; return its document id and whether it is new to the store.

        The same text is the same document, and the same key gives the same answer again.
        """
        document: dict[str, JsonValue] = {"title": title[:MAX_TITLE_CHARS], "text": text, "kind": kind}
        stored = await self._vector_store.call("ingest_document", document, idempotency_key=idempotency_key)
        return str(stored["document_id"]), stored["status"] == "created"

    async def search(self, query: str, *, kind: str | None = None, url: str | None = None) -> list[StoredPassage]:
        """Return the passages nearest to `query`, at most `MAX_PASSAGES`.

        Raises:
            McpToolFailed: the query or the address cannot be used.
            UpstreamUnavailable: the vector store does not answer.
        """
        limit = 1 if url else MAX_PASSAGES
        wanted: dict[str, JsonValue] = {"query": query, "limit": limit}
        wanted |= {name: value for name, value in (("kind", kind), ("url", url)) if value}
        return _Passages.model_validate(await self._vector_store.call("search", wanted)).passages

    async def get_document(self, document_id: str) -> StoredDocument:
        """Return a stored document with its whole text.

        Raises:
            McpToolFailed: there is no such document.
            UpstreamUnavailable: the vector store does not answer.
        """
        part = await self.get_part(document_id, 0)
        texts = [part.text]
        while part.end < part.total_chars:
            part = await self.get_part(document_id, part.end)
            texts.append(part.text)
        return part.model_copy(update={"text": "".join(texts)})

    async def get_part(self, document_id: str, start: int, max_chars: int = PAGE_CHARS) -> StoredDocument:
        """Return a stored document with its text from `start` on.

        Raises:
            McpToolFailed: there is no such document.
            UpstreamUnavailable: the vector store does not answer.
        """
        answer = await self._vector_store.call(
            "get_document", {"document_id": document_id, "start": start, "max_chars": max_chars}
        )
        return StoredDocument.model_validate(answer)

    async def _read_part(self, url: str, start: int) -> Page:
        answer = await self._browser.call("read_page", {"url": url, "start": start, "max_chars": PAGE_CHARS})
        return Page.model_validate(answer)


class _Passages(BaseModel):
    passages: list[StoredPassage]


class _Entries(BaseModel):
    entries: list[FeedEntry]


class _Hits(BaseModel):
    hits: list[FeedEntry]
