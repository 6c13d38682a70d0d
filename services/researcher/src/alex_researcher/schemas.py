"""What crosses the wire: the research that is asked for, and the brief."""

from typing import Annotated, Literal

from alex_runs import Usage
from pydantic import BaseModel, ConfigDict, Field, HttpUrl

Stance = Literal["supports", "against", "neutral"]


class ResearchInput(BaseModel):
    """What to look into."""

    model_config = ConfigDict(extra="forbid")

    topic: Annotated[str, Field(min_length=3, max_length=300, description="What to find out, in words.")]
    symbols: Annotated[list[str], Field(max_length=20, description="Symbols of the holdings it is about.")] = Field(
        default_factory=list
    )
    sources: Annotated[list[HttpUrl], Field(max_length=20, description="Pages to begin with.")] = Field(
        default_factory=list
    )
    max_pages: Annotated[int, Field(ge=1, le=30, description="How many pages to read at the most.")] = 6


class DraftFinding(BaseModel):
    """A finding as the model writes it; nothing in it is believed before its quote is found in the stored text."""

    claim: str = Field(description="One sentence: what the source says about the topic.")
    quote: str = Field(
        description="The words of the stored document that say so, copied exactly, 20 to 500 characters."
    )
    document_id: str = Field(description="Id of the stored document that the quote is from.")
    stance: Stance = Field(description="Whether it speaks for the holding, against it, or neither.")


class DraftBrief(BaseModel):
    """The model's final answer."""

    summary: str = Field(description="Two or three sentences on what was found, without figures of its own.")
    findings: list[DraftFinding]
    open_questions: list[str]


class Finding(BaseModel):
    """A finding whose quote stands in the stored document, at the offsets given."""

    claim: str
    quote: str
    stance: Stance
    document_id: str
    quote_start: int
    quote_end: int
    source_url: str | None
    title: str
    published_at: str | None
    fetched_at: str | None
    content_hash: str


class SourceTried(BaseModel):
    """A page that the research wanted to read, and what became of it."""

    url: str
    status: Literal["kept", "failed"]
    document_id: str | None = None
    reason: str | None = None


class Brief(BaseModel):
    """The result of a research run."""

    topic: str
    symbols: list[str]
    model: str = Field(description="Label of the model that wrote it.")
    summary: str
    findings: list[Finding]
    dropped_findings: int = Field(description="Findings refused because their quote is not in the stored text.")
    open_questions: list[str]
    sources: list[SourceTried]
    missing: list[str] = Field(description="What was asked for and could not be had; empty when complete.")
    usage: Usage
