"""What all tests share."""

import os
import sys
from collections.abc import Iterator

import pytest

from tests.postgresql import postgresql

# Images often tell Python not to keep what it compiled. The tests start hundreds of services, and each would compile
# up to 2,000 modules again: more than half of the processor time of a start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.fixture
def anyio_backend() -> str:
    """Every service runs on asyncio, so the tests do."""
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """A PostgreSQL server, or a skip that says why not."""
    with postgresql() as url:
        yield url
