"""What a plan quotes: findings with their place in a stored document, passages, and the pages that were tried."""

import hashlib
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Stance = Literal["supports", "against", "neutral"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class QuotedClaim(_Frozen):
    """One claim with the words of its source: what a model reads of a finding."""

    id: str
    topic: str
    symbols: tuple[str, ...]
    claim: str
    quote: str
    stance: Stance
    title: str
    published_at: datetime | None
    confidence: str = "low"
    confidence_reason: str = ""
    counter: tuple[str, ...] = Field(default=(), description="Quotes that the researcher found against it.")
    contradicts: tuple[str, ...] = Field(default=(), description="Older quotes that do not agree, with the reason.")


class Finding(QuotedClaim):
    """A claim whose quote stands at these offsets of the stored document."""

    document_id: str
    version_id: str
    quote_start: int = Field(description="First character of the quote in the text of the version.")
    quote_end: int
    content_hash: str
    source_url: str
    fetched_at: datetime | None


class Passage(_Frozen):
    """A passage of the knowledge base on a subject: read by the model, not quoted."""

    document_id: str
    title: str
    kind: str
    text: str
    fetched_at: datetime | None


class SourceTried(_Frozen):
    """A page that research asked for, whether it helped or not."""

    url: str
    status: str
    """What the researcher says: `kept`, `reused`, `listed`, `skipped` or `failed`."""
    reason: str | None


def finding_id(document_id: str, quote: str) -> str:
    """Return the id of a finding: the same words of the same document are the same finding in every plan."""
    return "f_" + hashlib.sha256(f"{document_id}\n{quote}".encode()).hexdigest()[:12]
