"""How a service process starts and stops."""

import os
import subprocess
import sys

from tests.service_process import free_port, wait_until_alive

PROGRAM = """
import sys
from contextlib import asynccontextmanager
from alex_edge import Readiness, create_service, serve

@asynccontextmanager
async def lifespan(app):
    yield
    print("stopped well", flush=True)

def create_app(settings):
    return create_service("probe", version="1", settings=settings, lifespan=lifespan, readiness=Readiness())

serve("probe", create_app, default_port=1)
"""
WAIT_SECONDS = 15


def start(port: int, **environment: str) -> subprocess.Popen[str]:
    """Start the probe service."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--port", str(port)],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_service_stops_well_when_its_standard_input_closes() -> None:
    """Ours: one way to stop that works on every system, also when the parent was killed."""
    port = free_port()
    process = start(port, ALEX_API_KEYS="k", ALEX_STOP_ON_STDIN_EOF="1")
    wait_until_alive(f"http://127.0.0.1:{port}", process)
    out, _ = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0
    assert "stopped well" in out


def test_a_wrong_setting_ends_the_start_with_its_name() -> None:
    """Ours: exit code 2 and the variable, no stack trace."""
    process = start(free_port(), ALEX_API_KEYS="k", ALEX_LOG_LEVEL="LOUD")
    _, err = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 2
    assert "ALEX_LOG_LEVEL" in err
    assert "Traceback" not in err


def test_a_missing_key_ends_the_start_with_its_name() -> None:
    """Ours: a service that would accept everybody does not start."""
    process = start(free_port(), ALEX_API_KEYS="")
    _, err = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 1
    assert "ALEX_API_KEYS" in err
    assert "Traceback" not in err
