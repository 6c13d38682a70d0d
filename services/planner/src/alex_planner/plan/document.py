"""A plan as a document: what stands in it, in which order and words. Nothing is computed here."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from alex_runs import KnownCost, Receipt

from alex_planner.facts import Fact
from alex_planner.plan.advice_blocks import advice_blocks
from alex_planner.plan.blocks import Block, Bullets, Heading, Span, code, line, paragraph, strong
from alex_planner.plan.figure_blocks import holding_blocks, part_blocks, total_block
from alex_planner.plan.finding_blocks import research_blocks
from alex_planner.plan.gain_blocks import gain_blocks
from alex_planner.plan.glance_blocks import glance_blocks
from alex_planner.plan.measure_blocks import measure_blocks, order_blocks, unknown_blocks
from alex_planner.plan.retirement_blocks import (
    effect_blocks,
    projection_blocks,
    retirement_blocks,
    what_if_blocks,
)
from alex_planner.plan.schema import Paragraph, Plan, PlanAnswer
from alex_planner.plan.source_blocks import assumption_blocks


def document_of(plan: Plan, facts: Sequence[Fact]) -> list[Block]:
    """Return the blocks of a plan; the same plan gives the same blocks.

    What a reader acts on comes first, the tables that it rests on after it.

    Args:
        facts: those of the plan; the ones that a recommendation rests on are shown with it.
    """
    return [
        *_head(plan),
        Heading(2, "Where you stand"),
        *_prose(plan.standing),
        *([] if plan.allocation.complete else [total_block(plan.allocation)]),
        *glance_blocks(plan),
        Heading(2, "What matters most"),
        *_prose(plan.priorities),
        *advice_blocks(plan, {fact.id: fact for fact in facts}),
        *_changes(plan),
        *_answers(plan),
        Heading(2, "The portfolio in detail"),
        *holding_blocks(plan.allocation),
        *gain_blocks(plan.allocation, plan.measures.gains if plan.measures else None),
        *part_blocks(plan.allocation),
        *_measures(plan),
        *_outlook(plan),
        *research_blocks(plan),
        *_missing(plan),
        *_how_it_was_made(plan),
        Heading(2, "Notice"),
        paragraph(plan.not_advice),
    ]


def _head(plan: Plan) -> Iterator[Block]:
    yield Heading(1, f"Plan for {plan.portfolio.name}")
    if plan.status == "partial":
        yield paragraph(strong("Status: partial."), " A part of this plan could not be made; see What is missing.")
    else:
        yield paragraph(strong("Status: completed."))
    if plan.goals.text:
        yield paragraph(f"Goal in the owner's words: {plan.goals.text}")
    day = plan.generated_at.date().isoformat()
    yield paragraph(f"Made on {day}. A calculation with its sources, not investment advice: see the notice at the end.")


def _prose(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    return (paragraph(item.text) for item in paragraphs)


def _measures(plan: Plan) -> Iterator[Block]:
    currency = plan.allocation.base_currency
    if plan.measures is not None and currency is not None:
        yield from measure_blocks(plan.measures, currency)
        yield from order_blocks(plan.measures, plan.allocation)


def _outlook(plan: Plan) -> Iterator[Block]:
    if plan.projection is None:
        return
    yield from projection_blocks(plan.projection)
    yield from retirement_blocks(plan.projection, plan.goals)
    yield from what_if_blocks(plan, plan.projection)
    yield from assumption_blocks(plan.assumptions)
    yield from effect_blocks(plan.projection)


def _changes(plan: Plan) -> Iterator[Block]:
    yield Heading(2, "What changed since the last plan")
    if plan.changes is None:
        yield paragraph("This is the first plan for this portfolio.")
        return
    day = plan.changes.previous_at.date().isoformat()
    yield paragraph("Compared with ", code(plan.changes.previous_plan_id), f" of {day}.")
    yield from _prose([item for item in plan.change_notes if item.by == "model" and not _is_list(plan, item)])
    if plan.changes.changes:
        yield Bullets(tuple(line(f"{item.text} {item.why}".rstrip()) for item in plan.changes.changes))


def _is_list(plan: Plan, note: Paragraph) -> bool:
    """Say whether a note only repeats the changes, which follow as a list."""
    assert plan.changes is not None
    return all(item.text in note.text for item in plan.changes.changes if item.kind != "finding")


def _answers(plan: Plan) -> Iterator[Block]:
    if plan.answers:
        yield Heading(2, "Your questions")
    for item in plan.answers:
        yield from _answer(item, plan)


def _answer(item: PlanAnswer, plan: Plan) -> Iterator[Block]:
    yield Heading(3, item.question)
    yield paragraph(item.answer.text)
    cited = [finding for finding in plan.findings if finding.id in item.evidence]
    if cited:
        yield paragraph(strong("Evidence:"))
        yield Bullets(tuple(line(Span(one.title, url=one.source_url), " ", code(one.id)) for one in cited))


def _missing(plan: Plan) -> Iterator[Block]:
    yield Heading(2, "What is missing")
    yield Bullets(tuple(line(item) for item in plan.missing or ("Nothing that was asked for.",)))
    if plan.measures is not None:
        yield from unknown_blocks(plan.measures, plan.missing)
    if plan.not_given:
        yield Heading(3, "What more could be computed")
        yield Bullets(tuple(line(item) for item in plan.not_given))


def _how_it_was_made(plan: Plan) -> Iterator[Block]:
    yield Heading(2, "How this was made")
    made, gate = plan.projection, plan.gate
    items = [line(f"Words: {plan.model_label}. Figures and proposals: computed by code.")]
    if made:
        items.append(line(f"Simulation: {made.paths:,} paths, seed {made.seed}, generator {made.generator}."))
    items.append(
        line(
            f"Numbers in the prose: {gate.checked} paragraphs checked against the computed facts, {gate.sent_back} "
            f"sent back to be written again, {gate.replaced} replaced by computed sentences."
        )
    )
    items.append(line(f"Used: {_used(plan.receipt)}."))
    made_at = f" of {_time(plan.generated_at)}."
    items.append(line("Plan ", code(plan.id), " on portfolio ", code(plan.portfolio.id), made_at))
    yield Bullets(tuple(items))


def _used(receipt: Receipt) -> str:
    total = receipt.total
    cost = f"{total.cost.usd:f} USD" if isinstance(total.cost, KnownCost) else f"cost unknown ({total.cost.reason})"
    return (
        f"{total.requests} model calls and {receipt.delegated_runs} research runs, {total.input_tokens:,} tokens read, "
        f"{total.output_tokens:,} written, {total.seconds:.1f} s of work, {cost}"
    )


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
