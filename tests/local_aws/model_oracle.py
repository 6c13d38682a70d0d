"""all-MiniLM-L6-v2 in plain NumPy, one text at a time, as an independent check on the ONNX graph.

Written from the architecture (BERT, Devlin et al. 2018; mean pooling and L2 of sentence-transformers), with no
padding, no fused operator and no code of the service.
"""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Array = NDArray[np.float64]
HEADS = 12


class ModelOracle:
    """Computes embeddings in double precision."""

    def __init__(self, directory: Path) -> None:
        weights = load_file(directory / "model.safetensors")
        self._weights = {name: value.astype(np.float64) for name, value in weights.items()}
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_padding()

    def embed(self, text: str, longest: int = 256) -> Array:
        """Return the sentence vector, of length 1."""
        mean = self.token_vectors(text, longest).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))

    def token_vectors(self, text: str, longest: int = 256) -> Array:
        """Return the vectors of all tokens, `[tokens, 384]`."""
        self._tokenizer.enable_truncation(longest)
        ids = self._tokenizer.encode(text).ids
        hidden = (
            self._weights["embeddings.word_embeddings.weight"][ids]
            + self._weights["embeddings.position_embeddings.weight"][: len(ids)]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        hidden = self._normalise(hidden, "embeddings.LayerNorm")
        for layer in range(6):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        return hidden

    def _layer(self, hidden: Array, name: str) -> Array:
        attended = self._dense(self._attend(hidden, f"{name}.attention.self"), f"{name}.attention.output.dense")
        hidden = self._normalise(attended + hidden, f"{name}.attention.output.LayerNorm")
        wide = self._dense(hidden, f"{name}.intermediate.dense")
        wide = wide * 0.5 * (1 + error_function(wide / math.sqrt(2)))
        return self._normalise(self._dense(wide, f"{name}.output.dense") + hidden, f"{name}.output.LayerNorm")

    def _attend(self, hidden: Array, name: str) -> Array:
        query, key, value = (
            self._dense(hidden, f"{name}.{part}").reshape(len(hidden), HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return np.asarray((weights @ value).transpose(1, 0, 2).reshape(hidden.shape))

    def _dense(self, hidden: Array, name: str) -> Array:
        return np.asarray(hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _normalise(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return np.asarray(scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def error_function(values: Array) -> Array:
    """Return erf to 1.5e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26)."""
    t = 1 / (1 + 0.3275911 * np.abs(values))
    coefficients = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
    polynomial = np.polyval((*coefficients, 0.0), t)
    return np.asarray(np.sign(values) * (1 - polynomial * np.exp(-(values**2))))
