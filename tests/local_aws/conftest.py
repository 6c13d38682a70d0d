"""Real servers on free ports, and real boto3 clients for them."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

Client: TypeAlias = Any
"""A boto3 client. Untyped, because what is sent is often wrong on purpose."""
START_SECONDS = 60.0
"""How long a start may take on a busy machine; the first one builds the model's graph."""


@dataclass
class LocalAws:
    """A server process on a data directory; can be killed and started again."""

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the process and wait until it answers."""
        self.port = _free_port()
        self.process = subprocess.Popen(self._command(), env={**os.environ, **self.environment})
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server ended while starting"
            with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(f"{self.url}/health", timeout=5):
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
        pytest.fail(f"no answer within {START_SECONDS} s")

    def start_and_fail(self) -> tuple[int, str]:
        """Start the process, which must end by itself; return its exit code and what it said."""
        self.port = _free_port()
        environment = {**os.environ, **self.environment}
        ended = subprocess.run(
            self._command(), env=environment, capture_output=True, timeout=START_SECONDS, check=False
        )
        return ended.returncode, ended.stderr.decode()

    def kill(self) -> None:
        """End the process at once, as `kill -9` does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> None:
        """Ask the process to end, and wait for it."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(20)

    def s3vectors(self, config: Config | None = None) -> Client:
        return boto3.client("s3vectors", endpoint_url=self.url, config=config or _CONFIG, **_ACCOUNT)

    def sagemaker(self) -> Client:
        return boto3.client("sagemaker-runtime", endpoint_url=self.url, config=_CONFIG, **_ACCOUNT)

    def embed(self, inputs: str | Sequence[str], **parameters: object) -> object:
        """Return the JSON answer of the endpoint."""
        body = json.dumps({"inputs": inputs, "parameters": parameters})
        answer = self.sagemaker().invoke_endpoint(
            EndpointName="alex-embedding", ContentType="application/json", Body=body
        )
        content: object = json.loads(answer["Body"].read())
        return content

    def _command(self) -> list[str]:
        arguments = ["--port", str(self.port), "--data-dir", str(self.data_dir)]
        return [sys.executable, "-m", "alex_local_aws", *arguments]


_ACCOUNT: dict[str, Any] = {"region_name": "us-east-1", "aws_access_key_id": "any", "aws_secret_access_key": "any"}
_CONFIG = Config(retries={"total_max_attempts": 1}, read_timeout=60)


@dataclass(frozen=True)
class Index:
    """A client and the names of an index of the test's own."""

    client: Client
    bucket: str
    name: str

    def put(self, key: str, vector: Sequence[float], **metadata: object) -> None:
        self.client.put_vectors(
            vectorBucketName=self.bucket,
            indexName=self.name,
            vectors=[{"key": key, "data": {"float32": vector}, "metadata": metadata}],
        )

    def keys(self, query: Sequence[float], top_k: int = 10, filter: object = None) -> list[str]:  # noqa: A002  as on the wire
        """Return the keys that a query finds, nearest first."""
        extra = {} if filter is None else {"filter": filter}
        answer = self.client.query_vectors(
            vectorBucketName=self.bucket, indexName=self.name, topK=top_k, queryVector={"float32": query}, **extra
        )
        return [vector["key"] for vector in answer["vectors"]]


@pytest.fixture(scope="session")
def graph_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the model's files, built once for all servers of this test run."""
    directory = tmp_path_factory.mktemp("models")
    from alex_local_aws.model.graph_cache import cached_files  # noqa: PLC0415  not needed to collect the tests
    from alex_local_aws.model.weights import model_directory  # noqa: PLC0415

    cached_files(model_directory(), directory)
    return directory


def new_server(directory: Path, graph_cache: Path, **environment: str) -> LocalAws:
    """Return a server, not started, on an empty data directory that shares the model's files."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "models").symlink_to(graph_cache, target_is_directory=True)
    return LocalAws(directory, environment)


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory, graph_cache: Path) -> Iterator[LocalAws]:
    """A server for all tests that leave it as it is."""
    server = new_server(tmp_path_factory.mktemp("shared") / "data", graph_cache)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path: Path, graph_cache: Path) -> Iterator[LocalAws]:
    """A server that the test may kill and start again."""
    server = new_server(tmp_path / "data", graph_cache)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def client(shared_server: LocalAws) -> Client:
    return shared_server.s3vectors()


@pytest.fixture
def bucket(client: Client) -> str:
    """A bucket of the test's own."""
    return new_bucket(client)


def new_bucket(client: Client) -> str:
    name = f"bucket-{uuid4().hex}"
    client.create_vector_bucket(vectorBucketName=name)
    return name


def new_index(client: Client, bucket: str, *, dimension: int = 2, metric: str = "cosine") -> Index:
    """Create an index of 32-bit vectors with the non-filterable key `text`."""
    name = f"index-{uuid4().hex[:12]}"
    client.create_index(
        vectorBucketName=bucket,
        indexName=name,
        dataType="float32",
        dimension=dimension,
        distanceMetric="euclidean" if metric == "euclidean" else "cosine",
        metadataConfiguration={"nonFilterableMetadataKeys": ["text"]},
    )
    return Index(client, bucket, name)


@pytest.fixture
def index(client: Client, bucket: str) -> Index:
    """An index of two dimensions and cosine distance."""
    return new_index(client, bucket)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
