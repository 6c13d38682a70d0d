"""What the guides of a deployment tell a reader to type exists."""

from __future__ import annotations

import re

import pytest
import typer
from alex_tools.commands import app
from alex_tools.repository import ROOT

GUIDES = ("1_permissions", "troubleshooting", "costs")
COMMAND = re.compile(r"uv run alex (\w+)((?: --?[\w-]+(?: [\w@.]+)?)*)")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_and_option_exists(guide: str) -> None:
    """Ours: by the command line itself."""
    group = typer.main.get_command(app)
    text = (ROOT / "guides" / f"{guide}.md").read_text(encoding="utf-8")
    found = COMMAND.findall(text)
    assert found
    for name, options in found:
        command = group.commands[name]  # type: ignore[attr-defined]  # the application is a group
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[\w-]+", options)) <= known, name
