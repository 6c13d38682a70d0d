"""Reading documents: the work behind `get_document` and `list_documents`."""

from bisect import bisect_right

from alex_vector_store.clients.vector_index import Stored, VectorIndex
from alex_vector_store.errors import DocumentDamaged, DocumentNotFound, InvalidField
from alex_vector_store.heads import Heads, find_head
from alex_vector_store.identity import parse_document_id
from alex_vector_store.listing import page_of, summary_of
from alex_vector_store.records import STARTS_STRIDE, Document, document_from, number_at
from alex_vector_store.schemas import DocumentList, DocumentText, KindChoice


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
            **summary_of(document).model_dump(),
            text=await self._slice(document, start, end),
            start=start,
            end=end,
            total_chars=document.total_chars,
        )

    async def list_page(
        self, owner: str, limit: int, cursor: str | None = None, kinds: KindChoice | None = None
    ) -> DocumentList:
        """Return a page of the owner's documents, latest fetched first.

        Raises:
            InvalidField: the cursor is not one of ours.
        """
        conditions = kinds.conditions() if kinds else []
        page = await page_of(Heads(self._index, owner, conditions), limit, cursor)
        documents = [summary_of(document) for document in page.documents]
        return DocumentList(documents=documents, next_cursor=page.next_cursor, total=page.total)

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
