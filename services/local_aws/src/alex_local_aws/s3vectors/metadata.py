"""The rules for a vector's metadata: types, number of keys, bytes.

Limits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html (read 2026-11).
"""

import math
from collections.abc import Collection, Mapping

from pydantic import JsonValue
from pydantic_core import to_json

MOST_KEYS = 50
MOST_FILTERABLE_BYTES = 2048
"""Of the filterable part as compact UTF-8 JSON."""
MOST_BYTES = 40 * 1024
"""Of all metadata of one vector as compact UTF-8 JSON."""


def encode_metadata(metadata: Mapping[str, JsonValue], non_filterable: Collection[str]) -> bytes:
    """Return `metadata` as compact JSON.

    Raises:
        ValueError: it breaks a rule; the message says which one.
    """
    if not metadata:
        return b"{}"
    if len(metadata) > MOST_KEYS:
        raise ValueError(f"Metadata object must have at most {MOST_KEYS} keys")
    for key, value in metadata.items():
        if not _is_metadata_value(value):
            raise ValueError(f"Metadata value of '{key}' must be a string, a number, a boolean or a list of these")
    encoded = to_json(metadata)
    if len(encoded) > MOST_BYTES:
        raise ValueError(f"Metadata must have at most {MOST_BYTES} bytes")
    if len(encoded) > MOST_FILTERABLE_BYTES:
        filterable = {key: value for key, value in metadata.items() if key not in non_filterable}
        if len(to_json(filterable)) > MOST_FILTERABLE_BYTES:
            raise ValueError(f"Filterable metadata must have at most {MOST_FILTERABLE_BYTES} bytes")
    return encoded


def _is_metadata_value(value: JsonValue) -> bool:
    if isinstance(value, list):
        return all(_is_primitive(element) for element in value)
    return _is_primitive(value)


def _is_primitive(value: JsonValue) -> bool:
    return isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value))
