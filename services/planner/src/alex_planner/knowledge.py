"""The knowledge base as the planner reads it: what is already known on a subject, and the text around a quote.

Foreign shapes stop here. A stored finding counts only if its quote stands in the very version of the document that it
names; the text of documents is material and may contain instructions, which nobody follows.
"""

import asyncio
import re
from datetime import datetime

from alex_edge import UpstreamUnavailable
from alex_mcp_client import McpService, McpToolFailed
from alex_runs import RunScope
from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from alex_planner.notes import Known
from alex_planner.plan.evidence import Finding, Passage, ReportedFigure, Stance, finding_id, readable_url
from alex_planner.subjects import Subject

FINDING_KIND = "finding"
MAX_PASSAGES = 5
PASSAGE_CHARS = 800
MAX_FINDINGS = 8
CONTEXT_CHARS = 300
"""Characters on each side of a quote that are shown with it."""
_SLICE_CHARS = 100_000


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Passage(_Lenient):
    document_id: str
    title: str
    kind: str
    text: str
    fetched_at: datetime | None = None


class _Passages(_Lenient):
    passages: tuple[_Passage, ...]


class _Document(_Lenient):
    text: str
    end: int
    total_chars: int
    fetched_at: datetime | None = None


class _StoredFinding(_Lenient):
    """What the researcher writes into a document of kind `finding`, after the claim and an empty line, as JSON."""

    topic: str
    claim: str
    quote: str
    stance: Stance
    title: str
    source_url: str | None
    published_at: datetime | None
    document_id: str
    version_id: str
    content_hash: str
    figure: ReportedFigure | None = None


class QuoteContext(BaseModel):
    """A quote as it stands in the stored document, with what stands around it."""

    before: str
    quote: str
    after: str


class KnowledgeBase:
    """The vector store, read only."""

    def __init__(self, vector_store: McpService) -> None:
        self._vector_store = vector_store

    async def known(self, scope: RunScope, subject: Subject) -> Known:
        """Return what is stored on a subject; a knowledge base that refuses is noted.

        Raises:
            UpstreamUnavailable: it does not answer; at the last attempt that is noted instead.
        """
        try:
            return await self._known(scope.owner, subject)
        except UpstreamUnavailable as exc:
            if not scope.is_last_attempt():
                raise
            return Known(subject=subject.id, failure=exc.message)
        except McpToolFailed as exc:
            return Known(subject=subject.id, failure=exc.message)

    async def context(self, owner: str, finding: Finding) -> QuoteContext | None:
        """Return the place of a finding's quote, or `None` when the words there are not the quote any more.

        Raises:
            McpToolFailed: the document is not there any more.
            UpstreamUnavailable: the vector store does not answer.
        """
        start = max(0, finding.quote_start - CONTEXT_CHARS)
        length = finding.quote_end - start + CONTEXT_CHARS
        text = (await self._read(owner, finding.version_id or finding.document_id, start, length)).text
        quoted = text[finding.quote_start - start : finding.quote_end - start]
        if quoted != finding.quote:
            return None
        return QuoteContext(
            before=text[: finding.quote_start - start], quote=quoted, after=text[finding.quote_end - start :]
        )

    async def _known(self, owner: str, subject: Subject) -> Known:
        passages, notes = await asyncio.gather(
            self._search(owner, {"query": subject.topic, "limit": 4 * MAX_PASSAGES}),
            self._search(owner, {"query": subject.topic, "limit": 4 * MAX_FINDINGS, "kind": FINDING_KIND}),
        )
        titled = [note.document_id for note in notes if note.title == f"Finding on {subject.topic}"]
        found = [await self._finding(owner, subject, note) for note in list(dict.fromkeys(titled))[:MAX_FINDINGS]]
        shown = [item for item in passages if item.kind != FINDING_KIND][:MAX_PASSAGES]
        return Known(
            subject=subject.id,
            passages=tuple(Passage(**{**item.model_dump(), "text": item.text[:PASSAGE_CHARS]}) for item in shown),
            findings=tuple(item for item in found if item is not None),
        )

    async def _search(self, owner: str, wanted: dict[str, JsonValue]) -> tuple[_Passage, ...]:
        answer = await self._vector_store.for_owner(owner).call("search", wanted)
        return _Passages.model_validate(answer).passages

    async def _finding(self, owner: str, subject: Subject, note_id: str) -> Finding | None:
        """Return a stored finding whose quote is proved again, else `None`."""
        note = await self._read(owner, note_id, 0, _SLICE_CHARS)
        try:
            stored = _StoredFinding.model_validate_json(note.text.partition("\n\n")[2])
        except ValidationError:
            return None
        if stored.topic != subject.topic:
            return None
        try:
            document = await self._whole(owner, stored.version_id)
        except McpToolFailed:
            return None
        place = find_quote(stored.quote, document.text)
        if place is None:
            return None
        return Finding(
            id=finding_id(stored.document_id, stored.quote),
            symbols=subject.symbols,
            quote_start=place[0],
            quote_end=place[1],
            source_url=readable_url(stored.source_url, stored.figure),
            fetched_at=document.fetched_at,
            **stored.model_dump(exclude={"source_url"}),
        )

    async def _whole(self, owner: str, document_id: str) -> _Document:
        part = await self._read(owner, document_id, 0, _SLICE_CHARS)
        texts = [part.text]
        while part.end < part.total_chars:
            part = await self._read(owner, document_id, part.end, _SLICE_CHARS)
            texts.append(part.text)
        return part.model_copy(update={"text": "".join(texts)})

    async def _read(self, owner: str, document_id: str, start: int, max_chars: int) -> _Document:
        wanted: dict[str, JsonValue] = {"document_id": document_id, "start": start, "max_chars": max_chars}
        return _Document.model_validate(await self._vector_store.for_owner(owner).call("get_document", wanted))


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Return where `quote` stands in `text` (character offsets), or `None`; runs of white space may differ."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text) if quote.split() else None
    return found.span() if found else None
