"""What an invocation asks for, and what the two containers answer.

`tokens` is the Hugging Face toolkit's feature-extraction pipeline: `[1][T][384]` for a string, `[n][1][T][384]` for a
list; texts beyond 512 tokens fail unless truncation is asked for.
`pooled` is text-embeddings-inference: `[n][384]`; texts beyond 256 tokens fail unless truncation is asked for.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_json

from alex_local_aws.model.embedding import SentenceModel, Tokens, truncate
from alex_local_aws.model.weights import MAX_POSITIONS, MAX_SENTENCE_TOKENS
from alex_local_aws.wire.errors import ModelError

EmbeddingShape = Literal["pooled", "tokens"]
LARGEST_PAYLOAD_BYTES = 4_000_000
"""Of a request and of a response of a serverless endpoint, "4 MB", read strictly
(https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html)."""


class TokenizeArguments(BaseModel):
    """Arguments of the tokenizer, as the pipeline of transformers takes them."""

    model_config = ConfigDict(strict=True)

    truncation: bool | None = None
    max_length: int | None = Field(default=None, ge=3, le=MAX_POSITIONS)


class Parameters(BaseModel):
    """Arguments of the pipeline."""

    model_config = ConfigDict(strict=True)

    truncation: bool | None = None
    tokenize_kwargs: TokenizeArguments = TokenizeArguments()


class Invocation(BaseModel):
    """The JSON body of an invocation."""

    model_config = ConfigDict(strict=True)

    inputs: str | list[str]
    parameters: Parameters = Parameters()
    truncate: bool | None = None
    """How text-embeddings-inference spells truncation."""


def parse_invocation(body: bytes) -> Invocation:
    """Return the invocation in `body`.

    Raises:
        ModelError: the container could make nothing of it.
    """
    try:
        return Invocation.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise ModelError(400, f"{where}: {first['msg']}") from None


def answer_invocation(model: SentenceModel, shape: EmbeddingShape, invocation: Invocation) -> bytes:
    """Return the container's JSON.

    Raises:
        ModelError: a text is too long, or the answer is.
    """
    texts = [invocation.inputs] if isinstance(invocation.inputs, str) else invocation.inputs
    tokens = _limit(model.tokenize(texts), shape, invocation)
    if shape == "pooled":
        content: object = model.embed(tokens).tolist()
    else:
        _refuse_large(sum(map(len, tokens)) * _LEAST_TOKEN_BYTES)
        pipelines = [[vectors.tolist()] for vectors in model.token_vectors(tokens)]
        content = pipelines[0] if isinstance(invocation.inputs, str) else pipelines
    answer = to_json(content)
    _refuse_large(len(answer))
    return answer


_LEAST_TOKEN_BYTES = 384 * 12
"""What the JSON of a token's vector is never shorter than in practice; saves making an answer that is too large."""


def _limit(inputs: list[Tokens], shape: EmbeddingShape, invocation: Invocation) -> list[Tokens]:
    asked = invocation.parameters.tokenize_kwargs
    longest = MAX_SENTENCE_TOKENS if shape == "pooled" else MAX_POSITIONS
    if invocation.parameters.truncation or asked.truncation or invocation.truncate:
        return [truncate(tokens, min(longest, asked.max_length or longest)) for tokens in inputs]
    for tokens in inputs:
        if len(tokens) > longest:
            raise ModelError(*_too_long(len(tokens), longest, shape))
    return inputs


def _too_long(given: int, longest: int, shape: EmbeddingShape) -> tuple[int, str]:
    """Return status and words of the container: PyTorch's, or those of text-embeddings-inference."""
    if shape == "pooled":
        return 413, f"`inputs` must have less than {longest} tokens. Given: {given}"
    return 400, (
        f"The size of tensor a ({given}) must match the size of tensor b ({longest}) at non-singleton dimension 1"
    )


def _refuse_large(size: int) -> None:
    if size > LARGEST_PAYLOAD_BYTES:
        raise ModelError(500, f"Response payload size ({size}) exceeded maximum allowed ({LARGEST_PAYLOAD_BYTES})")
