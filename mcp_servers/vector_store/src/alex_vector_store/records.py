"""How documents and passages are laid out as vectors of one S3 Vectors index.

    key                          state       what it is
    doc_X                        current     head: the latest version of document X; the commit of an ingest
    doc_X@V                      version     the same for version V, kept when a later version replaces it
    doc_X@V/000012               current     passage 12 of version V
    doc_X@V/000012               old         passage of a version that was replaced
    receipt_H                    receipt     what the call with an idempotency key answered (`receipts.py`)

A passage counts only while the head of its document names its version: passages written before their head, or
left behind by an ingest that broke off, are never shown. Deleting starts by putting the head's state to
`deleting`, so that the document is gone at once and a retry finishes the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue, TypeAdapter

from alex_vector_store.chunking import Chunk
from alex_vector_store.times import format_time

State = Literal["current", "version", "old", "deleting"]
_STATES: TypeAdapter[State] = TypeAdapter(State)
Vector = Sequence[float]
Metadata = Mapping[str, JsonValue]

HEAD_CHUNK = -1
"""Chunk number of records that stand for a whole document."""
STARTS_STRIDE = 100
"""A head keeps where each 100th passage starts: one GetVectors call reads at most 100 keys."""
NON_FILTERABLE_KEYS = (
    "chunks",
    "content_hash",
    "end",
    "receipt",
    "section",
    "start",
    "starts",
    "text",
    "title",
    "total_chars",
)
"""Fixed when the index is created; all other keys can be filtered by and share 2 KB per vector."""
SEARCHABLE_KEYS = ("text", "title")
"""Keys with a full-text index."""


@dataclass(frozen=True)
class Record:
    """One vector as it is written."""

    key: str
    vector: Vector
    metadata: Metadata


@dataclass(frozen=True)
class Document:
    """What is known of one version of a document, without its text."""

    owner: str
    document_id: str
    version: str
    title: str
    url: str | None
    kind: str
    published: int
    fetched: int
    content_hash: str
    chunks: int
    total_chars: int
    starts: tuple[int, ...]
    state: State = "current"
    replaces: str | None = None
    """A version whose passages are not yet marked as old."""

    @property
    def version_id(self) -> str:
        return f"{self.document_id}@{self.version}"

    def passage_key(self, chunk: int) -> str:
        return passage_key(self.version_id, chunk)

    def to_metadata(self) -> dict[str, JsonValue]:
        own: dict[str, JsonValue] = {
            "state": self.state,
            "chunk": HEAD_CHUNK,
            "title": self.title,
            "content_hash": self.content_hash,
            "chunks": self.chunks,
            "total_chars": self.total_chars,
            "starts": list(self.starts),
        }
        if self.replaces is not None:
            own["replaces"] = self.replaces
        return self.shared_metadata() | own

    def shared_metadata(self) -> dict[str, JsonValue]:
        """Return what every passage carries too, so that it can be filtered by."""
        shared: dict[str, JsonValue] = {
            "owner": self.owner,
            "document_id": self.document_id,
            "version": self.version,
            "kind": self.kind,
            "published": self.published,
            "fetched": self.fetched,
        }
        return shared if self.url is None else shared | {"url": self.url}

    def passage_metadata(self, number: int, chunk: Chunk, text: str, reach: float) -> dict[str, JsonValue]:
        own: dict[str, JsonValue] = {
            "state": "current",
            "chunk": number,
            "title": self.title,
            "text": text[chunk.start : chunk.end],
            "start": chunk.start,
            "end": chunk.end,
            "content_hash": self.content_hash,
            "reach": round(reach, 6),
        }
        return self.shared_metadata() | own | ({"section": chunk.section} if chunk.section else {})


def passage_key(version_id: str, chunk: int) -> str:
    return f"{version_id}/{chunk:06d}"


def document_from(metadata: Metadata) -> Document:
    """Return the document a head or version record stands for."""
    url, replaces, starts = metadata.get("url"), metadata.get("replaces"), metadata["starts"]
    assert isinstance(starts, list)
    return Document(
        owner=str(metadata["owner"]),
        document_id=str(metadata["document_id"]),
        version=str(metadata["version"]),
        title=str(metadata["title"]),
        url=None if url is None else str(url),
        kind=str(metadata["kind"]),
        published=number_at(metadata, "published"),
        fetched=number_at(metadata, "fetched"),
        content_hash=str(metadata["content_hash"]),
        chunks=number_at(metadata, "chunks"),
        total_chars=number_at(metadata, "total_chars"),
        starts=tuple(_whole(start) for start in starts),
        state=_state(metadata["state"]),
        replaces=None if replaces is None else str(replaces),
    )


def number_at(metadata: Metadata, key: str) -> int:
    return _whole(metadata[key])


def fetched_at(document: Document) -> str:
    shown = format_time(document.fetched)
    assert shown is not None
    return shown


def _whole(value: JsonValue) -> int:
    assert isinstance(value, int | float)
    return int(value)


def _state(value: JsonValue) -> State:
    return _STATES.validate_python(value)
