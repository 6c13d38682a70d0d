"""What became of documents over time: the versions of one, and which are new or have a new text since a moment."""

from collections import defaultdict
from collections.abc import Sequence

from pydantic import JsonValue

from alex_vector_store.clients.vector_index import MAX_TOP_K, VectorIndex
from alex_vector_store.errors import DocumentNotFound
from alex_vector_store.heads import ANY_VECTOR, Heads, find_head
from alex_vector_store.identity import parse_document_id
from alex_vector_store.listing import page_of, summary_of
from alex_vector_store.records import HEAD_CHUNK, Document, document_from
from alex_vector_store.schemas import ChangedDocument, ChangeList, DocumentVersion, KindChoice, VersionList
from alex_vector_store.times import format_time, parse_time


class History:
    """The versions of one owner's documents at a time."""

    def __init__(self, index: VectorIndex) -> None:
        self._index = index

    async def versions(self, owner: str, document_id: str) -> VersionList:
        """Return every version of a document, the one that was read last first.

        Raises:
            DocumentNotFound: no such document, or another owner's.
        """
        plain_id, _ = parse_document_id(document_id)
        head = await find_head(self._index, owner, plain_id)
        if head is None or head.state == "deleting":
            raise DocumentNotFound(document_id)
        found = sorted((await self._versions_of(owner, [plain_id]))[plain_id], key=_newest_first)
        shown = [head, *(one for one in found if one.version != head.version)]
        return VersionList(document_id=plain_id, versions=[_version(one, head) for one in shown])

    async def changes(
        self, owner: str, since: str, limit: int, cursor: str | None = None, kinds: KindChoice | None = None
    ) -> ChangeList:
        """Return a page of the documents whose present version was read at `since` or later, latest first.

        A page that went back to an earlier text counts from its return: its version is read anew.

        Raises:
            InvalidField: the cursor is not one of ours.
        """
        moment = parse_time(since)
        where: list[JsonValue] = [{"fetched": {"$gte": moment}}, *(kinds.conditions() if kinds else [])]
        page = await page_of(Heads(self._index, owner, where), limit, cursor)
        versions = await self._versions_of(owner, [document.document_id for document in page.documents])
        changes = [_change(document, versions[document.document_id], moment) for document in page.documents]
        shown = format_time(moment)
        assert shown is not None
        return ChangeList(since=shown, changes=changes, next_cursor=page.next_cursor, total=page.total)

    async def _versions_of(self, owner: str, ids: Sequence[str]) -> defaultdict[str, list[Document]]:
        versions: defaultdict[str, list[Document]] = defaultdict(list)
        if not ids:
            return versions
        where: list[JsonValue] = [{"owner": owner}, {"state": "version"}, {"chunk": HEAD_CHUNK}]
        of_them: JsonValue = {"document_id": {"$in": list(ids)}}
        for stored in await self._index.query(ANY_VECTOR, {"$and": [*where, of_them]}, MAX_TOP_K):
            document = document_from(stored.metadata)
            versions[document.document_id].append(document)
        return versions


def _newest_first(document: Document) -> tuple[int, str]:
    return -document.fetched, document.version


def _version(document: Document, head: Document) -> DocumentVersion:
    current = document.version == head.version
    return DocumentVersion(**summary_of(document).model_dump(), total_chars=document.total_chars, current=current)


def _change(document: Document, versions: Sequence[Document], since: int) -> ChangedDocument:
    before = [one for one in versions if one.version != document.version and one.fetched < since]
    previous = min(before, key=_newest_first, default=None)
    return ChangedDocument(
        **summary_of(document).model_dump(),
        change="new" if previous is None else "updated",
        previous_version_id=None if previous is None else previous.version_id,
    )
