"""The plain CSV of a portfolio, read strictly: every problem of the file is reported, and nothing is guessed.

Columns: `account,symbol,name,quantity,price,currency,price_date,cost_basis,asset_class,region,sector` in any order, of
which `symbol`, `quantity` and `currency` must be there; `cost_basis` is what was paid for all units. A row without a
price is an unpriced holding, not a problem. A text cell that begins like a formula is refused, not changed: a changed
name would no longer be the file's.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NoReturn, cast

from pydantic import BaseModel, ConfigDict

from alex_planner.errors import InvalidPortfolio, PortfolioProblem
from alex_planner.portfolio import Position, unpriced_symbols
from alex_planner.portfolio_cells import (
    CellProblem,
    read_asset_class,
    read_cost,
    read_currency,
    read_date,
    read_price,
    read_quantity,
    read_symbol,
    read_text,
)

COLUMNS = (
    "account",
    "symbol",
    "name",
    "quantity",
    "price",
    "currency",
    "price_date",
    "cost_basis",
    "asset_class",
    "region",
    "sector",
)
REQUIRED_COLUMNS = ("symbol", "quantity", "currency")
MAX_ROWS = 10_000
"""Holdings in one file; the limit is ours and far above what a person holds."""
MAX_BYTES = 5 * 1024 * 1024
"""Size of one file in bytes; 10,000 full rows take about half of it."""
LATEST_ZONE = timedelta(hours=14)
"""The calendar day begins first at UTC+14 (Kiribati): a later date is in the future everywhere."""


class ParsedPortfolio(BaseModel):
    """The positions of a file that had no problem."""

    model_config = ConfigDict(frozen=True)

    positions: tuple[Position, ...]

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Symbols without a price, each once, in the order of the file."""
        return unpriced_symbols(self.positions)


def parse_portfolio_csv(text: str | bytes, *, today: date | None = None) -> ParsedPortfolio:
    """Return the positions in `text`.

    Args:
        text: the file, as bytes (UTF-8 with or without byte order mark) or already decoded.
        today: the last acceptable price date; the latest calendar day on Earth when not given.

    Raises:
        InvalidPortfolio: the file has problems; all of them are listed, in the order of the lines.
    """
    positions, problems = read_portfolio_csv(text, today=today)
    if problems:
        raise InvalidPortfolio(problems)
    return ParsedPortfolio(positions=positions)


def read_portfolio_csv(
    text: str | bytes, *, today: date | None = None
) -> tuple[tuple[Position, ...], list[PortfolioProblem]]:
    """Return the positions in `text` and the problems of its rows, in the order of the lines.

    Raises:
        InvalidPortfolio: the file as a whole or its heading cannot be read.
    """
    decoded = _decode(text)
    _refuse_other_formats(decoded)
    latest = today or (datetime.now(UTC) + LATEST_ZONE).date()
    reader = _Reader(decoded, latest)
    positions = reader.read()
    problems = sorted(reader.problems, key=lambda problem: problem.line)
    if any(problem.line <= reader.header_line for problem in problems):
        raise InvalidPortfolio(problems)
    return tuple(positions), problems


def _decode(text: str | bytes) -> str:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) > MAX_BYTES:
        _refuse(1, f"the file has {len(data)} bytes; at most {MAX_BYTES} are read")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse(1, "the file is UTF-16; save it as CSV UTF-8")
    if b"\0" in data:
        _refuse(_line_of(data, data.index(b"\0")), "the file has NUL bytes and is not a text file; export it as CSV")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        _refuse(_line_of(data, exc.start), f"byte {data[exc.start]:#04x} is not UTF-8; save the file as CSV UTF-8")


def _line_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _refuse(line: int, message: str) -> NoReturn:
    raise InvalidPortfolio([PortfolioProblem(line=line, column=None, message=message)])


def _refuse_other_formats(text: str) -> None:
    start = text.lstrip()
    if not start:
        _refuse(1, f"the file is empty; its first line must name the columns: {','.join(COLUMNS)}")
    if start.startswith("<"):
        _refuse(1, "the file is HTML or XML, not CSV; download it again while signed in, as CSV")
    if start.startswith(("PK\x03\x04", "%PDF", "{", "[")):
        _refuse(1, "the file is a workbook, PDF or JSON, not CSV; export it as CSV")


@dataclass(frozen=True)
class _Row:
    line: int
    cells: dict[str, str]


