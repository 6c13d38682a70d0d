"""Assumptions, research and pages of a plan as tables, with the addresses in them as links."""

import re
from collections.abc import Iterator, Sequence

from alex_planner.assumptions import Assumption
from alex_planner.plan.blocks import Block, Heading, Line, Span, grid, paragraph
from alex_planner.plan.figure_blocks import NONE
from alex_planner.plan.schema import Plan

_ADDRESS = re.compile(r"(https?://[^\s;,()]+)")
_ONLY_TEXT = 9
"""More columns than any table here has: none of them holds numbers."""


def assumption_blocks(assumptions: Sequence[Assumption]) -> Iterator[Block]:
    """Yield the assumptions of a projection with their sources."""
    if not assumptions:
        return
    yield Heading(3, "Assumptions")
    yield paragraph(
        "These are the planning assumptions of this project, rounded from long-run history; they are not forecasts."
    )
    rows = [(item.name, f"{item.value} {item.unit}", item.note, _with_links(item.source)) for item in assumptions]
    yield grid(("assumption", "value", "note", "source"), rows, numbers_from=_ONLY_TEXT)


def source_blocks(plan: Plan) -> Iterator[Block]:
    """Yield what was researched and which pages were tried."""
    yield Heading(2, "Sources tried")
    if plan.researched:
        researched = [
            (item.subject, item.topic, "known already" if item.from_knowledge else item.status, str(item.findings))
            for item in plan.researched
        ]
        yield grid(("researched", "topic", "result", "findings"), researched, numbers_from=3)
    if not plan.sources_tried:
        yield paragraph("No page was tried.")
        return
    rows = [(address(source.url), source.status, source.reason or NONE) for source in plan.sources_tried]
    yield grid(("source", "result", "reason"), rows, numbers_from=_ONLY_TEXT)


def address(url: str) -> Span:
    """Return a link that shows where it leads, without the scheme."""
    return Span(re.sub(r"^https?://", "", url), url=url)


def _with_links(text: str) -> Line:
    parts = _ADDRESS.split(text)
    return tuple(address(part) if number % 2 else Span(part) for number, part in enumerate(parts) if part)
