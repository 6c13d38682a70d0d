"""A workbook (XLSX) as sheets of records, each cell as the text that a CSV would have. It knows no broker.

Before the workbook is opened, its parts are unpacked once against the limits, because an archive may declare less
than it holds. Cells are streamed, so that a single cell in a far corner costs nothing.
Source: ECMA-376, Office Open XML; openpyxl reads it, with defusedxml against entities.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from alex_planner.importing.decoding import refuse
from alex_planner.importing.sheet import MAX_CELLS, MAX_RECORDS, Record

SIGNATURE = b"PK\x03\x04"
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""Size of all parts unpacked, in bytes: half a million short rows. The limit is ours."""
MAX_SHEETS = 50
DIGITS = 15
"""Digits that a spreadsheet keeps of a number (ECMA-376 part 1, 18.3.1.96: a double)."""
AMBIGUOUS_PLACES = 3
"""Decimals that could be taken for a group of thousands."""
_CHUNK = 1024 * 1024


class Sheet(NamedTuple):
    """One sheet, whose lines are counted on from the sheet before it."""

    title: str
    first_line: int
    """Line of its row 1; in the first sheet lines are row numbers."""
    records: list[Record]


def read_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets that have a filled cell, in order.

    Raises:
        InvalidPortfolio: it is no workbook, is damaged or larger than the limits.
    """
    # Takes half a second and up to 40 MB to load, for workbooks alone.
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - it ships no types

    _check_archive(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that it does not know
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return _sheets(book.worksheets[:MAX_SHEETS])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile) as exc:
        refuse(1, f"the workbook cannot be read ({type(exc).__name__}); save it again, or export it as CSV")


def _check_archive(data: bytes) -> None:
    """Refuse what is no workbook, and one that unpacks to more than is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "[Content_Types].xml" not in archive.namelist() or not any(
                name.startswith("xl/") for name in archive.namelist()
            ):
                refuse(1, "the file is a ZIP archive without a workbook; unpack it and import the file in it")
            left = MAX_UNPACKED_BYTES
            for part in archive.infolist():
                with archive.open(part) as opened:
                    while chunk := opened.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            refuse(1, f"the workbook unpacks to more than {MAX_UNPACKED_BYTES} bytes")
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as exc:
        refuse(1, f"the file is a damaged or locked workbook ({type(exc).__name__}); export it again, or as CSV")


def _sheets(worksheets: Sequence[object]) -> list[Sheet]:
    found: list[Sheet] = []
    line = 1
    for worksheet in worksheets:
        records = list(_records(worksheet, line))
        if records:
            found.append(Sheet(str(getattr(worksheet, "title", "")), line, records))
            line = records[-1].line + 1
    return found


def _records(worksheet: object, first_line: int) -> Iterator[Record]:
    """Yield the rows with a filled cell."""
    kept = 0
    worksheet.reset_dimensions()  # type: ignore[attr-defined]  # untyped; else each row is as wide as the file declares
    for number, row in enumerate(worksheet.iter_rows(values_only=True), start=first_line):  # type: ignore[attr-defined]  # untyped
        if len(row) > MAX_CELLS:
            refuse(number, f"the row has {len(row)} cells; at most {MAX_CELLS} are read")
        cells = tuple(map(_text, row))
        if any(cells):
            kept += 1
            if kept > MAX_RECORDS:
                refuse(number, f"the workbook has more than {MAX_RECORDS} rows")
            yield Record(number, cells)


def _text(value: object) -> str:
    """Return a cell as text: ISO dates, decimal points, and no number that can be read in two ways."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        text = f"{value:.{DIGITS}g}"
        return f"{text}0" if len(text.partition(".")[2]) == AMBIGUOUS_PLACES else text
    return str(value).strip()
