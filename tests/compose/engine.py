"""The container engine, and one copy of the stack in it, apart from any other on this machine."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alex_tools.ports import is_taken
from alex_tools.repository import ROOT
from alex_tools.stack import SERVICES
from alex_tools.web_page import NAME

KEY = "compose-test-key"
PROJECT = "alex_compose_test"
DATABASE_IMAGE = "postgres:17"
SERVICE_NAMES = tuple(service.name for service in SERVICES)
PAGE = NAME
IMAGES = (*SERVICE_NAMES, PAGE)
_ENDINGS = {**{service.name: service.port % 100 for service in SERVICES}, PAGE: 30}
"""The last two digits of the published ports; the web page's port has a setting of its own."""
BUILD_SECONDS = 1200
COMMAND_SECONDS = 240
RECOVERY_SECONDS = 90.0
_POLL_SECONDS = 0.2


class CommandFailed(AssertionError):
    """A command of the engine ended with an error; the message has its output."""


def run(command: Sequence[str], *, seconds: float = COMMAND_SECONDS, **options: Any) -> str:
    """Run a command to its end and return what it printed.

    Raises:
        CommandFailed: its exit code is not 0.
    """
    done = subprocess.run(
        [*command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=seconds,
        **options,
    )
    if done.returncode != 0:
        raise CommandFailed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-4000:]}")
    return str(done.stdout)


def docker(*arguments: str, seconds: float = COMMAND_SECONDS) -> str:
    """Run a `docker` command."""
    return run(["docker", *arguments], seconds=seconds).strip()


def why_no_engine() -> str | None:
    """Return why no engine can be used, None when one answers."""
    try:
        docker("version", seconds=20)
        docker("compose", "version", seconds=20)
    except FileNotFoundError:
        return "docker is not installed"
    except (CommandFailed, subprocess.TimeoutExpired) as exc:
        return str(exc).strip().splitlines()[-1]
    return None


def compose_files() -> list[Path]:
    """Return the files to use: with the stand-in for the database's image where that image cannot be had."""
    files = [ROOT / "compose.yaml"]
    try:
        if not docker("image", "ls", "--quiet", DATABASE_IMAGE):
            docker("pull", "--quiet", DATABASE_IMAGE)
    except CommandFailed:
        files.append(ROOT / "tests" / "compose" / "stand_ins.yaml")
    return files


def free_prefix() -> int:
    """Return a port prefix under which every published port is free."""
    prefixes = random.SystemRandom().sample(range(51, 320), 40)
    return next(
        prefix for prefix in prefixes if not any(is_taken(prefix * 100 + ending) for ending in _ENDINGS.values())
    )


def clean_environment() -> dict[str, str]:
    """Return the environment without what a person may have set for a stack of their own."""
    settings = re.compile(r"(ALEX|AWS|OPENAI|BROWSER|COMPOSE|EMBEDDER|VECTOR_STORE)_|GIT_SHA$")
    return {name: value for name, value in os.environ.items() if not settings.match(name)}


@dataclass(frozen=True)
class Stack:
    """The containers of one compose project."""

    files: tuple[Path, ...]
    prefix: int
    git_sha: str

    def compose(self, *arguments: str, seconds: float = COMMAND_SECONDS, env_file: Path = Path(os.devnull)) -> str:
        """Run a `docker compose` command with all profiles; `.env` of the repository is not read."""
        files = [part for file in self.files for part in ("--file", str(file))]
        options = ["--project-name", PROJECT, "--project-directory", str(ROOT), "--env-file", str(env_file)]
        environment = {
            **clean_environment(),
            "COMPOSE_PROFILES": "demo",
            "ALEX_API_KEYS": KEY,
            "ALEX_PORT_PREFIX": str(self.prefix),
            "ALEX_PAGE_PORT": str(self.prefix * 100 + _ENDINGS[PAGE]),
            "GIT_SHA": self.git_sha,
        }
        return run(["docker", "compose", *files, *options, *arguments], seconds=seconds, env=environment)

    def alex(self, *arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run the `alex` command against this stack, as a person does."""
        environment = {
            **clean_environment(),
            "ALEX_API_KEYS": KEY,
            "ALEX_PORT_OFFSET": str(self.prefix * 100 - 8000),
            "COLUMNS": "200",
        }
        return subprocess.run(
            [sys.executable, "-m", "alex_tools", *map(str, arguments)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=COMMAND_SECONDS,
        )

    def url(self, service: str) -> str:
        """The published address of a service."""
        return f"http://127.0.0.1:{self.prefix * 100 + _ENDINGS[service]}"

    def container(self, service: str) -> str:
        """The id of a service's container."""
        return self.compose("ps", "--all", "--quiet", service).strip()

    def inspect(self, service: str) -> dict[str, Any]:
        """What the engine knows of a service's container."""
        return dict(json.loads(docker("inspect", self.container(service)))[0])

    def execute(self, service: str, *command: str) -> str:
        """Run a command in a service's container, as its user."""
        return docker("exec", self.container(service), *command)

    def kill(self, service: str) -> None:
        """End a container's processes by SIGKILL from outside, as running out of memory does.

        `docker kill` would not do: the engine takes it for a wish of its user, and does not start the container again.
        """
        process = self.inspect(service)["State"]["Pid"]
        command = f"import os; os.kill({process}, 9)"
        docker("run", "--rm", "--pid=host", "--user=0", "python:3.13-slim", "python3", "-c", command)

    def wait_until_healthy(self, service: str, *, restarts: int = 0) -> None:
        """Return once the container is healthy and was restarted at least so often.

        Raises:
            AssertionError: it is not within `RECOVERY_SECONDS`.
        """
        wait_until_healthy(self.container(service), restarts=restarts)


def wait_until_healthy(container: str, *, restarts: int = 0) -> None:
    """Return once a container is healthy and was restarted at least so often; raises as the method does."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while True:
        state = json.loads(docker("inspect", container))[0]
        if state["RestartCount"] >= restarts and state["State"].get("Health", {}).get("Status") == "healthy":
            return
        assert time.monotonic() < deadline, f"{state['Name']} does not recover: {state['State']}"
        time.sleep(_POLL_SECONDS)
