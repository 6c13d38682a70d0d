"""One vector index as one SQLite file: the durable truth that memory is loaded from.

    segments  the vectors of one put as one blob of float32, with a checksum
    rows      one row per live vector: slot, key, metadata as JSON, checksum
    state     the number of live rows, written with every change
    text_*    words of the searchable metadata keys, see `text_tables.py`

A slot is given once and never again, so a row that is found by its slot is exactly the one that was looked for.
Overwriting a vector writes a new slot and removes the old row in the same transaction.
"""

import queue
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alex_local_aws.engine.sqlite import DamagedFileError, check_log, connect, transaction
from alex_local_aws.engine.text_tables import TextField, TextTables, search

FORMAT = 1
"""`user_version` of the file; another number is another layout."""
_SCHEMA = """
CREATE TABLE segments (
    first_slot INTEGER PRIMARY KEY, count INTEGER NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL
);
CREATE TABLE rows (slot INTEGER PRIMARY KEY, key TEXT NOT NULL, metadata BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE state (live INTEGER NOT NULL, next_slot INTEGER NOT NULL);
INSERT INTO state VALUES (0, 0);
"""
_SEGMENTS_WITH_DEAD = """
SELECT first_slot FROM segments
WHERE count > (SELECT count(*) FROM rows WHERE slot >= first_slot AND slot < first_slot + count)
"""
_SLOTS_PER_SELECT = 500

Vectors = NDArray[np.float32]
Slots = NDArray[np.int64]


class StoredRow(NamedTuple):
    """What the file knows about one live vector, besides its numbers."""

    slot: int
    key: str
    metadata: bytes


class Segment(NamedTuple):
    """Live rows that were written together, and their vectors."""

    rows: list[StoredRow]
    vectors: Vectors


