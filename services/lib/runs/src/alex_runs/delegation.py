"""A tool whose work is another agent's run.

The call waits, unapproved, until that run is over; then the tool runs and only fetches the result. Starting
is idempotent by run and call, so that neither a crash nor a repeated phase starts the work twice.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from alex_runs.client import RunsClient

Json = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Delegation:
    """Where a tool's work is done, and what is sent there."""

    client: RunsClient
    to_input: Callable[[str, Json, Json], Awaitable[Json]]
    """From owner, the call's arguments and the parent's input to the body of the other run.

    The same arguments must give the same body. Raises `RunFailed` for arguments that cannot be worked on; the
    tool then tells the model why.
    """
    limit: Callable[[Json], int]
    """How many runs the parent may start, from its input."""
    required: bool = True
    """Whether the parent fails when the service stays away; else the call fails, and the tool tells the model why."""
