"""The MCP tools. Each says for a model what it does and when to use it, calls the work, and returns its result."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from inspect import getdoc
from typing import Any

from alex_edge import ServiceError, owner_from_headers
from alex_edge.errors import in_plain_words
from mcp import MCPError
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase
from mcp.types import INTERNAL_ERROR, ToolAnnotations
from pydantic import ConfigDict, ValidationError

from alex_vector_store.errors import DocumentNotFound, InvalidField
from alex_vector_store.knowledge import Knowledge
from alex_vector_store.schemas import (
    Cursor,
    DeleteResult,
    DocumentId,
    DocumentList,
    DocumentText,
    FetchedAt,
    IngestRequest,
    IngestResult,
    Kind,
    KindFilter,
    Limit,
    MaxChars,
    Mode,
    PageLimit,
    PublishedAfter,
    PublishedAt,
    PublishedBefore,
    Query,
    SearchRequest,
    SearchResult,
    Start,
    Text,
    Title,
    Url,
    UrlFilter,
)

Opened = Context[Knowledge]
_SERVER_ERROR = 500
IDEMPOTENCY_META = "alex/idempotency-key"
"""Key of `_meta` under which a durable caller sends the id of its call, the same again when it repeats it."""


@contextmanager
def _told_to_the_model() -> Iterator[None]:
    """Turn our errors into what the model reads where it can mend its call, and into errors of the protocol elsewhere.

    What is down is told to the caller's program, which can try again; a model would take it for an answer.
    """
    try:
        yield
    except ServiceError as exc:
        if exc.status < _SERVER_ERROR:
            raise ToolError(exc.message) from exc
        raise MCPError(INTERNAL_ERROR, exc.message, {"code": exc.code, **exc.detail}) from exc


def _knowledge(ctx: Opened) -> Knowledge:
    return ctx.request_context.lifespan_context


def _idempotency_key(ctx: Opened) -> str | None:
    key = (ctx.request_context.meta or {}).get(IDEMPOTENCY_META)
    return None if key is None else str(key)


def _owner(ctx: Opened) -> str:
    return owner_from_headers(ctx.headers or {})


async def search(
    ctx: Opened,
    *,
    query: Query,
    limit: Limit = 5,
    mode: Mode = "hybrid",
    kind: KindFilter = None,
    url: UrlFilter = None,
    published_after: PublishedAfter = None,
    published_before: PublishedBefore = None,
) -> SearchResult:
    """Find passages of stored documents by meaning, best first.

    Use it before reading the web: what was read once is stored here with its source. Ask in full words, and name the
    company and the period. Each passage carries the title, the URL and the dates of its document; quote its text
    exactly and cite the URL. To read what stands around it, call get_document with its document_id and start.
    """
    with _told_to_the_model():
        request = SearchRequest(
            query=query,
            limit=limit,
            mode=mode,
            kind=kind,
            url=url,
            published_after=published_after,
            published_before=published_before,
        )
        return await _knowledge(ctx).searching.search(_owner(ctx), request)


async def ingest_document(
    ctx: Opened,
    *,
    text: Text,
    title: Title = None,
    url: Url = None,
    kind: Kind = "page",
    published_at: PublishedAt = None,
    fetched_at: FetchedAt = None,
) -> IngestResult:
    """Store a document so that search finds its passages from now on.

    Give the whole text and, when it was read from the web, its URL. The same document again changes nothing
    ("unchanged"); another text under the same URL replaces the one before ("updated"), whose version_id stays readable.
    """
    with _told_to_the_model():
        request = IngestRequest(
            title=title, text=text, url=url, kind=kind, published_at=published_at, fetched_at=fetched_at
        )
        return await _knowledge(ctx).ingesting.ingest(_owner(ctx), request, _idempotency_key(ctx))


async def get_document(
    ctx: Opened, document_id: DocumentId, start: Start = 0, max_chars: MaxChars = 20_000
) -> DocumentText:
    """Read a stored document from character `start` on.

    The answer's `end` is the `start` of the next call as long as it is below `total_chars`. A document_id reads the
    latest version, a version_id that very version.
    """
    with _told_to_the_model():
        return await _knowledge(ctx).reading.read(_owner(ctx), document_id, start, max_chars)


async def list_documents(ctx: Opened, limit: PageLimit = 100, cursor: Cursor = None) -> DocumentList:
    """List what is stored, latest fetched first, without the texts. To find something, use search instead."""
    with _told_to_the_model():
        return await _knowledge(ctx).reading.list_page(_owner(ctx), limit, cursor)


async def delete_document(ctx: Opened, document_id: DocumentId) -> DeleteResult:
    """Remove a document with all its versions for good. Only when the user asks for it."""
    with _told_to_the_model():
        return await _knowledge(ctx).ingesting.delete(_owner(ctx), document_id)


async def document_resource(id: str, ctx: Context) -> str:  # noqa: A002  the name in the URI template
    """Return the whole text of a stored document or version."""
    knowledge = ctx.request_context.lifespan_context
    assert isinstance(knowledge, Knowledge)
    try:
        return (await knowledge.reading.read(owner_from_headers(ctx.headers or {}), id)).text
    except (DocumentNotFound, InvalidField) as exc:
        raise ResourceNotFoundError(exc.message) from exc
    except ServiceError as exc:
        raise MCPError(INTERNAL_ERROR, exc.message, {"code": exc.code, **exc.detail}) from exc


def build_tools() -> list[Tool]:
    """Return the five tools; each refuses arguments that it does not know."""
    return [
        _tool(search, "Search stored documents", read_only=True),
        _tool(ingest_document, "Store a document", idempotent=True),
        _tool(get_document, "Read a stored document", read_only=True),
        _tool(list_documents, "List stored documents", read_only=True),
        _tool(delete_document, "Delete a stored document", destructive=True, idempotent=True),
    ]


def _tool(
    function: Callable[..., Awaitable[object]],
    title: str,
    *,
    read_only: bool = False,
    idempotent: bool = False,
    destructive: bool = False,
) -> Tool:
    annotations = ToolAnnotations(
        title=title,
        read_only_hint=read_only,
        destructive_hint=destructive,
        idempotent_hint=read_only or idempotent,
        open_world_hint=False,
    )
    tool = _PlainTool.from_function(
        function, title=title, description=getdoc(function), annotations=annotations, structured_output=True
    )
    strict = _refusing_unknown(tool.fn_metadata.arg_model)
    metadata = tool.fn_metadata.model_copy(update={"arg_model": strict})
    return tool.model_copy(update={"fn_metadata": metadata, "parameters": strict.model_json_schema(by_alias=True)})


class _PlainTool(Tool):
    """A tool that names wrong arguments in a line; the SDK shows pydantic's report with all values and with links."""

    async def run(
        self,
        arguments: dict[str, Any],
        context: Context[Any, Any],
        convert_result: bool = False,  # noqa: FBT001, FBT002  the signature is the SDK's
    ) -> object:
        try:
            return await super().run(arguments, context, convert_result)
        except ToolError as exc:
            if not isinstance(exc.__cause__, ValidationError):
                raise
            # The cause stays: by it the SDK's log tells wrong arguments from other failures.
            raise ToolError(f"{self.name}: {_problems(exc.__cause__)}") from exc.__cause__


def _problems(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, detail['loc']))}: {in_plain_words(detail['msg'])}" for detail in details)


def _refusing_unknown(arguments: type[ArgModelBase]) -> type[ArgModelBase]:
    """Return the model of a tool's arguments, strict: the SDK's own drops a misspelt filter and gives everything."""

    class Strict(arguments):  # type: ignore[valid-type, misc]  # a base that is known at run time only
        model_config = ConfigDict(extra="forbid", title=arguments.__name__)

    return Strict
