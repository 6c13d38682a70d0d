"""`alex ingest`: reads documents and stores them in the knowledge base, over MCP, several at once.

What can be stored is stored; a file that cannot be read, or that the knowledge base refuses, is named at the end. The
same call again finishes what was left: what is stored already is unchanged.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten

import anyio
from alex_edge import UpstreamUnavailable
from alex_mcp_client import McpService, McpToolFailed
from anyio import to_process
from pydantic import JsonValue
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from alex_tools.client import running_service
from alex_tools.document_files import find_documents
from alex_tools.document_reading import ReadDocument, UnreadableFile, read_document
from alex_tools.errors import BadInput, ServiceRefused, Stopped
from alex_tools.terminal import Terminal

AT_ONCE = 4
"""Documents on their way at the same time: while one is embedded, others are read and written."""
READERS = 2
READING_SECONDS = 120.0
"""Longest time for reading one file; a report of 500 pages takes some seconds."""
STORING_SECONDS = 300.0
"""Longest wait for one document to be stored: two million characters on a small machine."""
WAITS_SECONDS = (1.0, 3.0)
"""Before a store that is throttled, or that restarts, is asked again."""
KIND = re.compile(r"[a-z0-9_-]{1,40}")
"""What the store takes for a kind, looked at before a thousand documents are refused one by one."""
SHOWN_KINDS_CHARS = 60


@dataclass
class Outcome:
    """What has become of the documents so far."""

    statuses: Counter[str] = field(default_factory=Counter)
    passages: int = 0
    failures: dict[Path, str] = field(default_factory=dict)
    broken_off: UpstreamUnavailable | None = None


def run_ingest(paths: Sequence[Path], kind: str, user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Store every document in `paths`.

    Raises:
        BadInput: the kind is not one, a path is missing or no document; or some documents could not be stored, each
            with its reason.
        NotRunning, ServiceRefused: the knowledge base is not there, or does not work.
        Stopped: the user asked to stop; what was stored stays.
    """
    if not KIND.fullmatch(kind):
        raise BadInput(f"--kind {kind!r} is not one word of at most 40 of a-z, 0-9, _ and -")
    files = find_documents(paths)
    # When the readers are ended, asyncio may find one that is ended already, and would tell the user its number.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    service = running_service("vector_store", user, folder)
    # A wrong key is told before anything is read.
    service.get("/documents", {"limit": 1})
    knowledge = McpService("vector_store", f"{service.url}/mcp", api_key=service.key, timeout_seconds=STORING_SECONDS)
    outcome = Outcome()
    try:
        with _progress(terminal) as progress:
            bar = progress.add_task("storing", total=len(files.documents))
            anyio.run(store_documents, knowledge, files.documents, kind, outcome, lambda: progress.advance(bar))
    except KeyboardInterrupt:
        raise Stopped from None
    finally:
        _say_what_was_done(outcome, files.passed_over, terminal)
    _raise_for_failures(outcome, len(files.documents))


async def store_documents(
    knowledge: McpService, paths: Iterable[Path], kind: str, outcome: Outcome, advance: Callable[[], object]
) -> None:
    """Read and store every document, `AT_ONCE` at a time; tell `outcome` what became of each."""
    waiting, readers = iter(paths), anyio.CapacityLimiter(READERS)

    async def work() -> None:
        for path in waiting:
            await _store_one(knowledge, path, kind, outcome, readers)
            if outcome.broken_off is not None:
                group.cancel_scope.cancel()
            advance()

    try:
        async with anyio.create_task_group() as group:
            for _ in range(AT_ONCE):
                group.start_soon(work)
    finally:
        await knowledge.aclose()


async def _store_one(
    knowledge: McpService, path: Path, kind: str, outcome: Outcome, readers: anyio.CapacityLimiter
) -> None:
    try:
        stored = await _stored(knowledge, _arguments(path, await _read(path, readers), kind))
    except UnreadableFile as exc:
        outcome.failures[path] = str(exc)
    except McpToolFailed as exc:
        outcome.failures[path] = exc.message
    except UpstreamUnavailable as exc:
        outcome.broken_off = exc
    else:
        outcome.statuses[str(stored["status"])] += 1
        passages = stored["chunks"]
        outcome.passages += passages if isinstance(passages, int) else 0


async def _read(path: Path, readers: anyio.CapacityLimiter) -> ReadDocument:
    """Read in another process: a reader may crash on a damaged file, or never end."""
    try:
        with anyio.fail_after(READING_SECONDS):
            return await to_process.run_sync(read_document, path, cancellable=True, limiter=readers)
    except TimeoutError:
        raise UnreadableFile(f"it was not read within {READING_SECONDS:g} s") from None
    except anyio.BrokenWorkerProcess:
        raise UnreadableFile("its reader crashed; the file is damaged") from None


async def _stored(knowledge: McpService, arguments: dict[str, JsonValue]) -> dict[str, JsonValue]:
    for wait in WAITS_SECONDS:
        try:
            return await knowledge.call("ingest_document", arguments)
        except UpstreamUnavailable:
            await anyio.sleep(wait)
    return await knowledge.call("ingest_document", arguments)


def _arguments(path: Path, document: ReadDocument, kind: str) -> dict[str, JsonValue]:
    return {
        "title": document.title,
        "text": document.text,
        # The file's own address makes its next edition replace this one.
        "url": document.url or path.resolve().as_uri(),
        "kind": kind,
        "published_at": document.published_at,
    }


def _progress(terminal: Terminal) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=terminal.out,
        disable=not terminal.out.is_terminal,
    )


def _say_what_was_done(outcome: Outcome, passed_over: Sequence[Path], terminal: Terminal) -> None:
    counts = ", ".join(f"{count} {status}" for status, count in sorted(outcome.statuses.items()))
    if counts:
        terminal.say(f"documents: {counts}; {outcome.passages} passages", "green")
    if passed_over:
        kinds = ", ".join(sorted({path.suffix.lower() or path.name for path in passed_over}))
        files = "1 file" if len(passed_over) == 1 else f"{len(passed_over)} files"
        terminal.say(f"passed over {files} of other kinds ({shorten(kinds, SHOWN_KINDS_CHARS)})")


def _raise_for_failures(outcome: Outcome, total: int) -> None:
    reasons = [f"{path}: {reason}" for path, reason in sorted(outcome.failures.items())]
    left = total - outcome.statuses.total()
    if outcome.broken_off is not None:
        message = f"{outcome.broken_off.message}; {left} of {total} documents are left: the same call again goes on"
        raise ServiceRefused(message, reasons)
    if reasons:
        raise BadInput(f"{left} of {total} documents could not be stored", reasons)
