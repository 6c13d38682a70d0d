"""Vectors already computed, by content. Bounded, least recently used goes first; lost at a restart."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from alex_embedder.decoding import Vector


@dataclass(frozen=True)
class EmbeddedText:
    """A vector and the tokens it cost."""

    vector: Vector
    tokens: int


class EmbeddingCache:
    """A map from a text's SHA-256 to its vector."""

    def __init__(self, max_entries: int) -> None:
        self._max_entries = max_entries
        self._entries: OrderedDict[bytes, EmbeddedText] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, text: str) -> EmbeddedText | None:
        key = _key(text)
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    def put(self, text: str, embedded: EmbeddedText) -> None:
        if self._max_entries == 0:
            return
        self._entries[_key(text)] = embedded
        while len(self._entries) > self._max_entries:
            self._entries.popitem(last=False)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
