"""Whether two quotes on the same topic cannot both be right, by rule: they speak of the same and say another thing.

It flags for a reader; it judges neither and changes nothing.
"""

import re

from alex_researcher.schemas import Stance
from alex_researcher.topic_words import telling_words, words

MIN_SHARED_WORDS = 4
MIN_SHARED_PART = 0.6
"""Part of the shorter quote's telling words that the other must have, to be about the same thing."""
_NEGATIONS = frozenset({"no", "not", "never", "none", "without", "nor", "denied", "denies"})
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def contradiction(quote: str, stance: Stance, older_quote: str, older_stance: Stance) -> str | None:
    """Return why two quotes do not agree, or None when they may both be right."""
    if quote == older_quote or not _same_subject(quote, older_quote):
        return None
    figures, older_figures = set(_FIGURE.findall(quote)), set(_FIGURE.findall(older_quote))
    if figures and older_figures and figures != older_figures:
        new, old = sorted(figures - older_figures), sorted(older_figures - figures)
        return f"the figures differ: {', '.join(new) or 'none'} instead of {', '.join(old) or 'none'}"
    if bool(words(quote) & _NEGATIONS) != bool(words(older_quote) & _NEGATIONS):
        return "one of the two denies what the other says"
    return "one speaks for it, the other against it" if {stance, older_stance} == {"supports", "against"} else None


def _same_subject(one: str, other: str) -> bool:
    first, second = telling_words(one), telling_words(other)
    shared = len(first & second)
    return shared >= MIN_SHARED_WORDS and shared >= MIN_SHARED_PART * min(len(first), len(second))
