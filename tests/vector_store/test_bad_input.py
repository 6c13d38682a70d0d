"""What cannot be used is refused by field, and what is down is named; nothing is stored in either case."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from alex_vector_store.settings import VectorStoreSettings

from tests.service_process import free_port, running

pytestmark = pytest.mark.anyio
GOOD = {"title": "t", "text": "Some text."}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"title": "t"}, "text", id="no-text"),
        pytest.param(GOOD | {"text": ""}, "text", id="empty-text"),
        pytest.param(GOOD | {"text": " \n\t"}, "text", id="blank-text"),
        pytest.param(GOOD | {"text": "\x00\x01"}, "text", id="only-control-characters"),
        pytest.param(GOOD | {"text": "word " * 1_000_000}, "text", id="5-MB-text"),
        pytest.param(GOOD | {"text": 5}, "text", id="number"),
        pytest.param(GOOD | {"title": "\x01"}, "title", id="only-control-characters-title"),
        pytest.param(GOOD | {"title": "t" * 100_000}, "title", id="100000-character-title"),
        pytest.param(GOOD | {"title": "two\nlines"}, "title", id="two-line-title"),
        pytest.param(GOOD | {"title": "nul\x00"}, "title", id="control-character-title"),
        pytest.param(GOOD | {"url": "not a url"}, "url", id="bad-url"),
        pytest.param(GOOD | {"url": "https://e.com/" + "a" * 2048}, "url", id="metadata-over-2-KB"),
        pytest.param(GOOD | {"kind": "Two Words"}, "kind", id="kind"),
        pytest.param(GOOD | {"kind": "k" * 2048}, "kind", id="long-kind"),
        pytest.param(GOOD | {"published_at": "yesterday"}, "published_at", id="bad-date"),
        pytest.param(GOOD | {"published_at": "2026-02-30"}, "published_at", id="no-such-day"),
        pytest.param(GOOD | {"fetched_at": 1_700_000_000}, "fetched_at", id="number-for-a-date"),
        pytest.param(GOOD | {"author": "x"}, "author", id="unknown-field"),
    ],
)
async def test_a_document_that_cannot_be_stored_is_refused_by_field(
    http: httpx2.AsyncClient, body: dict[str, object], field: str
) -> None:
    """422 names the field; nothing is stored."""
    answer = await http.post("/ingest", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["code"] == "invalid_input"
    assert answer.json()["error"]["detail"]["fields"][0]["field"] == f"body.{field}"
    assert "Value error" not in answer.text
    assert len(answer.content) < 2000
    assert (await http.get("/documents")).json()["total"] == 0


async def test_the_longest_metadata_that_is_taken_can_be_stored(http: httpx2.AsyncClient) -> None:
    """What the limits of the fields allow together is within the 2 KB of S3 Vectors."""
    url = "https://example.com/" + "u" * 980
    body = GOOD | {"title": "t" * 500, "url": url, "kind": "k" * 40, "published_at": "2026-11-20T10:11:12Z"}
    headers = {"x-alex-owner": "o" * 64}
    assert (await http.post("/ingest", json=body, headers=headers)).json()["status"] == "created"
    answer = await http.post("/search", json={"query": "text", "url": url}, headers=headers)
    assert [passage["url"] for passage in answer.json()["passages"]] == [url]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({}, "query", id="no-query"),
        pytest.param({"query": " "}, "query", id="blank"),
        pytest.param({"query": "q" * 2001}, "query", id="long-query"),
        pytest.param({"query": "q", "limit": 0}, "limit", id="limit-0"),
        pytest.param({"query": "q", "limit": 51}, "limit", id="limit-51"),
        pytest.param({"query": "q", "limit": "5"}, "limit", id="text-limit"),
        pytest.param({"query": "q", "published_after": "soon"}, "published_after", id="bad-date"),
        pytest.param({"query": "q", "published_before": ""}, "published_before", id="empty-date"),
        pytest.param({"query": "q", "filter": {"owner": "x"}}, "filter", id="unknown-filter"),
        pytest.param({"query": "q", "owner": "ann"}, "owner", id="another-owner"),
    ],
)
async def test_a_search_that_cannot_be_run_is_refused_by_field(
    http: httpx2.AsyncClient, body: dict[str, object], field: str
) -> None:
    """422 names the field."""
    answer = await http.post("/search", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["detail"]["fields"][0]["field"] == f"body.{field}"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents?limit=0", 422),
        ("/documents?limit=501", 422),
        ("/documents?cursor=nonsense", 422),
        ("/documents/nonsense", 422),
        ("/documents/doc_" + "0" * 32, 404),
        ("/documents/doc_" + "0" * 32 + "@" + "0" * 16, 404),
        ("/documents/doc_" + "0" * 32 + "?start=-1", 422),
        ("/documents/doc_" + "0" * 32 + "?max_chars=0", 422),
    ],
)
async def test_a_document_that_cannot_be_read_says_why(http: httpx2.AsyncClient, path: str, status: int) -> None:
    """Malformed is 422, unknown is 404."""
    assert (await http.get(path)).status_code == status


async def test_a_malformed_owner_is_refused(http: httpx2.AsyncClient) -> None:
    """An owner is never guessed."""
    answer = await http.post("/search", json={"query": "q"}, headers={"x-alex-owner": "a b"})
    assert answer.status_code == 422


class TestEmbedderDown:
    """Nothing listens where the embedder should."""

    @pytest.fixture
    def settings(self, embedder_url: str) -> VectorStoreSettings:
        assert embedder_url
        return VectorStoreSettings(embedder_url=f"http://127.0.0.1:{free_port()}", bucket=f"test-{uuid4().hex[:12]}")

    async def test_it_is_named_and_nothing_is_stored(self, http: httpx2.AsyncClient) -> None:
        """503 with the upstream's name."""
        for path, body in (("/ingest", GOOD), ("/search", {"query": "q"})):
            answer = await http.post(path, json=body)
            assert answer.status_code == 503
            assert answer.json()["error"]["detail"] == {"upstream": "embedder"}
            assert "embedder does not answer" in answer.json()["error"]["message"]
        assert (await http.get("/documents")).json()["total"] == 0

    async def test_ready_names_it(self, http: httpx2.AsyncClient) -> None:
        """The store itself is there."""
        answer = await http.get("/ready")
        assert answer.status_code == 503
        assert answer.json()["checks"]["s3vectors"] == "ok"
        assert "embedder" in answer.json()["checks"]["embedder"]


