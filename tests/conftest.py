"""What all tests share."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    """Every service runs on asyncio, so the tests do."""
    return "asyncio"
