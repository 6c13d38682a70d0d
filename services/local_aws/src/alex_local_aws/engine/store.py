"""The data directory: the catalog, and an open index for each of its entries.

    catalog.sqlite3              buckets, indexes, tags
    indexes/<id>.sqlite3         one file per index
    models/                      the built graph of the embedding model

The catalog names a file as doomed before it is created and when it is deleted, and such files are removed at the next
start. Any other file that no entry names is left alone: it may be somebody's data beside a catalog that was lost.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from alex_local_aws.engine.catalog import Catalog, IndexEntry, Settings
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.index_file import IndexFile, remove_database
from alex_local_aws.engine.vector_index import VectorIndex

_log = logging.getLogger(__name__)
_SUFFIX = ".sqlite3"


@dataclass(frozen=True)
class IndexShape:
    """What an index is created with and never changes."""

    dimension: int
    metric: Metric
    settings: Settings
    text_languages: Mapping[str, str]
    """Language by full-text searchable metadata key."""


class Store:
    """Everything durable. Opened once per process."""

    def __init__(self, directory: Path) -> None:
        """Open the directory, and load every index in it.

        Raises:
            DataDirectoryInUseError: another process has it open.
            DamagedFileError: a file is not what was written; the message has its path.
        """
        self._directory = directory / "indexes"
        self._directory.mkdir(parents=True, exist_ok=True)
        self.catalog = Catalog(directory / f"catalog{_SUFFIX}")
        entries = self.catalog.all_indexes()
        self._finish_deletions()
        self._name_strangers({entry.id for entry in entries})
        self._open = {entry.id: self._load(entry) for entry in entries}

    def index(self, entry: IndexEntry) -> VectorIndex:
        """Return the open index.

        Raises:
            KeyError: it was deleted meanwhile.
        """
        return self._open[entry.id]

    def create_index(
        self, bucket: str, name: str, created: float, shape: IndexShape, *, tags: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Create an index under a name that is free, with tags by ARN. Durable on return, and nothing of it before."""
        entry = IndexEntry(uuid4().hex, bucket, name, created, shape.dimension, shape.metric, shape.settings)
        self.catalog.doom(entry.id)
        IndexFile.create(self._path(entry.id))
        index = self._load(entry)
        index.change_text_fields(shape.text_languages, [])
        self._open[entry.id] = index
        with self.catalog.change():
            self.catalog.add_index(entry)
            self.catalog.spare(entry.id)
            for arn, own in tags.items():
                self.catalog.put_tags(arn, own)

    def delete_index(self, entry: IndexEntry, *, arn: str) -> None:
        """Delete an index with all its vectors and tags. Durable on return."""
        with self.catalog.change():
            self.catalog.remove_tags(arn)
            self.catalog.remove_index(entry.id)
            self.catalog.doom(entry.id)
        self._open.pop(entry.id).remove()
        self.catalog.spare(entry.id)

    def close(self) -> None:
        """Close all files."""
        for index in self._open.values():
            index.close()
        self.catalog.close()

    def _load(self, entry: IndexEntry) -> VectorIndex:
        keys = entry.settings.get("nonFilterableMetadataKeys")
        non_filterable = [str(key) for key in keys] if isinstance(keys, list) else []
        return VectorIndex(
            self._path(entry.id), dimension=entry.dimension, metric=entry.metric, non_filterable=non_filterable
        )

    def _path(self, entry_id: str) -> Path:
        return self._directory / f"{entry_id}{_SUFFIX}"

    def _finish_deletions(self) -> None:
        for entry_id in self.catalog.doomed():
            remove_database(self._path(entry_id))
            self.catalog.spare(entry_id)

    def _name_strangers(self, known: set[str]) -> None:
        for path in self._directory.glob(f"*{_SUFFIX}"):
            if path.name.removesuffix(_SUFFIX) not in known:
                _log.warning("%s belongs to no index of the catalog and is left alone", path)
