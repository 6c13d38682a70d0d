"""Arrays that grow at the end while others read what is there already.

A view taken before an append stays valid and unchanged: rows are only ever added behind it, and when the space runs
out a new array takes over while the old one lives on in the views. One writer at a time; any number of readers.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

Scalar = TypeVar("Scalar", bound=np.generic)
FIRST_ROWS = 256
GROWTH = 4
"""Factor of growth: few copies, and what is not written to yet takes no memory but only addresses."""
BLOCK_ROWS = 65_536
"""Rows of one block of a matrix: growing by blocks never copies more than this many."""


class GrowingArray(Generic[Scalar]):
    """One value per row."""

    def __init__(self, dtype: DTypeLike, *, width: int | None = None) -> None:
        """Start empty; with `width` each row is a vector of that length."""
        shape = (FIRST_ROWS,) if width is None else (FIRST_ROWS, width)
        self._values: NDArray[Scalar] = np.empty(shape, dtype)
        self.size = 0

    def append(self, rows: NDArray[Scalar]) -> None:
        needed = self.size + len(rows)
        if needed > len(self._values):
            grown = np.empty((max(needed, GROWTH * len(self._values)), *self._values.shape[1:]), self._values.dtype)
            grown[: self.size] = self._values[: self.size]
            self._values = grown
        self._values[self.size : needed] = rows
        self.size = needed

    def view(self) -> NDArray[Scalar]:
        return self._values[: self.size]


class BlockMatrix(Generic[Scalar]):
    """Rows of vectors in blocks of BLOCK_ROWS, so that a million rows are never copied to grow."""

    def __init__(self, dtype: DTypeLike, width: int) -> None:
        self._dtype = dtype
        self._width = width
        self._blocks: list[GrowingArray[Scalar]] = []

    def append(self, rows: NDArray[Scalar]) -> None:
        while len(rows):
            if not self._blocks or self._blocks[-1].size == BLOCK_ROWS:
                self._blocks.append(GrowingArray(self._dtype, width=self._width))
            room = BLOCK_ROWS - self._blocks[-1].size
            self._blocks[-1].append(rows[:room])
            rows = rows[room:]

    def views(self) -> tuple[NDArray[Scalar], ...]:
        return tuple(block.view() for block in self._blocks)


def gather(blocks: Sequence[NDArray[Scalar]], positions: NDArray[np.int64]) -> NDArray[Scalar]:
    """Return the rows at `positions` of a matrix in blocks, in that order."""
    if len(blocks) == 1:
        return blocks[0][positions]
    rows = np.empty((len(positions), blocks[0].shape[1]), blocks[0].dtype)
    numbers = positions // BLOCK_ROWS
    for number, block in enumerate(blocks):
        chosen = np.flatnonzero(numbers == number)
        if len(chosen):
            rows[chosen] = block[positions[chosen] - number * BLOCK_ROWS]
    return rows
