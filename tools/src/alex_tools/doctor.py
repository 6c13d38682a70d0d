"""`alex doctor`: what this machine has, and which services of a stack answer. It starts nothing."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx2
from rich.table import Table
from rich.text import Text

from alex_tools.api_key import given_key, kept_key
from alex_tools.chromium import find_chromium
from alex_tools.environment import DATA_FOLDER, describe_model
from alex_tools.errors import AlexError
from alex_tools.ports import holder_of, is_taken
from alex_tools.readiness import ask_ready
from alex_tools.stack import NEWSROOM_PORT, Service, port_offset, shifted_services
from alex_tools.stop_signals import StopFlag
from alex_tools.terminal import Terminal
from alex_tools.web_page import NO_NODE, find_node, page_service

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
_ANSWER_SECONDS = 8.0


def run_doctor(user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Print what there is.

    Raises:
        AlexError: something that Alex cannot do without is wrong.
    """
    offset = port_offset(user)
    key = given_key(user) or kept_key(folder / DATA_FOLDER) or ""
    table = Table(show_header=False)
    table.add_column("what", style="bold", no_wrap=True)
    table.add_column("finding", overflow="fold")
    table.add_row("Python", python_finding())
    table.add_row("uv", _uv_finding())
    table.add_row("Chromium", find_chromium(user, StopFlag(), install=False) or "none: only static pages can be read")
    table.add_row("Node.js", find_node() or NO_NODE)
    table.add_row("model", Text(describe_model(user).removeprefix("model: ")))
    for service in (*shifted_services(offset), page_service(offset)):
        table.add_row(service.name, Text(_service_finding(service, key)))
    table.add_row("newsroom", Text(_port_finding(NEWSROOM_PORT + offset)))
    terminal.out.print(table)
    if not _python_fits():
        raise AlexError(f"Python {_shown(OLDEST_PYTHON)} to {_shown(NEWEST_PYTHON)} is needed")


def python_finding() -> str:
    """Return this Python's version, and whether it fits."""
    fits = "" if _python_fits() else f", {_shown(OLDEST_PYTHON)} to {_shown(NEWEST_PYTHON)} is needed"
    return f"{sys.version.split()[0]} at {sys.executable}{fits}"


def _python_fits() -> bool:
    return OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON


def _shown(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))


def _uv_finding() -> str:
    path = shutil.which("uv")
    if path is None:
        return "not on the PATH (pip install uv)"
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=10)  # noqa: S603  found on the PATH
    return f"{answer.stdout.strip()} at {path}"


def _service_finding(service: Service, key: str) -> str:
    if not is_taken(service.port):
        return f"not running, {_port_finding(service.port)}"
    with httpx2.Client(headers={"x-api-key": key}, timeout=_ANSWER_SECONDS, trust_env=False) as client:
        ready, reason = ask_ready(client, service.url)
    if ready:
        return f"ready at {service.url}"
    return f"not ready: {reason}; {_port_finding(service.port)}"


def _port_finding(port: int) -> str:
    return f"port {port} is taken by {holder_of(port)}" if is_taken(port) else f"port {port} is free"
