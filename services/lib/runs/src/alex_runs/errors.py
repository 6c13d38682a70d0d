"""What can go wrong with runs.

ServiceError
├── RunNotFound          404  run_not_found
├── IdempotencyConflict  409  idempotency_conflict
├── RunFailed            500  run_failed       ends a run as failed, with this reason, without another try
└── StepTooLong          500  step_too_long    a step does not fit into a request; tried again, then the run fails

Interrupted                   the request ended in the middle of a step, which the next one takes again
LeaseLost                     another instance or a cancel took the run; nothing was written
NewerState                    left for an instance with a newer Agents SDK
"""

from alex_edge import NotFound, ServiceError


class RunNotFound(NotFound):
    """No run of this owner has the id."""

    code = "run_not_found"

    def __init__(self, run_id: str) -> None:
        super().__init__(f"there is no run {run_id!r}", run_id=run_id)


class IdempotencyConflict(ServiceError):
    """The idempotency key was used before with another input."""

    status = 409
    code = "idempotency_conflict"

    def __init__(self, key: str, run_id: str) -> None:
        super().__init__(
            f"Idempotency-Key {key!r} already started run {run_id} with another input; use a new key",
            idempotency_key=key,
            run_id=run_id,
        )


class RunFailed(ServiceError):
    """A reason that trying again cannot mend."""

    code = "run_failed"


class StepTooLong(ServiceError):
    """A model call, or tools that were called together, took longer than any request lasts."""

    code = "step_too_long"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"one step took longer than the {seconds:.0f} s that a request lasts; a faster model or smaller pieces help"
        )


class Interrupted(Exception):
    """The request ended before the step did."""

    def __init__(self) -> None:
        super().__init__("the request ended in the middle of a step")


class LeaseLost(Exception):
    """The run was taken over or cancelled while it was driven."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"{run_id} was taken over or cancelled")


class NewerState(Exception):
    """The state was written by a newer version of the Agents SDK than this instance has."""

    def __init__(self, written_by: str, installed: str) -> None:
        super().__init__(f"its state was written by openai-agents {written_by}, here is {installed}")
