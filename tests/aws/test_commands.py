"""What a user of `alex deploy`, `alex destroy` and `alex doctor --aws` types, answers and reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx2
import pytest
from alex_tools.aws import commands
from alex_tools.aws.order import Order
from alex_tools.commands import app
from alex_tools.terminal import Terminal
from typer.testing import CliRunner, Result

if TYPE_CHECKING:
    from tests.aws.conftest import World


class Shell:
    """The `alex` command in the folder of a world, whose AWS and programs it meets."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self._world = world
        self._folder = world.files.folder.parents[2]
        monkeypatch.chdir(self._folder)
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ALEX_MODEL", "FRONTEND_PASSWORD"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(commands, "open_account", lambda *_: world.account)
        monkeypatch.setattr(commands, "RealPrograms", lambda: world.programs)
        client = httpx2.Client
        answering = httpx2.MockTransport(world.answer)
        monkeypatch.setattr(httpx2, "Client", lambda **_: client(transport=answering))

    def run(self, *arguments: str, typed: str = "") -> Result:
        """Run a command with what its user types, and return what it said in `World.out`."""
        terminal: Terminal = self._world.terminal
        return CliRunner().invoke(app, list(arguments), input=typed, obj=terminal)


@pytest.fixture
def shell(world: World, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell."""
    return Shell(world, monkeypatch)


def test_what_it_costs_is_said_before_anybody_agrees(world: World, shell: Shell) -> None:
    """Ours: whoever says no has made nothing."""
    done = shell.run("deploy", typed="n\n")
    said = world.out.getvalue()
    assert done.exit_code != 0
    assert "It costs money from now on" in done.output
    for told in ("model: built in", "runs and portfolios: Aurora DSQL", "cost, planned: about 36.20 USD", "--email"):
        assert told in said
    assert not [call for call in world.programs.calls if call.arguments[1] != "version"]


def test_a_deployment_ends_with_both_addresses_and_how_to_read_their_secrets(world: World, shell: Shell) -> None:
    """Ours: the newcomer's next two steps; no secret itself is printed."""
    done = shell.run("deploy", "--email", "me@example.com", typed="y\n")
    said = world.out.getvalue()
    assert done.exit_code == 0, said
    assert re.findall(r"\[(\d)/6\]", said) == list("123456")
    end = said.rpartition("cost, now")[2]
    assert world.app_runner.url("alex-frontend") in end
    assert "https://abc123.execute-api.eu-central-1.amazonaws.com/alex" in end
    for secret in ("page-password", "caller-key"):
        assert f"get-secret-value --secret-id alex/{secret} --region eu-central-1" in end
        assert world.secret(secret) not in said


def test_doctor_tells_what_is_there_and_destroy_that_nothing_is_left(world: World, shell: Shell) -> None:
    """Ours: the page among it; what was chosen for the database is what is looked at."""
    world.deploy(Order())
    assert shell.run("doctor", "--aws").exit_code == 0
    said = world.out.getvalue()
    assert "App Runner service: alex-frontend" in said
    assert "secret: alex/page-password" in said
    assert "Aurora DSQL" in said
    assert shell.run("destroy", typed="n\n").exit_code != 0
    assert "alex-frontend" in world.app_runner.services
    assert shell.run("destroy", typed="y\n").exit_code == 0
    assert "nothing of the deployment is left in the account" in world.out.getvalue()
    assert not world.app_runner.services


def test_doctor_looks_at_the_database_of_the_deployment(world: World, shell: Shell) -> None:
    """Ours: who brings a PostgreSQL needs no permission for another one."""
    record = world.files.read()
    world.files.change(record, variables={"database": "url"})
    shell.run("doctor", "--aws")
    assert "Aurora DSQL" not in world.out.getvalue()
