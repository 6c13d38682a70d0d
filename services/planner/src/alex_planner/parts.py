"""The parts of an analysis that the planner agent can run as a tool, each with its figures."""

from collections.abc import Sequence
from typing import Literal, get_args

from alex_planner.analysis.schema import Figure
from alex_planner.facts import Fact

Part = Literal[
    "holdings", "allocation", "concentration", "expenses", "returns", "risk", "rebalancing", "retirement", "changes"
]
PARTS: tuple[Part, ...] = get_args(Part)
_BEGINNINGS: dict[Part, tuple[str, ...]] = {
    "holdings": ("position.", "holding.", "price_date.", "gains."),
    "allocation": ("asset_class.", "region.", "sector.", "currency.", "account.", "coverage."),
    "concentration": ("concentration.",),
    "expenses": ("expenses.",),
    "returns": ("returns.",),
    "risk": ("risk.",),
    "rebalancing": ("drift.", "target.", "class_trade.", "trade.", "trades.", "nothing."),
    "retirement": ("retirement.", "projection.", "assumption."),
    "changes": ("previous.", "change."),
}
MISSING: dict[Part, tuple[Figure, ...]] = {
    "holdings": ("value", "price", "cost"),
    "allocation": ("classes",),
    "concentration": (),
    "expenses": ("expenses",),
    "returns": ("returns",),
    "risk": ("risk",),
    "rebalancing": ("rebalancing",),
    "retirement": (),
    "changes": (),
}
"""Which of the figures that are not known belong to a part."""


def facts_of(part: Part, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts of a part, in their order."""
    return [fact for fact in facts if fact.id.startswith(_BEGINNINGS[part])]


def in_no_part(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that are of the whole: the total, counts, goals, and what the proposals bring."""
    beginnings = tuple(beginning for part in PARTS for beginning in _BEGINNINGS[part])
    return [fact for fact in facts if not fact.id.startswith(beginnings)]
