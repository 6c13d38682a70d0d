"""What is embedded for a passage and for a document: the words themselves with their title in front.

A passage of a report rarely names the company or the year; its title does. Measured on financial questions, the
title in front of each passage is worth more than any other single step.
"""

from alex_vector_store.word_pieces import estimate_word_pieces

CONTEXT_PIECES = 48
"""Word pieces for title and section: with 200 of the passage and two marks it stays under 256."""
OVERVIEW_CHARACTERS = 2000
"""More than the model's 256 tokens hold; it cuts the rest."""


def embedded_text(title: str, section: str, text: str) -> str:
    """Return the text to embed for a passage."""
    context = _shorten(title) if not section else _shorten(f"{title} > {section}")
    return f"{context}\n{text.strip()}"


def overview_text(title: str, text: str) -> str:
    """Return the text to embed for a whole document: its title and its beginning."""
    return f"{_shorten(title)}\n{text.strip()[:OVERVIEW_CHARACTERS]}"


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
