"""Splitting under the 4 MB answer limit of SageMaker serverless."""

from alex_embedder.batching import MAX_POOLED_TEXTS, MAX_TOKENS_PER_INVOCATION, most_tokens, split_into_invocations
from hypothesis import given
from hypothesis import strategies as st

BYTES_PER_TOKEN = 7723
TEXTS = st.lists(st.text(max_size=600), max_size=80)


@given(TEXTS)
def test_no_answer_by_token_can_pass_four_megabytes(texts: list[str]) -> None:
    """The limit of SageMaker serverless, at the most bytes a token can take."""
    for part in split_into_invocations(texts, pooled=False):
        tokens = sum(most_tokens(texts[i]) for i in part)
        assert tokens <= MAX_TOKENS_PER_INVOCATION
        assert tokens * BYTES_PER_TOKEN < 4_000_000


@given(TEXTS, st.booleans())
def test_every_text_goes_into_exactly_one_invocation_in_order(texts: list[str], pooled: bool) -> None:  # noqa: FBT001  drawn
    """Order is what maps answers to texts."""
    parts = list(split_into_invocations(texts, pooled=pooled))
    assert [i for part in parts for i in part] == list(range(len(texts)))
    assert all(0 < len(part) <= MAX_POOLED_TEXTS for part in parts)


def test_long_texts_go_one_at_a_time_until_the_container_pools() -> None:
    """Two texts of 256 tokens would be 3.95 MB, too close to the limit."""
    texts = ["word " * 400] * 5
    assert [len(part) for part in split_into_invocations(texts, pooled=False)] == [1, 1, 1, 1, 1]
    assert [len(part) for part in split_into_invocations(texts, pooled=True)] == [5]


def test_decomposed_characters_count_each() -> None:
    """The tokenizer decomposes characters before it counts: one Hangul syllable may be three pieces."""
    assert most_tokens("각") == 5
