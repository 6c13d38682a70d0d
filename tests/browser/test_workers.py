"""Parsing in processes of its own: what hangs or ends one of them is an error of one page."""

import os
import time

import pytest
from alex_browser.errors import NotReadable, PageTooSlow
from alex_browser.workers import Workers

pytestmark = pytest.mark.anyio


def _loop() -> None:
    while True:
        pass


def _end() -> None:
    os._exit(1)


def _fill() -> int:
    return len(bytearray(1 << 40))


async def test_a_parser_that_loops_is_ended() -> None:
    """Ours: the process is killed and the next page gets another one."""
    workers = Workers(seconds=3)
    begun = time.process_time()

    with pytest.raises(PageTooSlow, match=r"example\.com did not finish within 3 s"):
        await workers.run("http://example.com", _loop)

    assert await Workers().run("http://example.com", len, "abc") == 3
    assert time.process_time() - begun < 3, "it ran in this process"


@pytest.mark.parametrize("work", [_end, _fill], ids=["crash", "memory"])
async def test_a_parser_that_breaks_is_named(work: object) -> None:
    """Ours: neither a crash nor a flood of memory reaches the server."""
    workers = Workers()

    with pytest.raises(NotReadable, match="makes the parser fail"):
        await workers.run("http://example.com", work)  # type: ignore[arg-type]  # both are functions
    assert await workers.run("http://example.com", len, "abc") == 3
