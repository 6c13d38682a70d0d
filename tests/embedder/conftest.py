"""A SageMaker Runtime that answers over real HTTP, so that the real boto3 client and its errors are in play."""

import json
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from zlib import crc32

import httpx2
import numpy as np
import pytest
from alex_edge import EdgeSettings
from alex_embedder.app import create_app
from alex_embedder.settings import EmbedderSettings
from pydantic import SecretStr

KEY = "test-key"
NPY = "application/x-npy"
DIMENSION = 384


@dataclass
class FakeSageMaker:
    """What the endpoint does next, and what it was asked."""

    shape: str = "tokens"
    failures: list[tuple[int, str, str]] = field(default_factory=list)
    """Answers given first: HTTP status, error type, message."""
    requests: list[list[str]] = field(default_factory=list)
    parameters: list[dict[str, object]] = field(default_factory=list)
    nonsense: bytes | None = None
    """Answered with 200 instead of vectors."""
    answer_limit_bytes: int = 4_000_000
    accepted: list[str] = field(default_factory=list)
    """Media types that were asked for."""
    arrays: bool = True
    """Whether the container can answer in NumPy's format."""
    release: threading.Event = field(default_factory=threading.Event)
    """Answers wait for it; set from the start unless a test clears it."""
    three_in_flight: threading.Event = field(default_factory=threading.Event)
    in_flight: int = 0
    most_in_flight: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    def tokens_of(self, text: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
        words = ["[CLS]", *text.split()[:254], "[SEP]"]
        vectors = [np.random.default_rng(crc32(w.encode())).normal(scale=0.3, size=DIMENSION) for w in words]
        return np.stack(vectors).astype(np.float32).astype(np.float64)

    def expected(self, text: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
        mean = self.tokens_of(text).mean(axis=0)
        unit: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = mean / np.linalg.norm(mean)
        return unit

    def answer(self, body: dict[str, object], accept: str) -> tuple[int, str, bytes]:
        inputs = body["inputs"]
        assert isinstance(inputs, list)
        parameters = body["parameters"]
        assert isinstance(parameters, dict)
        with self.lock:
            self.requests.append(inputs)
            self.parameters.append(parameters)
            self.accepted.append(accept)
            if self.failures:
                status, kind, message = self.failures.pop(0)
                return status, kind, json.dumps({"Message": message, "message": message}).encode()
        if self.nonsense is not None:
            return 200, "", self.nonsense
        if self.shape == "pooled":
            result: object = [self.expected(text).tolist() for text in inputs]
        else:
            result = [[self.tokens_of(text).tolist()] for text in inputs]
        payload = json.dumps(result, separators=(",", ":")).encode()
        if self.shape != "pooled" and accept == NPY:
            if not self.arrays:
                return 424, "ModelError", b'{"Message": "unsupported content type"}'
            file = BytesIO()
            np.save(file, np.array(result))
            payload = file.getvalue()
        if len(payload) > self.answer_limit_bytes:
            return 424, "ModelError", b'{"Message": "response payload too large"}'
        return 200, "", payload


def _handler(fake: FakeSageMaker) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with fake.lock:
                fake.in_flight += 1
                fake.most_in_flight = max(fake.most_in_flight, fake.in_flight)
            if fake.in_flight >= 3:
                fake.three_in_flight.set()
            fake.release.wait(5)
            status, kind, payload = fake.answer(body, self.headers["Accept"])
            with fake.lock:
                fake.in_flight -= 1
            self.send_response(status)
            if kind:
                self.send_header("x-amzn-errortype", kind)
            self.send_header("Content-Type", NPY if payload.startswith(b"\x93NUMPY") else "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the parameter's name is the library's
            """Keep the test's output clean."""

    return Handler


@pytest.fixture
def sagemaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSageMaker]:
    """Run a fake that boto3 finds by AWS's own variables."""
    fake = FakeSageMaker()
    fake.release.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", fake.url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    yield fake
    fake.release.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def settings() -> EmbedderSettings:
    """Give the settings of the service under test; a test may override the fixture by its own."""
    return EmbedderSettings(deadline_seconds=20)


@pytest.fixture
async def client(sagemaker: FakeSageMaker, settings: EmbedderSettings) -> AsyncIterator[httpx2.AsyncClient]:
    """Run the whole service without a socket of its own; behind it the fake."""
    assert sagemaker.url
    app = create_app(EdgeSettings(api_keys=(SecretStr(KEY),)), settings)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url="http://embedder", headers={"x-api-key": KEY}
        ) as http,
    ):
        yield http


@pytest.fixture
def fast_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries wait for milliseconds."""
    monkeypatch.setattr("alex_embedder.retrying.FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr("alex_embedder.retrying.LONGEST_WAIT_SECONDS", 0.002)
