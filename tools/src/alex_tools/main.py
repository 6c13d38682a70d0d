"""Entrance of the `alex` command."""

import sys

from alex_tools.commands import app
from alex_tools.errors import AlexError
from alex_tools.terminal import open_terminal


def main() -> None:
    """Run the command line and end the process with its exit code."""
    terminal = open_terminal()
    try:
        app(obj=terminal)
    except AlexError as error:
        terminal.fail(error)
        sys.exit(error.exit_code)
