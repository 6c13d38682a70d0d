"""Whether a write-ahead log still holds everything that was committed to it.

SQLite reads a log up to the first frame whose checksum is wrong and takes that for its end, so damage in the middle
would silently drop the commits behind it. After a kill the log is the only place of the latest writes; therefore it is
checked before SQLite opens it. Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

import struct
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGIC_LITTLE = 0x377F0682
_MAGIC_BIG = 0x377F0683
_SUMMED_OF_HEADER = 24
_SUMMED_OF_FRAME = 8
_MASK = 0xFFFFFFFF

Sums = tuple[int, int]


def lost_commits(log: Path) -> int:
    """Return how many commits lie behind a damaged place of `log`; 0 for a sound one, or none.

    One such commit may be a write that a power cut tore and that was never acknowledged; two cannot be.
    """
    content = log.read_bytes() if log.is_file() else b""
    if len(content) <= _HEADER.size:
        return 0
    magic, _, page_bytes, _, *salts, first, second = _HEADER.unpack_from(content)
    big = magic == _MAGIC_BIG
    sums = _checksum(content[:_SUMMED_OF_HEADER], (0, 0), big=big)
    sound = magic in (_MAGIC_LITTLE, _MAGIC_BIG) and sums == (first, second)
    if not sound:
        return 2
    lost = 0
    frame_bytes = _FRAME.size + page_bytes
    for start in range(_HEADER.size, len(content) - frame_bytes + 1, frame_bytes):
        _, committed, *found, first, second = _FRAME.unpack_from(content, start)
        if found != salts:
            # Frames of an earlier use of the log may lie behind those of this one.
            continue
        if sound:
            sums = _checksum(content[start : start + _SUMMED_OF_FRAME], sums, big=big)
            sums = _checksum(content[start + _FRAME.size : start + frame_bytes], sums, big=big)
            sound = sums == (first, second)
        if not sound and committed:
            lost += 1
    return lost


def _checksum(data: bytes, sums: Sums, *, big: bool) -> Sums:
    """Continue the log's checksum over `data`: for each pair of words, `a += x + b` and then `b += y + a`.

    A pair is a linear step modulo 2**32, so that all of them are one product with the powers of the step.
    """
    words = np.frombuffer(data, ">u4" if big else "<u4").astype(np.uint32).reshape(-1, 2)
    powers = _powers(len(words))
    # Each pair adds (x, x + y) and then goes through the steps of the pairs behind it.
    added = np.stack([words[:, 0], words[:, 0] + words[:, 1]], axis=1)
    total = np.einsum("nij,nj->i", powers[1:][::-1], added, dtype=np.uint32)
    total += powers[0] @ np.array(sums, np.uint32)
    return int(total[0]) & _MASK, int(total[1]) & _MASK


@lru_cache(maxsize=8)
def _powers(count: int) -> NDArray[np.uint32]:
    """Return the step to the power of `count`, and then those of 0 to `count` - 1."""
    step = np.array([[1, 1], [1, 2]], np.uint32)
    powers = [np.eye(2, dtype=np.uint32)]
    for _ in range(count):
        powers.append(step @ powers[-1])
    return np.stack([powers[-1], *powers[:-1]])
