"""Tables in a text: rows of cells divided by `|`, as Markdown and most readers of web pages and filings write them.

A long table is cut into several passages, and figures without the names of their columns say nothing: a passage that
begins inside a table is told the table's head row.
"""

from bisect import bisect_right
from dataclasses import dataclass

CELL_MARK = "|"
MAX_GROUP_WORDS = 8
"""A line without cells, such as `Current assets:`, belongs to the table around it when it is no longer than this."""


@dataclass(frozen=True)
class Table:
    """Characters `start` to `end` of a text, and the row that names the columns."""

    start: int
    end: int
    head: str


def find_tables(text: str) -> list[Table]:
    """Return the tables of `text` in order."""
    tables: list[Table] = []
    position, open_table = 0, False
    for line in text.splitlines(keepends=True):
        end = position + len(line)
        if CELL_MARK in line.strip().strip(CELL_MARK):
            last = tables.pop() if open_table else Table(position, end, line.strip())
            tables.append(Table(last.start, end, last.head))
            open_table = True
        elif not line.strip() or len(line.split()) > MAX_GROUP_WORDS:
            open_table = False
        position = end
    return tables


def head_row_at(tables: list[Table], position: int) -> str:
    """Return the head row of the table in which `position` stands behind that row, or nothing."""
    number = bisect_right(tables, position, key=lambda table: table.start)
    if number == 0:
        return ""
    table = tables[number - 1]
    return table.head if table.start < position < table.end else ""
