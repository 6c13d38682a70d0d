"""What crosses the wire: the research that is asked for, and the brief."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from alex_runs import Budget, RunStatus, Usage
from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from alex_researcher.edgar import ReportedFigure

Stance = Literal["supports", "against", "neutral"]
Confidence = Literal["high", "medium", "low"]
Topic = Annotated[str, Field(min_length=3, max_length=300, description="What to find out, in words.")]
Holding = Annotated[str, Field(min_length=1, max_length=100)]


class ResearchInput(BaseModel):
    """What to look into."""

    model_config = ConfigDict(extra="forbid")

    topic: Topic
    symbols: Annotated[list[str], Field(max_length=20, description="Symbols of the holdings it is about.")] = Field(
        default_factory=list
    )
    holdings: Annotated[
        list[Holding],
        Field(
            max_length=500,
            description="Symbols, names and amounts of the owner that must not leave in an address or a query. "
            "The model does not see them.",
        ),
    ] = Field(default_factory=list)
    sources: Annotated[
        list[HttpUrl], Field(max_length=20, description="Pages and feeds to begin with; none: the web is searched.")
    ] = Field(default_factory=list)
    max_pages: Annotated[int, Field(ge=1, le=30, description="How many pages to read at the most.")] = 6
    freshness: Annotated[
        timedelta,
        Field(
            ge=timedelta(0),
            le=timedelta(days=3650),
            description="How old a stored page may be to be used instead of reading it again; 0: always read.",
        ),
    ] = timedelta(days=1)


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


class Counter(BaseModel):
    """What another stored document says against a finding."""

    quote: str
    document_id: str
    source_url: str | None
    title: str
    published_at: str | None


class Contradiction(BaseModel):
    """An older finding on the same topic that does not agree; both stay stored."""

    quote: str
    source_url: str | None
    published_at: str | None
    stored_as: str = Field(description="Id of the document of kind `finding` that holds it.")
    reason: str


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
    version_id: str = Field(description="Names the very version of the document; it stays readable after an update.")
    figure: ReportedFigure | None = Field(
        default=None, description="The figure that the quote states, when a company reported it to the SEC."
    )
    also_at: list[str] = Field(default_factory=list, description="Other addresses with the same words.")
    confidence: Confidence = Field(default="low", description="By rule; see `confidence_reason`.")
    confidence_reason: str = ""
    counter: list[Counter] = Field(default_factory=list, description="What speaks against it, quoted.")
    contradicts: list[Contradiction] = Field(default_factory=list, description="Older findings that say otherwise.")


class SourceTried(BaseModel):
    """A page or register that the research wanted to read, and what became of it."""

    url: str
    status: Literal["kept", "reused", "listed", "skipped", "failed"] = Field(
        description="kept: read and stored; reused: stored and fresh enough; listed: a feed, read for its entries; "
        "skipped: not set up, or it has nothing on the company, which is no failure."
    )
    document_id: str | None = None
    reason: str | None = None


class Change(BaseModel):
    """What is different from the earlier research on the same topic."""

    kind: Literal["new", "gone"] = Field(
        description="new: a finding that was not stored; gone: its source was read and no longer has the words."
    )
    quote: str
    source_url: str | None


class Brief(BaseModel):
    """The result of a research run."""

    topic: str
    symbols: list[str]
    model: str = Field(description="Label of the model that wrote it.")
    summary: str
    findings: list[Finding]
    dropped_findings: int = Field(
        description="Findings refused: the quote is not in the stored text, the document is not of this run, "
        "or the quote is an instruction to a model."
    )
    refused_calls: int = Field(default=0, description="Addresses that the model asked for and was not given.")
    open_questions: list[str]
    sources: list[SourceTried]
    missing: list[str] = Field(
        description="What was asked for and could not be had; empty when complete. A page that a web search found and "
        "that cannot be read is among `sources` alone, when something was found elsewhere."
    )
    nothing_found: bool = Field(
        default=False, description="No source that was read has words that can be quoted; that is no failure."
    )
    changes: list[Change] | None = Field(
        default=None, description="Since the earlier research on this topic; null when there was none."
    )
    usage: Usage


class BriefSummary(BaseModel):
    """A brief as a line of a list, with what it found to be different."""

    run_id: str = Field(description="The run that made it; `GET /runs/{id}` has the brief itself.")
    topic: str
    topic_id: str | None = Field(description="Id of the topic, when it is followed.")
    status: RunStatus
    model: str = Field(description="Label of the model that wrote it.")
    created_at: str = Field(description="When the research was asked for; ISO 8601, UTC.")
    ended_at: str = Field(description="ISO 8601, UTC.")
    findings: int
    missing: list[str] = Field(description="What was asked for and could not be had; empty when complete.")
    changes: list[Change] | None = Field(
        description="Since all earlier research on this topic; null when there was none."
    )


class BriefPage(BaseModel):
    """Some briefs, the research that was asked for last first."""

    briefs: list[BriefSummary]
    next_before: str | None = Field(description="Ask for the next page with it; null on the last one.")


FOLLOWED_BUDGET = Budget(tokens=300_000)
"""What each run on a followed topic may use unless its owner says otherwise: nobody looks at it while it runs."""


class FollowInput(ResearchInput):
    """A topic to follow: the research to repeat, how often, and what each time may use."""

    every: Annotated[
        timedelta,
        Field(ge=timedelta(minutes=15), le=timedelta(days=366), description="ISO 8601 duration or seconds."),
    ] = timedelta(days=1)

    budget: Budget = Field(default=FOLLOWED_BUDGET, description="The most that each run may use.")

    def research(self) -> ResearchInput:
        """Return the input of a run."""
        return ResearchInput.model_validate(self.model_dump(exclude={"every", "budget"}))


class FollowedTopic(BaseModel):
    """A topic that is followed."""

    id: str
    topic: str
    input: ResearchInput
    every: timedelta
    budget: Budget = Field(description="The most that each run may use.")
    due_at: datetime
    created_at: datetime
    last_run_id: str | None = Field(description="The run that was started last.")


class TopicList(BaseModel):
    """What the owner follows, oldest first."""

    topics: list[FollowedTopic]


class Unfollowed(BaseModel):
    """That a topic is not followed any more."""

    id: str
    deleted: Literal[True] = True


class DueEvent(BaseModel):
    """A call of the scheduler."""

    model_config = ConfigDict(extra="forbid")

    event_id: Annotated[
        str, Field(min_length=1, max_length=120, description="Names this event; repeated, it starts nothing new.")
    ]


class DueRun(BaseModel):
    """A run that was started for a topic."""

    topic_id: str
    topic: str
    run_id: str
    links: dict[str, str]


class DueRefusal(BaseModel):
    """A topic that is due and could not be started."""

    topic_id: str
    topic: str
    reason: str


class DueAnswer(BaseModel):
    """The runs that an event started."""

    event_id: str
    runs: list[DueRun]
    refused: list[DueRefusal]
