"""From an endpoint's JSON or NumPy array to one unit vector per text, whatever container answered.

The three shapes are told apart by depth alone (`sagemaker-huggingface-inference-toolkit` 2.6.0,
`handler_service.predict`; text-embeddings-inference, `/invocations`):

    [n][384]        pooled by the container
    [1][T][384]     one text, a vector per token
    [n][1][T][384]  a list of texts, a vector per token of each

A text's vector is the mean over its tokens, scaled to length 1. Taking `[0][0]` instead would be the
vector of the first token, which is not the embedding of the text.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import JsonValue

from alex_embedder.schemas import EMBEDDING_DIMENSION

Vector = npt.NDArray[np.float32]
"""Shape (384,), L2 norm 1."""
_TEXTS_OF_POOLED = 2
_SINGLE_TEXT_BY_TOKEN = 3
_TEXTS_BY_TOKEN = 4


class ShapeError(ValueError):
    """The answer is not one of the three shapes, or not for the number of texts sent."""


@dataclass(frozen=True)
class DecodedText:
    """One text's vector and, where the container tells, how many tokens it read."""

    vector: Vector
    tokens: int | None


def decode_answer(answer: JsonValue, texts_sent: int) -> list[DecodedText]:
    """Return one vector per text sent, in order.

    Raises:
        ShapeError: another depth, another number of texts, vectors of another length, or not finite.
    """
    depth = _depth(answer)
    if depth == _TEXTS_OF_POOLED:
        decoded = [DecodedText(_unit(_matrix([row])), None) for row in _items(answer)]
    elif depth == _SINGLE_TEXT_BY_TOKEN:
        decoded = [_pool(tokens) for tokens in _items(answer)]
    elif depth == _TEXTS_BY_TOKEN:
        decoded = [_pool(_only(text)) for text in _items(answer)]
    else:
        raise ShapeError(f"an array of depth {depth}; expected 2, 3 or 4")
    if len(decoded) != texts_sent:
        raise ShapeError(f"{len(decoded)} vectors for {texts_sent} texts")
    return decoded


def decode_array(answer: npt.NDArray[Any], texts_sent: int) -> list[DecodedText]:
    """Return one vector per text sent, in order, from the same shapes as one array.

    Raises:
        ShapeError: as `decode_answer`.
    """
    if answer.ndim == _TEXTS_BY_TOKEN and answer.shape[1] == 1:
        answer = answer[:, 0]
    if answer.ndim == _SINGLE_TEXT_BY_TOKEN:
        decoded = [_pool(tokens) for tokens in answer]
    elif answer.ndim == _TEXTS_OF_POOLED:
        decoded = [DecodedText(_unit(_matrix([row])), None) for row in answer]
    else:
        raise ShapeError(f"an array of shape {answer.shape}")
    if len(decoded) != texts_sent:
        raise ShapeError(f"{len(decoded)} vectors for {texts_sent} texts")
    return decoded


def _depth(value: JsonValue) -> int:
    depth = 0
    while isinstance(value, list):
        if not value:
            raise ShapeError("an empty array")
        depth += 1
        value = value[0]
    if depth and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise ShapeError(f"an array of {type(value).__name__}")
    return depth


def _items(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise ShapeError("arrays of different depths")
    return value


def _only(value: JsonValue) -> JsonValue:
    items = _items(value)
    if len(items) != 1:
        raise ShapeError(f"{len(items)} sequences for one text")
    return items[0]


def _pool(tokens: object) -> DecodedText:
    matrix = _matrix(tokens)
    return DecodedText(_unit(matrix), len(matrix))


def _matrix(rows: object) -> npt.NDArray[np.float64]:
    try:
        matrix = np.array(rows, dtype=np.float64)
    except (TypeError, ValueError) as exc:
        raise ShapeError("rows that are not equally long lists of numbers") from exc
    if matrix.ndim != 2 or matrix.shape[1] != EMBEDDING_DIMENSION:  # noqa: PLR2004  rows and columns
        raise ShapeError(f"vectors of shape {matrix.shape}; expected (tokens, {EMBEDDING_DIMENSION})")
    return matrix


def _unit(matrix: npt.NDArray[np.float64]) -> Vector:
    mean = matrix.mean(axis=0)
    norm = float(np.linalg.norm(mean))
    if not np.isfinite(norm) or norm == 0.0:
        raise ShapeError("a vector that is zero or not finite")
    unit: Vector = (mean / norm).astype(np.float32)
    return unit
