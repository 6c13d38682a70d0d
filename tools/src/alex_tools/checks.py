"""`alex test`: every check of the repository, in the order from quick to slow. It changes no file."""

import os
import subprocess
import sys
from collections.abc import Sequence

from alex_tools.chromium import EXECUTABLE_VARIABLE, find_chromium
from alex_tools.environment import load_environment
from alex_tools.errors import CommandFailed
from alex_tools.repository import ROOT
from alex_tools.stop_signals import StopFlag
from alex_tools.terminal import Terminal
from alex_tools.up import NO_CHROMIUM
from alex_tools.web_page import FOLDER, NO_NODE, build_page, find_node, npm_command

STATIC_CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)
PAGE_CHECKS = ("lint", "types", "test")
"""Scripts of the web page's `package.json`, after it was built."""
PARALLEL = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
"""Two cores are what a small machine has; by file, so that tests which share a running stack stay together.

In the order of `tests/conftest.py`, the longest files first; pytest-xdist's own begins with those of the most tests.
"""


def run_checks(pytest_arguments: Sequence[str], *, fast: bool, terminal: Terminal) -> int:
    """Run all checks and return the exit code of the first that failed, 0 when none did.

    A failed check does not keep the later ones from running; pytest is the last, so its closing line is too.
    """
    environment = _environment(terminal)
    commands = [*STATIC_CHECKS, ("pytest", *pytest_options(pytest_arguments, fast=fast))]
    codes = [_check_page(environment, terminal), *(_run(command, environment, terminal) for command in commands)]
    return next((code for code in codes if code), 0)


def _check_page(environment: dict[str, str], terminal: Terminal) -> int:
    """Build the web page, which the tests of it open, and run its own checks."""
    if find_node() is None:
        terminal.warn(NO_NODE)
        return 0
    try:
        build_page(environment, StopFlag(), terminal)
    except CommandFailed as error:
        terminal.fail(error)
        return error.exit_code
    codes = []
    for script in PAGE_CHECKS:
        terminal.say(f"$ npm run {script}", "bold")
        command = npm_command("run", "--silent", script)
        codes.append(subprocess.run(command, cwd=FOLDER, env=environment, check=False).returncode)  # noqa: S603  our own scripts
    return next((code for code in codes if code), 0)


def pytest_options(arguments: Sequence[str], *, fast: bool) -> list[str]:
    """Return the arguments for pytest: all tests in two processes, or what the user asks for in one."""
    chosen = ["-m", "not system and not compose"] if fast else []
    return [*chosen, *(arguments or PARALLEL)]


def _environment(terminal: Terminal) -> dict[str, str]:
    """Return the environment of the checks, with a Chromium for the tests that need one."""
    environment = load_environment(ROOT)
    path = find_chromium(environment, StopFlag(), install=True)
    if path is None:
        terminal.warn(NO_CHROMIUM)
        return dict(os.environ)
    return {**os.environ, EXECUTABLE_VARIABLE: path}


def _run(command: Sequence[str], environment: dict[str, str], terminal: Terminal) -> int:
    terminal.say(f"$ {' '.join(command)}", "bold")
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, check=False).returncode  # noqa: S603  our own commands
