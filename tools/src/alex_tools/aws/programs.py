"""Calling other programs: docker, terraform, git. Their last lines are kept, for when they fail."""

import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from alex_tools.errors import CommandFailed

KEPT_LINES = 25
"""Lines of a failed program that are shown; the reason stands at the end."""


@dataclass(frozen=True)
class Call:
    """One program to run."""

    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    input: str = ""
    """What it reads from standard input; secrets go this way, where no list of processes shows them."""


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code and everything it printed."""

    exit_code: int
    output: str
    errors: str = ""


OnLine = Callable[[str], None]


class Programs(Protocol):
    """Runs programs; the tests have one that records."""

    def find(self, name: str) -> str | None:
        """Return the path of a program, None when it is not installed."""
        ...

    def run(self, call: Call) -> Ended:
        """Run a short program to its end."""
        ...

    def follow(self, call: Call, on_line: OnLine) -> Ended:
        """Run a long program, hand over each line as it comes, and return its last lines."""
        ...


class RealPrograms:
    """The programs of this machine."""

    def find(self, name: str) -> str | None:
        """Return the path of a program, None when it is not on the PATH."""
        return shutil.which(name)

    def run(self, call: Call) -> Ended:
        """Run a short program to its end; standard output and standard error are kept apart."""
        done = subprocess.run(  # noqa: S603  our own commands
            self._found(call),
            cwd=call.folder,
            env=dict(call.environment),
            input=call.input,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def follow(self, call: Call, on_line: OnLine) -> Ended:
        """Run a long program; what it writes to standard error comes in its order between the other lines."""
        last: deque[str] = deque(maxlen=KEPT_LINES)
        with subprocess.Popen(  # noqa: S603  our own commands
            self._found(call),
            cwd=call.folder,
            env=dict(call.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                last.append(line.rstrip())
                on_line(line.rstrip())
        return Ended(process.returncode, "\n".join(last))

    def _found(self, call: Call) -> list[str]:
        """Return the command with the program's full path: Windows starts `docker.exe` only so."""
        name, *arguments = call.arguments
        return [self.find(name) or name, *arguments]


def checked(ended: Ended, what: str, hint: Sequence[str] = ()) -> Ended:
    """Return `ended` when the program succeeded.

    Raises:
        CommandFailed: it did not; says `what` was to be done, its last lines and the hint.
    """
    if ended.exit_code == 0:
        return ended
    said = (ended.output + "\n" + ended.errors).strip().splitlines()[-KEPT_LINES:]
    raise CommandFailed(f"{what} failed (exit code {ended.exit_code})", [*said, *hint])
