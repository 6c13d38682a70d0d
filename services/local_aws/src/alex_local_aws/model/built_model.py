"""A model that was built ahead, as the image of local_aws has it: the graph and the tokenizer in one folder.

With it neither the weights package nor `onnx` is needed. `python -m alex_local_aws.model.built_model FOLDER` makes one.
"""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from alex_local_aws.model.graph_cache import cached_graph
from alex_local_aws.model.weights import model_directory

_GRAPH = "model.onnx"
_TOKENIZER = "tokenizer.json"


@dataclass(frozen=True)
class ModelFiles:
    """What is loaded to run the model."""

    graph: Path
    tokenizer: Path


def find_model(cache_directory: Path, built: Path | None) -> ModelFiles:
    """Return the files in `built`, or those of the weights package with a graph that is built once and cached.

    Raises:
        ValueError: `built` is given and is not complete.
    """
    if built is None:
        weights = model_directory()
        return ModelFiles(cached_graph(weights, cache_directory), weights / _TOKENIZER)
    files = ModelFiles(built / _GRAPH, built / _TOKENIZER)
    missing = [str(path) for path in (files.graph, files.tokenizer) if not path.is_file()]
    if missing:
        raise ValueError(f"LOCAL_AWS_MODEL_DIR: {' and '.join(missing)} missing; build them again or unset it")
    return files


def build_model(folder: Path) -> None:
    """Build the graph from the weights package into `folder`, with the tokenizer beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        found = find_model(Path(cache), None)
        # Copied, since a cached graph is for its owner's eyes, and an image is run by another user than it is built by.
        shutil.copyfile(found.graph, folder / _GRAPH)
        shutil.copyfile(found.tokenizer, folder / _TOKENIZER)


if __name__ == "__main__":
    build_model(Path(sys.argv[1]))
