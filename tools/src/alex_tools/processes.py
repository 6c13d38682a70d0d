"""What the operating system knows about processes, by psutil, with types of our own."""

import contextlib
import os
from collections.abc import Iterator

import psutil  # type: ignore[import-untyped]  # psutil ships no type information

_SHOWN_CHARS = 100


def process_on_port(port: int) -> str | None:
    """Return the process that listens on `port`, in words; None when the system does not tell."""
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                command = " ".join(psutil.Process(connection.pid).cmdline())[:_SHOWN_CHARS]
                return f"process {connection.pid} ({command})"
    except psutil.Error:
        # macOS, or a process of another user.
        return None
    return None


def started_at(pid: int) -> float | None:
    """Return when the process `pid` was started, in epoch seconds; None when there is no such process."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None


def own_start() -> tuple[int, float]:
    """Return the id of this process and when it was started, in epoch seconds."""
    pid = os.getpid()
    return pid, started_at(pid) or 0.0


def kill_with_descendants(pid: int) -> None:
    """End the process `pid` and everything it started, at once; what has ended already is no error."""
    for process in list(_family(pid)):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def _family(pid: int) -> Iterator[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        yield from process.children(recursive=True)
        yield process
