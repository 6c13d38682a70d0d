"""What all tests share."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import postgresql

# Images often tell Python not to keep what it compiled. The tests start hundreds of services, and each would compile
# up to 2,000 modules again: more than half of the processor time of a start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no process is left alone with one of them at the end."""
    ranks: dict[Path, int] = {}
    for item in items:
        ranks[item.path] = min(ranks.get(item.path, 2), _rank(item))
    items.sort(key=lambda item: ranks[item.path])


def _rank(item: pytest.Item) -> int:
    if item.get_closest_marker("system"):
        return 0
    return 1 if item.get_closest_marker("slow") else 2


@pytest.fixture
def anyio_backend() -> str:
    """Every service runs on asyncio, so the tests do."""
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """A PostgreSQL server, or a skip that says why not."""
    with postgresql() as url:
        yield url
