"""Amounts, percentages and plain numbers that prose names, with the precision in which it shows them.

English prose; numbers in figures may also be written the continental way. It judges none of them.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from alex_planner.currency import CURRENCY_CODES
from alex_planner.number_words import NUMBER_WORDS, word_value

Kind = Literal["money", "percent", "years", "times", "span", "plain", "unreadable"]

LARGEST_IDLE_WORD = 12
"""Number words up to this one, without a unit, are manners of speech: `two things matter`."""
_SCALES = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12
}  # fmt: skip
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD"})
_SIGNS = {
    "US$": frozenset({"USD"}), "$": _DOLLARS, "€": frozenset({"EUR"}), "£": frozenset({"GBP"}), "₹": frozenset({"INR"}),
    "¥": frozenset({"JPY", "CNY"}), "dollar": _DOLLARS, "euro": frozenset({"EUR"}), "pound": frozenset({"GBP"}),
    "yen": frozenset({"JPY"}), "franc": frozenset({"CHF"}), "cent": _DOLLARS | {"EUR"},
}  # fmt: skip
_CODES = "|".join(sorted(CURRENCY_CODES))
_FIGURES = (
    r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?(?!\d|,\d)|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+"
    r"|\d+,\d{1,2}(?!\d|,\d)|\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3}(?!\d))?|\.\d+"
)
_NOUNS = r"positions?|holdings?|accounts?|shares|units|stocks|bonds|funds|paths|simulations|currencies|slices"
_MENTION = re.compile(
    rf"(?P<sign>(?<![\w%)\].])[-+])?\s?(?:(?P<prefix>US\$|[$€£¥₹]|\b(?:{_CODES})(?=\s?[-+]?[\d.]))\s?(?P<inner>[-+])?)?"
    rf"(?:(?P<figures>{_FIGURES})|(?P<words>{NUMBER_WORDS}))"
    r"(?:(?:\s|-)?(?P<scale>(?i:thousand|million|billion|trillion|mn|bn|tn))(?![A-Za-z])|(?P<letter>[kKmMbB])(?![A-Za-z]))?"
    rf"(?:\s?-?\s?(?:(?P<unit>%|‰|(?i:percentage[ -]points?|percent|per[ -]cent|pct|pp|bps?|basis[ -]points?"
    rf"|years?|yrs?|months?|weeks?|days?|hours?|times|x|fold|(?:US )?dollars?|euros?|pounds?|(?:Swiss )?francs?"
    rf"|yen|cents?)|{_CODES})(?![A-Za-z])|(?P<noun>(?i:{_NOUNS}))\b))?"
)
_KINDS: tuple[tuple[re.Pattern[str], Kind, Decimal], ...] = (
    (re.compile(r"%|percent|pct|pp|per[ -]cent|percentage[ -]points?"), "percent", Decimal(1)),
    (re.compile(r"bps?|basis[ -]points?"), "percent", Decimal("0.01")),
    (re.compile("‰"), "percent", Decimal("0.1")),
    (re.compile(r"years?|yrs?"), "years", Decimal(1)),
    (re.compile(r"months?|weeks?|days?|hours?"), "span", Decimal(1)),
    (re.compile(r"times|x|fold"), "times", Decimal(1)),
    (re.compile(r"cents?"), "money", Decimal("0.01")),
)
"""Units in lower case, the kind of their numbers, and the factor into the unit of that kind."""
_IDLE_ONES = re.compile(r"(?i)(?:days?|times|x|hours?)$")
_JOINT = re.compile(r"\s*(?:-|–|—|/|to|and|or)\s*$")
_FOLLOWING_WORDS = 3
_PRECEDING_WORDS = 6


@dataclass(frozen=True)
class Mention:
    """One number in prose. `value` is in units of its kind: percent, years, or money of one of `currencies`.

    `times` is a multiple, `span` a time in other units than years, `unreadable` words that are no one number.
    """

    text: str
    start: int
    end: int
    value: Decimal
    step: Decimal
    """The last digit shown counts this much: 0.1 for `12.3`, 10,000 for `1.23 million`."""
    kind: Kind
    scaled: bool
    signed: bool
    bare: bool
    """Whether it is a whole number in figures, without separators: what a year looks like."""
    currencies: frozenset[str]
    """Empty when none is named."""
    preceding: tuple[str, ...]
    """The words before in lower case, which say what a plain number measures."""
    following: tuple[str, ...]
    """The next words in lower case, which say what a plain number counts."""


def find_numbers(text: str) -> list[Mention]:
    """Return the numbers in `text` that are of interest, in order.

    Not of interest: ordinals, numbers that are part of a name such as `F-150`, and small number words without a unit.
    """
    found = [mention for match in _MENTION.finditer(text) if (mention := _mention(text, match)) is not None]
    return _share_units(text, found)


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    parts = match.groupdict()
    words = parts["words"]
    value, places = _from_figures(parts["figures"] or "0") if words is None else (_from_words(parts, words), 0)
    if value is None or _is_name_or_ordinal(text, match):
        return None
    unit = (parts["unit"] or "").lower()
    scale = Decimal(10) ** _SCALES.get((parts["scale"] or parts["letter"] or "").lower(), 0)
    kind, factor = _kind(unit, prefix=parts["prefix"])
    if words and word_value(words) is None:
        kind = "unreadable"
    sign = -1 if "-" in {parts["sign"], parts["inner"]} else 1
    return Mention(
        text=match.group().strip(),
        start=match.start("figures" if parts["figures"] else "words"),
        end=match.end(),
        value=sign * value * scale * factor,
        step=scale * factor * Decimal(1).scaleb(-places),
        kind=kind,
        scaled=scale > 1,
        signed=bool(parts["sign"] or parts["inner"]),
        bare=bool(parts["figures"]) and match.group().strip().isdigit(),
        currencies=_currencies(parts["prefix"], parts["unit"]),
        preceding=_preceding(text, match.start()),
        following=_following(text, match.start("noun") if parts["noun"] else match.end()),
    )


def _from_words(parts: dict[str, str | None], words: str) -> Decimal | None:
    """Return the value of number words, zero for words that are no one number, `None` when not of interest."""
    value = word_value(words)
    if value is None:
        return Decimal(0)
    measured = parts["scale"] or (parts["unit"] and not (value == 1 and _IDLE_ONES.search(parts["unit"])))
    counted = parts["noun"] and value > 1
    if measured or counted or value > LARGEST_IDLE_WORD:
        return Decimal(value)
    return None


def _from_figures(figures: str) -> tuple[Decimal, int]:
    """Return the value and the decimal places of figures, in the English or in the continental way of writing."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d+,\d{1,2}", figures):
        figures = figures.replace(".", "").replace(",", ".")
    plain = re.sub(r"[,' ]", "", figures)
    value = Decimal(plain)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return value, -exponent


