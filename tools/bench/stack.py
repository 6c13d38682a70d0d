"""Services as processes on free ports over a directory, for benchmarks."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2

KEY = "bench"
AWS_CREDENTIALS = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}


@contextmanager
def running_stack(data: Path) -> Iterator[str]:
    """Run local_aws, the embedder and the vector store over `data`; yield the address of the last."""
    with ExitStack() as stack:
        aws = stack.enter_context(running_local_aws(data))
        embedder = stack.enter_context(running("alex_embedder", aws))
        yield stack.enter_context(running("alex_vector_store", {**aws, "VECTOR_STORE_EMBEDDER_URL": embedder}))


@contextmanager
def running_local_aws(data: Path) -> Iterator[dict[str, str]]:
    """Run local_aws over `data`; yield the variables by which boto3 finds it."""
    with running("alex_local_aws", {}, "--data-dir", str(data)) as url:
        endpoints = {"AWS_ENDPOINT_URL_S3VECTORS": url, "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": url}
        yield {**AWS_CREDENTIALS, **endpoints}


@contextmanager
def running(package: str, extra: Mapping[str, str], *arguments: str) -> Iterator[str]:
    """Run `python -m package` on a free port; yield its address once it is alive."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    defaults = {"ALEX_API_KEYS": KEY, "ALEX_STOP_ON_STDIN_EOF": "true", "ALEX_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", package, "--port", str(port), *arguments]
    environment = {**os.environ, **defaults, **extra}
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as process:  # noqa: S603  our own package
        url = f"http://127.0.0.1:{port}"
        with httpx2.Client(transport=httpx2.HTTPTransport(retries=8), timeout=60) as http:
            http.get(f"{url}/health").raise_for_status()
        yield url
        process.communicate(timeout=20)
