"""Calls that break off: nothing is seen of half a document, and the repetition finishes it.

Faults are put into the real boto3 client, where an answer of S3 Vectors would arrive.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import httpx2
import pytest
from alex_vector_store.knowledge import Knowledge
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from fastapi import FastAPI
from pydantic import JsonValue

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("small_batches")]
URL = "https://news.example/page"
OLD = "Deliveries of turbines were late in the spring."
NEW = "\n".join(f"Turbine {n} was delivered to plant {n % 7} on day {n} of the year." for n in range(60))
"""Five to eight passages."""


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a short document need several PutVectors calls, as 500 passages do."""
    monkeypatch.setattr("alex_vector_store.clients.vector_index.MAX_RECORDS_PER_WRITE", 4)


class _Body:
    def stream(self) -> Iterator[bytes]:
        yield b'{"message": "Currently unable to handle the request"}'


def _answer(status: int, kind: str) -> AWSResponse:
    headers = HTTPHeaders()
    headers["x-amzn-errortype"] = kind
    return AWSResponse("http://s3vectors", status, headers, _Body())


@contextmanager
def failing(
    app: FastAPI,
    operation: str,
    when: Callable[[int], bool],
    status: int = 503,
    kind: str = "ServiceUnavailableException",
) -> Iterator[None]:
    """Answer the n-th call of `operation`, and all its retries, with a failure when `when(n)` says so."""
    numbers = count()
    doomed: set[int] = set()

    def before_send(**_: object) -> AWSResponse | None:
        number = next(numbers)
        # A retry of a call that failed is a call of its own here; it must fail too.
        if not when(number) and not doomed:
            return None
        doomed.add(number)
        return _answer(status, kind)

    knowledge: Knowledge = app.state.knowledge
    events = knowledge.index._client.meta.events
    name = f"before-send.s3vectors.{operation}"
    events.register(name, before_send)  # type: ignore[arg-type]  # the stubs miss handlers that answer
    try:
        yield
    finally:
        events.unregister(name, before_send)  # type: ignore[arg-type]  # as above


async def ingest(http: httpx2.AsyncClient, text: str, key: str | None = None) -> httpx2.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return await http.post("/ingest", json={"title": "Turbines", "text": text, "url": URL}, headers=headers)


async def shown(http: httpx2.AsyncClient) -> set[str]:
    answer = await http.post("/search", json={"query": "turbine deliveries", "limit": 50})
    return {str(passage["version_id"]) for passage in answer.json()["passages"]}


@pytest.mark.parametrize(
    ("operation", "fails_at"),
    [
        pytest.param("PutVectors", 0, id="first-passages"),
        pytest.param("PutVectors", 1, id="second-batch-of-passages"),
        pytest.param("PutVectors", 2, id="head"),
    ],
)
async def test_a_write_that_breaks_off_shows_nothing_and_the_retry_finishes_it(
    app: FastAPI, http: httpx2.AsyncClient, operation: str, fails_at: int
) -> None:
    """Until the head is written the old version is the document."""
    old = (await ingest(http, OLD)).json()
    with failing(app, operation, lambda number: number == fails_at):
        answer = await ingest(http, NEW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "upstream_unavailable")
    assert "S3 Vectors" in answer.json()["error"]["message"]
    assert await shown(http) == {old["version_id"]}
    assert (await http.get(f"/documents/{old['document_id']}")).json()["text"] == OLD
    new = (await ingest(http, NEW)).json()
    assert (new["status"], new["document_id"]) == ("updated", old["document_id"])
    assert await shown(http) == {new["version_id"]}


async def test_the_old_version_is_hidden_even_when_it_could_not_be_marked(
    app: FastAPI, http: httpx2.AsyncClient
) -> None:
    """The head decides, not the marks; the repetition makes the marks."""
    await ingest(http, OLD)
    with failing(app, "PutVectors", lambda number: number == 3):
        assert (await ingest(http, NEW)).status_code == 503
    (version,) = await shown(http)
    repeated = (await ingest(http, NEW)).json()
    assert (repeated["status"], repeated["version_id"]) == ("unchanged", version)
    knowledge: Knowledge = app.state.knowledge
    where: dict[str, JsonValue] = {"$and": [{"document_id": repeated["document_id"]}, {"state": "old"}]}
    assert len(await knowledge.index.query([1.0] + [0.0] * 383, where, 100)) == 1


