"""A document as blocks of text, independent of how it is written down: `markdown` and `pdf` do that.

Every text in it is shown character by character; nothing in a text is markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from alex_planner.wording import NONE


@dataclass(frozen=True)
class Span:
    """A piece of text; with `url` it is a link, when the address is one of the web."""

    text: str
    style: Literal["plain", "strong", "code"] = "plain"
    url: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Line, ...]


@dataclass(frozen=True)
class Quotation:
    """An item with a claim or a quote, the quote below it, and where it is from."""

    lead: Line
    quote: str | None
    source: Line


@dataclass(frozen=True)
class Grid:
    """A table; columns from `numbers_from` on hold numbers and are set right."""

    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers_from: int = 1


@dataclass(frozen=True)
class Bars:
    """Shares as bars, for a writer that can draw: a table beside them has the same figures."""

    rows: tuple[tuple[str, Decimal, str], ...]
    """Label, share from 0 to 1, and the share as text."""


@dataclass(frozen=True)
class YearRange:
    """The range of a value after so many years."""

    year: int
    p5: Decimal
    p25: Decimal
    p50: Decimal
    p75: Decimal
    p95: Decimal


@dataclass(frozen=True)
class Ranges:
    """A range over the years, for a writer that can draw; two or more years."""

    years: tuple[YearRange, ...]
    caption: str


Chart = Bars | Ranges
Block = Heading | Paragraph | Bullets | Quotation | Grid | Chart


def line(*parts: str | Span) -> Line:
    """Return a line of plain texts and spans."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def strong(text: str) -> Span:
    """Return a text that stands out."""
    return Span(text, "strong")


def code(text: str) -> Span:
    """Return an identifier."""
    return Span(text, "code")


def paragraph(*parts: str | Span) -> Paragraph:
    """Return a paragraph."""
    return Paragraph(line(*parts))


def known_grid(header: tuple[str, ...], rows: Sequence[Sequence[str]], numbers_from: int = 1) -> Grid:
    """Return a table without the columns of which nothing is known."""
    kept = [column for column in range(len(header)) if any(row[column] != NONE for row in rows)]
    return grid(
        tuple(header[column] for column in kept),
        [tuple(line(row[column]) for column in kept) for row in rows],
        sum(column < numbers_from for column in kept),
    )


def grid(header: tuple[str, ...], rows: Sequence[Sequence[str | Span | Line]], numbers_from: int = 1) -> Grid:
    """Return a table; a cell is a text, a span or a line."""
    cells = tuple(tuple(cell if isinstance(cell, tuple) else line(cell) for cell in row) for row in rows)
    return Grid(header, cells, numbers_from)
