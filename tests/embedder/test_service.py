"""The service through its front door, with the real boto3 client against a SageMaker Runtime over HTTP."""

import asyncio
import base64
import socket

import httpx2
import numpy as np
import numpy.typing as npt
import pytest
from alex_embedder.settings import EmbedderSettings

from tests.embedder.conftest import NPY, FakeSageMaker

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("fast_retries")]
URL = "/v1/embeddings"


def _vectors(answer: httpx2.Response) -> npt.NDArray[np.float64]:
    assert answer.status_code == 200, answer.text
    return np.array([item["embedding"] for item in answer.json()["data"]])


@pytest.mark.parametrize("shape", ["tokens", "pooled"])
async def test_texts_come_back_as_unit_vectors_in_order(
    client: httpx2.AsyncClient, sagemaker: FakeSageMaker, shape: str
) -> None:
    """Whatever the container, each text has the mean of its own tokens."""
    sagemaker.shape = shape
    texts = [f"text number {n} " + "and more words " * (n * 7 % 100) for n in range(40)]
    vectors = _vectors(await client.post(URL, json={"input": texts}))
    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_allclose(vector, sagemaker.expected(text), atol=1e-6)


async def test_a_single_text_is_a_list_of_one(client: httpx2.AsyncClient, sagemaker: FakeSageMaker) -> None:
    """OpenAI's shape."""
    answer = await client.post(URL, json={"input": "net income grew", "model": "m"})
    body = answer.json()
    assert {"object": body["object"], "model": body["model"]} == {"object": "list", "model": "m"}
    assert [(item["object"], item["index"]) for item in body["data"]] == [("embedding", 0)]
    assert body["usage"] == {"prompt_tokens": 5, "total_tokens": 5}
    np.testing.assert_allclose(_vectors(answer)[0], sagemaker.expected("net income grew"), atol=1e-6)


async def test_base64_is_the_same_vector_as_little_endian_float32(client: httpx2.AsyncClient) -> None:
    """OpenAI's `encoding_format`."""
    plain = _vectors(await client.post(URL, json={"input": "x y"}))[0]
    packed = (await client.post(URL, json={"input": "x y", "encoding_format": "base64"})).json()
    unpacked = np.frombuffer(base64.b64decode(packed["data"][0]["embedding"]), dtype="<f4")
    np.testing.assert_array_equal(unpacked, plain.astype(np.float32))


async def test_truncation_at_256_tokens_is_asked_for(client: httpx2.AsyncClient, sagemaker: FakeSageMaker) -> None:
    """Without it a container fails on more than 512 tokens."""
    await client.post(URL, json={"input": "x"})
    assert sagemaker.parameters == [{"truncation": True, "tokenize_kwargs": {"max_length": 256}}]


async def test_the_same_text_is_computed_once(client: httpx2.AsyncClient, sagemaker: FakeSageMaker) -> None:
    """Cache by content, within a request and between requests."""
    await client.post(URL, json={"input": ["a", "b", "a"]})
    await client.post(URL, json={"input": ["b", "c"]})
    assert sorted(text for request in sagemaker.requests for text in request) == ["a", "b", "c"]


async def test_a_single_text_is_asked_for_as_an_array(client: httpx2.AsyncClient, sagemaker: FakeSageMaker) -> None:
    """Ours: less than half the bytes, and nothing to parse; several texts of several lengths make no array."""
    single = _vectors(await client.post(URL, json={"input": "one text"}))
    await client.post(URL, json={"input": ["two texts", "of several lengths, that is"]})
    assert sagemaker.accepted == [NPY, "application/json"]
    np.testing.assert_allclose(single[0], sagemaker.expected("one text"), atol=1e-6)


async def test_a_container_that_knows_no_arrays_is_asked_for_json(
    client: httpx2.AsyncClient, sagemaker: FakeSageMaker
) -> None:
    """Ours: it is asked in vain once."""
    sagemaker.arrays = False
    for text in ("one text", "another text"):
        vectors = _vectors(await client.post(URL, json={"input": text}))
        np.testing.assert_allclose(vectors[0], sagemaker.expected(text), atol=1e-6)
    assert sagemaker.accepted == [NPY, "application/json", "application/json"]


async def test_a_pooling_container_gets_larger_batches(client: httpx2.AsyncClient, sagemaker: FakeSageMaker) -> None:
    """The first answer tells; after it 32 texts go into one invocation."""
    sagemaker.shape = "pooled"
    await client.post(URL, json={"input": [f"{n} " + "word " * 300 for n in range(70)]})
    assert sorted(len(request) for request in sagemaker.requests) == [1, 5, 32, 32]


