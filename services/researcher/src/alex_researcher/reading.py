"""Reading one page for a run: from the store while it is fresh, else from the web; feeds for their entries."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from alex_mcp_client import McpToolFailed

from alex_researcher.knowledge import Knowledge, Link, Page, StoredPassage
from alex_researcher.notes import RunNotes
from alex_researcher.page_log import LoggedPage, PageLog

EXCERPT_CHARS = 1_200
"""How much of a page the model sees at once: enough to judge it, small in every later model call."""
_FEED_TYPES = ("rss", "atom", "rdf", "xml")


@dataclass(frozen=True)
class PageSeen:
    """A page as a tool gives it on."""

    status: str
    document_id: str | None
    title: str
    published_at: str | None
    excerpt: str
    total_chars: int
    links: list[Link] = field(default_factory=list)


class PageReading:
    """Reads pages for one owner and one run."""

    def __init__(self, knowledge: Knowledge, log: PageLog, owner: str, freshness: timedelta) -> None:
        self._knowledge = knowledge
        self._log = log
        self._owner = owner
        self._freshness = freshness
        self._storing: dict[str, asyncio.Lock] = {}

    async def read(self, url: str, notes: RunNotes, idempotency_key: str) -> PageSeen:
        """Return a page that is stored and fresh, or read it and keep it.

        Raises:
            McpToolFailed: the page cannot be read or stored; the message says why.
            UpstreamUnavailable: a server does not answer.
        """
        return await self._reuse(url, notes) or await self._fetch(url, notes, idempotency_key)

    def is_fresh(self, passage: StoredPassage) -> bool:
        """Say whether what a passage is from was read so lately that it need not be read again."""
        return self._is_fresh(passage.fetched_at)

    async def _reuse(self, url: str, notes: RunNotes) -> PageSeen | None:
        if not self._freshness:
            return None
        logged = await self._log.find(self._owner, url)
        if logged is None or not self._is_fresh(logged.read_at):
            return None
        found = await self._stored(logged.stored_url)
        if found is None:
            return None
        document = await self._knowledge.get_part(found.document_id, 0, EXCERPT_CHARS)
        if logged.content_hash != document.content_hash:
            # Somebody stored another text since; the links that are known are not its links.
            return None
        notes.may_quote(document.document_id, document.content_hash)
        return PageSeen(
            status="reused",
            document_id=document.document_id,
            title=document.title,
            published_at=document.published_at,
            excerpt=document.text,
            total_chars=document.total_chars,
            links=logged.links,
        )

    async def _stored(self, url: str) -> StoredPassage | None:
        try:
            return next(iter(await self._knowledge.search(url, url=url)), None)
        except McpToolFailed:
            return None

    async def _fetch(self, url: str, notes: RunNotes, idempotency_key: str) -> PageSeen:
        page = await self._knowledge.read_page(url)
        if any(part in page.content_type for part in _FEED_TYPES) and "html" not in page.content_type:
            feed = await self._feed(url, page.title)
            if feed is not None:
                return feed
        document_id = await self._keep(url, page, notes, idempotency_key)
        return PageSeen(
            status="kept",
            document_id=document_id,
            title=page.title,
            published_at=page.published_at,
            excerpt=page.text[:EXCERPT_CHARS],
            total_chars=page.total_chars,
            links=page.links,
        )

    async def _keep(self, url: str, page: Page, notes: RunNotes, idempotency_key: str) -> str:
        """Store a page, unless this run has stored the same text under another address."""
        # Pages are read side by side; the second of two with the same text waits for the first.
        async with self._storing.setdefault(page.content_hash, asyncio.Lock()):
            same = notes.same_text(page.content_hash)
            if same is not None:
                return same
            document_id = await self._knowledge.keep(page, idempotency_key)
            notes.may_quote(document_id, page.content_hash)
        logged = LoggedPage(page.name, page.content_hash, datetime.now(UTC).isoformat(), page.links)
        await self._log.save(self._owner, url, logged)
        return document_id

    async def _feed(self, url: str, title: str) -> PageSeen | None:
        try:
            entries = await self._knowledge.read_feed(url)
        except McpToolFailed:
            return None
        links = [Link(text=entry.title, url=entry.url) for entry in entries if entry.url]
        return PageSeen("listed", None, title, None, "", 0, links) if links else None

    def _is_fresh(self, read_at: str) -> bool:
        return datetime.now(UTC) - datetime.fromisoformat(read_at) < self._freshness
