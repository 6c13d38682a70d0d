"""One stack for all tests here: built, brought up, and removed with its data at the end."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from alex_tools.repository import ROOT

from tests.compose.engine import (
    BUILD_SECONDS,
    IMAGES,
    Stack,
    compose_files,
    docker,
    free_prefix,
    run,
    why_no_engine,
)

MEGABYTE = 1_000_000
_report: list[str] = []


@pytest.fixture(scope="session")
def built() -> Iterator[Stack]:
    """The stack's images, and no containers yet. Skips, with the reason, where there is no engine."""
    if (reason := why_no_engine()) is not None:
        pytest.skip(f"no container engine: {reason}")
    git_sha = run(["git", "rev-parse", "HEAD"], cwd=ROOT).strip()
    stack = Stack(tuple(compose_files()), free_prefix(), git_sha)
    stack.compose("down", "--volumes", "--remove-orphans")
    started = time.monotonic()
    stack.compose("build", seconds=BUILD_SECONDS)
    _report.append(f"images built in {time.monotonic() - started:.0f} s, from {', '.join(f.name for f in stack.files)}")
    yield stack
    _report.extend(f"{name:<13}{image_size(stack, name) / MEGABYTE:6.0f} MB" for name in IMAGES)
    stack.compose("down", "--volumes", "--remove-orphans", "--rmi", "local")


@pytest.fixture(scope="session")
def stack(built: Stack) -> Stack:
    """The whole stack, up and healthy."""
    started = time.monotonic()
    built.compose("up", "--detach", "--wait")
    _report.append(f"all containers healthy in {time.monotonic() - started:.0f} s")
    usage = docker("stats", "--no-stream", "--format", "{{.Name}}  {{.MemUsage}}")
    _report.extend(f"memory at rest: {line}" for line in sorted(usage.splitlines()))
    return built


def image_size(stack: Stack, service: str) -> int:
    """The bytes of a service's image, unpacked."""
    return int(json.loads(docker("image", "inspect", image_of(stack, service)))[0]["Size"])


def image_of(stack: Stack, service: str) -> str:
    """The name of a service's image."""
    return str(json.loads(stack.compose("config", "--format", "json"))["name"]) + f"-{service}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured on the way: nothing is asserted about durations."""
    if _report:
        terminalreporter.section("containers")
        terminalreporter.write_line("\n".join(_report))
