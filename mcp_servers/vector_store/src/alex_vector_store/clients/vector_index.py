"""One index of S3 Vectors through boto3, whose blocking calls run in threads.

Knows nothing of documents. The bucket and the index are created when they are missing: at start if S3 Vectors
answers then, else at the first use.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

import boto3
from alex_edge import ServiceError, UpstreamUnavailable
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from pydantic import JsonValue

from alex_vector_store.clients.embedder import EMBEDDING_DIMENSION
from alex_vector_store.errors import StoreForbidden, StoreRefused, StoreThrottled
from alex_vector_store.records import NON_FILTERABLE_KEYS, SEARCHABLE_KEYS, Metadata, Record, Vector
from alex_vector_store.settings import VectorStoreSettings

if TYPE_CHECKING:
    from mypy_boto3_s3vectors import S3VectorsClient
    from mypy_boto3_s3vectors.type_defs import (
        IndexTypeDef,
        QueryVectorsInputPaginateTypeDef,
    )

Answer = TypeVar("Answer")
MAX_KEYS_PER_GET = 100
MAX_RECORDS_PER_WRITE = 500
"""Limits of S3 Vectors for GetVectors, and for PutVectors and DeleteVectors."""
MAX_TOP_K = 10_000
TEXT_SEARCH = [{"metadataKey": key, "language": "en"} for key in SEARCHABLE_KEYS]
CONNECT_TIMEOUT_SECONDS = 3
READ_TIMEOUT_SECONDS = 30
ATTEMPTS = 4
_FORBIDDEN = 403
_BAD_REQUEST, _SERVER_ERROR = 400, 500
_THROTTLED = 429
_BUSY_STATUSES = frozenset({402, 408})
"""Quota, time-out: it may pass, and the caller's request is not at fault."""


@dataclass(frozen=True)
class Stored:
    """A vector as it is read; `vector`, `distance` and `words_score` (BM25) only where they were asked for."""

    key: str
    metadata: Metadata = field(default_factory=dict)
    vector: Vector = ()
    distance: float = 0.0
    words_score: float = 0.0