async def test_a_container_that_stops_pooling_is_asked_for_less(
    client: httpx2.AsyncClient, sagemaker: FakeSageMaker
) -> None:
    """The endpoint may be redeployed with another container behind the same name."""
    sagemaker.shape = "pooled"
    await client.post(URL, json={"input": "x"})
    sagemaker.shape = "tokens"
    texts = [f"{n} " + "word " * 300 for n in range(6)]
    vectors = _vectors(await client.post(URL, json={"input": texts}))
    np.testing.assert_allclose(vectors[5], sagemaker.expected(texts[5]), atol=1e-6)


class TestConcurrency:
    """Several invocations at once, up to the setting."""

    @pytest.fixture
    def settings(self) -> EmbedderSettings:
        return EmbedderSettings(max_concurrent_invocations=3, deadline_seconds=20)

    async def test_never_more_invocations_than_allowed(
        self, client: httpx2.AsyncClient, sagemaker: FakeSageMaker
    ) -> None:
        """A serverless endpoint throttles beyond its maximum concurrency."""
        await client.post(URL, json={"input": "first"})
        sagemaker.release.clear()
        texts = [f"{n} " + "word " * 300 for n in range(9)]
        request = asyncio.create_task(client.post(URL, json={"input": texts}))
        assert await asyncio.to_thread(sagemaker.three_in_flight.wait, 5)
        sagemaker.release.set()
        assert (await request).status_code == 200
        assert sagemaker.most_in_flight == 3


COLD = (429, "ModelNotReadyException", "Model is not ready for inference")
BUSY = (400, "ThrottlingException", "Rate exceeded")
DOWN = (503, "ServiceUnavailable", "try later")


@pytest.mark.parametrize("failure", [COLD, BUSY, DOWN, (424, "ModelError", "Worker is loading")])
async def test_a_passing_failure_is_tried_again(
    client: httpx2.AsyncClient, sagemaker: FakeSageMaker, failure: tuple[int, str, str]
) -> None:
    """Cold starts, throttling and 5xx pass."""
    sagemaker.failures = [failure, failure]
    assert (await client.post(URL, json={"input": "x"})).status_code == 200
    assert len(sagemaker.requests) == 3


MISSING = (400, "ValidationError", "Endpoint alex-embedding of account 000000000000 not found.")
FORBIDDEN = (403, "AccessDeniedException", "User is not authorized to perform: sagemaker:InvokeEndpoint")
BROKEN = (424, "ModelError", "Received client error (400) from primary with message: bad input")