class _Reader:
    """One pass over a file that collects positions and problems."""

    def __init__(self, text: str, latest: date) -> None:
        self._text = text
        self._latest = latest
        self._first_line_of: dict[tuple[str | None, str], int] = {}
        self._columns: list[str] = []
        self.problems: list[PortfolioProblem] = []
        self.header_line = 1

    def read(self) -> list[Position]:
        records = self._records()
        line, header = next(records, (1, []))
        self.header_line = line
        self._read_header(line, header)
        rows = list(self._rows(records))
        if not rows and not self.problems:
            self._report(line, None, "the file has a header but no holdings")
        positions = [self._position(row) for row in rows]
        return [position for position in positions if position is not None]

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each record that is not blank with the line on which it begins."""
        reader = csv.reader(io.StringIO(self._text, newline=""), strict=True)
        line = 1
        try:
            for record in reader:
                if any(cell.strip() for cell in record):
                    yield line, record
                line = reader.line_num + 1
        except csv.Error as exc:
            self._report(line, None, f"the row cannot be read as CSV ({exc}); check its quotation marks")

    def _read_header(self, line: int, header: list[str]) -> None:
        self._columns = [cell.strip().lower() for cell in header]
        if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
            self._report(line, None, "the columns are not separated by commas; save the file with commas")
            return
        for number, name in enumerate(self._columns, start=1):
            if not name:
                self._report(line, None, f"column {number} has no name")
            elif name not in COLUMNS:
                self._report(line, name[:80], f"unknown column {name[:80]!r}; known columns: {', '.join(COLUMNS)}")
            elif name in self._columns[: number - 1]:
                self._report(line, name, f"the column {name!r} is there twice")
        for name in REQUIRED_COLUMNS:
            if name not in self._columns:
                self._report(line, name, f"the required column {name!r} is missing")

    def _rows(self, records: Iterator[tuple[int, list[str]]]) -> Iterator[_Row]:
        for number, (line, record) in enumerate(records, start=1):
            if number > MAX_ROWS:
                self._report(line, None, f"the file has more than {MAX_ROWS} rows")
                return
            if len(record) != len(self._columns):
                expected, found = len(self._columns), len(record)
                hint = "; quote cells that contain a comma" if found > expected else ""
                self._report(line, None, f"the row has {found} cells where the header has {expected}{hint}")
                continue
            cells = {name: cell.strip() for name, cell in zip(self._columns, record, strict=True)}
            yield _Row(line, cells)

    def _position(self, row: _Row) -> Position | None:
        before = len(self.problems)
        values = {
            "account": self._cell(row, "account", read_text),
            "symbol": self._cell(row, "symbol", read_symbol),
            "name": self._cell(row, "name", read_text),
            "quantity": self._cell(row, "quantity", read_quantity),
            "price": self._cell(row, "price", read_price),
            "currency": self._cell(row, "currency", read_currency),
            "price_date": self._cell(row, "price_date", lambda cell: read_date(cell, self._latest)),
            "cost_basis": self._cell(row, "cost_basis", read_cost),
            "asset_class": self._cell(row, "asset_class", read_asset_class),
            "region": self._cell(row, "region", read_text),
            "sector": self._cell(row, "sector", read_text),
        }
        self._report_repeated(row.line, cast("str | None", values["account"]), cast("str | None", values["symbol"]))
        if len(self.problems) > before or any(name not in row.cells for name in REQUIRED_COLUMNS):
            return None
        return Position.model_validate(values)

    def _cell(self, row: _Row, column: str, read: Callable[[str], object]) -> object:
        if column not in row.cells:
            return None
        cell = row.cells[column]
        if not cell:
            if column in REQUIRED_COLUMNS:
                self._report(row.line, column, f"the row has no {column}")
            return None
        try:
            return read(cell)
        except CellProblem as exc:
            self._report(row.line, column, str(exc))
            return None

    def _report_repeated(self, line: int, account: str | None, symbol: str | None) -> None:
        if symbol is None:
            return
        first = self._first_line_of.setdefault((account, symbol), line)
        if first != line:
            where = f"account {account!r}" if account else "no account"
            self._report(line, "symbol", f"{symbol!r} with {where} is already on line {first}; add the two up")

    def _report(self, line: int, column: str | None, message: str) -> None:
        self.problems.append(PortfolioProblem(line=line, column=column, message=message))
