"""What a reader sees of an index: its arrays at one moment, in the order of the slots."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alex_local_aws.engine.columns import ColumnsView
from alex_local_aws.engine.distances import Scored
from alex_local_aws.engine.filters import Filter


class RowGoneError(Exception):
    """A row of the snapshot is no longer in the file, or the file has one that the snapshot does not know."""


class Snapshot(NamedTuple):
    """Arrays with one element per row, living or dead; rows are found by position."""

    blocks: tuple[NDArray[np.float32], ...]
    codes: tuple[NDArray[np.int8], ...]
    scales: NDArray[np.float32]
    losses: NDArray[np.float32]
    lengths: NDArray[np.float64]
    slots: NDArray[np.int64]
    live: NDArray[np.bool_]
    columns: ColumnsView
    keys: Sequence[str]

    def allowed(self, tree: Filter | None) -> NDArray[np.bool_]:
        """Return which rows live and are kept by `tree`."""
        return self.live if tree is None else self.live & self.columns.mask(tree)

    def scored(self, allowed: NDArray[np.bool_]) -> Scored:
        """Return what vector search needs."""
        return Scored(self.blocks, self.codes, self.scales, self.losses, self.lengths, allowed)

    def position(self, slot: int) -> int:
        """Return the position of the living row in `slot`.

        Raises:
            RowGoneError: there is no such row at this moment.
        """
        position = int(np.searchsorted(self.slots, slot))
        if position == len(self.slots) or self.slots[position] != slot or not self.live[position]:
            raise RowGoneError
        return position