class IndexFile:
    """The file of one index. One writer at a time (the caller's lock); any number of readers."""

    def __init__(self, path: Path, dimension: int) -> None:
        """Open the file, which `create` has made.

        Raises:
            DamagedFileError: it is missing, of another format, or not a database.
        """
        if not path.is_file():
            raise DamagedFileError(path, "the file is missing")
        self.path = path
        self._dimension = dimension
        self._readers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        check_log(path)
        self._writer = connect(path)
        with self._damage():
            (version,) = self._writer.execute("PRAGMA user_version").fetchone()
            if version != FORMAT:
                raise DamagedFileError(path, f"format {version} instead of {FORMAT}")
            state: tuple[int, int] = self._writer.execute("SELECT live, next_slot FROM state").fetchone()
            self._live, self._next_slot = state
            self._texts = TextTables(self._writer)

    @staticmethod
    def create(path: Path) -> None:
        """Make an empty file, durable when this returns."""
        connection = connect(path)
        with transaction(connection):
            for statement in (*_SCHEMA.split(";"), f"PRAGMA user_version = {FORMAT}"):
                connection.execute(statement)
        connection.close()

    def check(self) -> None:
        """Read the whole structure of the file.

        Raises:
            DamagedFileError: pages are torn, or rows are missing.
        """
        with self._damage():
            problems = [row[0] for row in self._writer.execute("PRAGMA quick_check(1)")]
            (rows,) = self._writer.execute("SELECT count(*) FROM rows").fetchone()
        if problems != ["ok"]:
            raise DamagedFileError(self.path, str(problems[0]).strip().splitlines()[-1])
        if rows != self._live:
            raise DamagedFileError(self.path, f"{rows} rows where {self._live} were written")

    def segments(self) -> Iterator[Segment]:
        """Yield everything that is live, in the order of the slots.

        Raises:
            DamagedFileError: a checksum does not match, or a row has no vector.
        """
        seen = 0
        with self._damage():
            for found in self._writer.execute("SELECT first_slot, count, checksum, data FROM segments ORDER BY 1"):
                segment = self._segment(*found)
                seen += len(segment.rows)
                yield segment
        if seen != self._live:
            raise DamagedFileError(self.path, f"vectors of {self._live - seen} rows are missing")

    def write(
        self,
        keys: Sequence[str],
        metadata: Sequence[bytes],
        vectors: Vectors,
        replaced: Sequence[int],
        *,
        dropped_segment: int | None = None,
    ) -> int:
        """Add rows, remove the rows in the slots `replaced`, and return the first of the new slots.

        Durable when this returns; on any failure nothing has changed.
        """
        first = self._next_slot
        live = self._live + len(keys) - len(replaced)
        slots = range(first, first + len(keys))
        rows = [
            (slot, key, value, _row_checksum(slot, key, value))
            for slot, key, value in zip(slots, keys, metadata, strict=True)
        ]
        with transaction(self._writer):
            if len(keys):
                data = vectors.astype("<f4", copy=False).tobytes()
                segment = (first, len(keys), zlib.crc32(data), data)
                self._writer.execute("INSERT INTO segments VALUES (?, ?, ?, ?)", segment)
                self._writer.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", rows)
                self._texts.insert(list(zip(slots, metadata, strict=True)))
            if self._texts.fields:
                self._texts.remove([(row.slot, row.metadata) for row in self.read(replaced).values()])
            self._writer.executemany("DELETE FROM rows WHERE slot = ?", [(slot,) for slot in replaced])
            self._writer.execute("DELETE FROM segments WHERE first_slot = ?", (dropped_segment,))
            self._writer.execute("UPDATE state SET live = ?, next_slot = ?", (live, first + len(keys)))
        self._live, self._next_slot = live, first + len(keys)
        return first

    def compact(self) -> None:
        """Write the live vectors of every segment that has dead ones again, and drop the segment.

        Each segment is a step of its own; an end of the process in between leaves some of them for the next time.
        """
        for (first,) in self._writer.execute(_SEGMENTS_WITH_DEAD).fetchall():
            query = "SELECT first_slot, count, checksum, data FROM segments WHERE first_slot = ?"
            rows, vectors = self._segment(*self._writer.execute(query, (first,)).fetchone())
            keys, metadata = [row.key for row in rows], [row.metadata for row in rows]
            self.write(keys, metadata, vectors, [row.slot for row in rows], dropped_segment=first)

    def text_fields(self) -> list[TextField]:
        """Return the searchable metadata keys in the order in which they became so."""
        return list(self._texts.fields.values())

    def change_text_fields(self, added: Mapping[str, str], dropped: Sequence[str]) -> None:
        """Make keys searchable, each with its language, or no longer so. Durable on return.

        What is to be read for them is read by `build_texts`.
        """
        unread_end = self._next_slot if self._live else 0
        with self._changing_texts():
            for key in dropped:
                self._texts.drop(key)
            for key, language in added.items():
                self._texts.add(key, language, unread_end)

    def build_texts(self, count: int) -> bool:
        """Read up to `count` rows for a key that became searchable; return whether there is more to do."""
        with self._changing_texts():
            self._texts.build(count)
        return any(not field.is_built for field in self._texts.fields.values())

    def search(self, key: str, text: str, most: int) -> list[tuple[int, float]]:
        """Return slots and BM25 scores of the `most` best rows whose metadata `key` has any word of `text`, best first.

        Nothing when the key has stopped being searchable since it was looked up.
        """
        field = self._texts.fields.get(key)
        if field is None:
            return []
        with self._reader() as connection:
            return search(connection, field, text, most)

    def read(self, slots: Sequence[int]) -> dict[int, StoredRow]:
        """Return the rows in these slots; what was removed meanwhile is left out."""
        found: dict[int, StoredRow] = {}
        with self._reader() as connection:
            for start in range(0, len(slots), _SLOTS_PER_SELECT):
                chosen = slots[start : start + _SLOTS_PER_SELECT]
                marks = ",".join("?" * len(chosen))
                query = f"SELECT slot, key, metadata FROM rows WHERE slot IN ({marks})"  # noqa: S608  only marks
                found.update((row[0], StoredRow(*row)) for row in connection.execute(query, chosen))
        return found

    def close(self) -> None:
        """Close every connection; the last one copies the log into the file."""
        while not self._readers.empty():
            self._readers.get().close()
        self._writer.close()

    def delete(self) -> None:
        """Close and remove the file and its log."""
        self.close()
        remove_database(self.path)

    def _segment(self, first: int, count: int, checksum: int, data: bytes) -> Segment:
        if zlib.crc32(data) != checksum or len(data) != count * self._dimension * 4:
            raise DamagedFileError(self.path, f"checksum of the vectors from slot {first} does not match")
        rows = self._rows_between(first, first + count)
        vectors = np.frombuffer(data, "<f4").reshape(count, self._dimension)
        return Segment(rows, vectors[[row.slot - first for row in rows]])

    def _rows_between(self, first: int, end: int) -> list[StoredRow]:
        query = "SELECT slot, key, metadata, checksum FROM rows WHERE slot >= ? AND slot < ? ORDER BY slot"
        rows = self._writer.execute(query, (first, end)).fetchall()
        for slot, key, metadata, checksum in rows:
            if _row_checksum(slot, key, metadata) != checksum:
                raise DamagedFileError(self.path, f"checksum of the row in slot {slot} does not match")
        return [StoredRow(slot, key, metadata) for slot, key, metadata, _ in rows]

    @contextmanager
    def _changing_texts(self) -> Iterator[None]:
        try:
            with transaction(self._writer):
                yield
        finally:
            # Not before: a query that knew of a field too early would not find its table, or not all of it.
            self._texts.load()

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._readers.get_nowait()
        except queue.Empty:
            connection = connect(self.path)
        try:
            yield connection
        finally:
            self._readers.put(connection)

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, TypeError, UnicodeError) as error:
            raise DamagedFileError(self.path, str(error)) from None


def remove_database(path: Path) -> None:
    """Remove a SQLite file with its log and its shared memory."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _row_checksum(slot: int, key: str, metadata: bytes) -> int:
    return zlib.crc32(metadata, zlib.crc32(key.encode(), slot & 0xFFFFFFFF))
