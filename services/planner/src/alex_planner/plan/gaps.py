"""What a plan lacks: the parts that failed, which make it partial, and what nobody has asked for, which does not."""

from collections.abc import Iterator

from alex_planner.allocation import Allocation
from alex_planner.figures import Figures
from alex_planner.notes import PlanNotes
from alex_planner.plan.material import Material
from alex_planner.plan_input import PlanInput
from alex_planner.retirement.projection import Projection
from alex_planner.subjects import QUESTION, subject_of


def missing_parts(material: Material, figures: Figures) -> tuple[str, ...]:
    """Return a sentence for each part of the plan that could not be made; none means that the plan is complete."""
    parts = [
        *([f"The plan was not finished: {material.stopped}."] if material.stopped else []),
        *missing_figures(figures.allocation, figures.projection),
        *_missing_research(material.notes),
        *_unanswered(material, figures),
    ]
    return tuple(dict.fromkeys(parts))


def missing_figures(allocation: Allocation, projection: Projection | None) -> Iterator[str]:
    """Yield a sentence for each figure that cannot be given."""
    yield from allocation.why_incomplete()
    if allocation.price_dates.missing:
        yield f"The date of the price is not known for {', '.join(allocation.price_dates.missing)}."
    if projection is None:
        yield "No part of the portfolio has an asset class with planning assumptions, so nothing is projected."
        return
    for item in projection.not_projected:
        yield f"There is no planning assumption for the asset class {item.asset_class}; its part is not projected."


def what_was_not_given(asked: PlanInput, figures: Figures) -> tuple[str, ...]:
    """Return what more could be computed if the owner said more."""
    gaps = []
    if asked.target is None:
        gaps.append("No target mix was given, so the distance from one is not measured and no trade is proposed.")
    if not asked.goals.contribution_per_year:
        gaps.append("No contribution was given; the projection counts with none.")
    unclassified = next((item for item in figures.allocation.by_asset_class if item.key == "unclassified"), None)
    if unclassified is not None:
        gaps.append("A part of the portfolio has no asset class; give one in the file, and it is projected too.")
    return tuple(gaps)


def _missing_research(notes: PlanNotes) -> Iterator[str]:
    for done in notes.research:
        if done.failure:
            yield f"The research on {done.topic!r} failed: {done.failure}"
        yield from done.missing
    for known in notes.known:
        if known.failure:
            yield f"What is known on {known.subject} could not be read: {known.failure}"


def _unanswered(material: Material, figures: Figures) -> Iterator[str]:
    """Yield the questions that nobody looked into: without words that may leave, or left out by the model."""
    tried = {done.subject for done in material.notes.research} | {
        known.subject for known in material.notes.known if known.findings
    }
    for number, question in enumerate(material.asked.questions, start=1):
        subject = f"{QUESTION}{number}"
        if subject_of(figures.portfolio, material.asked, subject) is None:
            yield f"The question {question!r} has too few words beside figures and accounts to be looked into."
        elif subject not in tried:
            yield f"The question {question!r} was not looked into."
