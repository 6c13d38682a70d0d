"""A plan as a document: what stands in it, in which order and words. Nothing is computed here."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from alex_runs import KnownCost, Receipt

from alex_planner.plan.blocks import Block, Bullets, Heading, Line, Quotation, Span, code, line, paragraph, strong
from alex_planner.plan.evidence import Finding
from alex_planner.plan.figure_blocks import figure_blocks, projection_blocks
from alex_planner.plan.measure_blocks import measure_blocks, order_blocks, unknown_blocks
from alex_planner.plan.retirement_blocks import effect_blocks, retirement_blocks
from alex_planner.plan.schema import Paragraph, Plan, PlanAnswer, Recommendation
from alex_planner.plan.source_blocks import assumption_blocks, source_blocks


def document_of(plan: Plan) -> list[Block]:
    """Return the blocks of a plan; the same plan gives the same blocks."""
    currency = plan.allocation.base_currency
    return [
        *_head(plan),
        Heading(2, "Where you stand"),
        *_prose(plan.standing),
        *figure_blocks(plan.allocation),
        *(measure_blocks(plan.measures, currency) if plan.measures and currency else []),
        Heading(2, "What matters most"),
        *_prose(plan.priorities),
        *_recommendations(plan),
        *(order_blocks(plan.measures, currency) if plan.measures and currency else []),
        *_changes(plan),
        *_answers(plan),
        *(projection_blocks(plan.projection) if plan.projection else []),
        *(retirement_blocks(plan.projection, plan.goals) if plan.projection else []),
        *assumption_blocks(plan.assumptions),
        *(effect_blocks(plan.projection) if plan.projection else []),
        *_findings(plan.findings),
        *_case_against(plan.findings),
        *source_blocks(plan),
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
    as_of = plan.portfolio.as_of
    prices = f"newest price of {as_of.isoformat()}" if as_of else "no price has a date"
    yield paragraph(
        "Plan ", code(plan.id), " on portfolio ", code(plan.portfolio.id), f", {prices}; of {_time(plan.generated_at)}."
    )


def _prose(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    return (paragraph(item.text) for item in paragraphs)


def _recommendations(plan: Plan) -> Iterator[Block]:
    yield Heading(2, "Recommendations")
    if not plan.recommendations:
        yield paragraph("None: no rule of this plan speaks for a change, or none of its proposals was chosen.")
    findings = {item.id: item for item in plan.findings}
    for number, item in enumerate(plan.recommendations, start=1):
        yield from _recommendation(number, item, findings)
    if plan.not_chosen:
        yield Heading(3, "Also computed, not chosen")
        yield Bullets(tuple(line(f"{item.title}: {item.headline}") for item in plan.not_chosen))


def _recommendation(number: int, item: Recommendation, findings: dict[str, Finding]) -> Iterator[Block]:
    yield Heading(3, f"Recommendation {number}: {item.title}")
    yield paragraph(strong("Reason:"), f" {item.reason.text}")
    yield paragraph(strong("What could be done:"), f" {item.action}")
    yield paragraph(strong("If nothing is done:"), f" {item.if_nothing_is_done}")
    yield paragraph(strong("The case against:"), f" {item.against.text}")
    yield paragraph(strong("Figures:"), " ", *_ids(item.figures))
    for name, ids in (("Evidence", item.evidence), ("Evidence against", item.counter_evidence)):
        cited = [findings[finding_id] for finding_id in ids if finding_id in findings]
        if cited:
            yield paragraph(strong(f"{name}:"))
            yield Bullets(tuple(_cited(finding) for finding in cited))
    if not item.evidence and not item.counter_evidence:
        yield paragraph("No source is quoted for it: it rests on the figures alone.")


def _ids(names: Sequence[str]) -> Iterator[Span]:
    for number, name in enumerate(names):
        if number:
            yield Span(", ")
        yield code(name)


def _cited(finding: Finding) -> Line:
    return line(
        f"\u201c{finding.quote}\u201d (", Span(finding.title, url=finding.source_url), ", ", code(finding.id), ")"
    )


def _changes(plan: Plan) -> Iterator[Block]:
    yield Heading(2, "What changed since the last plan")
    if plan.changes is None:
        yield paragraph("This is the first plan for this portfolio.")
        return
    day = plan.changes.previous_at.date().isoformat()
    yield paragraph("Compared with ", code(plan.changes.previous_plan_id), f" of {day}.")
    yield from _prose(plan.change_notes)
    if plan.changes.changes:
        yield Bullets(tuple(line(f"{item.text} {item.why}".rstrip()) for item in plan.changes.changes))


def _answers(plan: Plan) -> Iterator[Block]:
    if plan.answers:
        yield Heading(2, "Your questions")
    for item in plan.answers:
        yield from _answer(item)


def _answer(item: PlanAnswer) -> Iterator[Block]:
    yield Heading(3, item.question)
    yield paragraph(item.answer.text)
    if item.evidence:
        yield paragraph(strong("Evidence:"), " ", *_ids(item.evidence))


def _findings(findings: Sequence[Finding]) -> Iterator[Block]:
    yield Heading(2, "What was found")
    shown = [item for item in findings if item.stance != "against"]
    if not shown:
        yield paragraph("Nothing that supports or explains a holding was found.")
    groups: dict[str, list[Finding]] = {}
    for item in shown:
        groups.setdefault(", ".join(item.symbols) or "General", []).append(item)
    for name, group in groups.items():
        yield Heading(3, name)
        yield from (_quotation(item) for item in group)


def _case_against(findings: Sequence[Finding]) -> Iterator[Block]:
    yield Heading(2, "The case against")
    against = [item for item in findings if item.stance == "against"]
    if not against:
        yield paragraph("No source against was found among those tried; that does not mean that there is none.")
    for item in against:
        yield _quotation(item, about=", ".join(item.symbols))


def _quotation(item: Finding, about: str = "") -> Quotation:
    published = f"published {item.published_at.date().isoformat()}" if item.published_at else "not dated"
    read = f"read {item.fetched_at.date().isoformat()}" if item.fetched_at else "read on an unknown day"
    source = line(
        Span(item.title, url=item.source_url),
        f", {published}, {read}; confidence {item.confidence}; stored as ",
        code(item.document_id),
        ", claim ",
        code(item.id),
        ".",
    )
    lead = (strong(about), Span(": ")) if about else ()
    if item.claim == item.quote:
        return Quotation((*lead, Span(f"\u201c{item.quote}\u201d")), None, source)
    return Quotation((*lead, Span(item.claim)), item.quote, source)


def _missing(plan: Plan) -> Iterator[Block]:
    yield Heading(2, "What is missing")
    yield Bullets(tuple(line(item) for item in plan.missing or ("Nothing that was asked for.",)))
    if plan.measures is not None:
        yield from unknown_blocks(plan.measures)
    if plan.not_given:
        yield Heading(3, "What more could be computed")
        yield Bullets(tuple(line(item) for item in plan.not_given))


def _how_it_was_made(plan: Plan) -> Iterator[Block]:
    yield Heading(2, "How this was made")
    made, gate = plan.projection, plan.gate
    items = [f"Words: {plan.model_label}. Figures and proposals: computed by code."]
    if made:
        items.append(f"Simulation: {made.paths:,} paths, seed {made.seed}, generator {made.generator}.")
    items.append(
        f"Numbers in the prose: {gate.checked} paragraphs checked against the computed facts, {gate.sent_back} sent "
        f"back to be written again, {gate.replaced} replaced by computed sentences."
    )
    items.append(f"Used: {_used(plan.receipt)}.")
    yield Bullets(tuple(line(item) for item in items))


def _used(receipt: Receipt) -> str:
    total = receipt.total
    cost = f"{total.cost.usd:f} USD" if isinstance(total.cost, KnownCost) else f"cost unknown ({total.cost.reason})"
    return (
        f"{total.requests} model calls and {receipt.delegated_runs} research runs, {total.input_tokens:,} tokens read, "
        f"{total.output_tokens:,} written, {total.seconds:.1f} s of work, {cost}"
    )


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
