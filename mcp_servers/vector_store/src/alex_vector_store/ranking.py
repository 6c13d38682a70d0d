"""The order of passages that a search found: nearness in meaning first, then words and years.

The similarity of vectors finds what is meant, but it does not tell one year's report from another's, it blurs exact
names and figures, and it takes a text about figures for the table that has them. So four terms are added up for each
candidate:

    similarity                      the mean of the query's cosines to the passage and to the opening of its page
    WORDS_WEIGHT * words            BM25 of the query's words over the candidates themselves, the best one being 1
    YEAR_WEIGHT * years             1 when the title names the latest year that the query names, 0.3 for an earlier
                                    one, -1 for other years only; 0 when either names none
    FIGURES_WEIGHT * figures        share of the passage's words that have a digit; only when the query names a year,
                                    since such a query asks for figures, which stand in tables

The weights were chosen by cross-validation on questions about annual reports, tables and personal finance
(`tools/bench/retrieval`).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

WORDS_WEIGHT = 0.05
YEAR_WEIGHT = 0.06
EARLIER_YEAR = 0.3
FIGURES_WEIGHT = 0.1
_SATURATION, _LENGTH = 1.2, 0.75
"""k1 and b of BM25. Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), section 3.2."""
STOP_WORDS = frozenset(
    "a an and any are as at be been but by can did do does for from had has have how if in into is it its me my of on "
    "or our out please so than that the their them then there these they this to us was we were what when where which "
    "who why will with would you your".split()
)
"""Words that match most passages: they cost a full-text search the most and tell it nothing."""
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|\bFY\s?'?(\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """A passage that may be an answer."""

    title: str
    text: str
    similarity: float


def rank(query: str, candidates: Sequence[Candidate]) -> list[int]:
    """Return the positions of `candidates`, best first."""
    words = _word_scores(query, [f"{candidate.title} {candidate.text}" for candidate in candidates])
    years = _years_in(query)
    scores = [
        candidate.similarity
        + WORDS_WEIGHT * word
        + YEAR_WEIGHT * _agreement(years, _years_in(candidate.title))
        + (FIGURES_WEIGHT * _share_of_figures(candidate.text) if years else 0.0)
        for candidate, word in zip(candidates, words, strict=True)
    ]
    return sorted(range(len(candidates)), key=lambda position: -scores[position])


def telling_words(query: str) -> str:
    """Return the query's words without those that any text has; all of them if nothing else is left."""
    words = _WORD.findall(query)
    telling = [word for word in words if word.lower() not in STOP_WORDS]
    return " ".join(telling or words or [query])


def _word_scores(query: str, texts: Sequence[str]) -> list[float]:
    """Return BM25 of each text, divided by the best one's."""
    wanted = set(_words(query))
    words_of = [_words(text) for text in texts]
    counts = [Counter(word for word in words if word in wanted) for words in words_of]
    lengths = [len(words) for words in words_of]
    mean_length = sum(lengths) / max(1, len(lengths)) or 1.0
    rarity = {word: _rarity(sum(word in count for count in counts), len(texts)) for word in wanted}
    scores = [
        sum(rarity[word] * _frequency(count[word], length / mean_length) for word in count)
        for count, length in zip(counts, lengths, strict=True)
    ]
    best = max(scores, default=0.0)
    return [score / best if best else 0.0 for score in scores]


def _rarity(containing: int, total: int) -> float:
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))


def _frequency(count: int, relative_length: float) -> float:
    return count * (_SATURATION + 1) / (count + _SATURATION * (1 - _LENGTH + _LENGTH * relative_length))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _years_in(text: str) -> set[int]:
    return {int(year) if year else 2000 + int(short) for year, short in _YEAR.findall(text)}


def _agreement(asked: set[int], named: set[int]) -> float:
    if not asked or not named:
        return 0.0
    if max(asked) in named:
        return 1.0
    return EARLIER_YEAR if asked & named else -1.0


def _share_of_figures(text: str) -> float:
    words = text.split()
    return sum(any(character.isdigit() for character in word) for word in words) / max(1, len(words))
