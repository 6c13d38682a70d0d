"""Texts to vectors: cache, batches, several invocations at once, retries inside one deadline.

Knows neither HTTP nor AWS; the endpoint is passed in.
"""

import asyncio
from collections.abc import Sequence

from alex_embedder.batching import MAX_TOKENS, split_into_invocations
from alex_embedder.cache import EmbeddedText, EmbeddingCache
from alex_embedder.decoding import DecodedText
from alex_embedder.errors import DeadlineExceeded, ModelFailed
from alex_embedder.retrying import retry
from alex_embedder.sagemaker import EmbeddingEndpoint
from alex_embedder.settings import EmbedderSettings

_CHARACTERS_PER_TOKEN = 4
"""OpenAI's rule of thumb for English; used only for `usage` when the container does not tell."""


class Embedder:
    """Turns texts into unit vectors of length 384 through an endpoint."""

    def __init__(self, endpoint: EmbeddingEndpoint, settings: EmbedderSettings) -> None:
        self._endpoint = endpoint
        self._endpoint_name = settings.endpoint_name
        self._deadline_seconds = settings.deadline_seconds
        self._slots = asyncio.Semaphore(settings.max_concurrent_invocations)
        self._cache = EmbeddingCache(settings.cache_entries)
        self._pooled: bool | None = None
        """Whether the last answer came pooled; unknown before the first one, which is asked for carefully."""

    async def embed(self, texts: Sequence[str]) -> list[EmbeddedText]:
        """Return one embedding per text, in order; equal texts are computed once.

        Raises:
            EndpointFailure: the endpoint is missing, forbidden, cold, too slow, down or wrong.
        """
        found = {text: hit for text in dict.fromkeys(texts) if (hit := self._cache.get(text))}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            found.update(zip(missing, await self._compute_in_time(missing), strict=True))
        return [found[text] for text in texts]

    async def check(self) -> None:
        """Compute one short text, past the cache: the only proof that the endpoint is there and allowed.

        Raises:
            EndpointFailure: as `embed`.
        """
        await self._endpoint.invoke(["ready"])

    async def _compute_in_time(self, texts: list[str]) -> list[EmbeddedText]:
        until = asyncio.get_running_loop().time() + self._deadline_seconds
        try:
            async with asyncio.timeout_at(until):
                return await self._compute(texts, until)
        except TimeoutError:
            raise DeadlineExceeded(self._endpoint_name, f"{len(texts)} texts in {self._deadline_seconds:g} s") from None

    async def _compute(self, texts: list[str], until: float) -> list[EmbeddedText]:
        if self._pooled is not None:
            return await self._invoke_all(texts, until)
        # The first answer tells whether the container pools, and so how the rest is best split.
        first = next(split_into_invocations(texts, pooled=False))
        embedded = await self._invoke(texts[: first.stop], until)
        return embedded + await self._invoke_all(texts[first.stop :], until)

    async def _invoke_all(self, texts: list[str], until: float) -> list[EmbeddedText]:
        parts = split_into_invocations(texts, pooled=bool(self._pooled))
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._invoke([texts[i] for i in part], until)) for part in parts]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return [embedded for task in tasks for embedded in task.result()]

    async def _invoke(self, texts: list[str], until: float) -> list[EmbeddedText]:
        try:
            async with self._slots:
                decoded = await retry(lambda: self._endpoint.invoke(texts), until=until)
        except ModelFailed:
            if not self._pooled or len(texts) == 1:
                raise
            # Behind the same name there is now perhaps a container that answers token by token, whose
            # answer for this many texts is over the limit.
            self._pooled = False
            return await self._invoke_all(texts, until)
        self._pooled = decoded[0].tokens is None
        return [self._remember(text, answer) for text, answer in zip(texts, decoded, strict=True)]

    def _remember(self, text: str, answer: DecodedText) -> EmbeddedText:
        tokens = answer.tokens or min(MAX_TOKENS, -(-len(text) // _CHARACTERS_PER_TOKEN))
        embedded = EmbeddedText(answer.vector, tokens)
        self._cache.put(text, embedded)
        return embedded