def _is_name_or_ordinal(text: str, match: re.Match[str]) -> bool:
    if match["figures"] is None:
        return False
    before, after = text[max(0, match.start("figures") - 2) : match.start("figures")], text[match.end() :]
    if match["unit"] or match["scale"] or match["letter"] or match["prefix"]:
        return False
    if re.match(r"(?:st|nd|rd|th)\b", after):
        return True
    in_a_word = re.search(r"[A-Za-z]-?$", before) is not None and not before.lower().endswith("x")
    return in_a_word and len(match["figures"]) <= 3  # noqa: PLR2004  F-150, COVID-19, B2B; a year is never a name


def _kind(unit: str, *, prefix: str | None) -> tuple[Kind, Decimal]:
    """Return the kind of a number and the factor into the unit of that kind."""
    for pattern, kind, factor in _KINDS:
        if pattern.fullmatch(unit):
            return kind, factor
    return ("money" if unit or prefix else "plain"), Decimal(1)


def _currencies(prefix: str | None, unit: str | None) -> frozenset[str]:
    for name in (prefix, unit):
        if name and name.upper() in CURRENCY_CODES:
            return frozenset({name.upper()})
        if name and (known := _SIGNS.get(name) or _SIGNS.get(name.lower().split()[-1].removesuffix("s"))):
            return known
    return frozenset()


def _preceding(text: str, start: int) -> tuple[str, ...]:
    clause = re.split(r"[.,;:!?()](?!\d)", text[max(0, start - 80) : start])[-1]
    return tuple(re.findall(r"[a-z]+", clause.lower())[-_PRECEDING_WORDS:])


def _following(text: str, end: int) -> tuple[str, ...]:
    clause = re.split(r"[.,;:!?()]", text[end : end + 80])[0]
    return tuple(re.findall(r"[a-z]+", clause.lower())[:_FOLLOWING_WORDS])


def _share_units(text: str, found: list[Mention]) -> list[Mention]:
    """Give the first number of a range the unit of the last: `12.3 to 14.5 %`, `$1.2-1.5 million`."""
    shared = list(found)
    for index, (left, right) in enumerate(pairwise(found)):
        if not _JOINT.fullmatch(text[left.end : right.start].replace("$", "")):
            continue
        if left.kind == "plain" and right.kind != "plain":
            shared[index] = replace(shared[index], kind=right.kind, currencies=right.currencies)
        if left.kind == "money" and right.kind == "plain":
            shared[index + 1] = replace(right, kind="money", currencies=left.currencies)
        if right.scaled and not left.scaled:
            factor = Decimal(10) ** (right.step.adjusted() + _places(right.text))
            shared[index] = replace(shared[index], value=left.value * factor, step=left.step * factor, scaled=True)
    return shared


def _places(text: str) -> int:
    fraction = re.search(r"\d[.,](\d+)", text)
    return len(fraction[1]) if fraction else 0
