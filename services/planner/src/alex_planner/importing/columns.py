"""The columns of an unknown table, with samples, for its owner to say which is which. Nothing is imported here."""

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict
from pydantic import Field as About

from alex_planner.importing.decoding import decode, refuse
from alex_planner.importing.mapped import Field
from alex_planner.importing.sheet import DELIMITERS, HEADING_RECORDS, Record, heading, records_of, unguarded
from alex_planner.importing.workbook import SIGNATURE, read_sheets

SAMPLES = 3
SAMPLE_CHARS = 60
FEWEST_COLUMNS = 2
"""A symbol and a quantity."""
MEANINGS: dict[Field, frozenset[str]] = {
    "symbol": frozenset({"symbol", "ticker", "ticker symbol", "instrument", "security", "security id", "wkn", "valor"}),
    "name": frozenset({"name", "description", "security name", "fund", "holding", "company", "bezeichnung"}),
    "isin": frozenset({"isin", "isin code"}),
    "quantity": frozenset(
        {"quantity", "qty", "shares", "units", "no. of shares", "number of shares", "anzahl", "stück", "menge"}
    ),
    "price": frozenset({"price", "last price", "market price", "unit price", "closing price", "close", "nav", "kurs"}),
    "value": frozenset({"value", "market value", "current value", "total value", "marktwert", "wert", "kurswert"}),
    "currency": frozenset({"currency", "ccy", "cur", "währung", "devise"}),
    "price_date": frozenset({"price date", "price_date", "date", "as of", "as of date", "datum", "kursdatum"}),
    "cost_basis": frozenset({"cost basis", "cost_basis", "total cost", "book value", "einstandswert", "kaufwert"}),
    "account": frozenset({"account", "account name", "account number", "depot", "konto"}),
    "asset_class": frozenset({"asset class", "asset_class"}),
}
"""Headings whose meaning is clear, as `heading` writes them; they are proposed, never taken without the owner."""
_WORD = re.compile(r"[^\W\d_]{2,}")


class TableColumn(BaseModel):
    """One column under its heading."""

    model_config = ConfigDict(frozen=True)

    heading: str
    samples: tuple[str, ...] = About(description="Its first cells that are not empty, shortened.")
    proposed: Field | None = About(description="What a heading like this means, where that is clear.")


class TableColumns(BaseModel):
    """The columns of a file that can be named in a mapping."""

    model_config = ConfigDict(frozen=True)

    line: int = About(description="Line of the file on which the headings stand, from 1.")
    rows: int = About(description="Rows below the headings that are not blank.")
    columns: tuple[TableColumn, ...]


def read_columns(data: bytes) -> TableColumns:
    """Return the columns of a table; of headings that are written alike only the first can be named.

    Raises:
        InvalidPortfolio: the file is no table with headings and rows.
    """
    records, start = max((_best(table) for table in _tables(data)), key=lambda best: _score(*best), default=([], 0))
    if start + 1 >= len(records) or _score(records, start)[1] < FEWEST_COLUMNS:
        refuse(1, "the file has no row of headings with rows below it; export it as CSV with its headings")
    header, rows = records[start], records[start + 1 :]
    return TableColumns(line=header.line, rows=len(rows), columns=tuple(_columns(header, rows)))


def _tables(data: bytes) -> Iterator[Sequence[Record]]:
    """Yield the sheets of a workbook, or the text cut at each delimiter that there is."""
    if data.startswith(SIGNATURE):
        yield from (sheet.records for sheet in read_sheets(data))
        return
    text = decode(data)
    if text.lstrip().startswith("<"):
        refuse(1, "the file is HTML or XML, not a table; export it as CSV")
    yield from (records_of(text, mark) for mark in DELIMITERS)


def _best(records: Sequence[Record]) -> tuple[Sequence[Record], int]:
    """Return the records and the index of the one that looks most like headings; of equals the first."""
    return records, max(range(min(len(records), HEADING_RECORDS)), key=lambda index: _score(records, index), default=0)


def _score(records: Sequence[Record], index: int) -> tuple[int, int]:
    """Return how many cells are headings with a clear meaning, and how many are words at all."""
    cells = [heading(cell) for cell in records[index].cells] if index < len(records) else []
    return sum(_meaning(cell) is not None for cell in cells), sum(bool(_WORD.search(cell)) for cell in cells)


def _meaning(name: str) -> Field | None:
    return next((field for field, names in MEANINGS.items() if name in names), None)


def _columns(header: Record, rows: Sequence[Record]) -> Iterator[TableColumn]:
    named: set[str] = set()
    given: set[Field] = set()
    for index, cell in enumerate(header.cells):
        name = heading(cell)
        if not name or name in named:
            continue
        named.add(name)
        meaning = _meaning(name)
        if meaning in given:
            meaning = None
        if meaning:
            given.add(meaning)
        yield TableColumn(heading=cell, samples=tuple(_samples(rows, index)), proposed=meaning)


def _samples(rows: Sequence[Record], index: int) -> Iterator[str]:
    found = 0
    for row in rows:
        cell = unguarded(row.cells[index]) if index < len(row.cells) else ""
        if cell:
            yield cell[:SAMPLE_CHARS]
            found += 1
        if found == SAMPLES:
            return
