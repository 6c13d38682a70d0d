"""The SageMaker Runtime client: one invocation, foreign errors and shapes stop here.

Knows nothing of retries, caches or batches.
"""

import asyncio
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

import boto3
import numpy as np
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from alex_embedder.batching import MAX_TOKENS
from alex_embedder.decoding import DecodedText, ShapeError, decode_answer, decode_array
from alex_embedder.errors import (
    EndpointFailure,
    EndpointForbidden,
    EndpointMissing,
    EndpointStillCold,
    EndpointUnreachable,
    ModelFailed,
    UnexpectedAnswer,
)
from alex_embedder.settings import EmbedderSettings

if TYPE_CHECKING:
    from mypy_boto3_sagemaker_runtime import SageMakerRuntimeClient

CONNECT_TIMEOUT_SECONDS = 5
JSON = "application/json"
NPY = "application/x-npy"
"""NumPy's file format. The Hugging Face toolkit writes 3,072 bytes of it per token, against 7,723 of JSON; a container
that knows no other format than JSON, such as text-embeddings-inference, answers JSON all the same."""
_FORBIDDEN_CODES = frozenset(
    {"AccessDeniedException", "AccessDenied", "UnrecognizedClientException", "ExpiredTokenException",
     "InvalidSignatureException", "InvalidClientTokenId", "MissingAuthenticationToken"}
)  # fmt: skip
_COLD_CODES = frozenset({"ModelNotReadyException"})
_BUSY_CODES = frozenset(
    {"ThrottlingException", "Throttling", "TooManyRequestsException", "ServiceUnavailable",
     "ServiceUnavailableException", "InternalFailure", "InternalServerException", "InternalDependencyException"}
)  # fmt: skip
_COLD_PHRASES = ("not ready", "loading", "starting", "timed out", "cold start", "worker died", "unavailable")
"""What a model container answers (424) while its model is still being loaded."""
_SERVER_ERROR = 500


class EmbeddingEndpoint(Protocol):
    """Something that turns a few texts into vectors in one call."""

    async def invoke(self, texts: Sequence[str]) -> list[DecodedText]:
        """Return one vector per text.

        Raises:
            EndpointFailure: one of its kinds.
        """
        ...


class SageMakerEndpoint:
    """An `EmbeddingEndpoint` over boto3, whose blocking calls run in threads of its own."""

    def __init__(self, settings: EmbedderSettings, client: "SageMakerRuntimeClient | None" = None) -> None:
        self._name = settings.endpoint_name
        self._client = client or _create_client(settings)
        self._arrays = True
        """Whether a single text is asked for as a NumPy array; off after a container that could not give one."""
        self._threads = ThreadPoolExecutor(settings.max_concurrent_invocations, thread_name_prefix="sagemaker")

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    async def invoke(self, texts: Sequence[str]) -> list[DecodedText]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._invoke, list(texts))

    def _invoke(self, texts: list[str]) -> list[DecodedText]:
        # Several texts of several lengths make no array, and the toolkit fails where it is asked for one.
        if not self._arrays or len(texts) > 1:
            return self._ask(texts, JSON)
        try:
            return self._ask(texts, NPY)
        except ModelFailed:
            decoded = self._ask(texts, JSON)
            self._arrays = False
            return decoded

    def _ask(self, texts: list[str], accept: str) -> list[DecodedText]:
        try:
            answer = self._client.invoke_endpoint(
                EndpointName=self._name, ContentType=JSON, Accept=accept, Body=_request_body(texts)
            )
            body = answer["Body"].read()
        except ClientError as exc:
            raise _translate(self._name, exc) from exc
        except (NoCredentialsError, PartialCredentialsError) as exc:
            raise EndpointForbidden(self._name, str(exc)) from exc
        except BotoCoreError as exc:
            raise EndpointUnreachable(self._name, str(exc)) from exc
        try:
            if answer.get("ContentType") == NPY:
                return decode_array(np.load(BytesIO(body), allow_pickle=False), len(texts))
            return decode_answer(json.loads(body), len(texts))
        except (ShapeError, ValueError) as exc:
            raise UnexpectedAnswer(self._name, str(exc)) from exc


def _create_client(settings: EmbedderSettings) -> "SageMakerRuntimeClient":
    config = Config(
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=settings.invoke_timeout_seconds,
        max_pool_connections=settings.max_concurrent_invocations,
        # Retries are ours: they must know the deadline of the request and what a cold start looks like.
        retries={"total_max_attempts": 1, "mode": "standard"},
    )
    client: SageMakerRuntimeClient = boto3.client("sagemaker-runtime", config=config)
    return client


def _request_body(texts: list[str]) -> bytes:
    # A list even for one text, so that one text and many take the same path in the container. `truncate` is
    # read by text-embeddings-inference, `parameters` by the Hugging Face toolkit; each ignores the other's.
    parameters = {"truncation": True, "tokenize_kwargs": {"max_length": MAX_TOKENS}}
    return json.dumps({"inputs": texts, "parameters": parameters, "truncate": True}).encode()


def _translate(endpoint: str, exc: ClientError) -> EndpointFailure:
    code = exc.response.get("Error", {}).get("Code", "")
    message = exc.response.get("Error", {}).get("Message", "") or str(exc)
    status = exc.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    reason = f"{code}: {message}"[:500]
    if code in _FORBIDDEN_CODES:
        return EndpointForbidden(endpoint, reason)
    if code in _COLD_CODES or (code == "ModelError" and _sounds_cold(message)):
        return EndpointStillCold(endpoint, reason)
    if code == "ModelError":
        return ModelFailed(endpoint, reason)
    if code in _BUSY_CODES or status >= _SERVER_ERROR:
        return EndpointUnreachable(endpoint, reason)
    if "not found" in message.lower():
        return EndpointMissing(endpoint, reason)
    return ModelFailed(endpoint, reason)


def _sounds_cold(message: str) -> bool:
    lowered = message.lower()
    return any(phrase in lowered for phrase in _COLD_PHRASES)