class TestEndpointCold:
    """The embedder is there, and the endpoint behind it does not become ready."""

    @pytest.fixture
    def settings(self, embedder_url: str, tmp_path: Path) -> Iterator[VectorStoreSettings]:
        assert embedder_url
        cold = {"LOCAL_AWS_NOT_READY_INVOCATIONS": "1000000"}
        with running("alex_local_aws", "--data-dir", str(tmp_path), environment=cold) as endpoint:
            short = {"AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": endpoint, "EMBEDDER_DEADLINE_SECONDS": "1"}
            with running("alex_embedder", environment=short) as url:
                yield VectorStoreSettings(embedder_url=url, bucket=f"test-{uuid4().hex[:12]}")

    async def test_the_cause_is_named_and_nothing_is_stored(self, http: httpx2.AsyncClient) -> None:
        """The embedder's own name for it comes through; whether its last try ended at the deadline is chance."""
        for path, body in (("/ingest", GOOD), ("/search", {"query": "q"})):
            answer = await http.post(path, json=body)
            error = answer.json()["error"]
            assert (answer.status_code, error["code"], error["detail"]["upstream"]) == (
                503,
                "embedder_failed",
                "embedder",
            )
            assert error["detail"]["cause"] in {"endpoint_still_cold", "deadline_exceeded"}
        assert (await http.get("/documents")).json()["total"] == 0


class TestStoreDown:
    """Nothing listens where S3 Vectors should."""

    @pytest.fixture
    def settings(self, embedder_url: str, monkeypatch: pytest.MonkeyPatch) -> VectorStoreSettings:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3VECTORS", f"http://127.0.0.1:{free_port()}")
        return VectorStoreSettings(embedder_url=embedder_url)

    async def test_the_service_starts_and_names_it(self, http: httpx2.AsyncClient) -> None:
        """The start does not wait for S3 Vectors, and each call says what is missing and where."""
        answer = await http.post("/ingest", json=GOOD)
        assert answer.status_code == 503
        assert answer.json()["error"]["detail"] == {"upstream": "S3 Vectors"}
        assert "127.0.0.1" in answer.json()["error"]["message"]
