"""The gate over a draft: which of its paragraphs name a number that is no fact of the plan, and what is sent back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alex_planner.facts import Fact
from alex_planner.figures import Figures
from alex_planner.number_gate import UnsupportedNumber, check_paragraph
from alex_planner.plan.draft import DraftPlan
from alex_planner.plan.evidence import Finding
from alex_planner.plan.evidence_facts import evidence_facts

_MAX_SENT_BACK = 20
"""Paragraphs named in one message to the model; if there are more, the model is told so."""


@dataclass(frozen=True)
class Gate:
    """Everything that the prose of one plan may speak of."""

    facts: Sequence[Fact]
    quotes: Sequence[str]
    names: Sequence[str]

    @classmethod
    def of(cls, figures: Figures, findings: Sequence[Finding]) -> "Gate":
        """Return the gate of a plan with these figures and findings."""
        quotes = [quote for item in findings for quote in (item.quote, *item.counter)]
        names = [*figures.names, *(item.title for item in findings)]
        return cls([*figures.facts, *evidence_facts(findings)], quotes, names)

    def check(self, text: str) -> list[UnsupportedNumber]:
        """Return the numbers of a paragraph that are no facts."""
        return check_paragraph(text, self.facts, quotes=self.quotes, names=self.names)


@dataclass(frozen=True)
class Failing:
    """A paragraph that cannot be published as it is."""

    place: str
    text: str
    unsupported: tuple[UnsupportedNumber, ...]


def failing_paragraphs(draft: DraftPlan, gate: Gate) -> list[Failing]:
    """Return the paragraphs of a draft that name a number without a fact, in order."""
    checked = [Failing(place, text, tuple(gate.check(text))) for place, text in paragraphs(draft)]
    return [item for item in checked if item.unsupported]


def paragraphs(draft: DraftPlan) -> Iterator[tuple[str, str]]:
    """Yield each paragraph of a draft that is not empty, with its place in it."""
    return ((place, text) for place, text in _places(draft) if text.strip())


def _places(draft: DraftPlan) -> Iterator[tuple[str, str]]:
    for section in ("standing", "priorities", "changes"):
        for number, text in enumerate(getattr(draft, section), start=1):
            yield f"{section} {number}", text
    for item in draft.recommendations:
        yield f"recommendation {item.id}, reason", item.reason
        yield f"recommendation {item.id}, against", item.against
    for reply in draft.answers:
        yield f"answer {reply.question}", reply.answer


def message_for_model(failing: Sequence[Failing]) -> str:
    """Return what the model is told about its draft."""
    lines = [
        f"- {item.place}: {', '.join(repr(number.text) for number in item.unsupported)}"
        for item in failing[:_MAX_SENT_BACK]
    ]
    if len(failing) > _MAX_SENT_BACK:
        lines.append(f"- and {len(failing) - _MAX_SENT_BACK} more paragraphs")
    return (
        "Your plan is not published yet. These paragraphs name numbers or dates that are no facts of this plan:\n"
        + "\n".join(lines)
        + "\nAnswer with the whole plan again. Write these paragraphs anew with facts from `portfolio_figures` alone, "
        "or without numbers; leave the others as they are. What fails again is replaced by computed sentences."
    )
