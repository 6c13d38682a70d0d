"""A model that was built ahead, as the image of local_aws has it: graph, table and tokenizer in one folder.

With it neither the weights package nor `onnx` is needed. `python -m alex_local_aws.model.built_model FOLDER` makes one.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from alex_local_aws.model.graph_cache import cached_files
from alex_local_aws.model.weights import TOKENIZER_FILE, model_directory

_GRAPH = "model.onnx"
_TABLE = "model.npy"


class ModelFiles(NamedTuple):
    """What is loaded to run the model."""

    graph: Path
    table: Path
    tokenizer: Path


def find_model(cache_directory: Path, built: Path | None) -> ModelFiles:
    """Return the files in `built`, or those of the weights package with what is built from them once and cached.

    Raises:
        ValueError: `built` is given and is not complete.
    """
    if built is None:
        weights = model_directory()
        return ModelFiles(*cached_files(weights, cache_directory), weights / TOKENIZER_FILE)
    files = ModelFiles(built / _GRAPH, built / _TABLE, built / TOKENIZER_FILE)
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise ValueError(f"LOCAL_AWS_MODEL_DIR: {' and '.join(missing)} missing; build them again or unset it")
    return files


def build_model(folder: Path) -> None:
    """Build the model from the weights package into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        found = find_model(Path(cache), None)
        # Copied, since what is cached is for its owner's eyes, and an image is run by another user than it is built by.
        shutil.copyfile(found.graph, folder / _GRAPH)
        shutil.copyfile(found.table, folder / _TABLE)
        shutil.copyfile(found.tokenizer, folder / TOKENIZER_FILE)


if __name__ == "__main__":
    build_model(Path(sys.argv[1]))
