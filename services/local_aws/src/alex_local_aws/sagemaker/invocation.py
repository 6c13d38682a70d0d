"""What an invocation asks for, and what the two containers answer.

`tokens` is the Hugging Face toolkit's feature-extraction pipeline: `[1][T][384]` for a string, `[n][1][T][384]` for a
list; texts beyond 512 tokens fail unless truncation is asked for.
The answer is JSON, or in the format of NumPy's files where the request accepts that.
`pooled` is text-embeddings-inference: `[n][384]`; texts beyond 256 tokens fail unless truncation is asked for. The
answer is always JSON.
"""

from io import BytesIO
from typing import Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_json

from alex_local_aws.model.embedding import SentenceModel, Tokens, truncate
from alex_local_aws.model.weights import MAX_POSITIONS, MAX_SENTENCE_TOKENS
from alex_local_aws.wire.errors import ModelError

JSON = "application/json"
NPY = "application/x-npy"
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


class ContainerAnswer(NamedTuple):
    """The body of an answer, and what it is."""

    content: bytes
    media_type: str


def answer_invocation(
    model: SentenceModel, shape: EmbeddingShape, invocation: Invocation, accept: str
) -> ContainerAnswer:
    """Return what the container answers.

    Args:
        accept: the media type that the request asks for; a container that does not know it answers JSON.

    Raises:
        ModelError: a text is too long, or the answer is, or it has no form in `accept`.
    """
    texts = [invocation.inputs] if isinstance(invocation.inputs, str) else invocation.inputs
    tokens = _limit(model.tokenize(texts), shape, invocation)
    if shape == "pooled":
        answer = ContainerAnswer(to_json(model.embed(tokens).tolist()), JSON)
    else:
        as_array = accept == NPY
        _refuse_large(sum(map(len, tokens)) * (_ARRAY_TOKEN_BYTES if as_array else _LEAST_TOKEN_BYTES))
        pipelines = [[vectors.tolist()] for vectors in model.token_vectors(tokens)]
        content = pipelines[0] if isinstance(invocation.inputs, str) else pipelines
        answer = ContainerAnswer(_npy(content), NPY) if as_array else ContainerAnswer(to_json(content), JSON)
    _refuse_large(len(answer.content))
    return answer


def _npy(content: object) -> bytes:
    """Return a NumPy file of float64, as the toolkit's encoder makes it of Python's numbers."""
    file = BytesIO()
    try:
        np.save(file, np.array(content))
    except ValueError as error:
        raise ModelError(400, str(error)) from None
    return file.getvalue()


_LEAST_TOKEN_BYTES = 384 * 12
"""What the JSON of a token's vector is never shorter than in practice; saves making an answer that is too large."""
_ARRAY_TOKEN_BYTES = 384 * 8


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
