"""What a plan lacks: the parts that failed, which make it partial, and what nobody has asked for, which does not."""

from collections.abc import Iterator

from alex_planner.allocation import UNCLASSIFIED, Allocation
from alex_planner.facts import format_money
from alex_planner.figures import Figures
from alex_planner.notes import PlanNotes
from alex_planner.plan.material import Material
from alex_planner.plan_input import PlanInput
from alex_planner.retirement.projection import Projection
from alex_planner.subjects import QUESTION, subject_of
from alex_planner.wording import called, listed

MAX_REASON_CHARS = 200
"""Longer reasons are cut: the run of the research has them whole."""


def missing_parts(material: Material, figures: Figures) -> tuple[str, ...]:
    """Return a sentence for each part of the plan that could not be made; none means that the plan is complete."""
    parts = [
        *([f"The plan was not finished: {material.stopped}."] if material.stopped else []),
        *missing_figures(figures.allocation, figures.projection),
        *_missing_prices(material),
        *_missing_research(material.notes),
        *_unanswered(material, figures),
    ]
    return tuple(dict.fromkeys(parts))


def missing_figures(allocation: Allocation, projection: Projection | None) -> Iterator[str]:
    """Yield a sentence for each figure that cannot be given."""
    yield from allocation.why_incomplete()
    if projection is None:
        yield "No part of the portfolio has an asset class with planning assumptions, so nothing is projected."
        return
    for item in projection.not_projected:
        if item.asset_class == UNCLASSIFIED:
            names = listed(list(dict.fromkeys(_unclassified(allocation))))
            amount = format_money(item.amount, projection.currency)
            yield f"The asset class of {names} is not known; {amount} are not projected."
        else:
            yield f"There is no planning assumption for the asset class {item.asset_class}; its part is not projected."


def _unclassified(allocation: Allocation) -> Iterator[str]:
    for item in allocation.positions:
        if item.base_value and sum(item.classification.asset_class.shares.values()) < 1:
            yield called(item.symbol, item.name)


def _missing_prices(material: Material) -> Iterator[str]:
    """Yield what was asked of others for the figures, and not answered."""
    wanted, gathered = material.asked.analysis, material.notes.gathered
    if (wanted.online or wanted.propose) and gathered is None:
        yield "The run ended before prices or classes were asked for."
    if gathered is not None:
        yield from (gathered.failure,) if gathered.failure else ()
        yield from (f"Prices were asked for: {reason}." for reason in gathered.not_found)


def what_was_not_given(asked: PlanInput, figures: Figures) -> tuple[str, ...]:
    """Return what more could be computed if the owner said more."""
    gaps = []
    if asked.target is None:
        gaps.append("No target mix was given, so the distance from one is not measured and no trade is proposed.")
    if asked.analysis.prices is None and not asked.analysis.online:
        gaps.append("No prices over time were given, so volatility, falls and correlations are not measured.")
    if asked.goals.years_to_retirement is None:
        gaps.append("No retirement was named, so it is not asked whether the money lasts.")
    if not asked.goals.contribution_per_year:
        gaps.append("No contribution was given; the projection counts with none.")
    if any(item.key == UNCLASSIFIED for item in figures.allocation.by_asset_class):
        gaps.append(
            "A part of the portfolio has no asset class; name one (--class SYMBOL=equity), or have one proposed "
            "(--propose), and it is projected."
        )
    return tuple(gaps)


def _missing_research(notes: PlanNotes) -> Iterator[str]:
    gaps: dict[str, list[str]] = {}
    for done in notes.research:
        if done.failure:
            yield f"The research on {done.topic!r} failed: {done.failure}"
        for reason in done.missing:
            gaps.setdefault(_head(reason), []).append(done.topic.partition(":")[0])
    for reason, topics in gaps.items():
        yield f"Research on {listed(list(dict.fromkeys(topics)))}: {reason}"
    for known in notes.known:
        if known.failure:
            yield f"What is known on {known.subject} could not be read: {known.failure}"


def _head(reason: str) -> str:
    """Return a reason without the details in brackets at its end, which several topics do not share."""
    return reason if len(reason) <= MAX_REASON_CHARS else reason.partition(" (")[0][:MAX_REASON_CHARS]


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
