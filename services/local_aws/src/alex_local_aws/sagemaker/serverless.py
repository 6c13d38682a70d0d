"""What a serverless endpoint does to its callers besides answering: cold starts and throttling, on demand.

Off by default. With these switches the code that calls an endpoint can be tried against what AWS does to it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from alex_local_aws.wire.errors import ModelNotReadyException, ThrottlingException


@dataclass(frozen=True)
class Simulation:
    """What to simulate; nothing by default.

    Args:
        cold_start_seconds: how long the first invocation, and the first after `idle_seconds`, waits.
        not_ready_invocations: how many invocations after the start are refused with ModelNotReadyException.
        max_concurrency: invocations at once; those beyond are throttled; 0 is no limit.
    """

    cold_start_seconds: float = 0.0
    idle_seconds: float = 300.0
    not_ready_invocations: int = 0
    max_concurrency: int = 0


class ServerlessEndpoint:
    """Admits invocations as `Simulation` says; safe from any thread."""

    def __init__(
        self,
        simulation: Simulation,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._simulation = simulation
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._running = 0
        self._refused = 0
        self._warm_at = 0.0
        self._last_used = float("-inf")

    @contextmanager
    def invocation(self) -> Iterator[None]:
        """Let one invocation in, after its cold start if it meets one.

        Raises:
            ModelNotReadyException: the endpoint is still to refuse some.
            ThrottlingException: as many as may run do.
        """
        wait = self._enter()
        try:
            if wait > 0:
                self._sleep(wait)
            yield
        finally:
            with self._lock:
                self._running -= 1
                self._last_used = self._clock()

    def _enter(self) -> float:
        """Count the invocation in and return how long it waits for the container."""
        with self._lock:
            if self._refused < self._simulation.not_ready_invocations:
                self._refused += 1
                raise ModelNotReadyException("The model is not ready yet, try again later")
            if 0 < self._simulation.max_concurrency <= self._running:
                raise ThrottlingException("Rate exceeded")
            now = self._clock()
            if self._running == 0 and now - self._last_used > self._simulation.idle_seconds:
                self._warm_at = now + self._simulation.cold_start_seconds
            self._running += 1
            return self._warm_at - now