@pytest.mark.parametrize(
    ("failure", "code", "asked"),
    [(MISSING, "endpoint_missing", 1), (FORBIDDEN, "endpoint_forbidden", 1), (BROKEN, "model_failed", 2)],
    ids=["missing", "forbidden", "broken"],
)
async def test_a_lasting_failure_is_named_at_once(
    client: httpx2.AsyncClient, sagemaker: FakeSageMaker, failure: tuple[int, str, str], code: str, asked: int
) -> None:
    """Nothing that a retry would mend; a container that fails may only not know arrays, and is asked for JSON once."""
    sagemaker.failures = [failure] * asked
    answer = await client.post(URL, json={"input": "x"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, code)
    assert "alex-embedding" in answer.json()["error"]["message"]
    assert len(sagemaker.requests) == asked


async def test_a_lasting_failure_in_one_of_many_invocations_is_named(
    client: httpx2.AsyncClient, sagemaker: FakeSageMaker
) -> None:
    """One name for the caller, however many calls were in flight."""
    await client.post(URL, json={"input": "first"})
    sagemaker.failures = [FORBIDDEN, FORBIDDEN]
    answer = await client.post(URL, json={"input": [f"{n} " + "word " * 300 for n in range(6)]})
    assert answer.json()["error"]["code"] == "endpoint_forbidden"


@pytest.mark.parametrize(
    "nonsense",
    [b"", b"<html>", b"[]", b"{}", b"[[1.0, 2.0]]", b"[[" + b"0.0, " * 383 + b"0.0]]", b"[[" + b"NaN, " * 383 + b"1]]"],
    ids=["nothing", "page", "empty", "object", "short-vector", "zero-vector", "not-a-number"],
)
async def test_an_answer_that_holds_no_vectors_is_named(
    client: httpx2.AsyncClient, sagemaker: FakeSageMaker, nonsense: bytes
) -> None:
    """Another model behind the endpoint must not fill the knowledge base with its numbers."""
    sagemaker.nonsense = nonsense
    answer = await client.post(URL, json={"input": "x"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unexpected_answer")
    assert "alex-embedding" in answer.json()["error"]["message"]


class TestDeadline:
    """What does not come in time has a name too."""

    @pytest.fixture
    def settings(self) -> EmbedderSettings:
        return EmbedderSettings(deadline_seconds=0.3)

    async def test_an_endpoint_that_stays_cold_is_named(
        self, client: httpx2.AsyncClient, sagemaker: FakeSageMaker
    ) -> None:
        """The caller learns that waiting helps."""
        sagemaker.failures = [COLD] * 10_000
        error = (await client.post(URL, json={"input": "x"})).json()["error"]
        assert error["code"] in {"endpoint_still_cold", "deadline_exceeded"}

    async def test_an_endpoint_that_never_answers_is_given_up(
        self, client: httpx2.AsyncClient, sagemaker: FakeSageMaker
    ) -> None:
        """The deadline bounds the request, not only its retries."""
        sagemaker.release.clear()
        answer = await client.post(URL, json={"input": "x"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "deadline_exceeded")


async def test_an_endpoint_that_is_down_is_named(client: httpx2.AsyncClient, sagemaker: FakeSageMaker) -> None:
    """Failures of the service itself are given up after a few attempts."""
    sagemaker.failures = [DOWN] * 100
    answer = await client.post(URL, json={"input": "x"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "upstream_unavailable")
    assert "SageMaker" in answer.json()["error"]["message"]


class TestNothingListens:
    """The address is right, the process behind it is not there."""

    @pytest.fixture
    def sagemaker(self, sagemaker: FakeSageMaker, monkeypatch: pytest.MonkeyPatch) -> FakeSageMaker:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            sagemaker.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        monkeypatch.setenv("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", sagemaker.url)
        return sagemaker

    async def test_an_address_where_nothing_listens_is_named(
        self, client: httpx2.AsyncClient, sagemaker: FakeSageMaker
    ) -> None:
        """The message carries the address, so that one sees which process is missing."""
        error = (await client.post(URL, json={"input": "x"})).json()["error"]
        assert error["code"] == "upstream_unavailable"
        assert sagemaker.url in error["message"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({}, "input", id="no-input"),
        pytest.param({"input": ""}, "input.0", id="empty"),
        pytest.param({"input": " \n"}, "input.0", id="blank"),
        pytest.param({"input": []}, "input", id="empty-list"),
        pytest.param({"input": ["a", ""]}, "input.1", id="empty-in-list"),
        pytest.param({"input": ["a"] * 2049}, "input", id="too-many"),
        pytest.param({"input": "a" * 200_001}, "input.0", id="too-long"),
        pytest.param({"input": [1, 2, 3]}, "input", id="tokens"),
        pytest.param({"input": [[1, 2], [3]]}, "input", id="lists-of-tokens"),
        pytest.param({"input": 5}, "input", id="number"),
        pytest.param({"input": None}, "input", id="null"),
        pytest.param({"input": "a", "encoding_format": "hex"}, "encoding_format", id="format"),
        pytest.param({"input": "a", "dimensions": 256}, "dimensions", id="dimensions"),
        pytest.param({"input": "a", "inputs": "b"}, "inputs", id="unknown-field"),
    ],
)
async def test_what_is_not_text_is_refused_by_field(
    client: httpx2.AsyncClient, sagemaker: FakeSageMaker, body: dict[str, object], field: str
) -> None:
    """422 names the field; nothing is invoked."""
    answer = await client.post(URL, json=body)
    assert answer.status_code == 422
    named = [one["field"] for one in answer.json()["error"]["detail"]["fields"]]
    assert f"body.{field}" in named
    assert sagemaker.requests == []


async def test_tokens_of_another_model_are_refused_with_what_to_do(client: httpx2.AsyncClient) -> None:
    """Some clients of OpenAI's, LangChain's among them, send token ids unless they are told not to."""
    answer = await client.post(URL, json={"input": [[101, 2023, 102]]})
    assert "send the texts themselves" in answer.json()["error"]["message"]


async def test_nothing_is_embedded_without_a_key(client: httpx2.AsyncClient, sagemaker: FakeSageMaker) -> None:
    """An open endpoint on the internet spends its owner's money."""
    answer = await client.post(URL, json={"input": "x"}, headers={"x-api-key": "wrong"})
    assert answer.status_code == 401
    assert sagemaker.requests == []


async def test_ready_asks_the_endpoint(client: httpx2.AsyncClient, sagemaker: FakeSageMaker) -> None:
    """`/ready` names what does not answer; `/health` touches nothing."""
    assert (await client.get("/ready")).json() == {"status": "ready", "checks": {"sagemaker": "ok"}}
    sagemaker.failures = [FORBIDDEN]
    answer = await client.get("/ready")
    assert answer.status_code == 503
    assert "EndpointForbidden" in answer.json()["checks"]["sagemaker"]
    before = len(sagemaker.requests)
    assert (await client.get("/health")).status_code == 200
    assert len(sagemaker.requests) == before
