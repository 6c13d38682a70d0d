"""The embedder as a process of its own, asked by OpenAI's own client."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import httpx2
import numpy as np
import pytest
from openai import APIStatusError, AsyncOpenAI, AuthenticationError

from tests.embedder.conftest import DIMENSION, KEY, FakeSageMaker


@pytest.fixture
def embedder_url(sagemaker: FakeSageMaker) -> Iterator[str]:
    """Start `python -m alex_embedder` and wait until it is alive."""
    assert sagemaker.url
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ALEX_API_KEYS": KEY, "ALEX_STOP_ON_STDIN_EOF": "true"}
    command = [sys.executable, "-m", "alex_embedder", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as process:
        url = f"http://127.0.0.1:{port}"
        transport = httpx2.HTTPTransport(retries=8)
        with httpx2.Client(transport=transport, timeout=10) as http:
            assert http.get(f"{url}/health").json()["name"] == "embedder"
        yield url
        process.communicate(timeout=10)


@pytest.mark.anyio
async def test_openais_client_needs_an_address_and_a_key_only(embedder_url: str) -> None:
    """Many programs let their user set nothing else; the official client sends the key as a bearer token."""
    async with AsyncOpenAI(base_url=f"{embedder_url}/v1", api_key=KEY, max_retries=0) as client:
        answer = await client.embeddings.create(model="all-MiniLM-L6-v2", input="a b")
        assert len(answer.data[0].embedding) == DIMENSION
    async with AsyncOpenAI(base_url=f"{embedder_url}/v1", api_key="wrong", max_retries=0) as client:
        with pytest.raises(AuthenticationError):
            await client.embeddings.create(model="all-MiniLM-L6-v2", input="a b")


@pytest.mark.anyio
async def test_openais_client_gets_the_vectors(embedder_url: str, sagemaker: FakeSageMaker) -> None:
    """The client asks for base64 by itself and gives lists of floats."""
    async with AsyncOpenAI(
        base_url=f"{embedder_url}/v1", api_key="unused", default_headers={"x-api-key": KEY}, max_retries=0
    ) as client:
        answer = await client.embeddings.create(model="all-MiniLM-L6-v2", input=["a b", "c"])
        assert [item.index for item in answer.data] == [0, 1]
        np.testing.assert_allclose(answer.data[0].embedding, sagemaker.expected("a b"), atol=1e-6)
        with pytest.raises(APIStatusError) as refused:
            await client.embeddings.create(model="all-MiniLM-L6-v2", input=[""])
        assert refused.value.status_code == 422
