"""What a plan's run has learned so far, kept with the run's state so that it survives with it: plain JSON.

It is also what a plan is made of beside the figures, and is stored with it: the same notes give the same plan again.
"""

from typing import cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from alex_planner.analysis.gathering import Gathered
from alex_planner.plan.evidence import Finding, Passage, SourceTried
from alex_planner.what_if import GoalChange

_KEY = "notes"


class _Note(BaseModel):
    model_config = ConfigDict(frozen=True)


class Known(_Note):
    """What the knowledge base has on one subject."""

    subject: str
    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = ()
    failure: str | None = None


class ResearchDone(_Note):
    """What came of one delegated run."""

    call_id: str
    subject: str
    topic: str
    run_id: str
    status: str
    """Of the run: `completed`, `partial`, `failed` ...; `refused` when none was started."""
    summary: str = ""
    findings: tuple[Finding, ...] = ()
    sources: tuple[SourceTried, ...] = ()
    missing: tuple[str, ...] = ()
    failure: str | None = None
    """Why there is no brief."""

    @property
    def has_read(self) -> bool:
        """Whether something was read: nobody knows what stands in what could not be."""
        return bool(self.findings) or not (self.failure or self.missing)


class PlanNotes(_Note):
    """Everything that the tools of one run brought."""

    known: tuple[Known, ...] = ()
    research: tuple[ResearchDone, ...] = ()
    gathered: Gathered | None = None
    """What was asked of others before the figures were computed; `None` until then."""
    what_ifs: tuple[GoalChange, ...] = ()
    """Other goals that were tried."""
    first_draft: JsonValue = Field(default=None, description="The draft that was sent back, if one was.")

    @classmethod
    def of(cls, data: dict[str, JsonValue]) -> "PlanNotes":
        """Read the notes from the data of a run."""
        return cls.model_validate(data.get(_KEY) or {})

    def put_into(self, data: dict[str, JsonValue]) -> None:
        """Write the notes into the data of a run."""
        data[_KEY] = cast("JsonValue", self.model_dump(mode="json"))

    def with_known(self, known: Known) -> "PlanNotes":
        """Return the notes with what is known on a subject, in place of an earlier note on it."""
        others = tuple(note for note in self.known if note.subject != known.subject)
        return self.model_copy(update={"known": tuple(sorted((*others, known), key=lambda note: note.subject))})

    def with_gathered(self, gathered: Gathered) -> "PlanNotes":
        """Return the notes with what others answered."""
        return self.model_copy(update={"gathered": gathered})

    def with_what_if(self, change: GoalChange) -> "PlanNotes":
        """Return the notes with a change of the goals that was tried; the same one again changes nothing."""
        others = tuple(known for known in self.what_ifs if known.id != change.id)
        return self.model_copy(update={"what_ifs": tuple(sorted((*others, change), key=lambda item: item.id))})

    def with_research(self, done: ResearchDone) -> "PlanNotes":
        """Return the notes with the result of a delegated run; the same call again changes nothing."""
        others = tuple(note for note in self.research if note.call_id != done.call_id)
        return self.model_copy(update={"research": tuple(sorted((*others, done), key=_order))})


def _order(done: ResearchDone) -> tuple[str, str]:
    """Return the order of the notes: calls end in any order, a plan has them by subject."""
    return done.subject, done.call_id
