"""The real stack for tests: the `alex` command in a temporary folder, on ports of its own, with real Chromium."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # psutil ships no type information
import pytest
from alex_tools.ports import is_taken
from alex_tools.stack import BLOCKED_PORTS, NEWSROOM_PORT, PAGE_PORT, SERVICES

from tests.service_process import kill_tree

PORTS = (*(service.port for service in SERVICES), NEWSROOM_PORT, PAGE_PORT)
RUN_SECONDS = 150
"""Limit of one command; a demo takes about 15 s on an idle machine with two cores."""


def free_offset() -> int:
    """Return an offset at which every port of the stack is free and a browser opens the page."""
    offsets = random.SystemRandom()
    # Below 32768, where Linux begins to give ports to outgoing connections.
    candidates = (offsets.randrange(1_000, 24_000, 200) for _ in range(100))
    return next(
        offset
        for offset in candidates
        if PAGE_PORT + offset not in BLOCKED_PORTS and not any(is_taken(port + offset) for port in PORTS)
    )


class AlexCommand:
    """The `alex` command in one folder with one port offset."""

    def __init__(self, folder: Path, offset: int, **variables: str) -> None:
        self.folder = folder
        self.offset = offset
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_"))}
        self._environment = {**kept, "ALEX_PORT_OFFSET": str(offset), "COLUMNS": "200", **variables}
        self._started: list[RunningAlex] = []

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "alex_tools", *map(str, arguments)],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=RUN_SECONDS,
        )

    def start(self, *arguments: str | Path) -> RunningAlex:
        """Start a command that goes on running."""
        self._started.append(RunningAlex([*map(str, arguments)], self.folder, self._environment))
        return self._started[-1]

    def stop(self) -> None:
        """End whatever still runs."""
        for running in self._started:
            running.kill()


class RunningAlex:
    """A running command; reading its output is bounded by the test's own time-out."""

    def __init__(self, arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "alex_tools", *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.output = ""

    def read_until(self, text: str) -> None:
        """Read lines up to the first one with `text`."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line
            if text in line:
                return
        pytest.fail(f"ended without printing {text!r}:\n{self.output}")

    def finish(self) -> int:
        """Read to the end and return the exit code."""
        assert self.process.stdout is not None
        self.output += self.process.stdout.read()
        return self.process.wait(timeout=10)

    def children(self) -> list[psutil.Process]:
        """Return every process that was started, Chromium included."""
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def service(self, name: str) -> psutil.Process:
        """Return the process of a service."""
        for child in self.children():
            # Chromium's own processes come and go meanwhile.
            with suppress(psutil.NoSuchProcess):
                if f"alex_{name}" in child.cmdline():
                    return child
        pytest.fail(f"no process of {name} runs")

    def kill(self) -> None:
        """End the command and all that it started."""
        if self.process.poll() is None:
            kill_tree(self.process)
        if self.process.stdout is not None:
            self.process.stdout.close()


MakeAlex = Callable[..., AlexCommand]


@pytest.fixture
def make_alex(tmp_path: Path) -> Iterator[MakeAlex]:
    """Make commands in the test's folder; what still runs at its end is ended."""
    made: list[AlexCommand] = []

    def make(**variables: str) -> AlexCommand:
        made.append(AlexCommand(tmp_path, free_offset(), **variables))
        return made[-1]

    yield make
    for alex in made:
        alex.stop()


@pytest.fixture(scope="module")
def other_newsroom_port() -> int:
    """A port at which a test may serve other pages, which the shared stack may read."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def shared_stack(tmp_path_factory: pytest.TempPathFactory, other_newsroom_port: int) -> Iterator[AlexCommand]:
    """One stack that stays up after its demo, for tests that only ask it."""
    allowed = f"127.0.0.1:{other_newsroom_port}"
    alex = AlexCommand(tmp_path_factory.mktemp("shared"), free_offset(), BROWSER_ALLOWED_HOSTS=allowed)
    try:
        alex.start("demo").read_until("Ctrl-C stops everything")
        yield alex
    finally:
        alex.stop()
