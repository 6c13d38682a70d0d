"""One index: its file for durability, its arrays in memory for search, kept in step.

A write is committed to the file first and becomes visible in memory after; only then is it acknowledged. Readers work
on a snapshot and never wait for a writer. Rows are found in the file by slots, which are never used twice; when a row
is gone by the time it is read, the whole read is done again on a newer snapshot.
"""

import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic_core import from_json

from alex_local_aws.engine.columns import Columns
from alex_local_aws.engine.distances import Metric, to_codes
from alex_local_aws.engine.filters import MetadataValue
from alex_local_aws.engine.growing import BlockMatrix, GrowingArray, gather
from alex_local_aws.engine.index_file import IndexFile, StoredRow, Vectors
from alex_local_aws.engine.quantised import row_lengths
from alex_local_aws.engine.querying import Match, Query, run_query
from alex_local_aws.engine.snapshot import RowGoneError, Snapshot
from alex_local_aws.engine.text_builder import TextBuilder
from alex_local_aws.engine.text_tables import TextField

Result = TypeVar("Result")
LEAST_DEAD_ROWS = 10_000
"""Dead rows below which an index is never compacted."""
OPTIMISTIC_READS = 5
"""How often a read is tried beside the writers before it keeps them out."""


ROWS_OF_A_BUILDING_STEP = 500
"""Rows read at once for a key that became searchable: as many as one put, so writers wait no longer than for a put."""


class Entry(NamedTuple):
    """A vector to put; the metadata is given as kept in the file."""

    key: str
    metadata: bytes


class Vector(NamedTuple):
    """A vector as read, with whichever parts were asked for."""

    slot: int
    key: str
    data: Vectors | None
    metadata: bytes | None


class Page(NamedTuple):
    """Part of a listing, and whether there is more behind its last slot."""

    vectors: list[Vector]
    more: bool


