"""The built graph as a file, so that a start does not build it again.

The name carries the weights' digest and the graph's version; a second file carries the digest of the first.
A file that does not match its digest is built again: nothing here is anybody's data.
"""

import logging
import os
import tempfile
from pathlib import Path

from alex_local_aws.model.weights import file_digest

GRAPH_VERSION = 1
"""Raise it whenever `graph.py` builds something else, so that a cached graph is built again."""
_log = logging.getLogger(__name__)


def cached_graph(model_directory: Path, cache_directory: Path) -> Path:
    """Return the path of the ONNX file for the weights in `model_directory`, built when it is not there."""
    # The building code and the `onnx` package are only loaded when they are needed: 26 MB and half a second.
    weights = file_digest(model_directory / "model.safetensors")
    path = cache_directory / f"all-MiniLM-L6-v2-{weights[:16]}-v{GRAPH_VERSION}.onnx"
    digest_path = path.with_suffix(".sha256")
    if path.is_file() and digest_path.is_file() and file_digest(path) == digest_path.read_text().strip():
        return path
    if path.exists():
        _log.warning("%s is damaged and is built again", path)
    cache_directory.mkdir(parents=True, exist_ok=True)
    _write_atomically(path, _build(model_directory))
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


def _build(model_directory: Path) -> bytes:
    from alex_local_aws.model.graph import build_graph  # noqa: PLC0415  see cached_graph

    content: bytes = build_graph(model_directory).SerializeToString()
    return content
