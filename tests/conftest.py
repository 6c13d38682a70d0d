"""What all tests share."""

from collections.abc import Iterator

import pytest

from tests.postgresql import postgresql


@pytest.fixture
def anyio_backend() -> str:
    """Every service runs on asyncio, so the tests do."""
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """A PostgreSQL server, or a skip that says why not."""
    with postgresql() as url:
        yield url
