"""Recommendations: reason, what could be done, the case against, the figures with their formulas, and the evidence."""

from collections.abc import Iterator, Mapping, Sequence

from alex_planner.facts import Fact
from alex_planner.plan.blocks import Block, Bullets, Heading, Line, Span, code, grid, line, paragraph, strong
from alex_planner.plan.evidence import Finding
from alex_planner.plan.schema import Plan, Recommendation


def advice_blocks(plan: Plan, facts: Mapping[str, Fact]) -> Iterator[Block]:
    """Yield the recommendations in their order, and the proposals that were not chosen.

    Args:
        facts: those of the plan, by id.
    """
    yield Heading(2, "Recommendations")
    if not plan.recommendations:
        yield paragraph("None: no rule of this plan speaks for a change, or none of its proposals was chosen.")
    findings = {item.id: item for item in plan.findings}
    for number, item in enumerate(plan.recommendations, start=1):
        yield from _recommendation(number, item, facts, findings)
    if plan.not_chosen:
        yield Heading(3, "Also computed, not chosen")
        yield Bullets(tuple(line(f"{item.title}: {item.headline}") for item in plan.not_chosen))


def _recommendation(
    number: int, item: Recommendation, facts: Mapping[str, Fact], findings: Mapping[str, Finding]
) -> Iterator[Block]:
    yield Heading(3, f"Recommendation {number}: {item.title}")
    yield paragraph(strong("Reason:"), f" {item.reason.text}")
    yield paragraph(strong("What could be done:"), f" {item.action}")
    yield paragraph(strong("If nothing is done:"), f" {item.if_nothing_is_done}")
    yield paragraph(strong("The case against:"), f" {item.against.text}")
    yield from _figures([facts[name] for name in item.figures if name in facts])
    for name, ids in (("Evidence", item.evidence), ("Evidence against", item.counter_evidence)):
        cited = [findings[finding_id] for finding_id in ids if finding_id in findings]
        if cited:
            yield paragraph(strong(f"{name}:"))
            yield Bullets(tuple(_cited(finding) for finding in cited))
    if not item.evidence and not item.counter_evidence:
        yield paragraph("No source is quoted for it: it rests on the figures alone.")


def _figures(facts: Sequence[Fact]) -> Iterator[Block]:
    if facts:
        rows = [(line(f"{fact.label} ", code(fact.id)), line(fact.formatted), line(fact.source)) for fact in facts]
        yield grid(("figure", "value", "computed as"), rows, numbers_from=len(rows[0]))


def _cited(finding: Finding) -> Line:
    return line(
        f"\u201c{finding.quote}\u201d (", Span(finding.title, url=finding.source_url), ", ", code(finding.id), ")"
    )
