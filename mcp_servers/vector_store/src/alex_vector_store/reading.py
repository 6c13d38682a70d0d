"""Reading documents: the work behind `get_document` and `list_documents`."""

import base64
import binascii
from bisect import bisect_right

from alex_vector_store.clients.vector_index import Stored, VectorIndex
from alex_vector_store.errors import DocumentDamaged, DocumentNotFound, InvalidField
from alex_vector_store.heads import Heads, find_head, order
from alex_vector_store.identity import parse_document_id
from alex_vector_store.records import (
    STARTS_STRIDE,
    Document,
    document_from,
    fetched_at,
    number_at,
)
from alex_vector_store.schemas import DocumentList, DocumentSummary, DocumentText
from alex_vector_store.times import format_time


class Reading:
    """Reads documents of one owner at a time."""

    def __init__(self, index: VectorIndex) -> None:
        self._index = index

    async def read(self, owner: str, document_id: str, start: int = 0, max_chars: int | None = None) -> DocumentText:
        """Return characters from `start` on, at most `max_chars`, of the latest or of the named version.

        Raises:
            DocumentNotFound: no such document or version, or another owner's.
            DocumentDamaged: a passage is missing.
        """
        document = await self._find(owner, document_id)
        end = document.total_chars if max_chars is None else min(document.total_chars, start + max_chars)
        if start > document.total_chars:
            raise InvalidField("start", f"{start} is beyond the document's {document.total_chars} characters")
        return DocumentText(
            **_summary(document).model_dump(),
            version_id=document.version_id,
            text=await self._slice(document, start, end),
            start=start,
            end=end,
            total_chars=document.total_chars,
        )

    async def list_page(self, owner: str, limit: int, cursor: str | None = None) -> DocumentList:
        """Return a page of the owner's documents, latest fetched first.

        Raises:
            InvalidField: the cursor is not one of ours.
        """
        after_last = None if cursor is None else _read_cursor(cursor)
        heads = Heads(self._index, owner)
        everything = await heads.all_of_them()
        found = await heads.latest(limit + 1, after_last) if everything is None else everything
        documents = sorted(found, key=order)
        after = [d for d in documents if after_last is None or order(d) > after_last]
        page = after[:limit]
        return DocumentList(
            documents=[_summary(document) for document in page],
            next_cursor=_write_cursor(page[-1]) if len(after) > limit else None,
            total=None if everything is None else len(everything),
        )

    async def _find(self, owner: str, document_id: str) -> Document:
        plain_id, version = parse_document_id(document_id)
        head = await find_head(self._index, owner, plain_id)
        if head is None or head.state == "deleting":
            raise DocumentNotFound(document_id)
        if version in (None, head.version):
            return head
        stored = (await self._index.get([document_id])).get(document_id)
        if stored is None:
            raise DocumentNotFound(document_id)
        return document_from(stored.metadata)

    async def _slice(self, document: Document, start: int, end: int) -> str:
        """Put characters `start` to `end` together from the passages that hold them."""
        group = max(0, bisect_right(document.starts, start) - 1)
        # A passage before the group may reach into it by the overlap, but the group's own first passage starts
        # at or before `start`, and passages follow each other without gaps.
        text, position = [], start
        while position < end:
            for stored in await self._group(document, group):
                piece_start, piece_end = number_at(stored.metadata, "start"), number_at(stored.metadata, "end")
                if piece_end > position and position < end:
                    text.append(str(stored.metadata["text"])[position - piece_start : end - piece_start])
                    position = min(end, piece_end)
            group += 1
        return "".join(text)

    async def _group(self, document: Document, group: int) -> list[Stored]:
        first = group * STARTS_STRIDE
        keys = [document.passage_key(n) for n in range(first, min(first + STARTS_STRIDE, document.chunks))]
        if not keys:
            raise DocumentDamaged(document.version_id, document.passage_key(first))
        found = await self._index.get(keys)
        missing = next((key for key in keys if key not in found), None)
        if missing is not None:
            raise DocumentDamaged(document.version_id, missing)
        return [found[key] for key in keys]


def _summary(document: Document) -> DocumentSummary:
    return DocumentSummary(
        document_id=document.document_id,
        title=document.title,
        url=document.url,
        kind=document.kind,
        published_at=format_time(document.published),
        fetched_at=fetched_at(document),
        content_hash=document.content_hash,
    )


def _write_cursor(last: Document) -> str:
    return base64.urlsafe_b64encode(f"{last.fetched}:{last.document_id}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[int, str]:
    try:
        fetched, document_id = base64.urlsafe_b64decode(cursor).decode().split(":")
        return -int(fetched), document_id
    except (binascii.Error, ValueError):
        raise InvalidField("cursor", "is not a next_cursor of list_documents") from None
