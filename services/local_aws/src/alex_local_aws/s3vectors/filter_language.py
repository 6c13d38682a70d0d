"""From the filter of a QueryVectors request to the engine's tree, with every rule of the language checked.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-metadata-filtering.html
"""

import math
from collections.abc import Collection, Sequence

from pydantic import JsonValue

from alex_local_aws.engine.filters import RANGES, All, Condition, Either, Filter, Operator, Primitive, is_number
from alex_local_aws.wire.errors import ValidationException

MOST_CONSTRAINTS = 100
"""Of one filter on an ENHANCED index (.../s3-vectors-index-mode.html)."""
_OPERATORS = frozenset(operator.value for operator in Operator)
MOST_NESTED = 32
"""Our own bound, so that a filter cannot exhaust the stack."""


def parse_filter(value: JsonValue, *, non_filterable: Collection[str], enhanced: bool) -> Filter:
    """Return the tree of `value`.

    Raises:
        ValidationException: `value` is not a filter, or names a key of `non_filterable`.
    """
    parser = _Parser(non_filterable, enhanced=enhanced)
    tree = parser.document(value, depth=0)
    if enhanced and parser.constraints > MOST_CONSTRAINTS:
        raise _refuse(f"a filter has at most {MOST_CONSTRAINTS} constraints, this one has {parser.constraints}")
    return tree


class _Parser:
    def __init__(self, non_filterable: Collection[str], *, enhanced: bool) -> None:
        self._non_filterable = non_filterable
        self._enhanced = enhanced
        self.constraints = 0

    def document(self, value: JsonValue, depth: int) -> Filter:
        if depth > MOST_NESTED:
            raise _refuse(f"a filter is nested at most {MOST_NESTED} deep")
        if not isinstance(value, dict) or not value:
            raise _refuse("a filter is an object with at least one member")
        return _all([self._member(key, member, depth) for key, member in value.items()])

    def _member(self, key: str, value: JsonValue, depth: int) -> Filter:
        if key in ("$and", "$or"):
            if not isinstance(value, list) or not value:
                raise _refuse(f"{key} takes an array of at least one filter")
            filters = tuple(self.document(element, depth + 1) for element in value)
            return All(filters) if key == "$and" else Either(filters)
        if key.startswith("$"):
            raise _refuse(f"{key} is not an operator that stands here")
        if key in self._non_filterable:
            raise _refuse(f"metadata key '{key}' is not filterable")
        if isinstance(value, dict):
            return self._conditions(key, value)
        return self._condition(key, Operator.EQUAL, value)

    def _conditions(self, key: str, operators: dict[str, JsonValue]) -> Filter:
        if not operators:
            raise _refuse(f"'{key}' has no operator")
        conditions = []
        for name, operand in operators.items():
            if name not in _OPERATORS:
                raise _refuse(f"{name!r} is not an operator")
            if name == Operator.STARTS_WITH and not self._enhanced:
                raise _refuse(f"{name} needs ENHANCED mode")
            conditions.append(self._condition(key, Operator(name), operand))
        return _all(conditions)

    def _condition(self, key: str, operator: Operator, operand: JsonValue) -> Condition:
        self.constraints += 1
        return Condition(key, operator, _operand(key, operator, operand))


def _operand(key: str, operator: Operator, value: JsonValue) -> Primitive | tuple[Primitive, ...]:
    if operator in (Operator.IN, Operator.NOT_IN):
        if not isinstance(value, list) or not value:
            raise _refuse(f"{operator} of '{key}' takes an array of at least one value")
        return tuple(_primitive(key, operator, element) for element in value)
    primitive = _primitive(key, operator, value)
    if operator in RANGES and not is_number(primitive):
        raise _refuse(f"{operator} of '{key}' takes a number")
    if operator is Operator.EXISTS and not isinstance(primitive, bool):
        raise _refuse(f"{operator} of '{key}' takes true or false")
    if operator is Operator.STARTS_WITH and not isinstance(primitive, str):
        raise _refuse(f"{operator} of '{key}' takes a string")
    return primitive


def _primitive(key: str, operator: Operator, value: JsonValue) -> Primitive:
    if isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise _refuse(f"{operator} of '{key}' takes a string, a number or a boolean")


def _all(filters: Sequence[Filter]) -> Filter:
    return filters[0] if len(filters) == 1 else All(tuple(filters))


def _refuse(reason: str) -> ValidationException:
    return ValidationException.at("/filter", f"Invalid query filter: {reason}")
