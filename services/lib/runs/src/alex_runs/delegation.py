"""A tool whose work is another agent's run.

The call waits, unapproved, until that run is over; then the tool runs and only fetches the result. Starting
is idempotent by run and call, so that neither a crash nor a repeated phase starts the work twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from alex_runs.client import RunsClient
from alex_runs.schemas import RunView


@dataclass(frozen=True)
class Delegation:
    """Where a tool's work is done, and what is sent there."""

    client: RunsClient
    to_input: Callable[[Mapping[str, JsonValue], Mapping[str, JsonValue]], Mapping[str, JsonValue]]
    """From the call's arguments and the parent's input to the body of the other run; a pure function."""

    async def ensure(
        self,
        owner: str,
        run_id: str,
        call_id: str,
        arguments: Mapping[str, JsonValue],
        parent_input: Mapping[str, JsonValue],
    ) -> RunView:
        """Start the other run, or return it as it is now.

        Raises:
            RunFailed: the other service refuses the input.
            UpstreamUnavailable: it does not answer.
        """
        return await self.client.create(owner, self.to_input(arguments, parent_input), f"{run_id}:{call_id}")
