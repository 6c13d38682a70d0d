"""Entrance of the `alex` command.

The worker processes that read documents load it again, so what the command needs is imported when it runs.
"""

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    from alex_tools.commands import app  # noqa: PLC0415  see above
    from alex_tools.errors import AlexError  # noqa: PLC0415
    from alex_tools.terminal import open_terminal  # noqa: PLC0415

    terminal = open_terminal()
    try:
        app(obj=terminal)
    except AlexError as error:
        terminal.fail(error)
        sys.exit(error.exit_code)
    except OSError as error:
        # A full disk, a folder that may not be written to: the user's to mend.
        place = "" if error.filename is None else f" ({error.filename})"
        terminal.fail(AlexError(f"{error.strerror or error}{place}"))
        sys.exit(AlexError.exit_code)
