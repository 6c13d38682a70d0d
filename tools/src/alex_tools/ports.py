"""Which ports are taken, and by whom. Asked before anything is started."""

import socket
import sys
from collections.abc import Mapping

from alex_tools.errors import PortsTaken
from alex_tools.processes import process_on_port
from alex_tools.stack import HOST, OFFSET_VARIABLE

_CONNECT_TIMEOUT_SECONDS = 0.5


def check_ports_are_free(wanted: Mapping[str, int]) -> None:
    """Make sure that every port in `wanted` (name of the service -> port) can be listened on.

    Raises:
        PortsTaken: names every service whose port is taken and, if it can be told, the process that holds it.
    """
    taken = [
        f"{name} needs port {port}, which is taken by {holder_of(port)}"
        for name, port in wanted.items()
        if is_taken(port)
    ]
    if taken:
        hint = f"stop what holds them, or set {OFFSET_VARIABLE}=100 to move every port"
        raise PortsTaken("nothing was started: " + "; ".join(taken) + f"; {hint}")


def is_taken(port: int) -> bool:
    """Return whether a server could not listen on `port` of this machine."""
    return _answers(port) or not _can_bind(port)


def holder_of(port: int) -> str:
    """Return who listens on `port`, in words."""
    return process_on_port(port) or "another process"


def _answers(port: int) -> bool:
    # On macOS one may bind an address although a server listens on all addresses; a connection tells.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(_CONNECT_TIMEOUT_SECONDS)
        return probe.connect_ex((HOST, port)) == 0


def _can_bind(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform == "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # As asyncio's servers do: a port that waits after its last connection is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
