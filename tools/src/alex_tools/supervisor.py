"""Starts service processes together, watches them, and stops them together."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alex_tools.child import Child
from alex_tools.environment import Stack
from alex_tools.errors import NotReady, ServiceDied, Stopped
from alex_tools.readiness import ReadyProbe
from alex_tools.stack import HOST
from alex_tools.stop_signals import StopFlag

READY_SECONDS = 90.0
"""How long all services together may take to become ready; a slow disk and a busy processor included."""
GRACEFUL_SECONDS = 6.5
"""Services get five seconds for requests in flight, and a little to close their files."""
TERMINATE_SECONDS = 1.5
KILL_SECONDS = 1.0
_TICK_SECONDS = 0.1


class Supervisor:
    """The running processes of one stack."""

    def __init__(self, stack: Stack, stop: StopFlag, on_line: Callable[[str, str], None]) -> None:
        self._stack = stack
        self._stop = stop
        self._on_line = on_line
        self.children: list[Child] = []
        self._ready: set[str] = set()

    def start(self) -> None:
        """Start every service at once; whether one is ready is asked afterwards."""
        for service in self._stack.services:
            command = (*service.arguments, "--port", str(service.port), "--host", HOST)
            log = self._stack.data / "logs" / f"{service.name}.log"
            self.children.append(Child(service.name, command, self._stack.environment, log, self._on_line))

    def wait_until_ready(self, on_ready: Callable[[str], None], limit_seconds: float = READY_SECONDS) -> None:
        """Return when every service said that it is ready; `on_ready` is told each name.

        Raises:
            NotReady: the time is over; names each service that is not ready, why, and its last log lines.
            ServiceDied: one of them ended.
            Stopped: the user asked to stop.
        """
        probes = [ReadyProbe(service, self._stack.api_key) for service in self._stack.services]

        def all_ready() -> bool:
            for probe in probes:
                if probe.ready and probe.service.name not in self._ready:
                    self._ready.add(probe.service.name)
                    on_ready(probe.service.name)
            return len(self._ready) == len(probes)

        try:
            if not self.watch(all_ready, limit_seconds):
                raise self._not_ready([probe for probe in probes if not probe.ready], limit_seconds)
        finally:
            for probe in probes:
                probe.stop()

    def watch(self, is_done: Callable[[], bool], limit_seconds: float | None = None) -> bool:
        """Return True once `is_done`, False when the limit passed; the services are watched meanwhile.

        Raises:
            ServiceDied: a service ended.
            Stopped: the user asked to stop.
        """
        deadline = None if limit_seconds is None else time.monotonic() + limit_seconds
        while True:
            if self._stop.requested:
                raise Stopped
            done = is_done()
            # Asked after `is_done`: a result that came about because a service died does not count.
            self.check_alive()
            if done:
                return True
            if deadline is not None and time.monotonic() > deadline:
                return False
            time.sleep(_TICK_SECONDS)

    def check_alive(self) -> None:
        """Make sure that every service still runs.

        Raises:
            ServiceDied: one does not.
        """
        for child in self.children:
            code = child.exit_code
            if code is not None:
                raise ServiceDied(child.name, code, child.last_lines())

    def stop(self) -> None:
        """Stop every service: ask, then terminate, then kill; at most ten seconds in all."""
        for child in self.children:
            child.ask_to_stop()
            if child.name not in self._ready:
                # It may not listen to its standard input yet, and has nothing to finish.
                child.terminate()
        self._wait_for_end(GRACEFUL_SECONDS)
        for child in self.children:
            child.terminate()
        self._wait_for_end(TERMINATE_SECONDS)
        for child in self.children:
            child.kill()
        self._wait_for_end(KILL_SECONDS)
        for child in self.children:
            child.finish()

    def _wait_for_end(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while any(child.exit_code is None for child in self.children) and time.monotonic() < deadline:
            time.sleep(_TICK_SECONDS / 2)

    def _not_ready(self, waiting: list[ReadyProbe], limit_seconds: float) -> NotReady:
        children = {child.name: child for child in self.children}
        details: list[str] = []
        for probe in waiting:
            details.append(f"{probe.service.name}: {probe.reason}")
            details += [f"    {line}" for line in children[probe.service.name].last_lines()]
        names = ", ".join(probe.service.name for probe in waiting)
        return NotReady(f"not ready within {limit_seconds:g} s: {names}", details)


@contextmanager
def running(stack: Stack, stop: StopFlag, on_line: Callable[[str, str], None]) -> Iterator[Supervisor]:
    """Start the stack for the duration of the block; whatever happens, every process is stopped at its end."""
    supervisor = Supervisor(stack, stop, on_line)
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()
