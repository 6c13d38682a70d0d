"""A text file as records of cells, and a table in it found by its headings. It knows no broker."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from alex_planner.importing.amounts import Mark, Money, decimal_mark, read_money
from alex_planner.importing.days import Moment, Order, read_moment
from alex_planner.importing.decoding import refuse
from alex_planner.portfolio_cells import CellProblem

DELIMITERS = (",", ";", "\t", "|")
HEADING_RECORDS = 80
"""Headings are looked for in so many records from the start: above all preambles known, below a page of data."""
MAX_RECORDS = 200_000
MAX_CELLS = 1_000
"""Cells in one row: ten times those of the widest export known."""
MAX_CELL_LINES = 25
"""More line breaks in one cell are a quotation mark that was never closed."""
_HEADING_NOISE = str.maketrans(dict.fromkeys("$()#:*\u200b\ufeff", " "))
_TEXT_GUARD = re.compile(r'="([^"]*)"')


class ColumnProblem(CellProblem):
    """A cell cannot be read; `column` is its heading."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Record:
    """One row of a file that is not blank."""

    line: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """All cells, as a title line is read."""
        return " ".join(cell for cell in self.cells if cell)


def heading(cell: str) -> str:
    """Return a heading without case, signs and double spaces: `Price ($)` and `price $` are both `price`."""
    return " ".join(cell.translate(_HEADING_NOISE).casefold().split())


def records_of(text: str, delimiter: str) -> list[Record]:
    """Return the records that are not blank.

    Raises:
        InvalidPortfolio: a quotation mark is never closed, or there are too many records.
    """
    found: list[Record] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if reader.line_num - line > MAX_CELL_LINES:
                refuse(line, "a quotation mark that begins in this row is never closed")
            if len(cells) > MAX_CELLS:
                refuse(line, f"the row has {len(cells)} cells; at most {MAX_CELLS} are read")
            if any(cells) and any(cell.strip() for cell in cells):
                found.append(Record(line, tuple(map(str.strip, cells))))
                if len(found) > MAX_RECORDS:
                    refuse(line, f"the file has more than {MAX_RECORDS} rows")
            line = reader.line_num + 1
    except csv.Error as exc:
        refuse(line, f"the row cannot be read as CSV ({exc}); check its quotation marks")
    return found


@dataclass
class Table:
    """Rows under a heading. `mark` and `order` say how its numbers and dates are written."""

    header: Record
    records: Sequence[Record]
    mark: Mark | None = "."
    order: Order = "mdy"
    columns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, cell in enumerate(self.header.cells):
            self.columns.setdefault(heading(cell), index)

    def learn_mark(self, *names: str) -> None:
        """Learn the decimal mark from all cells of the columns, as `learn_mark_at` does."""
        indexes = [index for index in map(self.index, names) if index is not None]
        self.learn_mark_at(indexes)

    def learn_mark_at(self, indexes: Sequence[int]) -> None:
        """Learn the decimal mark from the columns at `indexes`.

        In a file that writes numbers in two ways, as brokers do who changed it once, each number must tell by itself:
        one that can be read both ways is an error of its row.
        """
        try:
            self.mark = decimal_mark(r.cells[i] for r in self.records for i in indexes if i < len(r.cells))
        except CellProblem:
            self.mark = None

    def index(self, *names: str) -> int | None:
        """Return where the first of these headings stands."""
        return next((self.columns[name] for name in names if name in self.columns), None)

    def rows(self) -> Iterator["Row"]:
        """Yield the rows in order."""
        return (Row(self, record) for record in self.records)


@dataclass(frozen=True)
class Row:
    """One record under the headings of its table; a heading that is not there reads as an empty cell."""

    table: Table
    record: Record

    def text(self, *names: str) -> str:
        """Return the first of these cells that is not empty."""
        cells = self.record.cells
        for name in names:
            index = self.table.columns.get(name)
            if index is not None and index < len(cells) and cells[index]:
                return unguarded(cells[index])
        return ""

    def money(self, *names: str) -> Money | None:
        """Return the number with its currency sign.

        Raises:
            ColumnProblem: the cell is no number.
        """
        cell = self.text(*names)
        try:
            return read_money(cell, self.table.mark) if cell else None
        except CellProblem as exc:
            raise ColumnProblem(names[0], str(exc)) from None

    def moment(self, *names: str) -> Moment:
        """Return the day and time.

        Raises:
            ColumnProblem: the cell is no date.
        """
        try:
            return read_moment(self.text(*names), self.table.order)
        except CellProblem as exc:
            raise ColumnProblem(names[0], str(exc)) from None


def unguarded(cell: str) -> str:
    """Return the text of a cell that a spreadsheet was told to leave alone, as in `="0012"`."""
    found = _TEXT_GUARD.fullmatch(cell) if cell.startswith("=") else None
    return found[1] if found else cell


def find_heading(records: Sequence[Record], *needed: str | tuple[str, ...]) -> int | None:
    """Return the index of the first record that has all headings; a tuple is a choice of headings."""
    choices = [(need,) if isinstance(need, str) else need for need in needed]
    for index, record in enumerate(records[:HEADING_RECORDS]):
        names = {heading(cell) for cell in record.cells}
        if all(any(name in names for name in choice) for choice in choices):
            return index
    return None


def find_record(records: Sequence[Record], test: Callable[[Record], bool]) -> int | None:
    """Return the index of the first record near the start for which `test` holds."""
    return next((index for index, record in enumerate(records[:HEADING_RECORDS]) if test(record)), None)
