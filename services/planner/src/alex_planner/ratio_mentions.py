"""Shares and multiples in words that prose names: `two thirds of`, `one in five`, `a quarter point`, `doubled`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from alex_planner.number_words import NUMBER_WORDS, word_value

_DENOMINATORS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_HALF = re.compile(r"(?i)(?<!first )(?<!second )(?P<count>\b)\b(?P<part>half)\b(?![ -]year)")
_PARTS = r"third|quarter|fifth|sixth|eighth|tenth"
_FRACTION = re.compile(
    rf"(?i)\b(?P<count>a|one|two|three|four|five|seven|nine|[1-9])[ -](?P<part>(?:{_PARTS})s?)\b(?=\s+(?:of|the)\b)"
    rf"|\b(?P<more>two|three|four|five|seven|nine|[2-9])[ -](?P<parts>(?:{_PARTS})s)\b"
)
_CASES = r"(?:period|day|week|month|year|path|case)s?"
_ODDS = re.compile(
    rf"(?:(?P<first>\b\d{{1,2}}|{NUMBER_WORDS}))\s+(?:in|out of|{_CASES}\s+(?:in|out of|of))\s+(?:every\s+)?"
    rf"(?P<second>\d{{1,3}}\b|{NUMBER_WORDS})"
    r"(?![\d,.]*\d|[ -]?(?:%|percent|years?|months?|days?|million|thousand|billion))"
)
_POINTS = re.compile(r"(?i)\b(?P<part>half|quarter)[ -](?:of a )?(?:percentage )?points?\b")
_MULTIPLE = re.compile(
    r"(?i)\b(?:doubl(?:es?|ed|ing)\b(?!-)|(?:tripl|quadrupl|halv)(?:es?|ed|ing)\b|(?:twice|thrice)\b"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|hundred)-?fold\b)"
)


@dataclass(frozen=True)
class RatioMention:
    """A share or a multiple in words; `percent` is `None` for a multiple, of which a plan has no fact."""

    text: str
    start: int
    end: int
    percent: Decimal | None


def find_ratios(text: str) -> Iterator[RatioMention]:
    """Yield the fractions, odds and multiples in `text`, without overlaps."""
    taken: list[tuple[int, int]] = []
    for mention in (*_fractions(text), *_odds(text), *_multiples(text)):
        if all(mention.end <= start or mention.start >= end for start, end in taken):
            taken.append((mention.start, mention.end))
            yield mention


def _fractions(text: str) -> Iterator[RatioMention]:
    for match in _POINTS.finditer(text):
        percent = Decimal(1) / _DENOMINATORS[match["part"].lower()]
        yield RatioMention(match.group(), match.start(), match.end(), percent)
    for match in (*_FRACTION.finditer(text), *_HALF.finditer(text)):
        parts = match.groupdict()
        count, part = parts.get("more") or parts["count"], parts.get("parts") or parts["part"]
        share = Decimal(_count(count) or 1) / _DENOMINATORS[part.lower().removesuffix("s")]
        yield RatioMention(match.group(), match.start(), match.end(), 100 * share)


def _odds(text: str) -> Iterator[RatioMention]:
    for match in _ODDS.finditer(text):
        first, second = _count(match["first"]), _count(match["second"])
        if first is not None and second and first <= second:
            yield RatioMention(match.group(), match.start(), match.end(), Decimal(100 * first) / second)


def _multiples(text: str) -> Iterator[RatioMention]:
    for match in _MULTIPLE.finditer(text):
        yield RatioMention(match.group(), match.start(), match.end(), None)


def _count(words: str) -> int | None:
    if words.isdigit():
        return int(words)
    return word_value(words) if words else None
