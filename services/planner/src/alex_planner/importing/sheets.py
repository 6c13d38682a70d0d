"""The sheets of a workbook as one import result: those of a known broker are read, the rows of others are named.

A sheet that states positions goes before one whose activity would have to be replayed; the activity is kept beside it.
"""

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from alex_planner.importing.collector import Collector
from alex_planner.importing.decoding import refuse
from alex_planner.importing.formats import SheetFormat, format_of
from alex_planner.importing.mapped import ColumnMapping, read_mapped
from alex_planner.importing.plain import read_plain
from alex_planner.importing.result import ImportResult
from alex_planner.importing.workbook import Sheet


@dataclass(frozen=True)
class Request:
    """What the owner says of a file."""

    latest: date
    mapping: ColumnMapping | None
    currency: str | None


def import_workbook(sheets: Sequence[Sheet], request: Request, formats: Sequence[SheetFormat]) -> ImportResult:
    """Return what a workbook says.

    Raises:
        InvalidPortfolio: it is empty, or no sheet is of a broker, of the mapping or a plain portfolio.
    """
    if not sheets:
        refuse(1, "the workbook has no filled cell")
    if request.mapping is not None:
        into = Collector("-", "mapped_workbook", request.latest)
        return into.finish(read_mapped((sheet.records for sheet in sheets), request.mapping, into))
    known = [(sheet, found) for sheet in sheets if (found := format_of(sheet.records, formats))]
    if not known:
        return _plain(sheets[0], request.latest)
    first = known[0][1]
    into = Collector(first.broker, first.name, request.latest, account_currency=request.currency)
    into.states_positions = any(found.states_positions for _, found in known)
    for sheet in sheets:
        mine = next((found for other, found in known if other is sheet and found.broker == first.broker), None)
        _read(sheet, mine, into)
    return into.finish(record.line for sheet in sheets for record in sheet.records)


def _read(sheet: Sheet, known: SheetFormat | None, into: Collector) -> None:
    start = known.find(sheet.records) if known else None
    if known is None or start is None:
        _leave_out(sheet, into)
        return
    if known.states_positions:
        into.as_of = into.as_of or _day_in(sheet.title)
    if sheet.first_line > 1:
        into.notes.append(f"row 1 of the sheet {sheet.title[:40]!r} is counted as line {sheet.first_line}")
    known.read(sheet.records, start, into)


def _day_in(title: str) -> date | None:
    """Return the day at the end of a title such as `OPEN POSITION 15062026` (XTB)."""
    found = re.search(r"(\d{2})(\d{2})(\d{4})$", title)
    with suppress(ValueError):
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    return None


def _leave_out(sheet: Sheet, into: Collector) -> None:
    for record in sheet.records:
        into.ignored(record.line, f"the sheet {sheet.title[:40]!r} is not read")


def _plain(sheet: Sheet, latest: date) -> ImportResult:
    """Read the first sheet as a plain CSV; blank rows are kept, so that lines are row numbers."""
    width = max(index + 1 for record in sheet.records for index, cell in enumerate(record.cells) if cell)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    line = 1
    for record in sheet.records:
        written.write("\n" * (record.line - line))
        writer.writerow([*record.cells, *[""] * width][:width])
        line = record.line + 1
    return read_plain(written.getvalue(), latest)
