"""Which buckets and indexes there are: one small SQLite file, held exclusively by one process.

buckets  name, creation time, settings as JSON
indexes  id (its file's name), bucket, name, creation time, shape, settings as JSON
tags     of buckets and indexes by ARN
doomed   ids of index files that a creation has not finished or a deletion has not removed yet
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.sqlite import DamagedFileError, check_log, connect, transaction

Settings = Mapping[str, JsonValue]
"""What S3 Vectors answers about a bucket or an index and the engine does not care about."""
FORMAT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, created REAL NOT NULL, settings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS indexes (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, name TEXT NOT NULL, created REAL NOT NULL,
    dimension INTEGER NOT NULL, metric TEXT NOT NULL, settings TEXT NOT NULL, UNIQUE (bucket, name)
);
CREATE TABLE IF NOT EXISTS tags (arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (arn, key));
CREATE TABLE IF NOT EXISTS doomed (id TEXT PRIMARY KEY);
"""


class DataDirectoryInUseError(ValueError):
    """Another process works on the same data directory."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is in use by another process; stop it or choose another data directory")


@dataclass(frozen=True)
class Bucket:
    """A vector bucket; `created` is in epoch seconds."""

    name: str
    created: float
    settings: Settings


@dataclass(frozen=True)
class IndexEntry:
    """An index as the catalog knows it; `created` is in epoch seconds, `id` names its file."""

    id: str
    bucket: str
    name: str
    created: float
    dimension: int
    metric: Metric
    settings: Settings


class Catalog:
    """Reads and writes the catalog; safe from any thread."""

    def __init__(self, path: Path) -> None:
        """Open or create the catalog.

        Raises:
            DataDirectoryInUseError: another process has it.
            DamagedFileError: it is not what was written.
            OSError: it cannot be opened or written, as on a full disk.
        """
        self._lock = threading.RLock()
        check_log(path)
        try:
            self._connection = connect(path, exclusive=True)
            with transaction(self._connection):
                for statement in (*_SCHEMA.split(";"), f"PRAGMA user_version = {FORMAT}"):
                    self._connection.execute(statement)
            problems = [row[0] for row in self._connection.execute("PRAGMA quick_check(1)")]
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise DataDirectoryInUseError(path.parent) from None
            raise OSError(f"{path} cannot be used: {error}") from error
        except sqlite3.DatabaseError as error:
            raise DamagedFileError(path, str(error)) from None
        if problems != ["ok"]:
            raise DamagedFileError(path, str(problems[0]))

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Let no other thread look or change meanwhile; each change inside is a step of its own."""
        with self._lock:
            yield

    @contextmanager
    def change(self) -> Iterator[None]:
        """Make what happens inside one step that no other thread sees half of."""
        with self._lock, transaction(self._connection):
            yield

    def bucket(self, name: str) -> Bucket | None:
        rows = self._select("SELECT * FROM buckets WHERE name = ?", (name,))
        return _bucket(rows[0]) if rows else None

    def buckets(self, *, prefix: str = "", after: str = "", count: int = -1) -> list[Bucket]:
        """Return up to `count` buckets in order of name, those behind `after` whose name begins with `prefix`."""
        query = "SELECT * FROM buckets WHERE name > ? AND substr(name, 1, ?) = ? ORDER BY name LIMIT ?"
        return [_bucket(row) for row in self._select(query, (after, len(prefix), prefix, count))]

    def add_bucket(self, bucket: Bucket) -> None:
        self._execute("INSERT INTO buckets VALUES (?, ?, ?)", (bucket.name, bucket.created, _json(bucket.settings)))

    def update_bucket(self, bucket: Bucket) -> None:
        self._execute("UPDATE buckets SET settings = ? WHERE name = ?", (_json(bucket.settings), bucket.name))

    def remove_bucket(self, name: str) -> None:
        self._execute("DELETE FROM buckets WHERE name = ?", (name,))

    def index(self, bucket: str, name: str) -> IndexEntry | None:
        rows = self._select("SELECT * FROM indexes WHERE bucket = ? AND name = ?", (bucket, name))
        return _index(rows[0]) if rows else None

    def indexes(self, bucket: str, *, prefix: str = "", after: str = "", count: int = -1) -> list[IndexEntry]:
        """Return up to `count` indexes of a bucket in order of name, as `buckets` does."""
        query = "SELECT * FROM indexes WHERE bucket = ? AND name > ? AND substr(name, 1, ?) = ? ORDER BY name LIMIT ?"
        return [_index(row) for row in self._select(query, (bucket, after, len(prefix), prefix, count))]

    def all_indexes(self) -> list[IndexEntry]:
        return [_index(row) for row in self._select("SELECT * FROM indexes ORDER BY bucket, name")]

    def add_index(self, entry: IndexEntry) -> None:
        values = (entry.id, entry.bucket, entry.name, entry.created, entry.dimension, entry.metric.value)
        self._execute("INSERT INTO indexes VALUES (?, ?, ?, ?, ?, ?, ?)", (*values, _json(entry.settings)))

    def update_index(self, entry: IndexEntry) -> None:
        self._execute("UPDATE indexes SET settings = ? WHERE id = ?", (_json(entry.settings), entry.id))

    def remove_index(self, entry_id: str) -> None:
        self._execute("DELETE FROM indexes WHERE id = ?", (entry_id,))

    def doomed(self) -> list[str]:
        return [str(row[0]) for row in self._select("SELECT id FROM doomed")]

    def doom(self, entry_id: str) -> None:
        """Note that the file of this id is to be removed, should the process end now."""
        self._execute("INSERT INTO doomed VALUES (?)", (entry_id,))

    def spare(self, entry_id: str) -> None:
        self._execute("DELETE FROM doomed WHERE id = ?", (entry_id,))

    def tags(self, arn: str) -> dict[str, str]:
        rows = self._select("SELECT key, value FROM tags WHERE arn = ? ORDER BY key", (arn,))
        return {str(key): str(value) for key, value in rows}

    def put_tags(self, arn: str, tags: Mapping[str, str]) -> None:
        for key, value in tags.items():
            self._execute("INSERT OR REPLACE INTO tags VALUES (?, ?, ?)", (arn, key, value))

    def remove_tags(self, arn: str, keys: Sequence[str] | None = None) -> None:
        """Remove the tags `keys`, or all tags of the resource."""
        for key in self.tags(arn) if keys is None else keys:
            self._execute("DELETE FROM tags WHERE arn = ? AND key = ?", (arn, key))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _select(self, query: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def _execute(self, statement: str, values: Sequence[object]) -> None:
        with self._lock:
            self._connection.execute(statement, values)


def _json(settings: Settings) -> str:
    return json.dumps(settings, separators=(",", ":"))


def _bucket(row: Sequence[object]) -> Bucket:
    name, created, settings = row
    return Bucket(str(name), float(str(created)), json.loads(str(settings)))


def _index(row: Sequence[object]) -> IndexEntry:
    id_, bucket, name, created, dimension, metric, settings = row
    return IndexEntry(
        str(id_),
        str(bucket),
        str(name),
        float(str(created)),
        int(str(dimension)),
        Metric(str(metric)),
        json.loads(str(settings)),
    )
