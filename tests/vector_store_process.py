"""The vector store as a process, over the real embedder and local_aws."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.service_process import running


@contextmanager
def running_vector_store(data: Path) -> Iterator[str]:
    """Run the three services on free ports, with their data in `data`; yield the vector store's address."""
    with ExitStack() as stack:
        local_aws = stack.enter_context(running("alex_local_aws", "--data-dir", str(data)))
        aws = {
            "AWS_ENDPOINT_URL_S3VECTORS": local_aws,
            "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": local_aws,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
        }
        embedder = stack.enter_context(running("alex_embedder", environment=aws))
        behind = {**aws, "VECTOR_STORE_EMBEDDER_URL": embedder}
        yield stack.enter_context(running("alex_vector_store", environment=behind))
