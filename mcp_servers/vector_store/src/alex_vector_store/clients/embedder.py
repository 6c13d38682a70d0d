"""The embedder over HTTP: texts in, vectors out."""

import array
import asyncio
import base64
import binascii
import sys
from collections.abc import Sequence

import httpx2
from alex_edge import UpstreamUnavailable, raise_for_upstream
from pydantic import BaseModel, ValidationError

from alex_vector_store.errors import EmbedderFailed

EMBEDDING_DIMENSION = 384
"""Length of a vector of all-MiniLM-L6-v2."""
TEXTS_PER_REQUEST = 128
"""Few enough that a long document's requests stay small, enough that the embedder fills its own batches."""
_OK = 200


class _Embedding(BaseModel):
    index: int
    embedding: str


class _Answer(BaseModel):
    data: list[_Embedding]


class _ErrorDetail(BaseModel):
    code: str = ""
    message: str


class _ErrorAnswer(BaseModel):
    error: _ErrorDetail


class EmbedderClient:
    """Asks the embedder for the vectors of any number of texts."""

    def __init__(self, http: httpx2.AsyncClient, *, requests_at_once: int) -> None:
        self._http = http
        self._slots = asyncio.Semaphore(requests_at_once)

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of 384 floats per text, in order.

        Raises:
            UpstreamUnavailable: the embedder does not answer.
            EmbedderFailed: it answered with an error or with something else than vectors.
        """
        parts = [texts[i : i + TEXTS_PER_REQUEST] for i in range(0, len(texts), TEXTS_PER_REQUEST)]
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._embed_part(part)) for part in parts]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return [vector for task in tasks for vector in task.result()]

    async def check(self) -> None:
        """Ask the embedder whether it is alive.

        Raises:
            UpstreamUnavailable: it does not answer.
        """
        try:
            raise_for_upstream("embedder", await self._http.get("/health"))
        except httpx2.HTTPError as exc:
            raise UpstreamUnavailable("embedder", _reason(exc, self._http)) from exc

    async def _embed_part(self, texts: Sequence[str]) -> list[list[float]]:
        body = {"input": list(texts), "encoding_format": "base64"}
        try:
            async with self._slots:
                answer = await self._http.post("/v1/embeddings", json=body)
        except httpx2.HTTPError as exc:
            raise UpstreamUnavailable("embedder", _reason(exc, self._http)) from exc
        if answer.status_code != _OK:
            raise _failure_in(answer)
        return _vectors_of(answer, len(texts))


def _vectors_of(answer: httpx2.Response, count: int) -> list[list[float]]:
    try:
        data = sorted(_Answer.model_validate_json(answer.content).data, key=lambda item: item.index)
        vectors = [_floats(item.embedding) for item in data]
    except (ValidationError, binascii.Error, ValueError) as exc:
        raise EmbedderFailed(f"an answer that is not OpenAI's embeddings shape ({type(exc).__name__})") from exc
    if len(vectors) != count or any(len(vector) != EMBEDDING_DIMENSION for vector in vectors):
        raise EmbedderFailed(f"{len(vectors)} vectors for {count} texts, or not of length {EMBEDDING_DIMENSION}")
    return vectors


def _floats(encoded: str) -> list[float]:
    numbers = array.array("f", base64.b64decode(encoded, validate=True))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()


def _failure_in(answer: httpx2.Response) -> EmbedderFailed:
    status = f"HTTP {answer.status_code}"
    try:
        error = _ErrorAnswer.model_validate_json(answer.content).error
    except ValidationError:
        return EmbedderFailed(status)
    return EmbedderFailed(f"{status}: {error.message}", error.code)


def _reason(exc: httpx2.HTTPError, http: httpx2.AsyncClient) -> str:
    return f"{type(exc).__name__} at {http.base_url}"
