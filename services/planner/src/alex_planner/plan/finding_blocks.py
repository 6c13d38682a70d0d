"""What was looked into and why, what was found, what speaks against, and which pages were tried."""

from collections.abc import Iterator, Sequence

from alex_planner.choosing import FACTORS
from alex_planner.plan.blocks import Block, Heading, Line, Quotation, Span, code, grid, line, paragraph, strong
from alex_planner.plan.evidence import Finding, ReportedFigure
from alex_planner.plan.evidence_facts import period_of
from alex_planner.plan.schema import Considered, Plan
from alex_planner.plan.source_blocks import address
from alex_planner.wording import NONE, listed

_ONLY_TEXT = 9
"""More columns than any table here has: none of them holds numbers."""
_READ = frozenset({"researched", "nothing found", "known"})
"""Outcomes of a subject on which something was read."""
_OUTCOMES = {"known": "known already", "researched": "researched"}


def research_blocks(plan: Plan) -> Iterator[Block]:
    """Yield the whole section on research."""
    yield Heading(2, "What was researched")
    yield from _choice(plan)
    if not (plan.findings or plan.sources_tried):
        return
    yield from _found(plan.findings)
    yield from _case_against(plan)
    yield from _sources(plan)


def _choice(plan: Plan) -> Iterator[Block]:
    looked_into = [item for item in plan.considered if item.outcome != "not researched"]
    left = [item.name for item in plan.considered if item.outcome == "not researched"]
    if not looked_into:
        yield paragraph("Nothing was looked into: no research was asked for, or there was nothing to look into.")
    else:
        yield paragraph(f"Chosen by need. {FACTORS}")
        counts = {item.subject: item.findings for item in plan.researched}
        rows = [(item.name, item.why, _outcome(item), str(counts.get(item.subject, 0))) for item in looked_into]
        yield grid(("subject", "why", "result", "findings"), rows, numbers_from=3)
    if looked_into and left:
        yield paragraph(f"Not looked into, because their need is less: {listed(left)}.")


def _outcome(item: Considered) -> str:
    return _OUTCOMES.get(item.outcome, item.outcome)


def _found(findings: Sequence[Finding]) -> Iterator[Block]:
    shown = [item for item in findings if item.stance != "against" and item.figure is None]
    groups: dict[str, list[Finding]] = {}
    for item in shown:
        groups.setdefault(_about(item), []).append(item)
    yield from _reported([item for item in findings if item.figure is not None])
    for name, group in groups.items():
        yield Heading(3, f"What was found: {name}")
        yield from (_quotation(item) for item in group)


def _about(item: Finding) -> str:
    return ", ".join(item.symbols) or item.topic.partition(":")[0]


def _reported(findings: Sequence[Finding]) -> Iterator[Block]:
    """Yield the figures that companies reported, each with its filing."""
    if not findings:
        return
    yield Heading(3, "Figures that companies reported")
    rows = [_reported_row(_about(item), item.figure) for item in findings if item.figure is not None]
    yield grid(("company", "figure", "period", "value and unit", "filing, accession number"), rows, _ONLY_TEXT)


def _reported_row(company: str, figure: ReportedFigure) -> tuple[Line, ...]:
    return (
        line(company),
        line(f"{figure.label} ", code(figure.concept)),
        line(period_of(figure)),
        line(f"{figure.value:,f} {figure.unit}"),
        line(f"{figure.form} of {figure.filed.isoformat()}, ", Span(figure.accession, url=figure.url)),
    )


def _case_against(plan: Plan) -> Iterator[Block]:
    yield Heading(3, "The case against")
    against = [item for item in plan.findings if item.stance == "against" and item.figure is None]
    if not against and any(item.outcome in _READ for item in plan.considered):
        yield paragraph("No source against was found among those tried; that does not mean that there is none.")
    elif not against:
        yield paragraph("Nothing could be read, so that nothing is known of what speaks against.")
    for item in against:
        yield _quotation(item, about=_about(item))


def _quotation(item: Finding, about: str = "") -> Quotation:
    published = f"published {item.published_at.date().isoformat()}" if item.published_at else "not dated"
    read = f"read {item.fetched_at.date().isoformat()}" if item.fetched_at else "read on an unknown day"
    source = line(
        Span(item.title, url=item.source_url),
        f", {published}, {read}; confidence {item.confidence}; claim ",
        code(item.id),
        ".",
    )
    lead = (strong(about), Span(": ")) if about else ()
    if item.claim == item.quote:
        return Quotation((*lead, Span(f"\u201c{item.quote}\u201d")), None, source)
    return Quotation((*lead, Span(item.claim)), item.quote, source)


def _sources(plan: Plan) -> Iterator[Block]:
    if not plan.sources_tried:
        return
    yield Heading(3, "Sources tried")
    rows: list[tuple[Line, ...]] = [
        (line(address(source.url)), line(source.status), line(source.reason or NONE)) for source in plan.sources_tried
    ]
    yield grid(("source", "result", "reason"), rows, numbers_from=_ONLY_TEXT)
