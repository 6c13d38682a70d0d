"""Symbols and names of brokers' files, safe to store and to show. It knows no format."""

from contextlib import suppress

from alex_planner.portfolio_cells import CellProblem, read_symbol, read_text

MAX_TEXT = 200
MAX_SYMBOL = 32


def symbol_of(text: str) -> str:
    """Return a symbol; a description that stands in its place is cut to one.

    Raises:
        CellProblem: it begins like a formula, or is a total row.
    """
    with suppress(CellProblem):
        return read_symbol(text)
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " .:/^*_-") else "-" for char in text.upper())
    read_text(text[:MAX_TEXT])
    return read_symbol(" ".join(plain.split())[:MAX_SYMBOL].strip())


def name_of(text: str | None) -> str | None:
    """Return a name in one line, or `None` for nothing.

    Raises:
        CellProblem: it begins like a formula, or has control characters.
    """
    return read_text(" ".join(text.split())[:MAX_TEXT]) if text and text.strip() else None