class VectorIndex:
    """Put, get, query and delete vectors of one index."""

    def __init__(self, settings: VectorStoreSettings, client: "S3VectorsClient | None" = None) -> None:
        self._bucket, self._index = settings.bucket, settings.index
        self._client = client or _create_client(settings)
        self._threads = ThreadPoolExecutor(settings.s3vectors_threads, thread_name_prefix="s3vectors")
        self._ensured = False
        self._searchable = False

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    async def ensure(self) -> None:
        """Create the bucket and the index if they are missing.

        Raises:
            UpstreamUnavailable, StoreThrottled, StoreForbidden, StoreRefused: as every call here.
        """
        await self._in_thread(self._ensure_if_new)

    async def check(self) -> None:
        """Ask for the index itself.

        Raises:
            UpstreamUnavailable, StoreThrottled, StoreForbidden, StoreRefused: as every call here.
        """
        await self._call(lambda: self._client.get_index(vectorBucketName=self._bucket, indexName=self._index))

    async def put(self, records: Sequence[Record]) -> None:
        """Write `records`, replacing those of the same key; each 500 become visible together."""
        for part in _parts(records, MAX_RECORDS_PER_WRITE):
            await self._call(partial(self._put, part))

    async def get(self, keys: Sequence[str], *, with_vectors: bool = False) -> dict[str, Stored]:
        """Return what is stored under `keys`, by key; a key without a vector is left out."""
        parts = _parts(keys, MAX_KEYS_PER_GET)
        answers = await asyncio.gather(
            *(self._call(partial(self._get, part, with_vectors=with_vectors)) for part in parts)
        )
        return {stored.key: stored for answer in answers for stored in answer}

    async def query(
        self, vector: Vector, where: dict[str, JsonValue], top_k: int, *, with_metadata: bool = True
    ) -> list[Stored]:
        """Return up to `top_k` vectors that match the filter `where`, nearest first."""
        return await self._call(lambda: self._query(vector, where, top_k, with_metadata=with_metadata))

    async def text_is_searchable(self) -> bool:
        """Return whether S3 Vectors has built its full-text index; it does so by itself after it was asked to."""
        return await self._call(self._text_is_searchable)

    async def query_texts(self, words: str, where: dict[str, JsonValue], top_k: int) -> list[Stored]:
        """Return up to `top_k` vectors whose searchable text matches `words`, best first by BM25."""
        return await self._call(lambda: self._query_texts(words, where, top_k))

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove the vectors under `keys`; keys without a vector are passed over."""
        for part in _parts(keys, MAX_RECORDS_PER_WRITE):
            await self._call(partial(self._delete, part))

    async def _call(self, call: Callable[[], Answer]) -> Answer:
        return await self._in_thread(lambda: self._call_on_index(call))

    async def _in_thread(self, call: Callable[[], Answer]) -> Answer:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, call)
        except ClientError as exc:
            raise self._translate(exc) from exc
        except NoCredentialsError as exc:
            raise StoreForbidden(self._index, str(exc)) from exc
        except BotoCoreError as exc:
            raise UpstreamUnavailable("S3 Vectors", str(exc)) from exc

    def _call_on_index(self, call: Callable[[], Answer]) -> Answer:
        self._ensure_if_new()
        try:
            return call()
        except self._client.exceptions.NotFoundException:
            # The index was removed while this process ran: an empty one is what a restart would give.
            self._ensured = False
            self._ensure_if_new()
            return call()

    def _ensure_if_new(self) -> None:
        if self._ensured:
            return
        try:
            found = self._describe()
        except self._client.exceptions.NotFoundException:
            self._create()
            found = self._describe()
        self._configure_text_search(found)
        self._ensured = True

    def _describe(self) -> "IndexTypeDef":
        return self._client.get_index(vectorBucketName=self._bucket, indexName=self._index)["index"]

    def _configure_text_search(self, found: "IndexTypeDef") -> None:
        """Give the index what an earlier version, or Terraform, which has no words for it, created it without."""
        present = {one["metadataKey"] for one in _text_configurations(found)}
        missing = [one for one in TEXT_SEARCH if one["metadataKey"] not in present]
        self._searchable = False
        if not missing:
            return
        if found.get("indexMode") == "CLASSIC":
            self._client.update_index_mode(vectorBucketName=self._bucket, indexName=self._index, indexMode="ENHANCED")
        # A conflict says that another request, or another instance, was faster.
        with suppress(self._client.exceptions.ConflictException):
            self._client.update_metadata_configuration(  # type: ignore[attr-defined]  # as in _query_texts
                vectorBucketName=self._bucket, indexName=self._index, add={"textSearchConfigurations": missing}
            )

    def _text_is_searchable(self) -> bool:
        if not self._searchable:
            configurations = _text_configurations(self._describe())
            self._searchable = all(one.get("status") == "ACTIVE" for one in configurations)
        return self._searchable

    def _create(self) -> None:
        conflict = self._client.exceptions.ConflictException
        # A conflict says that it exists, or that another instance was faster: both are what is wanted.
        with suppress(conflict):
            self._client.create_vector_bucket(vectorBucketName=self._bucket)
        with suppress(conflict):
            self._client.create_index(
                vectorBucketName=self._bucket,
                indexName=self._index,
                dataType="float32",
                dimension=EMBEDDING_DIMENSION,
                distanceMetric="cosine",
                metadataConfiguration={  # type: ignore[arg-type]  # as in _query_texts
                    "nonFilterableMetadataKeys": list(NON_FILTERABLE_KEYS),
                    "textSearchConfigurations": TEXT_SEARCH,
                },
            )

    def _put(self, records: Sequence[Record]) -> None:
        self._client.put_vectors(
            vectorBucketName=self._bucket,
            indexName=self._index,
            vectors=[
                {"key": r.key, "data": {"float32": list(r.vector)}, "metadata": dict(r.metadata)} for r in records
            ],
        )

    def _delete(self, keys: Sequence[str]) -> None:
        self._client.delete_vectors(vectorBucketName=self._bucket, indexName=self._index, keys=list(keys))

    def _get(self, keys: Sequence[str], *, with_vectors: bool) -> list[Stored]:
        answer = self._client.get_vectors(
            vectorBucketName=self._bucket,
            indexName=self._index,
            keys=list(keys),
            returnData=with_vectors,
            returnMetadata=True,
        )
        return [
            Stored(v["key"], v.get("metadata", {}), v.get("data", {}).get("float32", ())) for v in answer["vectors"]
        ]

    def _query(self, vector: Vector, where: dict[str, JsonValue], top_k: int, *, with_metadata: bool) -> list[Stored]:
        request: QueryVectorsInputPaginateTypeDef = {
            "vectorBucketName": self._bucket,
            "indexName": self._index,
            "topK": top_k,
            "queryVector": {"float32": list(vector)},
            "filter": where,
            "returnMetadata": with_metadata,
            "returnDistance": True,
        }
        pages = self._client.get_paginator("query_vectors").paginate(**request)
        return [
            Stored(v["key"], v.get("metadata", {}), distance=v.get("distance", 0.0))
            for page in pages
            for v in page["vectors"]
        ]

    def _query_texts(self, words: str, where: dict[str, JsonValue], top_k: int) -> list[Stored]:
        answer = self._client.query_vectors(  # type: ignore[call-arg]  # stubs older than full-text search
            vectorBucketName=self._bucket,
            indexName=self._index,
            topK=top_k,
            queryTexts=[{"metadataKey": key, "text": words} for key in SEARCHABLE_KEYS],
            filter=where,
            returnMetadata=True,
            returnScores=True,
        )
        vectors = cast(list[Metadata], answer["vectors"])
        return [Stored(str(v["key"]), _metadata_of(v), words_score=_bm25(v)) for v in vectors]

    def _translate(self, exc: ClientError) -> ServiceError:
        error = exc.response.get("Error", {})
        status = exc.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        reason = f"{error.get('Code', '')}: {error.get('Message', '') or exc}"[:500]
        if status == _FORBIDDEN:
            return StoreForbidden(self._index, reason)
        if status == _THROTTLED:
            return StoreThrottled(reason)
        if status >= _SERVER_ERROR or status in _BUSY_STATUSES:
            return UpstreamUnavailable("S3 Vectors", reason)
        return StoreRefused(reason)


def _create_client(settings: VectorStoreSettings) -> "S3VectorsClient":
    config = Config(
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=READ_TIMEOUT_SECONDS,
        max_pool_connections=settings.s3vectors_threads,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
    )
    client: S3VectorsClient = boto3.client("s3vectors", config=config)
    return client


def _text_configurations(found: "IndexTypeDef") -> list[dict[str, str]]:
    configurations: list[dict[str, str]] = dict(found.get("metadataConfiguration", {})).get(
        "textSearchConfigurations", []
    )  # type: ignore[assignment]  # the type stubs are older than full-text search
    return configurations


def _metadata_of(vector: Metadata) -> Metadata:
    metadata = vector.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _bm25(vector: Metadata) -> float:
    scores = vector.get("scores")
    per_key = scores.get("bm25Scores") if isinstance(scores, dict) else None
    found = [one.get("score") for one in per_key if isinstance(one, dict)] if isinstance(per_key, list) else []
    return sum(score for score in found if isinstance(score, int | float))


def _parts(items: Sequence[Answer], size: int) -> list[Sequence[Answer]]:
    return [items[i : i + size] for i in range(0, len(items), size)]
