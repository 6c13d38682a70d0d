"""The key that callers of the local services show: given by the user, or made once and kept."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

KEYS_VARIABLE = "ALEX_API_KEYS"
KEY_BYTES = 32
"""Randomness of a key that is made here: 256 bits."""


def given_key(environment: Mapping[str, str]) -> str | None:
    """Return the first key in `ALEX_API_KEYS`, the one that services show to each other."""
    keys = (key.strip() for key in environment.get(KEYS_VARIABLE, "").split(","))
    return next((key for key in keys if key), None)


def kept_key(data: Path) -> str | None:
    """Return the key that an earlier start kept in the data folder."""
    try:
        return (data / "api_key").read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def find_or_make_key(environment: Mapping[str, str], data: Path) -> str:
    """Return the given key, else the kept one, else a new one that is kept for its owner's eyes only."""
    return given_key(environment) or kept_key(data) or _make_key(data)


def _make_key(data: Path) -> str:
    data.mkdir(parents=True, exist_ok=True)
    path = data / "api_key"
    key = secrets.token_urlsafe(KEY_BYTES)
    # An empty file may lie there from an interrupted start; the mode below counts only for a new file.
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key + "\n")
    return key
