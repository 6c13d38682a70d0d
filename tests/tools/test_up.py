"""`alex up` as a process, with real stand-in services on real ports."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import psutil  # type: ignore[import-untyped]  # psutil ships no type information
import pytest

if TYPE_CHECKING:
    from tests.tools.conftest import Alex, FreePorts, StartAlex

    StartTwo = Callable[..., tuple[Alex, dict[str, int]]]

UP = str(Path(__file__).with_name("up_with_standins.py"))
STOP_SECONDS = 10.0
"""Our promise: everything is stopped within ten seconds."""
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")


@pytest.fixture
def start_two(start_alex: StartAlex, free_ports: FreePorts) -> StartTwo:
    """Start the services `one` and `two`; gives the process and their ports."""

    def start(**variables: str) -> tuple[Alex, dict[str, int]]:
        ports = dict(zip(("one", "two"), free_ports(2), strict=True))
        return start_alex([UP, *(f"{name}:{port}" for name, port in ports.items())], **variables), ports

    return start


def assert_gone(processes: list[psutil.Process]) -> None:
    """Nothing that was started is left."""
    _, alive = psutil.wait_procs(processes, timeout=5)
    assert alive == []


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl_c", "sigterm"])
def test_a_stop_signal_ends_every_service_in_order(start_two: StartTwo, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM mean the same: services finish, the command ends with exit code 0."""
    alex, _ = start_two()
    alex.wait_for("Ctrl-C stops everything")
    children = alex.children()
    assert len(children) == 2
    began = time.monotonic()
    alex.process.send_signal(number)
    assert alex.wait_for_end(STOP_SECONDS) == 0
    assert time.monotonic() - began < STOP_SECONDS
    assert_gone(children)
    assert sum("stopped in order" in line for line in alex.lines) == 2


@posix_only
def test_services_stop_when_the_command_itself_is_killed(start_two: StartTwo) -> None:
    """A closed standard input is the services' signal, so a kill -9 of the parent leaves nothing behind."""
    alex, _ = start_two()
    alex.wait_for("Ctrl-C stops everything")
    children = alex.children()
    alex.process.kill()
    assert_gone(children)


@posix_only
def test_a_service_that_will_not_stop_is_killed(start_two: StartTwo) -> None:
    """Asking, terminating and killing together take less than ten seconds."""
    alex, _ = start_two(STANDIN_TWO="stubborn")
    alex.wait_for("Ctrl-C stops everything")
    children = alex.children()
    began = time.monotonic()
    alex.process.send_signal(signal.SIGTERM)
    assert alex.wait_for_end(STOP_SECONDS + 2) == 0
    assert time.monotonic() - began < STOP_SECONDS
    assert_gone(children)


def test_a_service_that_dies_is_named_with_its_exit_code_and_last_lines(start_two: StartTwo) -> None:
    """One service down means that nothing is left half running."""
    alex, ports = start_two()
    alex.wait_for("Ctrl-C stops everything")
    children = alex.children()
    with pytest.raises(httpx2.TransportError):
        httpx2.get(f"http://127.0.0.1:{ports['two']}/die", trust_env=False)
    assert alex.wait_for_end() == 1
    assert "error: two ended unexpectedly (exit code 7)" in alex.output
    assert "  asked to die" in alex.lines
    assert_gone(children)


@posix_only
def test_a_killed_service_is_named_with_the_signal(start_two: StartTwo) -> None:
    """An exit code of minus nine says nothing to a person."""
    alex, _ = start_two()
    alex.wait_for("Ctrl-C stops everything")
    victim = next(child for child in alex.children() if "one" in child.cmdline())
    victim.kill()
    assert alex.wait_for_end() == 1
    assert "one ended unexpectedly (killed by SIGKILL)" in alex.output


def test_a_service_that_cannot_start_is_named_with_its_message(start_two: StartTwo) -> None:
    """The service's own last words are the best explanation."""
    alex, _ = start_two(STANDIN_TWO="dies")
    assert alex.wait_for_end() == 1
    assert "two ended unexpectedly (exit code 4)" in alex.output
    assert "cannot open the database" in alex.output