async def test_a_deletion_that_breaks_off_is_finished_by_its_repetition(app: FastAPI, http: httpx2.AsyncClient) -> None:
    """The document is gone at once; nothing of it is left behind."""
    stored = (await ingest(http, NEW)).json()
    with failing(app, "DeleteVectors", lambda _: True):
        assert (await http.delete(f"/documents/{stored['document_id']}")).status_code == 503
    assert await shown(http) == set()
    assert (await http.get(f"/documents/{stored['document_id']}")).status_code == 404
    assert (await http.get("/documents")).json()["total"] == 0
    assert (await http.delete(f"/documents/{stored['document_id']}")).status_code == 200
    knowledge: Knowledge = app.state.knowledge
    assert await knowledge.index.query([1.0] + [0.0] * 383, {"document_id": stored["document_id"]}, 100) == []


async def test_a_short_throttling_is_not_noticed(app: FastAPI, http: httpx2.AsyncClient) -> None:
    """The client repeats what S3 Vectors could not take at once."""
    numbers = count()

    def throttle_once(**_: object) -> AWSResponse | None:
        if next(numbers) > 0:
            return None
        return _answer(429, "TooManyRequestsException")

    knowledge: Knowledge = app.state.knowledge
    events = knowledge.index._client.meta.events
    events.register("before-send.s3vectors.PutVectors", throttle_once)  # type: ignore[arg-type]  # as above
    assert (await ingest(http, OLD)).json()["status"] == "created"
    assert next(numbers) > 2


async def test_a_lasting_throttling_is_named_and_nothing_is_lost(app: FastAPI, http: httpx2.AsyncClient) -> None:
    """The answer says what to do; the old version stays the document until the repetition."""
    old = (await ingest(http, OLD)).json()
    with failing(app, "PutVectors", lambda number: number >= 1, 429, "TooManyRequestsException"):
        answer = await ingest(http, NEW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "store_throttled")
    assert answer.json()["error"]["detail"] == {"upstream": "S3 Vectors"}
    assert "repeat the call" in answer.json()["error"]["message"]
    assert await shown(http) == {old["version_id"]}
    assert (await ingest(http, NEW)).json()["status"] == "updated"


async def test_a_throttled_search_is_named(app: FastAPI, http: httpx2.AsyncClient) -> None:
    """No passages would read as nothing found."""
    await ingest(http, OLD)
    with failing(app, "QueryVectors", lambda _: True, 429, "TooManyRequestsException"):
        answer = await http.post("/search", json={"query": "turbine deliveries"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "store_throttled")


async def test_an_embedder_that_breaks_off_leaves_the_old_version(
    app: FastAPI, http: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is embedded before anything is written."""
    monkeypatch.setattr("alex_vector_store.clients.embedder.TEXTS_PER_REQUEST", 2)
    old = (await ingest(http, OLD)).json()
    numbers = count()

    async def break_off(request: httpx2.Request) -> None:
        if next(numbers) > 0:
            raise httpx2.ReadError("connection reset", request=request)

    knowledge: Knowledge = app.state.knowledge
    hooks = knowledge.embedder._http.event_hooks
    knowledge.embedder._http.event_hooks = {"request": [*hooks["request"], break_off]}
    answer = await ingest(http, NEW)
    assert (answer.status_code, answer.json()["error"]["detail"]) == (503, {"upstream": "embedder"})
    knowledge.embedder._http.event_hooks = hooks
    assert await shown(http) == {old["version_id"]}
    assert (await ingest(http, NEW)).json()["status"] == "updated"


async def test_a_repeated_call_gets_its_first_answer_and_changes_nothing(http: httpx2.AsyncClient) -> None:
    """A late repetition must not bring back a text that was replaced since."""
    first = (await ingest(http, OLD, "call-1")).json()
    newer = (await ingest(http, "Turbines are on time again.", "call-2")).json()
    assert newer["status"] == "updated"
    assert (await ingest(http, OLD, "call-1")).json() == first
    assert await shown(http) == {newer["version_id"]}


async def test_a_key_used_with_another_document_is_refused(http: httpx2.AsyncClient) -> None:
    """One key is one call."""
    await ingest(http, OLD, "call-1")
    answer = await ingest(http, "Another text.", "call-1")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_input")
