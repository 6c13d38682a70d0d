"""Dates as brokers write them. The order of day and month is the broker's, never guessed from one date."""

import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from typing import Literal, NamedTuple

from alex_planner.portfolio_cells import EARLIEST_PRICE_DATE, CellProblem

Order = Literal["mdy", "dmy"]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LAST_MONTH = 12

_YMD = re.compile(r"(\d{4})([-./]?)(\d{2})\2(\d{2})(?=\D|$|\d{6}(?:\D|$))")
_NUMERIC = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*\.?[- ,]+(\d{4}|\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.?[- ](\d{1,2})[- ,]+(\d{4})")
_TIME = re.compile(r"[ T;,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp][Mm])?")
_COMPACT_TIME = re.compile(r"[ ;T]*(\d{2})(\d{2})(\d{2})\b")


class Moment(NamedTuple):
    """A day, and the time of it where the file has one."""

    day: date
    clock: time | None


def find_day(text: str, order: Order = "mdy") -> date | None:
    """Return the first date written anywhere in `text`, such as a title line, or `None`."""
    for start in range(len(text)):
        if (start == 0 or not text[start - 1].isalnum()) and text[start].isalnum():
            try:
                return read_moment(text[start:], order).day
            except CellProblem:
                continue
    return None


def order_of(cells: Iterable[str]) -> Order | None:
    """Return the order that dates such as 25/01/2026 prove, `None` when none or both are proven."""
    proven: set[Order] = set()
    for cell in cells:
        found = _NUMERIC.match(cell)
        if found and int(found[1]) > LAST_MONTH:
            proven.add("dmy")
        elif found and int(found[3]) > LAST_MONTH:
            proven.add("mdy")
    return proven.pop() if len(proven) == 1 else None


def in_iso(cell: str, order: Order) -> str:
    """Return a cell with the numeric date at its start as year-month-day; any other cell as it is."""
    found = _NUMERIC.match(cell)
    if not found:
        return cell
    month, day = (found[1], found[3]) if order == "mdy" else (found[3], found[1])
    return f"{_year(found[4])}-{int(month):02d}-{int(day):02d}{cell[found.end() :]}"


@lru_cache(maxsize=4096)
def read_moment(cell: str, order: Order) -> Moment:
    """Return the day at the beginning of `cell`; ISO and written months are read whatever `order` says.

    Raises:
        CellProblem: there is no date, or it does not exist in this order.
    """
    text = cell.strip()
    year, month, day, end = _parts(text, order)
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellProblem(f"{text[:40]!r} is not a day of the calendar as {_spelled(order)}") from None
    if found <= EARLIEST_PRICE_DATE:
        raise CellProblem(f"{text[:40]!r} is too long ago")
    return Moment(found, _clock(text[end:]))


def _parts(text: str, order: Order) -> tuple[int, int, int, int]:
    if found := _YMD.match(text):
        return int(found[1]), int(found[3]), int(found[4]), found.end()
    if found := _NUMERIC.match(text):
        first, second = int(found[1]), int(found[3])
        year = _year(found[4])
        month, day = (first, second) if order == "mdy" else (second, first)
        return year, month, day, found.end()
    if (found := _DAY_FIRST.match(text)) and found[2].lower() in MONTHS:
        return _year(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]), found.end()
    if (found := _MONTH_FIRST.match(text)) and found[1].lower() in MONTHS:
        return int(found[3]), MONTHS.index(found[1].lower()) + 1, int(found[2]), found.end()
    raise CellProblem(f"{text[:40]!r} is not a date")


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)  # noqa: PLR2004 - digits of a year


def _spelled(order: Order) -> str:
    return "month/day/year" if order == "mdy" else "day/month/year"


def _clock(rest: str) -> time | None:
    found = _TIME.match(rest)
    if found:
        hour = int(found[1]) % 12 + (12 if found[4].lower() == "pm" else 0) if found[4] else int(found[1])
        parts = (hour, int(found[2]), int(found[3] or 0))
    elif compact := _COMPACT_TIME.match(rest):
        parts = (int(compact[1]), int(compact[2]), int(compact[3]))
    else:
        return None
    try:
        return time(*parts)
    except ValueError:
        return None
