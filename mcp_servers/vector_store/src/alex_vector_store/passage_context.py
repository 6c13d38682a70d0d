"""What a passage's vector is made of: its words with the title in front, and the passage that opens its page.

A passage of a report rarely names the company or the year; its title does. Measured on financial questions, the
title in front of each passage is worth more than any other single step of embedding.
"""

import math
from collections.abc import Sequence

from alex_vector_store.word_pieces import estimate_word_pieces

CONTEXT_PIECES = 48
"""Word pieces for title and section: with 200 of the passage and two marks it stays under 256."""
PAGE_PASSAGES = 4
"""About 600 words."""


def embedded_text(title: str, section: str, text: str) -> str:
    """Return the text to embed for a passage."""
    context = _shorten(title) if not section else _shorten(f"{title} > {section}")
    return f"{context}\n{text.strip()}"


def place_in_page(vectors: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return for each passage its vector drawn halfway to that of the passage that opens its page, scaled to length 1.

    A page is a run of `PAGE_PASSAGES` passages. Its opening says what the page is about, which the passages after
    it take for granted.
    """
    return [_halfway(vector, vectors[number - number % PAGE_PASSAGES]) for number, vector in enumerate(vectors)]


def _halfway(one: Sequence[float], other: Sequence[float]) -> list[float]:
    total = [a + b for a, b in zip(one, other, strict=True)]
    norm = math.hypot(*total)
    # Opposite vectors have no middle; then the passage stays where it is.
    return [x / norm for x in total] if norm > 0 else list(one)


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
