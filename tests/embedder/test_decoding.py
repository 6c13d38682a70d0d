"""The shapes of SageMaker containers, told apart by depth."""

import numpy as np
import pytest
from alex_embedder.decoding import ShapeError, decode_answer
from pydantic import JsonValue

RNG = np.random.default_rng(7)
TOKENS = [RNG.normal(size=(5, 384)), RNG.normal(size=(9, 384))]


def _unit_mean(tokens: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> list[float]:
    mean = tokens.mean(axis=0)
    unit: list[float] = (mean / np.linalg.norm(mean)).tolist()
    return unit


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        pytest.param([TOKENS[0].tolist()], 1, id="one-text-by-token"),
        pytest.param([[t.tolist()] for t in TOKENS], 2, id="list-by-token"),
        pytest.param([[TOKENS[0].tolist()]], 1, id="list-of-one-by-token"),
        pytest.param([t.mean(axis=0).tolist() for t in TOKENS], 2, id="pooled"),
    ],
)
def test_every_shape_gives_the_unit_mean_over_the_tokens(answer: JsonValue, count: int) -> None:
    """Mean pooling and L2 norm, as sentence-transformers defines this model's embedding."""
    decoded = decode_answer(answer, count)
    for one, tokens in zip(decoded, TOKENS, strict=False):
        assert one.vector.dtype == np.float32
        np.testing.assert_allclose(one.vector, _unit_mean(tokens), atol=1e-6)


def test_the_vector_is_not_that_of_the_first_token() -> None:
    """The known wrong result of taking `[0][0]`."""
    decoded = decode_answer([TOKENS[0].tolist()], 1)[0]
    first = TOKENS[0][0] / np.linalg.norm(TOKENS[0][0])
    assert abs(float(decoded.vector @ first)) < 0.9


def test_tokens_are_counted_when_the_container_tells() -> None:
    """Usage is exact for containers that answer by token."""
    assert [one.tokens for one in decode_answer([[t.tolist()] for t in TOKENS], 2)] == [5, 9]
    assert decode_answer([TOKENS[0].mean(axis=0).tolist()], 1)[0].tokens is None


@pytest.mark.parametrize(
    ("answer", "count", "says"),
    [
        pytest.param({"error": "x"}, 1, "depth 0", id="object"),
        pytest.param([], 1, "empty", id="empty"),
        pytest.param([0.5] * 384, 1, "depth 1", id="flat"),
        pytest.param([[0.5] * 768], 1, "768", id="another-model"),
        pytest.param([[0.0] * 384], 1, "zero", id="zero-vector"),
        pytest.param([[0.5] * 384], 2, "1 vectors for 2", id="too-few"),
        pytest.param([["a"] * 384], 1, "str", id="strings"),
        pytest.param([[0.5] * 384, [0.5] * 383], 2, "383", id="ragged"),
        pytest.param([[[[[0.5] * 384]]]], 1, "depth 5", id="too-deep"),
        pytest.param([[[[0.5] * 384], [[0.5] * 384]]], 1, "2 sequences", id="two-sequences"),
        pytest.param([[[0.5] * 384], 3], 2, "shape", id="mixed-depth"),
        pytest.param([[float("nan")] * 384], 1, "finite", id="nan"),
    ],
)
def test_another_shape_is_refused_with_what_was_found(answer: JsonValue, count: int, says: str) -> None:
    """A wrong model behind the endpoint must not give vectors that look right."""
    with pytest.raises(ShapeError, match=says):
        decode_answer(answer, count)
