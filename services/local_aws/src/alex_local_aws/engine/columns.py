"""Filterable metadata as columns in memory, and filters evaluated over all rows at once.

A column keeps each distinct value once and a 32-bit code per row. An operator is decided once per distinct value
and then looked up for all rows, so a filter costs a few operations per row however complicated its values are.
"""

import operator as compare
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alex_local_aws.engine.filters import (
    OPPOSITES,
    All,
    Condition,
    Filter,
    MetadataValue,
    Operator,
    Primitive,
    elements,
    identity,
    is_number,
)
from alex_local_aws.engine.growing import GrowingArray

Mask = NDArray[np.bool_]
MISSING = -1
_COMPARISONS: Mapping[Operator, Callable[[NDArray[np.float64], float], Mask]] = {
    Operator.GREATER: compare.gt,
    Operator.GREATER_OR_EQUAL: compare.ge,
    Operator.LESS: compare.lt,
    Operator.LESS_OR_EQUAL: compare.le,
}


@dataclass(frozen=True)
class _ColumnView:
    column: "_Column"
    codes: NDArray[np.int32]


class _Column:
    """The values of one metadata key; codes count up from 0 in order of first sight."""

    def __init__(self, missing_rows: int) -> None:
        self.codes: GrowingArray[np.int32] = GrowingArray(np.int32)
        self.codes.append(np.full(missing_rows, MISSING, np.int32))
        self.values: list[MetadataValue] = []
        self.lists: list[int] = []
        self.numbers: GrowingArray[np.float64] = GrowingArray(np.float64)
        self.code_of: dict[object, int] = {}
        self._spellings: dict[tuple[type, Primitive], int] = {}

    def code(self, value: MetadataValue) -> int:
        """Return the code of `value`, a new one if it was never seen."""
        if isinstance(value, str | int | float):
            # The type tells true from 1; 1 and 1.0 are two entries here that lead to one code.
            spelling = (value.__class__, value)
            code = self._spellings.get(spelling)
            if code is None:
                code = self._spellings[spelling] = self._identified(value)
            return code
        return self._identified(value)

    def _identified(self, value: MetadataValue) -> int:
        is_list = not isinstance(value, str | int | float)
        name = ("list", tuple(map(identity, elements(value)))) if is_list else identity(elements(value)[0])
        code = self.code_of.get(name)
        if code is None:
            code = len(self.values)
            self.values.append(value)
            self.numbers.append(np.array([_as_float(value)]))
            if is_list:
                self.lists.append(code)
            self.code_of[name] = code
        return code


class Columns:
    """All columns of an index. One writer at a time; readers work on a view."""

    def __init__(self) -> None:
        self._columns: dict[str, _Column] = {}
        self._rows = 0

    def append(self, rows: Sequence[Mapping[str, MetadataValue]]) -> None:
        """Add one row per mapping."""
        for key in {key for row in rows for key in row}:
            if key not in self._columns:
                self._columns[key] = _Column(self._rows)
        for key, column in self._columns.items():
            codes = [column.code(row[key]) if key in row else MISSING for row in rows]
            column.codes.append(np.array(codes, np.int32))
        self._rows += len(rows)

    def view(self) -> "ColumnsView":
        return ColumnsView(
            {key: _ColumnView(column, column.codes.view()) for key, column in self._columns.items()}, self._rows
        )


class ColumnsView:
    """The columns as they were at one moment."""

    def __init__(self, columns: Mapping[str, _ColumnView], rows: int) -> None:
        self._columns = columns
        self._rows = rows

    def mask(self, tree: Filter) -> Mask:
        """Return which rows `tree` keeps."""
        if isinstance(tree, Condition):
            return self._condition(tree)
        masks = [self.mask(child) for child in tree.filters]
        combine = np.logical_and if isinstance(tree, All) else np.logical_or
        result = masks[0]
        for mask in masks[1:]:
            result = combine(result, mask)
        return result

    def _condition(self, condition: Condition) -> Mask:
        if condition.operator in OPPOSITES:
            return ~self._condition(Condition(condition.key, OPPOSITES[condition.operator], condition.operand))
        view = self._columns.get(condition.key)
        if condition.operator is Operator.EXISTS:
            present = np.zeros(self._rows, np.bool_) if view is None else view.codes != MISSING
            return present if condition.operand else ~present
        if view is None:
            return np.zeros(self._rows, np.bool_)
        return _lookup(view, _matching_codes(view.column, condition))


def _lookup(view: _ColumnView, matching: NDArray[np.int32]) -> Mask:
    if len(matching) == 0:
        return np.zeros(len(view.codes), np.bool_)
    if len(matching) == 1:
        equal: Mask = view.codes == matching[0]
        return equal
    # One place more than there are codes, for MISSING, which as -1 looks at the last place.
    table = np.zeros(len(view.column.values) + 1, np.bool_)
    table[matching] = True
    found: Mask = table[view.codes]
    return found


def _matching_codes(column: _Column, condition: Condition) -> NDArray[np.int32]:
    """Return the codes, ascending, of the values for which `condition` holds."""
    # Values that arrive meanwhile are of rows behind the view; the length is taken once.
    known = len(column.values)
    if condition.operator in _COMPARISONS:
        codes = _in_range(column, condition, known)
    elif condition.operator is Operator.STARTS_WITH:
        prefix = str(condition.operand)
        codes = [code for code in range(known) if _any_starts_with(column.values[code], prefix)]
    else:
        codes = _equal_to_any(column, condition)
    return np.unique(np.array(codes, np.int32))


def _in_range(column: _Column, condition: Condition, known: int) -> list[int]:
    assert isinstance(condition.operand, int | float)
    holds = _COMPARISONS[condition.operator]
    bound = _as_float(condition.operand)
    scalars = np.flatnonzero(holds(column.numbers.view()[:known], bound))
    lists = [
        code
        for code in column.lists[:]
        if any(holds(np.array(_as_float(element)), bound) for element in elements(column.values[code]))
    ]
    return [*scalars.tolist(), *lists]


def _equal_to_any(column: _Column, condition: Condition) -> list[int]:
    operands = condition.operand if isinstance(condition.operand, tuple) else (condition.operand,)
    wanted = {identity(operand) for operand in operands}
    scalars = [code for name in wanted if (code := column.code_of.get(name)) is not None]
    lists = [
        code
        for code in column.lists[:]
        if any(identity(element) in wanted for element in elements(column.values[code]))
    ]
    return scalars + lists


def _any_starts_with(value: MetadataValue, prefix: str) -> bool:
    return any(isinstance(element, str) and element.startswith(prefix) for element in elements(value))


def _as_float(value: MetadataValue | Primitive) -> float:
    """Return a number as the double that S3 Vectors compares, and NaN, which is in no range, for anything else."""
    if not isinstance(value, int | float) or not is_number(value):
        return float("nan")
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
