"""The built graph and its table of token embeddings as files, so that a start does not build them again.

The names carry the weights' digest and the version of what is built; beside each file lies its own digest. A file that
does not match its digest is built again: nothing here is anybody's data.
"""

import logging
import os
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np

from alex_local_aws.model.weights import WEIGHTS_FILE, file_digest

GRAPH_VERSION = 2
"""Raise it whenever `graph.py` builds something else, so that what is cached is built again."""
_log = logging.getLogger(__name__)


class BuiltFiles(NamedTuple):
    """What is built from the weights."""

    graph: Path
    table: Path


def cached_files(model_directory: Path, cache_directory: Path) -> BuiltFiles:
    """Return the files for the weights in `model_directory`, built where they are not there."""
    digest = file_digest(model_directory / WEIGHTS_FILE)
    stem = cache_directory / f"all-MiniLM-L6-v2-{digest[:16]}-v{GRAPH_VERSION}"
    cache_directory.mkdir(parents=True, exist_ok=True)
    return BuiltFiles(
        _cached(stem.with_suffix(".onnx"), lambda: _graph(model_directory)),
        _cached(stem.with_suffix(".npy"), lambda: _table(model_directory)),
    )


def _cached(path: Path, build: Callable[[], bytes]) -> Path:
    digest_path = path.with_name(f"{path.name}.sha256")
    if path.is_file() and digest_path.is_file() and file_digest(path) == digest_path.read_text().strip():
        return path
    if path.exists():
        _log.warning("%s is damaged and is built again", path)
    _write_atomically(path, build())
    _write_atomically(digest_path, file_digest(path).encode())
    return path


def _write_atomically(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _graph(model_directory: Path) -> bytes:
    # The building code and the `onnx` package are only loaded when they are needed: 26 MB and half a second.
    from alex_local_aws.model.graph import build_graph  # noqa: PLC0415  see above

    content: bytes = build_graph(model_directory).SerializeToString()
    return content


def _table(model_directory: Path) -> bytes:
    from alex_local_aws.model.graph import build_table  # noqa: PLC0415  see above

    file = BytesIO()
    np.save(file, build_table(model_directory))
    return file.getvalue()
