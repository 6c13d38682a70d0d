"""The real vector store, for the tests that read from it."""

from collections.abc import Iterator

import pytest

from tests.vector_store_process import running_vector_store


@pytest.fixture(scope="session")
def vector_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    with running_vector_store(tmp_path_factory.mktemp("local_aws")) as url:
        yield url
