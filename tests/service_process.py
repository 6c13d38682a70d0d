"""A service of ours as a process of its own, as users run it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import httpx2
import psutil  # type: ignore[import-untyped]  # psutil ships no type information

KEY = "test-key"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
_POLL_SECONDS = 0.05


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(package: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run `python -m package` on a free port; yield its address once it is alive, stop it at the end."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    variables = {
        **os.environ,
        "ALEX_API_KEYS": KEY,
        "ALEX_STOP_ON_STDIN_EOF": "true",
        "ALEX_LOG_LEVEL": "WARNING",
        **(environment or {}),
    }
    command = [sys.executable, "-m", package, "--port", str(port), *arguments]
    with subprocess.Popen(command, env=variables, stdin=subprocess.PIPE) as process:
        try:
            wait_until_alive(url, process)
            yield url
            process.communicate(timeout=STOP_SECONDS)
        finally:
            process.kill()


def wait_until_alive(url: str, process: subprocess.Popen[Any]) -> None:
    """Return once `GET /health` answers.

    Raises:
        AssertionError: the process ended, or did not answer within `START_SECONDS`.
    """
    deadline = time.monotonic() + START_SECONDS
    while True:
        assert process.poll() is None, f"the process at {url} ended with code {process.returncode}"
        try:
            httpx2.get(f"{url}/health", timeout=5).raise_for_status()
        except httpx2.HTTPError:
            assert time.monotonic() < deadline, f"nothing answers at {url}"
            time.sleep(_POLL_SECONDS)
        else:
            return


def kill_tree(process: subprocess.Popen[Any]) -> None:
    """End a process and all that it started; what ends by itself meanwhile is fine."""
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                child.kill()
    process.kill()
    process.wait(timeout=STOP_SECONDS)
