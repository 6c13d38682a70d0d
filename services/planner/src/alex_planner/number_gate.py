"""The gate between a model's prose and a plan: every number in it must be a fact of the run, as it is rounded there.

What is checked: amounts, percentages, plain numbers, numbers and shares in words, multiples, and dates. What is not:
ordinals (`first`, `95th`), numbers of a list, marks such as `[2]`, names (`S&P 500`, `F-150`, and those passed in), and
quotations in quotation marks that were verified. The gate compares values, not meanings: a figure that is
attached to the wrong thing passes when the paragraph also names the right one (`Fact.about`).
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, repeat

from pydantic import BaseModel, ConfigDict

from alex_planner.date_mentions import DateMention, find_dates
from alex_planner.facts import COUNT, DATE, PERCENT, RATIO, UNITS, YEARS, Fact
from alex_planner.number_mentions import Mention, find_numbers
from alex_planner.ratio_mentions import RatioMention, find_ratios

FRACTION_TOLERANCE = Decimal("0.04")
"""Part of its own size by which `half` or `one in five` may differ from the fact: words carry no digits to round to."""
LARGEST_SCALED_ERROR = Decimal("0.05")
"""Part of the fact by which `1 million` may differ from it, however few digits are shown."""
SMALLEST_PLAIN_AMOUNT = 1000
"""Below this a number without unit or cents is not taken for an amount: `7 analysts` is no price of 7.31."""
SMALLEST_TELLING_COUNT = 100
"""From this count on the number alone tells what it is: another `10,000` than that of the paths is not likely."""
_WORDS_FOR_RATIOS = frozenset("beta sharpe correlation correlated ratio herfindahl".split())
_WORDS_FOR_HOLDINGS = frozenset("position holding investment security securitie asset instrument line item".split())
_WORDS_WITHOUT_MEANING = frozenset(
    "a all and are as at but by different for from had has have in is it now number of on or out still that the them"
    " there these this to together total was were which while with without you your".split()
)
MAX_PARAGRAPH_CHARS = 5000
"""A longer text is no paragraph: it is refused unread, so that no text makes the search run long."""
_YEARS_OF_DATES = range(1900, 2101)

_FIXED_NAMES = re.compile(
    r"S&P ?(?:400|500|600)|Russell ?(?:1000|2000|3000)|Nasdaq[- ]100|FTSE ?(?:100|250)|(?:Euro )?S?t?oxx ?(?:50|600)"
    r"|DAX ?40|CAC ?40|Dow(?: Jones)? 30|Nikkei ?225|\b40[13]\([abk]\)|\b457\(b\)|\b529 plans?"
    r"|\b10-[KQ]\b|\b8-K\b|\b20-F\b",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"(?m)^\s*(?:[-*]\s+)?\(?\d{1,2}[.)](?=\s+\D)")
_MARK = re.compile(r"\[\d{1,3}\](?!\()")
_QUOTED = re.compile(r"\"([^\"]+)\"|\u201c([^\u201d]+)\u201d|\u00ab([^\u00bb]+)\u00bb")


class UnsupportedNumber(BaseModel):
    """A number in prose for which there is no fact."""

    model_config = ConfigDict(frozen=True)

    text: str
    kind: str
    """`money`, `percent`, `years`, `times`, `span`, `plain`, `ratio`, `date`; `length` for a text that is too long."""


class GateResult(BaseModel):
    """The paragraphs that may be published, and what was found in those that may not."""

    model_config = ConfigDict(frozen=True)

    paragraphs: tuple[str, ...]
    checked: int
    replaced: int
    unsupported: tuple[tuple[UnsupportedNumber, ...], ...]
    """One entry for each paragraph that came in; empty where it passed."""


def gate(
    paragraphs: Sequence[str],
    facts: Sequence[Fact],
    fallback: Sequence[str],
    *,
    quotes: Sequence[str] = (),
    names: Sequence[str] = (),
) -> GateResult:
    """Return `paragraphs` with each that names a number without a fact replaced by its computed sentence.

    Args:
        fallback: the computed sentence for each paragraph; one that has none, or an empty one, is dropped.
        quotes: verified quotations, see `check_paragraph`.
        names: names with digits, see `check_paragraph`.
    """
    found = [tuple(check_paragraph(paragraph, facts, quotes=quotes, names=names)) for paragraph in paragraphs]
    published = [
        computed if unsupported else paragraph
        for paragraph, unsupported, computed in zip(paragraphs, found, chain(fallback, repeat("")), strict=False)
    ]
    return GateResult(
        paragraphs=tuple(paragraph for paragraph in published if paragraph),
        checked=len(paragraphs),
        replaced=sum(bool(unsupported) for unsupported in found),
        unsupported=tuple(found),
    )


def check_paragraph(
    text: str, facts: Sequence[Fact], *, quotes: Sequence[str] = (), names: Sequence[str] = ()
) -> list[UnsupportedNumber]:
    """Return the numbers in `text` that are not facts, in no particular order; empty when all are.

    Args:
        facts: the figures that the text may name, dates of its sources among them.
        quotes: verified quotations; a passage in quotation marks is skipped when it is all within one of them.
        names: names such as symbols, funds and titles; they are skipped where they stand as whole words.
    """
    normalised = _normalised(text)
    if len(normalised) > MAX_PARAGRAPH_CHARS:
        return [UnsupportedNumber(text=f"{len(normalised)} characters", kind="length")]
    facts = [fact for fact in facts if _may_be_spoken_of(fact, normalised.lower())]
    left = _without_names(_without_quotes(normalised, quotes), names)
    unsupported: list[UnsupportedNumber] = []
    for day in list(find_dates(left)):
        if not _is_date_fact(day, facts):
            unsupported.append(UnsupportedNumber(text=day.text, kind="date"))
        left = _blanked(left, day.start, day.end)
    for ratio in list(find_ratios(left)):
        if not _is_ratio_fact(ratio, facts):
            unsupported.append(UnsupportedNumber(text=ratio.text, kind="ratio"))
        left = _blanked(left, ratio.start, ratio.end)
    unsupported.extend(
        UnsupportedNumber(text=number.text, kind=number.kind)
        for number in find_numbers(left)
        if not any(_is_number_fact(number, fact) for fact in facts)
    )
    return unsupported


def _may_be_spoken_of(fact: Fact, text: str) -> bool:
    return all(not words or any(_begins_a_word(word, text) for word in words) for words in (fact.about, fact.about_too))


def _begins_a_word(beginning: str, text: str) -> bool:
    # Hundreds of facts have words of their own: as patterns they would be compiled again for each paragraph.
    start = text.find(beginning)
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start = text.find(beginning, start + 1)
    return start >= 0


def _normalised(text: str) -> str:
    """Return `text` as it is read: entities and look-alike digits resolved, invisible characters taken out."""
    text = unicodedata.normalize("NFKC", html.unescape(text))
    kept = (char for char in text if unicodedata.category(char) not in {"Cf", "Mn"})
    text = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in kept)
    text = text.translate({0x2212: "-", 0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2019: "'"})
    return re.sub(r"[*_`~]+(?=\S)|(?<=\S)[*_`~]+", "", text)


def _without_quotes(text: str, quotes: Sequence[str]) -> str:
    verified = [_words(quote) for quote in quotes]
    for match in list(_QUOTED.finditer(text)):
        passage = _words(match.group()[1:-1])
        if any(f" {passage.rstrip('.,')} " in f" {quote} " or passage in quote for quote in verified if passage):
            text = _blanked(text, match.start(), match.end())
    return text


def _words(text: str) -> str:
    return " ".join(_normalised(text).split())


def _without_names(text: str, names: Sequence[str]) -> str:
    for name in sorted({_words(name) for name in names}, key=len, reverse=True):
        if any(char.isdigit() for char in name) and any(char.isalpha() for char in name):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda match: " " * len(match.group()), text)
    for pattern in (_FIXED_NAMES, _LIST_NUMBER, _MARK):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _is_date_fact(mention: DateMention, facts: Sequence[Fact]) -> bool:
    return any(fact.unit == DATE and mention.means(date.fromisoformat(str(fact.value))) for fact in facts)


def _is_ratio_fact(mention: RatioMention, facts: Sequence[Fact]) -> bool:
    percent = mention.percent
    if percent is None:
        return False
    tolerance = FRACTION_TOLERANCE * percent
    return any(fact.unit == PERCENT and abs(Decimal(fact.value) - percent) <= tolerance for fact in facts)


def _is_number_fact(mention: Mention, fact: Fact) -> bool:
    if fact.unit == DATE:
        year = date.fromisoformat(str(fact.value)).year
        return mention.bare and mention.value == year and int(mention.value) in _YEARS_OF_DATES
    return _is_of_kind(mention, fact) and _is_rounded(mention, fact)


def _is_of_kind(mention: Mention, fact: Fact) -> bool:
    """Return whether the number and the fact may be the same figure, by their units."""
    if mention.kind == "money":
        return fact.unit not in UNITS and (not mention.currencies or fact.unit in mention.currencies)
    if mention.kind == "plain":
        measures = not _WORDS_FOR_RATIOS.isdisjoint(mention.preceding)
        if fact.unit == RATIO:
            # A whole number counts something, unless it is called a ratio.
            return measures or mention.step < 1
        if fact.unit == COUNT:
            return _counts_the_same(mention, fact) and not (measures and not mention.following)
        return fact.unit not in UNITS and _looks_like_an_amount(mention)
    return (mention.kind, fact.unit) in {("percent", PERCENT), ("years", YEARS)}


def _counts_the_same(mention: Mention, fact: Fact) -> bool:
    """Return whether the words after a small number name what the fact counts; where they name nothing, they may."""
    named = _words_of_meaning(mention.following)
    counted = _words_of_meaning(re.findall(r"[a-z]+", fact.label.lower()))
    return not named or abs(mention.value) >= SMALLEST_TELLING_COUNT or bool(named & counted)


def _words_of_meaning(words: Sequence[str]) -> frozenset[str]:
    """Return the words that may name a thing, in the singular; what is held has one name here."""
    singular = (word.removesuffix("s") for word in words if word not in _WORDS_WITHOUT_MEANING)
    return frozenset("holding" if word in _WORDS_FOR_HOLDINGS else word for word in singular)


def _looks_like_an_amount(mention: Mention) -> bool:
    return abs(mention.value) >= SMALLEST_PLAIN_AMOUNT or mention.step == Decimal("0.01")


def _is_rounded(mention: Mention, fact: Fact) -> bool:
    """Return whether a fact rounds to the number in the digits it shows; a loss may be named without its sign.

    A ratio may not: a Sharpe ratio of 2.41 is the opposite of one of -2.41.
    """
    value = Decimal(fact.value)
    shown = mention.value
    if not mention.signed and value < 0 and fact.unit != RATIO:
        value = -value
    error = abs(shown - value)
    if mention.scaled and error > LARGEST_SCALED_ERROR * abs(value):
        return False
    return error <= mention.step / 2
