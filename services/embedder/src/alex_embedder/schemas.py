"""What crosses the wire: OpenAI's embeddings request and answer.

Source: OpenAI API reference, "Create embeddings". Token arrays, which OpenAI also takes, are refused: the
tokens of another model's vocabulary mean nothing to this one.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

EMBEDDING_DIMENSION = 384
"""Length of every vector: all-MiniLM-L6-v2."""
MAX_INPUTS = 2048
"""Texts in one request, as at OpenAI."""
MAX_INPUT_CHARACTERS = 200_000
"""Characters of one text. The model reads 256 tokens; more than this is a document sent by mistake."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("text must not be empty or only white space")
    return text


def _as_list(value: object) -> object:
    if isinstance(value, str):
        return [value]
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, int | list):
        raise ValueError("token ids are of another model's vocabulary; send the texts themselves")  # noqa: TRY004  a 422
    return value


InputText = Annotated[str, StringConstraints(strict=True, max_length=MAX_INPUT_CHARACTERS), AfterValidator(_not_blank)]
InputTexts = Annotated[
    list[InputText],
    Field(min_length=1, max_length=MAX_INPUTS),
    # One text is read as a list of one before validation, so that an error names `input.0` and not the
    # alternatives of a union.
    BeforeValidator(_as_list, json_schema_input_type=str | list[str]),
]


class EmbeddingsRequest(BaseModel):
    """One text or a list of texts to embed."""

    model_config = ConfigDict(extra="forbid")

    input: InputTexts = Field(description="A text, or 1 to 2048 texts. Each is read up to 256 tokens.")
    model: str = Field(default="all-MiniLM-L6-v2", max_length=200, description="Named in the answer; one model serves.")
    encoding_format: Literal["float", "base64"] = Field(
        default="float", description="base64: little-endian float32 bytes, a fifth of the size."
    )
    dimensions: Literal[384] | None = Field(default=None, description="Only 384 is possible.")
    user: str | None = Field(default=None, max_length=512, description="Accepted for compatibility, not used.")


class Embedding(BaseModel):
    """The vector of the text at `index`: 384 floats of L2 norm 1, or the same in base64."""

    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str


class Usage(BaseModel):
    """Tokens read. Exact when the endpoint answers token by token, else estimated at four characters a token."""

    prompt_tokens: int
    total_tokens: int


class EmbeddingsResponse(BaseModel):
    """The vectors in the order of the texts."""

    object: Literal["list"] = "list"
    data: list[Embedding]
    model: str
    usage: Usage
