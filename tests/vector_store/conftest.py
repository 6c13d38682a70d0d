"""The real parts behind the vector store: local_aws and the embedder as processes, a bucket of its own per test."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from alex_edge import EdgeSettings
from alex_vector_store.app import create_app
from alex_vector_store.settings import VectorStoreSettings
from fastapi import FastAPI
from pydantic import SecretStr

from tests.service_process import KEY, running

HEADERS = {"x-api-key": KEY}


@pytest.fixture(scope="session")
def embedder_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run local_aws and the embedder; boto3 finds local_aws by AWS's own variables."""
    data: Path = tmp_path_factory.mktemp("local_aws")
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        local_aws = stack.enter_context(running("alex_local_aws", "--data-dir", str(data)))
        patch.setenv("AWS_ENDPOINT_URL_S3VECTORS", local_aws)
        patch.setenv("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", local_aws)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_ACCESS_KEY_ID", "local")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "local")
        yield stack.enter_context(running("alex_embedder"))


@pytest.fixture
def settings(embedder_url: str) -> VectorStoreSettings:
    """Give each test a bucket of its own."""
    return VectorStoreSettings(embedder_url=embedder_url, bucket=f"test-{uuid4().hex[:12]}")


@pytest.fixture
async def app(settings: VectorStoreSettings) -> AsyncIterator[FastAPI]:
    """Run the vector store without a socket of its own; behind it the real embedder and local_aws."""
    service = create_app(EdgeSettings(api_keys=(SecretStr(KEY),)), settings)
    async with service.router.lifespan_context(service):
        yield service


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """Call the service's HTTP routes as the default owner."""
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://vector-store", headers=HEADERS) as client:
        yield client


@pytest.fixture(scope="session")
def vector_store_url(embedder_url: str) -> Iterator[str]:
    """Run the vector store as a process of its own, with its own bucket."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VECTOR_STORE_EMBEDDER_URL", embedder_url)
        patch.setenv("VECTOR_STORE_BUCKET", f"test-{uuid4().hex[:12]}")
        with running("alex_vector_store") as url:
            yield url
