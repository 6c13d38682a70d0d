"""The one route: parse, embed, answer."""

import base64
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from alex_embedder.cache import EmbeddedText
from alex_embedder.embedding import Embedder
from alex_embedder.schemas import Embedding, EmbeddingsRequest, EmbeddingsResponse, Usage

router = APIRouter(tags=["embeddings"])


def _embedder(request: Request) -> Embedder:
    embedder = request.app.state.embedder
    assert isinstance(embedder, Embedder)
    return embedder


@router.post("/v1/embeddings")
async def create_embeddings(
    body: EmbeddingsRequest, embedder: Annotated[Embedder, Depends(_embedder)]
) -> EmbeddingsResponse:
    """Return one vector of 384 floats and norm 1 per text, in order."""
    embedded = await embedder.embed(body.input)
    in_base64 = body.encoding_format == "base64"
    data = [Embedding(index=i, embedding=_encode(one, in_base64=in_base64)) for i, one in enumerate(embedded)]
    tokens = sum(one.tokens for one in embedded)
    return EmbeddingsResponse(data=data, model=body.model, usage=Usage(prompt_tokens=tokens, total_tokens=tokens))


def _encode(embedded: EmbeddedText, *, in_base64: bool) -> list[float] | str:
    if in_base64:
        return base64.b64encode(embedded.vector.astype("<f4").tobytes()).decode()
    return [float(x) for x in embedded.vector]
