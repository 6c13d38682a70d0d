"""The check of a brief: a finding stays only if its quote stands in the stored document."""

import re
from collections.abc import Collection, Sequence

from alex_mcp_client import McpToolFailed

from alex_researcher.hostile_text import speaks_to_a_model, without_addresses
from alex_researcher.knowledge import Knowledge, StoredDocument
from alex_researcher.schemas import DraftFinding, Finding

MIN_QUOTE_CHARS = 20
"""A shorter quote would be found in many texts by chance."""


async def verify(
    findings: Sequence[DraftFinding], knowledge: Knowledge, quotable: Collection[str]
) -> tuple[list[Finding], int]:
    """Return the findings that can be proved, in order, and how many could not.

    Only documents in `quotable` count, which are those that this run kept or found, and no quote that is
    addressed to a model.

    Raises:
        UpstreamUnavailable: the vector store does not answer.
    """
    documents: dict[str, StoredDocument | None] = {}
    kept = []
    for finding in findings:
        if finding.document_id not in quotable or speaks_to_a_model(finding.claim):
            continue
        if finding.document_id not in documents:
            documents[finding.document_id] = await _document(finding.document_id, knowledge)
        document = documents[finding.document_id]
        proved = _prove(finding, document) if document else None
        if proved:
            kept.append(proved)
    return kept, len(findings) - len(kept)


async def _document(document_id: str, knowledge: Knowledge) -> StoredDocument | None:
    try:
        return await knowledge.get_document(document_id)
    except McpToolFailed:
        return None


def _prove(finding: DraftFinding, document: StoredDocument) -> Finding | None:
    place = find_quote(finding.quote, document.text)
    if place is None:
        return None
    start, end = place
    if speaks_to_a_model(_lines_around(start, end, document.text)):
        return None
    return Finding(
        claim=without_addresses(finding.claim),
        quote=document.text[start:end],
        stance=finding.stance,
        document_id=document.document_id,
        quote_start=start,
        quote_end=end,
        source_url=document.url,
        title=document.title,
        published_at=document.published_at,
        fetched_at=document.fetched_at,
        content_hash=document.content_hash,
        version_id=document.version_id,
    )


def _lines_around(start: int, end: int, text: str) -> str:
    """Return the whole lines that a quote stands in: a sentence may be dictated by the one before it."""
    line_end = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : line_end if line_end >= 0 else len(text)]


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Return where `quote` stands in `text` (character offsets), or None.

    Words must agree exactly; runs of white space may differ, because a model sees text wrapped.
    """
    words = quote.split()
    if len(" ".join(words)) < MIN_QUOTE_CHARS:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None
