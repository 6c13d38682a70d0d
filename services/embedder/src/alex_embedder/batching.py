"""How many texts fit into one invocation.

SageMaker serverless caps an answer at 4 MB. A container that answers token by token writes up to 7,723 bytes
of JSON per token (384 numbers of float32 in full), so that 500 tokens are 3.86 MB. Until an answer has shown that
the container pools, every text counts with the most tokens it can have.
"""

import unicodedata
from collections.abc import Iterator, Sequence

MAX_TOKENS = 256
"""Tokens read of a text, as sentence-transformers does for all-MiniLM-L6-v2 (`max_seq_length`)."""
MAX_TOKENS_PER_INVOCATION = 500
"""Tokens whose vectors stay under 4 MB as JSON."""
MAX_POOLED_TEXTS = 32
"""Texts per invocation of a pooling container: the default limit of text-embeddings-inference."""
_SPECIAL_TOKENS = 2


def most_tokens(text: str) -> int:
    """Return an upper bound on the tokens read of `text`: each character is at most one, after decomposition."""
    if len(text) >= MAX_TOKENS:
        return MAX_TOKENS
    return min(MAX_TOKENS, len(unicodedata.normalize("NFD", text)) + _SPECIAL_TOKENS)


def split_into_invocations(texts: Sequence[str], *, pooled: bool) -> Iterator[range]:
    """Yield ranges of positions in `texts` that go into one invocation each, in order."""
    start = tokens = 0
    for position, text in enumerate(texts):
        size = most_tokens(text)
        count = position - start
        full = count >= MAX_POOLED_TEXTS or (not pooled and tokens + size > MAX_TOKENS_PER_INVOCATION)
        if count and full:
            yield range(start, position)
            start, tokens = position, 0
        tokens += size
    if texts:
        yield range(start, len(texts))
