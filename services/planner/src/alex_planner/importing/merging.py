"""Rows that state parts of one holding become the holding: cash and margin shares, sources of a plan, and its lots.

Pure functions; what is no number of the file is computed nowhere else.
"""

from collections.abc import Iterable

from alex_planner.portfolio import Position

Key = tuple[str | None, str, str]
"""Account, symbol and currency."""


def merged(parts: Iterable[Position], lots: Iterable[Position]) -> tuple[tuple[Position, ...], tuple[str, ...]]:
    """Return the holdings, and a sentence for each whose lots are not all of it.

    Args:
        parts: rows that state a holding or a part of it.
        lots: rows that state one lot each; a holding that only they state is their sum.
    """
    found = _summed(parts)
    notes: list[str] = []
    for key, whole in _summed(lots).items():
        stated = found.setdefault(key, whole)
        if stated.quantity == whole.quantity:
            found[key] = stated.model_copy(update={"lots": whole.lots})
        else:
            notes.append(
                f"the lots of {stated.symbol} are {whole.quantity:f} units, the position {stated.quantity:f}: the"
                " lots are left out"
            )
    return tuple(found.values()), tuple(notes)


def _summed(parts: Iterable[Position]) -> dict[Key, Position]:
    found: dict[Key, Position] = {}
    for part in parts:
        key = (part.account, part.symbol, part.currency)
        found[key] = _sum(found[key], part) if key in found else part
    return found


def _sum(first: Position, second: Position) -> Position:
    known = first.cost_basis is not None and second.cost_basis is not None
    cost = (first.cost_basis or 0) + (second.cost_basis or 0) if known else None
    update = {"quantity": first.quantity + second.quantity, "cost_basis": cost, "lots": first.lots + second.lots}
    return first.model_copy(update=update)
