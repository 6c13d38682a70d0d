"""Metadata filters as a tree, and what each operator means for one value. The columns evaluate whole indexes.

    Filter = All(filters) | Either(filters) | Condition(key, operator, operand)

A list matches when any of its elements does. `$ne` and `$nin` are the exact opposites of `$eq` and `$in`, so they
hold for a missing key, as in MongoDB, whose language this is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Primitive = str | int | float | bool
MetadataValue = Primitive | Sequence[Primitive]


class Operator(StrEnum):
    """What compares a value with an operand; the text is its name on the wire."""

    EQUAL = "$eq"
    NOT_EQUAL = "$ne"
    GREATER = "$gt"
    GREATER_OR_EQUAL = "$gte"
    LESS = "$lt"
    LESS_OR_EQUAL = "$lte"
    IN = "$in"
    NOT_IN = "$nin"
    EXISTS = "$exists"
    STARTS_WITH = "$startsWith"


OPPOSITES = {Operator.NOT_EQUAL: Operator.EQUAL, Operator.NOT_IN: Operator.IN}
RANGES = frozenset({Operator.GREATER, Operator.GREATER_OR_EQUAL, Operator.LESS, Operator.LESS_OR_EQUAL})


@dataclass(frozen=True)
class Condition:
    """One operator on one key; the operand is a tuple for `$in` and `$nin`, else one value."""

    key: str
    operator: Operator
    operand: Primitive | tuple[Primitive, ...]


@dataclass(frozen=True)
class All:
    """Every one of `filters` holds."""

    filters: tuple["Filter", ...]


@dataclass(frozen=True)
class Either:
    """At least one of `filters` holds."""

    filters: tuple["Filter", ...]


Filter = Condition | All | Either


def identity(value: Primitive) -> tuple[str, Primitive]:
    """Return what makes two values equal: numbers by value, and a boolean is no number."""
    if isinstance(value, bool):
        return ("boolean", value)
    return ("string" if isinstance(value, str) else "number", value)


def is_number(value: Primitive) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def elements(value: MetadataValue) -> Sequence[Primitive]:
    """Return what a stored value offers to an operator: its elements, or itself."""
    return (value,) if isinstance(value, str | int | float) else value
