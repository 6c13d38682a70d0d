"""A history of returns that a user brings: `year,inflation,equity,bond,cash,...`, in percent per calendar year.

Shiller's monthly table is taken as it is (see `shiller_table`).
"""

import csv
import io
from typing import get_args

import numpy as np

from alex_planner.errors import HistoryProblem, InvalidHistory
from alex_planner.portfolio import AssetClass
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.shiller_table import columns_of, read_shiller

MIN_YEARS = 10
"""Fewer years say nothing about decades."""
MAX_YEARS = 1000
MAX_CHARS = 1_000_000
TOTAL_LOSS = 100
"""Percent; after it there is nothing left that could return."""
MAX_PERCENT = 100_000.0
"""Above every recorded year but the hyperinflations, for which a mix brought back to weights means nothing."""
CLASSES = frozenset(get_args(AssetClass))


def read_history(text: str, name: str) -> AnnualHistory:
    """Return the history in `text`, whole or not at all.

    The first row names the columns, in any order: `year`, `inflation` and at least one asset class (`equity`, `bond`,
    `cash`, `real_estate`, `commodity`). Each other row is a calendar year; years follow one another. Numbers are
    percent with a decimal point: 7.5 is 7.5 percent. Returns are nominal, with dividends and interest.

    Args:
        name: what to call the history where it is named as a source.

    Raises:
        InvalidHistory: with the line and the column of the first thing that is wrong.
    """
    if len(text) > MAX_CHARS:
        raise InvalidHistory(HistoryProblem(1, None, f"the history is larger than {MAX_CHARS} characters"))
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    except csv.Error as exc:
        raise InvalidHistory(HistoryProblem(1, None, f"this is not CSV: {exc}")) from None
    numbered = list(enumerate(rows, start=1))
    if columns_of(numbered) is not None:
        return _long_enough(read_shiller(numbered, name))
    header = _header(rows)
    body = [(line, row) for line, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    if not MIN_YEARS <= len(body) <= MAX_YEARS:
        raise InvalidHistory(HistoryProblem(1, None, f"{len(body)} years; give {MIN_YEARS} to {MAX_YEARS}"))
    years = [_year(line, row, header) for line, row in body]
    for (line, _), year, expected in zip(body, years, range(years[0], years[0] + len(years)), strict=True):
        if year != expected:
            raise InvalidHistory(HistoryProblem(line, "year", f"{year} follows {expected - 1}; expected {expected}"))
    columns = {
        column: np.array([_fraction(line, row, header, column) for line, row in body])
        for column in header
        if column != "year"
    }
    sources = {column: f"{name}, column {column}" for column in columns}
    return AnnualHistory(name, years[0], columns.pop("inflation"), columns, sources)


def _long_enough(history: AnnualHistory) -> AnnualHistory:
    years = len(history.inflation)
    if not MIN_YEARS <= years <= MAX_YEARS:
        raise InvalidHistory(HistoryProblem(1, None, f"{years} years; give {MIN_YEARS} to {MAX_YEARS}"))
    return history


def _header(rows: list[list[str]]) -> list[str]:
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    for column in ("year", "inflation"):
        if column not in header:
            raise InvalidHistory(HistoryProblem(1, column, "this column is missing"))
    for column in header:
        if header.count(column) > 1:
            raise InvalidHistory(HistoryProblem(1, column, "this column is there twice"))
        if column not in {"year", "inflation", *CLASSES}:
            known = ", ".join(sorted(CLASSES))
            raise InvalidHistory(HistoryProblem(1, column[:40], f"not a column of a history; classes are {known}"))
    if not CLASSES & set(header):
        raise InvalidHistory(HistoryProblem(1, None, "no column of an asset class, such as equity"))
    return header


def _year(line: int, row: list[str], header: list[str]) -> int:
    if len(row) != len(header):
        raise InvalidHistory(HistoryProblem(line, None, f"{len(row)} cells, expected {len(header)}"))
    text = row[header.index("year")].strip()
    if not (text.isascii() and text.isdigit() and len(text) == len("2000")):
        raise InvalidHistory(HistoryProblem(line, "year", f"{text[:40]!r} is not a year"))
    return int(text)


def _fraction(line: int, row: list[str], header: list[str], column: str) -> float:
    text = row[header.index(column)].strip()
    try:
        percent = float(text)
    except ValueError:
        raise InvalidHistory(HistoryProblem(line, column, f"{text[:40]!r} is not a number of percent")) from None
    if not -TOTAL_LOSS < percent <= MAX_PERCENT:
        expected = f"above -{TOTAL_LOSS} and up to {MAX_PERCENT:.0f}"
        raise InvalidHistory(HistoryProblem(line, column, f"{text[:40]} is not {expected}"))
    return percent / 100
