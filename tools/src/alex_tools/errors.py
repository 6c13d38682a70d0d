"""What can go wrong in the `alex` command, each with the exit code the shell sees.

AlexError                1
├── BadInput             2  a file or an argument of the user cannot be used
├── PlanIncomplete       3  a plan was written, but something it should hold is missing
├── PortsTaken           1
├── FolderInUse          1
├── ServiceDied          1
├── NotReady             1
├── NotRunning           1
├── ServiceRefused       1
├── RunFailed            1
├── AwsRefused           1
├── DeployFailed         1
├── CommandFailed        1
└── Stopped            130  Ctrl-C or SIGTERM before the work was done
"""

import signal
from collections.abc import Sequence
from typing import ClassVar


class AlexError(Exception):
    """A message for the user: what failed, where, and what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = tuple(details)


class BadInput(AlexError):
    """Something the user gave cannot be used."""

    exit_code = 2


class PlanIncomplete(AlexError):
    """The plan is written beside the place of a complete one; `details` names each missing thing."""

    exit_code = 3


class PortsTaken(AlexError):
    """Another process listens where a service should."""


class FolderInUse(AlexError):
    """Another `alex` runs on the same data folder."""


class ServiceDied(AlexError):
    """A service ended although nobody asked it to."""

    def __init__(self, name: str, exit_code: int, last_lines: Sequence[str]) -> None:
        super().__init__(f"{name} ended unexpectedly ({describe_exit(exit_code)})", last_lines)
        self.name = name


class NotReady(AlexError):
    """A service did not become ready in time."""


class NotRunning(AlexError):
    """A service that a command needs does not answer."""

    def __init__(self, name: str, url: str) -> None:
        super().__init__(f"{name} does not answer at {url}; start Alex with `alex up` (or set ALEX_PORT_OFFSET)")


class ServiceRefused(AlexError):
    """A service answered with an error; its own message is passed on."""


class RunFailed(AlexError):
    """An agent's run ended without a result."""


class AwsRefused(AlexError):
    """AWS did not do what was asked: no or expired credentials, no permission, a limit, no connection."""


class DeployFailed(AlexError):
    """A step of a deployment did not end well; `details` says what is up and how to go on."""


class CommandFailed(AlexError):
    """A program that was called, such as docker or terraform, ended with an error; `details` are its last lines."""


class Stopped(AlexError):
    """The user asked to stop before the work was done."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("stopped before it was done")


def describe_exit(code: int) -> str:
    """Return an exit code of a child process in words; negative codes are signals on POSIX."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
