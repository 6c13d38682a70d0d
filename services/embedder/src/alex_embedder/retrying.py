"""Retries of one invocation inside a deadline, with full jitter.

Source of the waiting rule: AWS Architecture Blog, "Exponential Backoff And Jitter" (full jitter).
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from alex_embedder.errors import EndpointStillCold, EndpointUnreachable

Answer = TypeVar("Answer")
RETRIED = (EndpointStillCold, EndpointUnreachable)
FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 8.0
UNREACHABLE_ATTEMPTS = 4
"""A host that refuses connections or fails by itself is given up sooner than one that is starting."""


async def retry(call: Callable[[], Awaitable[Answer]], *, until: float) -> Answer:
    """Return the first answer of `call`, trying again until the event loop's clock shows `until` (seconds).

    Raises:
        EndpointFailure: not worth a retry, or the last one before the deadline or the attempts ran out.
    """
    loop = asyncio.get_running_loop()
    attempt = unreachable = 0
    while True:
        attempt += 1
        try:
            return await call()
        except RETRIED as exc:
            unreachable += isinstance(exc, EndpointUnreachable)
            wait = _wait_seconds(attempt)
            if unreachable >= UNREACHABLE_ATTEMPTS or loop.time() + wait >= until:
                raise
        await asyncio.sleep(wait)


def _wait_seconds(attempt: int) -> float:
    longest = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(attempt, 16))
    return random.uniform(longest / 4, longest)  # noqa: S311  spreads retries, protects nothing
