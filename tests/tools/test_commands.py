"""The `alex` command as a user calls it: exit codes and messages when nothing runs yet."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.tools.conftest import Alex, FreePorts, StartAlex

ALEX = ("-m", "alex_tools")


@pytest.fixture
def offset(free_ports: FreePorts) -> str:
    """An offset at which nothing listens, as far as a free planner's port can tell."""
    return str(free_ports(1)[0] % 40000 + 10000)


def ended(alex: Alex) -> tuple[int, str]:
    """Return the exit code and the output."""
    return alex.wait_for_end(), alex.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("demo", "--portfolio", "nowhere.csv"), "there is no portfolio file nowhere.csv"),
        (("demo", "--portfolio", "."), "the portfolio file . cannot be read"),
        (("demo", "--newsroom", "."), ". is no newsroom: it has no index.html"),
        (("demo", "--out", "nowhere/plan.md"), "the folder nowhere does not exist"),
        (("plan", "nowhere.csv"), "there is no portfolio file nowhere.csv"),
        (("ingest", "nowhere.md"), "there is no file nowhere.md"),
        (("ingest", "."), "has no PDF, HTML, Markdown or text file"),
        (("analyse", "--target", "equity"), "'equity' is not of the form equity=60"),
        (("analyse", "--prices", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("retire", "--mix", "equity"), "'equity' is not name=number"),
        (("retire", "--pension", "12000"), "'12000' is not amount@year"),
        (("unknown",), "No such command 'unknown'"),
    ],
    ids=[
        "portfolio",
        "portfolio_folder",
        "newsroom",
        "out",
        "plan",
        "ingest",
        "ingest_folder",
        "target",
        "prices",
        "mix",
        "pension",
        "command",
    ],
)
def test_bad_input_is_named_before_anything_starts(
    start_alex: StartAlex, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    """Exit code 2, the thing in the message, nothing left in the folder."""
    code, output = ended(start_alex([*ALEX, *arguments], COLUMNS="200"))
    assert (code, words in output) == (2, True), output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "a query"),
        ("research", "a topic"),
        ("plan", "p.csv"),
        ("ingest", "note.md"),
        ("analyse",),
        ("retire",),
    ],
    ids=str,
)
def test_a_command_that_needs_a_running_stack_says_so(
    start_alex: StartAlex, tmp_path: Path, offset: str, arguments: tuple[str, ...]
) -> None:
    """One clear line: who does not answer, and how to start it."""
    (tmp_path / "p.csv").write_text("symbol,quantity,currency\nX,1,USD\n")
    (tmp_path / "note.md").write_text("# A note\n")
    code, output = ended(start_alex([*ALEX, *arguments], ALEX_PORT_OFFSET=offset, ALEX_API_KEYS="key"))
    assert code == 1
    assert "does not answer at http://127.0.0.1:" in output
    assert "start Alex with `alex up`" in output


def test_without_a_key_there_was_never_a_stack_here(start_alex: StartAlex) -> None:
    """The message says where a key would be found."""
    code, output = ended(start_alex([*ALEX, "search", "a query"]))
    assert code == 1
    assert "no API key in ALEX_API_KEYS" in output


def test_the_doctor_shows_what_there_is(start_alex: StartAlex, offset: str) -> None:
    """It starts nothing and ends well when nothing runs."""
    code, output = ended(start_alex([*ALEX, "doctor"], ALEX_PORT_OFFSET=offset, COLUMNS="200", NO_COLOR="1"))
    assert code == 0, output
    for word in ("Python", "uv", "Chromium", "built in", "local_aws", "planner", "not running", "is free"):
        assert word in output


def test_a_taken_newsroom_port_is_named(start_alex: StartAlex, tmp_path: Path) -> None:
    """The demo checks the port of its newsroom as it does those of the services."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        code, output = ended(start_alex([*ALEX, "demo", "--exit"], ALEX_PORT_OFFSET=str(port - 8090)))
    assert code == 1
    assert f"newsroom needs port {port}" in output
    assert list(tmp_path.iterdir()) == []


def test_other_kinds_of_files_are_refused(start_alex: StartAlex) -> None:
    """The message says which kinds there are."""
    code, output = ended(start_alex([*ALEX, "ingest", __file__], ALEX_API_KEYS="key", COLUMNS="200"))
    assert (code, "is not a PDF, HTML, Markdown or text file (.htm, " in output) == (2, True), output
