"""A document's text cut into passages for embedding.

Passages end at sentence ends and line ends (so at table rows) where they can, at spaces where a sentence is too
long, and inside a word only where a word alone is too long. Neighbours overlap by whole sentences or rows, so
that an answer at a border is whole in one of them. Every character of the document is in a passage, white space
too: the document is put together again exactly from its passages.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from alex_vector_store.tables import Table, find_tables, head_row_at
from alex_vector_store.word_pieces import estimate_word_pieces

MAX_PIECES = 200
"""Word pieces in one passage; with its title and section it stays under the 256 tokens that the model reads."""
CLOSING_PIECES = 240
"""Word pieces in the last passage of a document, or in its only one: a short rest is no passage of its own, and what
the model reads whole is not cut. The estimate is from above: it is about 220, which leaves 34 for the title."""
OVERLAP_PIECES = 40
MAX_CHARACTERS = 4000
"""Characters in one passage, which bounds white space and long rules of dashes; at most 16 KB of the 40 KB of
metadata that S3 Vectors keeps with a vector."""

_BORDER = re.compile(r"\n+|[.!?…]+[\"'”’)\]]*\s+|[\u3002\uff01\uff1f]+\s*")
"""Line ends, and sentence ends with what closes them; the last three are the full-width . ! and ?"""
_SPACE = re.compile(r"\s+")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
SECTION_MARK = " > "
"""Between the headings of a section, outermost first."""
MAX_HEADING_CHARACTERS = 120
"""Of a heading or a table's head row: more would crowd the passage out of what the model reads."""


@dataclass(frozen=True)
class Chunk:
    """Characters `start` to `end` of a document, and the headings it stands under, outermost first.

    Where a passage begins inside a table, the last of them is the table's head row: it names the columns.
    """

    start: int
    end: int
    section: str


@dataclass(frozen=True)
class _Atom:
    start: int
    end: int
    pieces: int


def cut_into_chunks(text: str) -> list[Chunk]:
    """Return the passages of `text` in order; together they cover all of it."""
    atoms = [atom for start, end in _sentences(text) for atom in _atoms(text, start, end)]
    sections, tables = _sections(text), find_tables(text)
    return [Chunk(start, end, _section_at(sections, tables, text, start, end)) for start, end in _pack(atoms)]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for border in _BORDER.finditer(text):
        yield start, border.end()
        start = border.end()
    if start < len(text):
        yield start, len(text)


def _atoms(text: str, start: int, end: int) -> Iterator[_Atom]:
    pieces = estimate_word_pieces(text[start:end])
    if pieces <= MAX_PIECES - OVERLAP_PIECES and end - start <= MAX_CHARACTERS // 2:
        yield _Atom(start, end, pieces)
        return
    for first, last in _words(text, start, end):
        yield _Atom(first, last, estimate_word_pieces(text[first:last]))


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for space in _SPACE.finditer(text, start, end):
        yield from _slices(position, space.end())
        position = space.end()
    if position < end:
        yield from _slices(position, end)


def _slices(start: int, end: int) -> Iterator[tuple[int, int]]:
    # A character is at most three pieces, so that a slice of 32 is always a small part of a passage.
    step = 32
    for position in range(start, end, step):
        yield position, min(position + step, end)


def _pack(atoms: list[_Atom]) -> Iterator[tuple[int, int]]:
    first, closing = 0, _closing_from(atoms)
    while first < len(atoms):
        last = len(atoms) if first >= closing else _fill(atoms, first)
        yield atoms[first].start, atoms[last - 1].end
        if last == len(atoms):
            return
        first = _overlap_from(atoms, first, last)


def _closing_from(atoms: list[_Atom]) -> int:
    """Return from where on what is left is one passage."""
    pieces = 0
    for position in reversed(range(len(atoms))):
        pieces += atoms[position].pieces
        if pieces > CLOSING_PIECES or atoms[-1].end - atoms[position].start > MAX_CHARACTERS:
            return position + 1
    return 0


def _fill(atoms: list[_Atom], first: int) -> int:
    pieces = 0
    for position in range(first, len(atoms)):
        atom = atoms[position]
        pieces += atom.pieces
        if position > first and (pieces > MAX_PIECES or atom.end - atoms[first].start > MAX_CHARACTERS):
            return position
    return len(atoms)


def _overlap_from(atoms: list[_Atom], first: int, last: int) -> int:
    """Return where the next passage starts: as far back from `last` as the overlap and progress allow."""
    pieces, position = 0, last
    room = MAX_PIECES - atoms[last].pieces
    while position - 1 > first:
        pieces += atoms[position - 1].pieces
        too_long = atoms[last].end - atoms[position - 1].start > MAX_CHARACTERS
        if pieces > min(OVERLAP_PIECES, room) or too_long:
            break
        position -= 1
    return position


def _sections(text: str) -> list[tuple[int, str]]:
    """Return for each Markdown heading where it starts and the path of headings down to it."""
    path: list[tuple[int, str]] = []
    found = []
    for heading in _HEADING.finditer(text):
        level = len(heading[1])
        path = [*(entry for entry in path if entry[0] < level), (level, heading[2][:MAX_HEADING_CHARACTERS])]
        found.append((heading.start(), SECTION_MARK.join(title for _, title in path)))
    return found


def _section_at(sections: list[tuple[int, str]], tables: list[Table], text: str, start: int, end: int) -> str:
    """Return where the first character of the passage that is not white space stands."""
    while start < end and text[start].isspace():
        start += 1
    position = bisect_right(sections, start, key=lambda entry: entry[0])
    section = sections[position - 1][1] if position else ""
    head = head_row_at(tables, start)
    return SECTION_MARK.join(part for part in (section, head[:MAX_HEADING_CHARACTERS]) if part)
