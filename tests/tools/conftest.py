"""`alex` processes for tests: started in a temporary folder, read line by line, always ended."""

import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # psutil ships no type information
import pytest

from tests.service_process import kill_tree

WAIT_SECONDS = 30.0


FreePorts = Callable[[int], list[int]]


@pytest.fixture
def free_ports() -> FreePorts:
    """Find ports that nobody listens on."""
    return _free_ports


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for probe in sockets:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in sockets]
    for probe in sockets:
        probe.close()
    return ports


class Alex:
    """A running command whose output can be waited for."""

    def __init__(self, command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self.lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def output(self) -> str:
        """Everything printed so far, as far as it was waited for."""
        return "\n".join(self.lines)

    def wait_for(self, text: str, seconds: float = WAIT_SECONDS) -> str:
        """Return the first new line that has `text`."""
        deadline = time.monotonic() + seconds
        while (line := self._queue.get(timeout=max(0.01, deadline - time.monotonic()))) is not None:
            self.lines.append(line)
            if text in line:
                return line
        pytest.fail(f"ended without printing {text!r}:\n{self.output}")

    def wait_for_end(self, seconds: float = WAIT_SECONDS) -> int:
        """Return the exit code."""
        deadline = time.monotonic() + seconds
        while (line := self._queue.get(timeout=max(0.01, deadline - time.monotonic()))) is not None:
            self.lines.append(line)
        return self.process.wait(timeout=10)

    def children(self) -> list[psutil.Process]:
        """Return every process that this one started."""
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(line.rstrip("\n"))
        self.process.stdout.close()
        self._queue.put(None)


StartAlex = Callable[..., Alex]


@pytest.fixture
def start_alex(tmp_path: Path) -> Iterator[StartAlex]:
    """Start a command in the test's folder; it and its children are killed at the end if they still run."""
    started: list[Alex] = []

    def start(command: Sequence[str], **variables: str) -> Alex:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_"))}
        started.append(Alex(command, tmp_path, {**kept, **variables}))
        return started[-1]

    yield start
    for alex in started:
        if alex.process.poll() is None:
            kill_tree(alex.process)
