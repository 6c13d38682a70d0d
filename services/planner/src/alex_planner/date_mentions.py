"""Days, months, quarters and years that prose names, in English and in figures. It judges none of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTH_NAMES = "January February March April May June July August September October November December".split()
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = rf"(?:{'|'.join(_MONTH_NAMES)}|(?:{'|'.join(_MONTHS)}|Sept)\.?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_CENTURY = 2000

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_YEAR}[-/](?P<number>\d{{2}})[-/](?P<day>\d{{2}})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?\b",
        rf"\b{_DAY}(?: of)?[ -](?P<month>{_MONTH}),?[ -]{_YEAR}\b",
        rf"\b(?P<month>{_MONTH}) {_DAY},? {_YEAR}\b",
        rf"\b(?P<month>{_MONTH})(?: of)?,?[ -]{_YEAR}\b",
        rf"\b{_DAY}(?: of)? (?P<month>{_MONTH})(?!\w)",
        rf"\b(?P<month>{_MONTH}) {_DAY}\b(?![.,]?\d|\s?(?:%|percent|per cent))",
        r"\b(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)?\d{2})\b",
        rf"\b(?i:Q(?P<quarter>[1-4])|H(?P<half>[12]))[ -]?(?:of )?(?:FY ?)?{_YEAR}\b",
        r"\b(?:FY|CY)[ -]?'?(?P<year>(?:20)?\d{2})\b",
        r"\b(?P<decade>(?:19|20)\d0)s\b",
    )
)
"""The more exact forms come first, because each takes its characters away from the next."""


@dataclass(frozen=True)
class DateMention:
    """One date in prose and what it may mean; each reading is a year, months and a day, `None` for any."""

    text: str
    start: int
    end: int
    readings: tuple[tuple[range | None, frozenset[int] | None, int | None], ...]

    def means(self, day: date) -> bool:
        """Return whether `day` is, or lies in, what is named."""
        return any(
            (years is None or day.year in years)
            and (months is None or day.month in months)
            and number in {None, day.day}
            for years, months, number in self.readings
        )


def find_dates(text: str) -> Iterator[DateMention]:
    """Yield the dates in `text`, without overlaps; years that stand alone are left to the search for numbers."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                yield DateMention(match.group(), match.start(), match.end(), tuple(_readings(match.groupdict())))


def _readings(parts: dict[str, str | None]) -> Iterator[tuple[range | None, frozenset[int] | None, int | None]]:
    years = _years(parts)
    first, second = parts.get("first"), parts.get("second")
    if first and second:
        # Nobody can tell the day from the month, so either reading may be the fact.
        yield years, frozenset({int(second)}), int(first)
        yield years, frozenset({int(first)}), int(second)
        return
    day = parts.get("day")
    yield years, _months(parts), int(day) if day else None


def _years(parts: dict[str, str | None]) -> range | None:
    decade, year = parts.get("decade"), parts.get("year")
    if decade:
        return range(int(decade), int(decade) + 10)
    if not year:
        return None
    value = int(year) + (_CENTURY if len(year) == 2 else 0)  # noqa: PLR2004  a year of two digits
    return range(value, value + 1)


def _months(parts: dict[str, str | None]) -> frozenset[int] | None:
    month, number = parts.get("month"), parts.get("number")
    quarter, half = parts.get("quarter"), parts.get("half")
    if month:
        return frozenset({_MONTHS[month[:3]]})
    if number:
        return frozenset({int(number)})
    if quarter:
        return frozenset(range(3 * int(quarter) - 2, 3 * int(quarter) + 1))
    if half:
        return frozenset(range(6 * int(half) - 5, 6 * int(half) + 1))
    return None