def test_a_taken_port_is_named_before_anything_starts(
    start_alex: StartAlex, free_ports: FreePorts, tmp_path: Path
) -> None:
    """The service that needs it and the process that holds it are both named; nothing was begun."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        alex = start_alex([UP, f"one:{free_ports(1)[0]}", f"two:{port}"])
        assert alex.wait_for_end() == 1
    assert f"two needs port {port}" in alex.output
    assert "one needs" not in alex.output
    assert "ALEX_PORT_OFFSET" in alex.output
    if sys.platform == "linux":
        assert f"process {psutil.Process().pid}" in alex.output
    assert not (tmp_path / ".alex").exists()


def test_two_stacks_do_not_share_a_data_folder(start_two: StartTwo) -> None:
    """Two stacks on one folder would write the same databases."""
    first, _ = start_two()
    first.wait_for("Ctrl-C stops everything")
    second, _ = start_two()
    assert second.wait_for_end() == 1
    assert f"process {first.process.pid} already runs Alex" in second.output


def test_the_connection_hint_holds_what_a_client_needs(start_two: StartTwo, tmp_path: Path) -> None:
    """Addresses, key, and JSON that can be copied into an MCP client; the key works and is kept privately."""
    alex, ports = start_two()
    alex.wait_for("settings for an MCP client")
    alex.wait_for("Ctrl-C stops everything")
    begin = alex.lines.index("{")
    snippet = json.loads("\n".join(alex.lines[begin : alex.lines.index("}", begin) + 1]))
    server = snippet["mcpServers"]["alex-two"]
    assert server["url"] == f"http://127.0.0.1:{ports['two']}/mcp"
    key_file = tmp_path / ".alex" / "api_key"
    assert server["headers"] == {"x-api-key": key_file.read_text().strip()}
    if sys.platform != "win32":
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    answer = httpx2.get(f"http://127.0.0.1:{ports['two']}/ready", headers=server["headers"], trust_env=False)
    assert answer.status_code == 200


def test_logs_carry_the_name_of_their_service_and_are_kept(start_two: StartTwo, tmp_path: Path) -> None:
    """What scrolled by can be read again."""
    alex, _ = start_two()
    alex.wait_for("Ctrl-C stops everything")
    assert any(line.startswith("one | one listens, grüße") for line in alex.lines)
    assert "grüße" in (tmp_path / ".alex" / "logs" / "one.log").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_costs_the_log_only(start_two: StartTwo, tmp_path: Path) -> None:
    """A service whose output nobody reads would stand still as soon as the pipe is full."""
    (tmp_path / ".alex" / "logs").mkdir(parents=True)
    (tmp_path / ".alex" / "logs" / "one.log").symlink_to("/dev/full")
    alex, _ = start_two()
    alex.wait_for("Ctrl-C stops everything")
    victim = next(child for child in alex.children() if "one" in child.cmdline())
    victim.send_signal(signal.SIGUSR1)
    alex.wait_for("one | said something")
    assert "Traceback" not in alex.output


def test_a_file_that_cannot_be_used_is_an_error_in_words(start_alex: StartAlex, tmp_path: Path) -> None:
    """No stack trace where the disk is full or something is in the way."""
    (tmp_path / ".alex" / "api_key").mkdir(parents=True)
    alex = start_alex(["-m", "alex_tools", "search", "x"])
    assert alex.wait_for_end() == 1
    assert alex.output.startswith("error: ")
    assert "api_key" in alex.output
    assert "Traceback" not in alex.output


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_poor_terminal_is_no_reason_to_crash(start_two: StartTwo, encoding: str) -> None:
    """Windows code pages and dumb terminals lack characters that a log may have."""
    alex, _ = start_two(PYTHONIOENCODING=encoding, PYTHONUTF8="0", TERM="dumb", NO_COLOR="1")
    alex.wait_for("Ctrl-C stops everything")
    assert "\x1b" not in alex.output
    assert any("one listens" in line for line in alex.lines)


@posix_only
def test_a_reader_that_goes_away_stops_everything_in_order(tmp_path: Path, free_ports: FreePorts) -> None:
    """`alex up | head` ends instead of running on unseen."""
    command = [sys.executable, UP, f"one:{free_ports(1)[0]}"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while b"Ctrl-C stops everything" not in process.stdout.readline():
            assert process.poll() is None
        children = psutil.Process(process.pid).children()
        process.stdout.close()
        # The service says something, and nobody reads it any more.
        children[0].send_signal(signal.SIGUSR1)
        assert process.wait(STOP_SECONDS) == 0
    assert_gone(children)


def test_values_of_an_env_file_reach_the_services(start_two: StartTwo, tmp_path: Path) -> None:
    """`.env` sets what the environment does not; an empty line in it sets nothing."""
    (tmp_path / ".env").write_text("ALEX_API_KEYS=first,second\nALEX_MODEL=from-file\nOPENAI_API_KEY=\nOTHER=file\n")
    alex, ports = start_two(OTHER="environment")
    alex.wait_for("Ctrl-C stops everything")
    seen = httpx2.get(f"http://127.0.0.1:{ports['one']}/environment", trust_env=False).json()
    assert (seen["ALEX_API_KEYS"], seen["ALEX_MODEL"], seen["OTHER"]) == ("first,second", "from-file", "environment")
    assert "OPENAI_API_KEY" not in seen
    assert not (tmp_path / ".alex" / "api_key").exists()
