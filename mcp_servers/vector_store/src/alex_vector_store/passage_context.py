"""What a passage's vector is made of: its words with the title in front, and the passage that opens its page.

A passage of a report rarely names the company or the year; its title does. Measured on financial questions, the
title in front of each passage is worth more than any other single step of embedding.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from alex_vector_store.chunking import SECTION_MARK
from alex_vector_store.word_pieces import estimate_word_pieces

CONTEXT_PIECES = 48
"""Word pieces for title and section: with 200 of the passage and two marks it stays under 256."""
PAGE_PASSAGES = 4
"""About 600 words."""


@dataclass(frozen=True)
class PlacedVector:
    """A passage's vector drawn to its page, at length 1, and how long the mean of the two was.

    The cosine of a query and `vector`, times `reach`, is the mean of the query's similarities to the passage and to the
    opening of its page. Without `reach` a passage would gain by having nothing to do with its page.
    """

    vector: list[float]
    reach: float


def embedded_text(title: str, section: str, text: str) -> str:
    """Return the text to embed for a passage: its document's and section's names, unless it begins so, and itself."""
    opening = text.lstrip("# \n")
    names = dict.fromkeys([title, *section.split(SECTION_MARK)])
    context = _shorten(SECTION_MARK.join(name for name in names if name and not opening.startswith(name)))
    return f"{context}\n{text.strip()}".lstrip()


def place_in_page(vectors: Sequence[Sequence[float]]) -> list[PlacedVector]:
    """Return for each passage its vector drawn halfway to that of the passage that opens its page.

    A page is a run of `PAGE_PASSAGES` passages. Its opening says what the page is about, which the passages after
    it take for granted.
    """
    return [_halfway(vector, vectors[number - number % PAGE_PASSAGES]) for number, vector in enumerate(vectors)]


def _halfway(one: Sequence[float], other: Sequence[float]) -> PlacedVector:
    middle = [(a + b) / 2 for a, b in zip(one, other, strict=True)]
    length = math.hypot(*middle)
    # Opposite vectors have no middle; then the passage stays where it is.
    return PlacedVector([x / length for x in middle], length) if length > 0 else PlacedVector(list(one), 1.0)


def _shorten(context: str) -> str:
    """Keep the first words that fit."""
    if estimate_word_pieces(context) <= CONTEXT_PIECES:
        return context
    kept, pieces = [], 0
    for word in context.split():
        pieces += estimate_word_pieces(word)
        if pieces > CONTEXT_PIECES:
            break
        kept.append(word)
    return " ".join(kept) or context[:CONTEXT_PIECES]
