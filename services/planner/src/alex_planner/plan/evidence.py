"""What a plan quotes: findings with their place in a stored document, passages, and the pages that were tried."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Stance = Literal["supports", "against", "neutral"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class ReportedFigure(_Frozen):
    """A figure that a company reported to the SEC in XBRL, and the filing that states it."""

    label: str = Field(description="Its plain name, such as Revenue.")
    concept: str = Field(description="Its XBRL concept, such as `us-gaap:NetIncomeLoss`.")
    value: Decimal
    unit: str = Field(description="Such as USD or USD/shares.")
    period_start: date | None = Field(description="Null for a figure of one day.")
    period_end: date
    form: str
    filed: date
    accession: str = Field(description="Accession number of the filing.")
    url: str = Field(description="Page of the filing at the SEC.")


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
    figure: ReportedFigure | None = Field(default=None, description="The figure that the quote states, if it is one.")


class Finding(QuotedClaim):
    """A claim whose quote stands at these offsets of the stored document."""

    document_id: str
    version_id: str
    quote_start: int = Field(description="First character of the quote in the text of the version.")
    quote_end: int
    content_hash: str
    source_url: str = Field(description="Page that a person can read; of a reported figure that of its filing.")
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


def readable_url(source_url: str | None, figure: ReportedFigure | None) -> str:
    """Return the address that is shown with a finding: of a reported figure the filing, not the SEC's JSON."""
    return figure.url if figure else source_url or ""


def finding_id(document_id: str, quote: str) -> str:
    """Return the id of a finding: the same words of the same document are the same finding in every plan."""
    return "f_" + hashlib.sha256(f"{document_id}\n{quote}".encode()).hexdigest()[:12]
