"""Pages of an owner's documents, latest fetched first, and where the next page begins."""

import base64
import binascii
from dataclasses import dataclass

from alex_vector_store.errors import InvalidField
from alex_vector_store.heads import Heads, Order, order
from alex_vector_store.records import Document, fetched_at
from alex_vector_store.schemas import DocumentSummary
from alex_vector_store.times import format_time


@dataclass(frozen=True)
class HeadPage:
    """Some documents; `total` is None where there are too many to count."""

    documents: list[Document]
    next_cursor: str | None
    total: int | None


async def page_of(heads: Heads, limit: int, cursor: str | None) -> HeadPage:
    """Return the first `limit` documents, or those behind the page that gave `cursor`.

    Raises:
        InvalidField: the cursor is not one of ours.
    """
    after_last = None if cursor is None else _read_cursor(cursor)
    everything = await heads.all_of_them()
    found = await heads.latest(limit + 1, after_last) if everything is None else everything
    documents = sorted(found, key=order)
    after = [d for d in documents if after_last is None or order(d) > after_last]
    page = after[:limit]
    next_cursor = _write_cursor(page[-1]) if len(after) > limit else None
    return HeadPage(page, next_cursor, None if everything is None else len(everything))


def summary_of(document: Document) -> DocumentSummary:
    """Return what a list shows of a version of a document."""
    return DocumentSummary(
        document_id=document.document_id,
        version_id=document.version_id,
        title=document.title,
        url=document.url,
        kind=document.kind,
        published_at=format_time(document.published),
        fetched_at=fetched_at(document),
        content_hash=document.content_hash,
    )


def _write_cursor(last: Document) -> str:
    return base64.urlsafe_b64encode(f"{last.fetched}:{last.document_id}".encode()).decode()


def _read_cursor(cursor: str) -> Order:
    try:
        fetched, document_id = base64.urlsafe_b64decode(cursor).decode().split(":")
        return -int(fetched), document_id
    except (binascii.Error, ValueError):
        raise InvalidField("cursor", "is not a next_cursor of a list of documents") from None
