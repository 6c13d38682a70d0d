"""What can go wrong with runs.

ServiceError
├── RunNotFound          404  run_not_found
├── IdempotencyConflict  409  idempotency_conflict
└── RunFailed            500  run_failed       ends a run as failed, with this reason, without another try

LeaseLost                     another instance or a cancel took the run; nothing was written
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


class LeaseLost(Exception):
    """The run was taken over or cancelled while it was driven."""


class NewerState(Exception):
    """The state was written by a newer version of the Agents SDK than this instance has."""

    def __init__(self, written_by: str, installed: str) -> None:
        super().__init__(f"its state was written by openai-agents {written_by}, here is {installed}")