class VectorIndex:
    """Put, get, list, query and delete, exactly and durably."""

    def __init__(self, path: Path, *, dimension: int, metric: Metric, non_filterable: Sequence[str]) -> None:
        """Load the index from its file.

        Raises:
            DamagedFileError: the file is not what was written.
        """
        self.metric = metric
        self._dimension = dimension
        self._non_filterable = frozenset(non_filterable)
        self._file = IndexFile(path, dimension)
        self._lock = threading.Lock()
        self._file.check()
        self._load()
        self._text_builder = TextBuilder()
        self._start_building_texts()

    def put(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Add or replace vectors, `[len(entries), dimension]`; keys are distinct. Durable and visible on return."""
        with self._lock:
            keys = [entry.key for entry in entries]
            replaced = [position for key in keys if (position := self._position_of.get(key)) is not None]
            slots = self._slots.view()[replaced].tolist()
            first = self._file.write(keys, [entry.metadata for entry in entries], vectors, slots)
            self._bury(replaced)
            rows = [StoredRow(first + number, *entry) for number, entry in enumerate(entries)]
            self._append(rows, vectors)
            self._publish(keys)
            self._compact_if_worthwhile()

    def delete(self, keys: Sequence[str]) -> None:
        """Remove vectors; unknown keys are no error. Durable and visible on return."""
        with self._lock:
            known = {key: position for key in keys if (position := self._position_of.get(key)) is not None}
            if not known:
                return
            positions = list(known.values())
            self._file.write([], [], np.empty((0, self._dimension), np.float32), self._slots.view()[positions].tolist())
            self._bury(positions)
            for key in known:
                del self._position_of[key]
            self._snapshot = self._take_snapshot()
            self._compact_if_worthwhile()

    def get(self, keys: Sequence[str], *, data: bool, metadata: bool) -> list[Vector]:
        """Return the vectors that exist among `keys`, in the order given."""
        return self._read(lambda: self._get(keys, data=data, metadata=metadata))

    def page(self, after_slot: int, count: int, *, segment: tuple[int, int], data: bool, metadata: bool) -> Page:
        """Return up to `count` vectors behind `after_slot`, in the order in which they were last written.

        Args:
            segment: number and count of the segments of a parallel listing; `(0, 1)` is everything.
        """
        return self._read(lambda: self._page(after_slot, count, segment=segment, data=data, metadata=metadata))

    def query(self, query: Query) -> list[Match]:
        """Return what `query` finds, best first."""
        return self._read(lambda: run_query(self._snapshot, self._file, self.metric, query))

    def text_fields(self) -> list[TextField]:
        """Return the searchable metadata keys."""
        return self._file.text_fields()

    def change_text_fields(self, added: Mapping[str, str], dropped: Sequence[str]) -> None:
        """Make keys searchable, each with its language, or no longer so. Durable on return.

        Keys serve queries when the rows that there are have been read in the background (`TextField.is_built`).
        """
        with self._lock:
            self._file.change_text_fields(added, dropped)
        self._start_building_texts()

    def metadata(self, slots: Sequence[int]) -> Mapping[int, bytes]:
        """Return the metadata in these slots; what was removed or replaced meanwhile is left out."""
        return {slot: row.metadata for slot, row in self._file.read(slots).items()}

    def __len__(self) -> int:
        return len(self._position_of)

    def close(self) -> None:
        self._text_builder.stop()
        with self._lock:
            self._file.close()

    def remove(self) -> None:
        """Delete the index with its file."""
        self._text_builder.stop()
        with self._lock:
            self._file.delete()

    def _start_building_texts(self) -> None:
        if not all(field.is_built for field in self.text_fields()):
            self._text_builder.start(self._build_texts)

    def _build_texts(self) -> bool:
        with self._lock:
            return self._file.build_texts(ROWS_OF_A_BUILDING_STEP)

    def _reset(self) -> None:
        self._matrix: BlockMatrix[np.float32] = BlockMatrix(np.float32, self._dimension)
        self._codes: BlockMatrix[np.int8] = BlockMatrix(np.int8, self._dimension)
        self._scales: GrowingArray[np.float32] = GrowingArray(np.float32)
        self._losses: GrowingArray[np.float32] = GrowingArray(np.float32)
        self._lengths: GrowingArray[np.float64] = GrowingArray(np.float64)
        self._slots: GrowingArray[np.int64] = GrowingArray(np.int64)
        self._live: GrowingArray[np.bool_] = GrowingArray(np.bool_)
        self._columns = Columns()
        self._keys: list[str] = []
        self._position_of: dict[str, int] = {}

    def _load(self) -> None:
        self._reset()
        for segment in self._file.segments():
            self._append(segment.rows, segment.vectors)
        self._publish(self._keys)

    def _compact_if_worthwhile(self) -> None:
        """Leave the dead behind once they are many and outnumber the living; readers wait for it."""
        dead = len(self._keys) - len(self._position_of)
        if dead >= LEAST_DEAD_ROWS and dead > len(self._position_of):
            self._file.compact()
            self._load()

    def _append(self, rows: Sequence[StoredRow], vectors: Vectors) -> None:
        self._matrix.append(vectors)
        lengths = row_lengths(vectors)
        rounded = to_codes(vectors, lengths, self.metric)
        self._codes.append(rounded.codes)
        self._scales.append(rounded.scales)
        self._losses.append(rounded.losses)
        self._lengths.append(lengths)
        self._slots.append(np.array([row.slot for row in rows], np.int64))
        self._live.append(np.ones(len(rows), np.bool_))
        self._columns.append([self._filterable(row.metadata) for row in rows])
        self._keys.extend(row.key for row in rows)

    def _bury(self, positions: Sequence[int]) -> None:
        # Older snapshots still look at the old array, so the dead are marked in a copy.
        if positions:
            live: GrowingArray[np.bool_] = GrowingArray(np.bool_)
            live.append(self._live.view())
            live.view()[list(positions)] = False
            self._live = live

    def _publish(self, keys: Sequence[str]) -> None:
        """Make the last `len(keys)` rows visible: first the snapshot, then the keys that point into it."""
        self._snapshot = self._take_snapshot()
        first = len(self._keys) - len(keys)
        self._position_of.update(zip(keys, range(first, len(self._keys)), strict=True))

    def _take_snapshot(self) -> Snapshot:
        return Snapshot(
            blocks=self._matrix.views(),
            codes=self._codes.views(),
            scales=self._scales.view(),
            losses=self._losses.view(),
            lengths=self._lengths.view(),
            slots=self._slots.view(),
            live=self._live.view(),
            columns=self._columns.view(),
            keys=self._keys,
        )

    def _filterable(self, metadata: bytes) -> dict[str, MetadataValue]:
        if metadata == b"{}":
            return {}
        return {key: value for key, value in from_json(metadata).items() if key not in self._non_filterable}

    def _read(self, work: Callable[[], Result]) -> Result:
        for _ in range(OPTIMISTIC_READS):
            try:
                return work()
            except RowGoneError:
                continue
        with self._lock:
            return work()

    def _get(self, keys: Sequence[str], *, data: bool, metadata: bool) -> list[Vector]:
        # The keys are looked up before the snapshot is taken, so that each position lies within it.
        positions = [position for key in keys if (position := self._position_of.get(key)) is not None]
        snapshot = self._snapshot
        if not all(snapshot.live[position] for position in positions):
            raise RowGoneError
        return self._vectors(snapshot, np.array(positions, np.int64), data=data, metadata=metadata)

    def _page(self, after_slot: int, count: int, *, segment: tuple[int, int], data: bool, metadata: bool) -> Page:
        snapshot = self._snapshot
        start = int(np.searchsorted(snapshot.slots, after_slot, side="right"))
        positions = start + np.flatnonzero(snapshot.live[start:])
        number, segments = segment
        if segments > 1:
            chosen = (zlib.crc32(self._keys[position].encode()) % segments == number for position in positions.tolist())
            positions = positions[np.fromiter(chosen, np.bool_, len(positions))]
        vectors = self._vectors(snapshot, positions[:count], data=data, metadata=metadata)
        return Page(vectors, len(positions) > count)

    def _vectors(self, snapshot: Snapshot, positions: NDArray[np.int64], *, data: bool, metadata: bool) -> list[Vector]:
        slots = snapshot.slots[positions].tolist()
        numbers = gather(snapshot.blocks, positions) if data and slots else None
        stored = self._file.read(slots) if metadata else {}
        if metadata and len(stored) < len(slots):
            raise RowGoneError
        return [
            Vector(
                slots[row],
                self._keys[position],
                None if numbers is None else numbers[row],
                stored[slots[row]].metadata if metadata else None,
            )
            for row, position in enumerate(positions.tolist())
        ]
