"""Where the command writes: a console for results and logs, and one for errors.

Whatever the terminal is (none, dumb, a Windows code page, a pipe that was closed), writing never raises.
"""

import io
import os
import sys
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.text import Text

from alex_tools.errors import AlexError


class QuietOnClosedPipe(Console):
    """A console that falls silent when its reader is gone, instead of ending the thread that prints."""

    reader_gone = False

    def on_broken_pipe(self) -> None:
        """Send the rest to nowhere and remember, so that the command can stop its services in order."""
        self.reader_gone = True
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)


@dataclass(frozen=True)
class Terminal:
    """Standard output and standard error of this process."""

    out: QuietOnClosedPipe
    err: QuietOnClosedPipe

    def say(self, message: str | Text = "", style: str = "") -> None:
        """Print one message as it is: no markup, no colour guessing, no cutting at the terminal's width."""
        self.out.print(message, style=style or None, markup=False, highlight=False, soft_wrap=True)

    def warn(self, message: str) -> None:
        """Print a message on standard error that does not end the command."""
        self.err.print(message, style="yellow", markup=False, highlight=False, soft_wrap=True)

    def fail(self, error: AlexError) -> None:
        """Print an error and its details on standard error."""
        text = Text.assemble(("error: ", "bold red"), error.message)
        self.err.print(text, highlight=False, soft_wrap=True)
        for detail in error.details:
            self.err.print(Text(f"  {detail}"), highlight=False, soft_wrap=True)


def open_terminal() -> Terminal:
    """Return the consoles of this process; characters that the terminal's encoding lacks are replaced."""
    for stream in (sys.stdout, sys.stderr):
        _replace_what_cannot_be_encoded(stream)
    return Terminal(QuietOnClosedPipe(), QuietOnClosedPipe(stderr=True))


def _replace_what_cannot_be_encoded(stream: TextIO) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
