"""Assumptions of a plan as a table, with the addresses in them as links."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from alex_planner.assumptions import Assumption
from alex_planner.plan.blocks import Block, Heading, Line, Span, grid, paragraph
from alex_planner.wording import assumption_name

_ADDRESS = re.compile(r"(https?://[^\s;,()]+)")
_ONLY_TEXT = 9
"""More columns than any table here has: none of them holds numbers."""
_PER_YEAR = "percent per year"
_IN_THE_NAME = frozenset({"correlation", "year", "share of the year's spending"})
"""Units that the name of the assumption says already."""


def assumption_blocks(assumptions: Sequence[Assumption]) -> Iterator[Block]:
    """Yield the assumptions of a projection with their sources."""
    if not assumptions:
        return
    yield Heading(2, "Assumptions")
    yield paragraph(
        "These are the planning assumptions of this project, rounded from long-run history; they are not forecasts."
    )
    rows = [
        (assumption_name(item.name), with_unit(item.value, item.unit), item.note, _with_links(item.source))
        for item in assumptions
    ]
    yield grid(("assumption", "value", "note", "source"), rows, numbers_from=_ONLY_TEXT)


def with_unit(value: Decimal, unit: str) -> str:
    """Return the value of an assumption as it is read."""
    if unit == _PER_YEAR:
        return f"{value:f} % a year"
    if unit == "years" and value == 1:
        return "1 year"
    return f"{value:f}" if unit in _IN_THE_NAME else f"{value:f} {unit}"


def address(url: str) -> Span:
    """Return a link that shows where it leads, without the scheme."""
    return Span(re.sub(r"^https?://", "", url), url=url)


def _with_links(text: str) -> Line:
    parts = _ADDRESS.split(text)
    return tuple(address(part) if number % 2 else Span(part) for number, part in enumerate(parts) if part)
