"""An AWS account on this machine: moto, our own S3 Vectors, App Runner and gateway, and programs that remember."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import httpx2
import pytest
from alex_tools.aws.account import Account
from alex_tools.aws.app_runner import Watch
from alex_tools.aws.deploying import Deployer
from alex_tools.aws.deployment import Files, Record
from alex_tools.aws.order import Order
from alex_tools.aws.preflight import Machine
from alex_tools.aws.removing import Remover
from alex_tools.repository import ROOT
from alex_tools.terminal import QuietOnClosedPipe, Terminal
from moto import mock_aws

from tests.aws.app_runner_fake import REGION, AppRunnerFake
from tests.aws.programs_fake import GATEWAY, ProgramsFake
from tests.service_process import running

SESSION = boto3.Session("testing", "testing", region_name=REGION)


class TestAccount(Account):
    """moto's account, with what moto lacks beside it."""

    __test__ = False

    def __init__(self, app_runner: AppRunnerFake, vectors_url: str) -> None:
        super().__init__(SESSION, REGION)
        self._clients["apprunner"] = app_runner.client()
        self.client("service-quotas").meta.events.register("before-call", _no_quotas)
        self._clients["s3vectors"] = SESSION.client("s3vectors", endpoint_url=vectors_url)


def _no_quotas(**_: object) -> tuple[object, dict[str, object]]:
    return SimpleNamespace(status_code=200), {"Quotas": [], "ResponseMetadata": {}}


@dataclass
class Clock:
    """Time that passes only when somebody waits."""

    seconds: float = 0.0

    def now(self) -> float:
        """Return the seconds that have passed."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds


@dataclass
class World:
    """Everything that a deployment meets."""

    account: Account
    app_runner: AppRunnerFake
    programs: ProgramsFake
    files: Files
    out: io.StringIO = field(default_factory=io.StringIO)
    clock: Clock = field(default_factory=Clock)
    gateway_key_is_open: bool = False
    """Whether the services' own addresses take a caller's key, as they must not."""
    page_is_open: bool = False
    """Whether the web page lets everybody in, as it must not."""
    deployments: int = 0

    @property
    def terminal(self) -> Terminal:
        """Return a terminal that writes to `out`."""
        return Terminal(QuietOnClosedPipe(file=self.out), QuietOnClosedPipe(file=self.out))

    @property
    def watch(self) -> Watch:
        """Return how App Runner is waited for: without waiting."""
        return Watch(now=self.clock.now, sleep=self.clock.sleep)

    @property
    def machine(self) -> Machine:
        """Return the machine with its programs."""
        return Machine(self.programs, ROOT, {"PATH": "/usr/bin"})

    def deploy(self, order: Order | None = None) -> Record:
        """Deploy, each time a minute later."""
        self.deployments += 1
        at = datetime(2026, 11, 28, 10, 15, tzinfo=UTC) + timedelta(minutes=self.deployments)
        with httpx2.Client(transport=httpx2.MockTransport(self.answer)) as http:
            deployer = Deployer(
                self.account, self.machine, self.files, self.terminal, http, watch=self.watch, now=lambda: at
            )
            deployer.show_plan(order or Order())
            return deployer.deploy(order or Order())

    def remover(self) -> Remover:
        """Return what takes the deployment down."""
        return Remover(self.account, self.machine, self.files, self.terminal, self.watch)

    def secret(self, name: str) -> str:
        """Return the value of a secret."""
        answer: dict[str, Any] = self.account.client("secretsmanager").get_secret_value(SecretId=f"alex/{name}")
        return str(answer["SecretString"])

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        """Answer as the gateway and the services behind it would."""
        url, key = str(request.url), request.headers.get("x-api-key")
        if url.startswith(GATEWAY):
            if key != self.secret("caller-key"):
                return httpx2.Response(403, json={"error": {"message": "Forbidden"}})
            service, _, path = url.removeprefix(GATEWAY + "/").partition("/")
            return self._service(f"alex-{service}", path, self.secret("origin-key"))
        for name in self.app_runner.services:
            if url.startswith(self.app_runner.url(name)):
                if name == "alex-frontend" and request.url.path != "/health":
                    return self._page(request)
                return self._service(name, request.url.path.lstrip("/"), key or "")
        raise httpx2.ConnectError("nobody is there")

    def _service(self, name: str, path: str, key: str) -> httpx2.Response:
        if path == "health":
            return httpx2.Response(200, json={"git_sha": self.app_runner.services[name]["tag"]})
        if key not in self.secret("accepted-keys").split(",") and not self.gateway_key_is_open:
            return httpx2.Response(401, json={"error": {"message": "unknown x-api-key"}})
        if path == "v1/embeddings":
            return httpx2.Response(200, json={"data": [{"embedding": [0.1] * 384}]})
        return httpx2.Response(200, json={"status": "ready"})

    def _page(self, request: httpx2.Request) -> httpx2.Response:
        """Answer as the web page would, which asks every visitor for its password."""
        known = b64encode(f"alex:{self.secret('page-password')}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {known}" and not self.page_is_open:
            return httpx2.Response(401, json={"error": {"message": "Sign in with the password"}})
        return httpx2.Response(200, text="<!doctype html>")


@pytest.fixture(scope="session")
def vectors_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """S3 Vectors with index modes and text search, which moto has not."""
    data = {"LOCAL_AWS_DATA_DIR": str(tmp_path_factory.mktemp("vectors")), "LOCAL_AWS_INDEX_MODE": "CLASSIC"}
    with running("alex_local_aws", environment=data) as url:
        yield url


@pytest.fixture
def world(tmp_path: Path, vectors_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """An empty account."""
    # Tests of other services point boto3 at their own servers for as long as their part of the run lasts.
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL_S3VECTORS", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"):
        monkeypatch.delenv(name, raising=False)
    # moto knows fewer regions of Aurora DSQL than there are.
    monkeypatch.setenv("MOTO_ALLOW_NONEXISTENT_REGION", "true")
    with mock_aws():
        app_runner = AppRunnerFake()
        account = TestAccount(app_runner, vectors_url)
        files = Files(tmp_path, "alex", REGION)
        files.folder.mkdir(parents=True)
        yield World(account, app_runner, ProgramsFake(account, app_runner, files.state), files)
        vectors = account.client("s3vectors")
        for bucket in vectors.list_vector_buckets()["vectorBuckets"]:
            name = bucket["vectorBucketName"]
            for index in vectors.list_indexes(vectorBucketName=name)["indexes"]:
                vectors.delete_index(vectorBucketName=name, indexName=index["indexName"])
            vectors.delete_vector_bucket(vectorBucketName=name)
