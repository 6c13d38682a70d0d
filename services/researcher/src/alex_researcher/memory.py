"""Findings as the store keeps them: documents of kind `finding`, one for each, with the evidence in their text.

They are for people and for comparison by code. No agent reads them as a source: a finding must rest on a
document, not on an earlier finding. A newer finding never replaces an older one; where they do not agree, the
newer one says so.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from alex_mcp_client import McpToolFailed
from pydantic import BaseModel, ValidationError

from alex_researcher.contradiction import contradiction
from alex_researcher.edgar import ReportedFigure
from alex_researcher.evidence import find_quote
from alex_researcher.hostile_text import speaks_to_a_model
from alex_researcher.knowledge import Knowledge
from alex_researcher.schemas import Change, Contradiction, Finding, Stance

FINDING_KIND = "finding"
MAX_OLDER = 40
"""How many older findings on a topic are compared."""


class StoredFinding(BaseModel):
    """What the text of a stored finding holds; nothing depends on the run, so the same finding is one document."""

    topic: str
    claim: str
    quote: str
    stance: Stance
    title: str
    source_url: str | None
    published_at: str | None
    document_id: str
    version_id: str
    content_hash: str
    figure: ReportedFigure | None = None

    def as_text(self) -> str:
        """Return the text that is stored: the claim for readers and for search, then everything as JSON."""
        # Left out where there is none: the text names the document, and was stored so before there were figures.
        left_out = None if self.figure else {"figure"}
        return f"{self.claim}\n\n{self.model_dump_json(indent=1, exclude=left_out)}"

    @classmethod
    def from_text(cls, text: str) -> "StoredFinding | None":
        """Read a stored text; None when it is somebody else's."""
        try:
            return cls.model_validate_json(text.partition("\n\n")[2])
        except ValidationError:
            return None


@dataclass(frozen=True)
class Remembered:
    """The findings of a brief compared with the older ones; `changes` is None when there were none."""

    findings: list[Finding]
    changes: list[Change] | None


class FindingMemory:
    """The stored findings of one owner."""

    def __init__(self, knowledge: Knowledge, run_id: str) -> None:
        self._knowledge = knowledge
        self._run_id = run_id

    async def remember(self, topic: str, findings: Sequence[Finding], read_again: Collection[str]) -> Remembered:
        """Store what is new, and say what is new, what is gone and what contradicts; repeating it changes nothing.

        `read_again` are the documents whose pages this run has read: only about them can it say what is gone.

        Raises:
            UpstreamUnavailable: the vector store does not answer.
        """
        new = {}
        for finding in findings:
            document_id, created = await self._store(topic, finding)
            if created:
                new[document_id] = finding
        older = {key: stored for key, stored in (await self._older(topic)).items() if key not in new}
        compared = [await self._compare(finding, older) for finding in findings]
        if not older:
            return Remembered(compared, None)
        known = {_squeezed(old.quote) for old in older.values()}
        told = [finding for finding in new.values() if _squeezed(finding.quote) not in known]
        changes = [Change(kind="new", quote=finding.quote, source_url=finding.source_url) for finding in told]
        gone = [old for old in older.values() if old.document_id in read_again and not await self._still_stands(old)]
        changes.extend(Change(kind="gone", quote=old.quote, source_url=old.source_url) for old in gone)
        return Remembered(compared, changes)

    async def _store(self, topic: str, finding: Finding) -> tuple[str, bool]:
        stored = StoredFinding(topic=topic, **finding.model_dump(include=set(StoredFinding.model_fields) - {"topic"}))
        text = stored.as_text()
        # The same key in a repeated finish gives the first answer again: what was new then is new still.
        key = f"{self._run_id}:finding:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        return await self._knowledge.keep_note(_title(topic), text, FINDING_KIND, key)

    async def _older(self, topic: str) -> dict[str, StoredFinding]:
        passages = await self._knowledge.search(topic, kind=FINDING_KIND)
        ids = dict.fromkeys(passage.document_id for passage in passages if passage.title == _title(topic))
        found = {}
        for document_id in list(ids)[:MAX_OLDER]:
            stored = StoredFinding.from_text((await self._knowledge.get_part(document_id, 0)).text)
            if stored is not None and stored.topic == topic:
                found[document_id] = stored
        return found

    async def _compare(self, finding: Finding, older: dict[str, StoredFinding]) -> Finding:
        flagged = []
        for stored_as, old in older.items():
            reason = _contradiction(finding, old)
            if reason and await self._stood(old):
                flagged.append(
                    Contradiction(
                        quote=old.quote,
                        source_url=old.source_url,
                        published_at=old.published_at,
                        stored_as=stored_as,
                        reason=reason,
                    )
                )
        return finding.model_copy(update={"contradicts": flagged})

    async def _stood(self, old: StoredFinding) -> bool:
        """Say whether an older quote stands in the version it was taken from: what is shown again is proved again."""
        return not speaks_to_a_model(old.quote) and await self._has(old.version_id, old.quote)

    async def _still_stands(self, old: StoredFinding) -> bool:
        return await self._has(old.document_id, old.quote)

    async def _has(self, document_id: str, quote: str) -> bool:
        try:
            return find_quote(quote, (await self._knowledge.get_document(document_id)).text) is not None
        except McpToolFailed:
            return False


def _contradiction(finding: Finding, old: StoredFinding) -> str | None:
    """Return why two findings do not agree; two reported figures do when they are of different things or periods."""
    new, before = finding.figure, old.figure
    if new is None or before is None:
        return contradiction(finding.quote, finding.stance, old.quote, old.stance)
    same = ("concept", "unit", "period_start", "period_end")
    if any(getattr(new, part) != getattr(before, part) for part in same) or new.value == before.value:
        return None
    return f"the company reported {before.value} {before.unit} for the same period in {before.accession}"


def _title(topic: str) -> str:
    return f"Finding on {topic}"


def _squeezed(quote: str) -> str:
    return " ".join(quote.split()).casefold()
