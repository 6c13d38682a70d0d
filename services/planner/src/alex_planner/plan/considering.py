"""What became of each subject that could be researched."""

from collections.abc import Iterator, Sequence

from alex_planner.choosing import Candidate
from alex_planner.notes import PlanNotes
from alex_planner.plan.schema import Considered, Outcome

MAX_CONSIDERED = 20
"""Subjects that a plan names; those that were looked into are named in any case."""


def considered_of(candidates: Sequence[Candidate], notes: PlanNotes) -> tuple[Considered, ...]:
    """Return the subjects with what became of them, the greatest need first."""
    return tuple(_considered(candidates, dict(_outcomes(notes))))


def _considered(candidates: Sequence[Candidate], outcomes: dict[str, Outcome]) -> Iterator[Considered]:
    for number, item in enumerate(candidates):
        outcome = outcomes.get(item.subject, "not researched")
        if number < MAX_CONSIDERED or outcome != "not researched":
            yield Considered(outcome=outcome, **item.model_dump())


def _outcomes(notes: PlanNotes) -> Iterator[tuple[str, Outcome]]:
    """Yield what became of subjects; what research says comes after, and so replaces, what was known."""
    for known in notes.known:
        if known.failure:
            yield known.subject, "failed"
        elif known.findings:
            yield known.subject, "known"
    for done in notes.research:
        if done.findings:
            yield done.subject, "researched"
        else:
            yield done.subject, "nothing found" if done.has_read else "failed"
