"""What crosses the wire, over MCP and HTTP alike. Times are ISO 8601 in UTC."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from alex_vector_store.errors import InvalidField
from alex_vector_store.identity import canonical_url
from alex_vector_store.plain_text import BodyText, KindText, QueryText, TitleText, first_line
from alex_vector_store.times import IsoTime

MAX_PASSAGES = 50
MAX_SLICE_CHARACTERS = 100_000
MAX_DOCUMENTS_PER_PAGE = 500
MAX_CHANGES_PER_PAGE = 50
"""One filter names them all: S3 Vectors limits a query to 100 constraints (userguide/s3-vectors-index-mode.html)."""


def _url(given: str) -> str:
    try:
        return canonical_url(given)
    except InvalidField as exc:
        raise ValueError(exc.problem) from None


def _none_if_blank(given: object) -> object:
    return None if isinstance(given, str) and not given.strip() else given


CanonicalUrl = Annotated[str, AfterValidator(_url)]

Query = Annotated[QueryText, Field(description="What to find, as a question or in a few words.")]
Limit = Annotated[int, Field(ge=1, le=MAX_PASSAGES, description="Most passages to return.")]
Mode = Annotated[
    Literal["hybrid", "vector", "text"],
    Field(description="hybrid: by meaning, words and years. vector: by meaning alone. text: by words alone (BM25)."),
]
KindFilter = Annotated[KindText | None, Field(description="Only documents of this kind, for example 'page'.")]
KindExcluded = Annotated[KindText | None, Field(description="No documents of this kind.")]
UrlFilter = Annotated[CanonicalUrl | None, Field(description="Only the document stored under this URL.")]
PublishedAfter = Annotated[IsoTime | None, Field(description="Only documents published from this ISO 8601 time on.")]
PublishedBefore = Annotated[IsoTime | None, Field(description="Only documents published before this ISO 8601 time.")]
Title = Annotated[
    TitleText | None,
    BeforeValidator(_none_if_blank, json_schema_input_type=str | None),
    Field(description="One line that names the document, its company and its period; its first line if left out."),
]
Text = Annotated[BodyText, Field(description="The whole text, plain or Markdown. Control characters are removed.")]
Url = Annotated[CanonicalUrl | None, Field(description="Where it was read. The same URL is the same document.")]
Kind = Annotated[KindText, Field(description="One lower-case word that sorts documents, such as 'page' or 'filing'.")]
PublishedAt = Annotated[IsoTime | None, Field(description="When it was published, ISO 8601, if known.")]
FetchedAt = Annotated[IsoTime | None, Field(description="When it was read, ISO 8601; now if left out.")]
DocumentId = Annotated[str, Field(max_length=80, description="Id of a document, as given by search or list_documents.")]
Start = Annotated[int, Field(ge=0, description="First character to return.")]
MaxChars = Annotated[int, Field(ge=1, le=MAX_SLICE_CHARACTERS, description="Most characters to return.")]
PageLimit = Annotated[int, Field(ge=1, le=MAX_DOCUMENTS_PER_PAGE, description="Most documents to return.")]
ChangeLimit = Annotated[int, Field(ge=1, le=MAX_CHANGES_PER_PAGE, description="Most changes to return.")]
Since = Annotated[IsoTime, Field(description="ISO 8601 time: what was read then or later.")]
Cursor = Annotated[str | None, Field(max_length=200, description="`next_cursor` of the page before.")]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SearchRequest(_Request):
    """What to find, and among which documents."""

    query: Query
    limit: Limit = 5
    mode: Mode = "hybrid"
    kind: KindFilter = None
    url: UrlFilter = None
    published_after: PublishedAfter = None
    published_before: PublishedBefore = None


class KindChoice(_Request):
    """Which kinds of documents to list; all when nothing is given."""

    kind: KindFilter = None
    exclude_kind: KindExcluded = None

    def conditions(self) -> list[JsonValue]:
        """Return the choice as conditions of a filter of S3 Vectors."""
        only: list[JsonValue] = [] if self.kind is None else [{"kind": self.kind}]
        none_of: list[JsonValue] = [] if self.exclude_kind is None else [{"kind": {"$ne": self.exclude_kind}}]
        return only + none_of


class IngestRequest(_Request):
    """A document to store."""

    text: Text
    title: Title = None
    url: Url = None
    kind: Kind = "page"
    published_at: PublishedAt = None
    fetched_at: FetchedAt = None

    @property
    def name(self) -> str:
        """The title, or else what the text begins with."""
        return self.title or first_line(self.text)


class Passage(BaseModel):
    """A part of a stored document: `text` is exactly characters `start` to `end` of the document's text."""

    document_id: str = Field(description="Give it to get_document to read around the passage.")
    version_id: str = Field(description="Names this very version of the document; it stays readable after an update.")
    chunk: int = Field(description="Number of the passage in its document, from 0.")
    title: str
    url: str | None
    kind: str
    published_at: str | None
    fetched_at: str
    text: str
    start: int
    end: int
    section: str = Field(
        description="Headings it stands under; last the head row of the table that it continues, if any."
    )
    score: float = Field(
        description="Similarity to the query: the mean of the passage's cosine and that of its page's opening; in mode "
        "text BM25. In mode hybrid the order weighs more than this."
    )


class SearchResult(BaseModel):
    """The passages nearest in meaning, best first. Empty when nothing is stored that matches the filters."""

    query: str
    passages: list[Passage]


class IngestResult(BaseModel):
    """How the document is stored now."""

    document_id: str
    version_id: str = Field(description="Names this very version; it stays readable after an update.")
    content_hash: str = Field(description="'sha256:' and the SHA-256 of the stored UTF-8 text.")
    chunks: int = Field(description="Number of passages.")
    status: Literal["created", "unchanged", "updated"]


class DocumentSummary(BaseModel):
    """A stored document without its text."""

    document_id: str
    version_id: str = Field(description="Names this very version; it stays readable after an update.")
    title: str
    url: str | None
    kind: str
    published_at: str | None
    fetched_at: str
    content_hash: str


class DocumentText(DocumentSummary):
    """A stored document with characters `start` to `end` of its `total_chars`."""

    text: str
    start: int
    end: int
    total_chars: int


class DocumentList(BaseModel):
    """A page of the stored documents, latest fetched first."""

    documents: list[DocumentSummary]
    next_cursor: str | None = Field(description="Give it as `cursor` to get the next page; null at the end.")
    total: int | None = Field(description="Number of stored documents on all pages; null above 10,000: not counted.")


class DocumentVersion(DocumentSummary):
    """A version of a document, read as `fetched_at` says for the first time."""

    total_chars: int
    current: bool = Field(description="Whether it is the version that search shows.")


class VersionList(BaseModel):
    """All versions of a document, the current one first."""

    document_id: str
    versions: list[DocumentVersion]


class ChangedDocument(DocumentSummary):
    """A document that is new, or has a new text, title, kind or date of publication, since a moment."""

    change: Literal["new", "updated"]
    previous_version_id: str | None = Field(description="What was stored at that moment; null when nothing was.")


class ChangeList(BaseModel):
    """A page of the documents whose present version was read at `since` or later, latest first."""

    since: str
    changes: list[ChangedDocument]
    next_cursor: str | None = Field(description="Give it as `cursor` to get the next page; null at the end.")
    total: int | None = Field(description="Number of changes on all pages; null above 10,000: not counted.")


class DeleteResult(BaseModel):
    """That the document and all its versions are gone."""

    document_id: str
    deleted: Literal[True] = True
