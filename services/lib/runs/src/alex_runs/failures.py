"""Which failures of a phase are worth another try, and how a run says why it failed."""

import json
from collections.abc import Iterator
from typing import Final

import openai
from agents.exceptions import MaxTurnsExceeded, ModelBehaviorError, ModelTimeoutError
from alex_edge import ServiceError, UpstreamUnavailable

from alex_runs.errors import RunFailed, StepTooLong
from alex_runs.schemas import RunError

MAX_ATTEMPTS: Final = 5
"""How often one phase may raise before its run fails."""
MAX_BEGINNINGS: Final = 20
"""How often one phase is begun before its run fails, if it never ends: it may take its process with it each time. Many
more than attempts, because an instance is also taken away for reasons that have nothing to do with the run."""
_PASSING_FAILURES: Final = (
    UpstreamUnavailable,
    StepTooLong,
    ModelTimeoutError,
    ModelBehaviorError,
    openai.APIConnectionError,
    json.JSONDecodeError,
)
FIRST_RETRY_SECONDS: Final = 2.0
"""Doubled with each further try: half a minute in all, in which a service that was stopped starts anew."""


def retry_in_seconds(attempts: int) -> float:
    """Return how long to wait after the attempt with this number, counted from 1."""
    return FIRST_RETRY_SECONDS * 2.0 ** (attempts - 1)


def is_worth_another_try(failure: BaseException) -> bool:
    """Say whether the same phase may succeed later."""
    for cause in _chain(failure):
        if isinstance(cause, RunFailed | MaxTurnsExceeded):
            return False
        if isinstance(cause, _PASSING_FAILURES):
            return True
        if isinstance(cause, openai.APIStatusError):
            return cause.status_code in {408, 409, 429} or cause.status_code >= 500  # noqa: PLR2004  HTTP's server errors
    return False


def describe(failure: BaseException) -> RunError:
    """Return what the owner of the run is told: never a stack trace."""
    for cause in _chain(failure):
        if isinstance(cause, ServiceError):
            return RunError(code=cause.code, message=cause.message, detail=cause.detail)
        if isinstance(cause, openai.APIError):
            return RunError(code="model_unavailable", message=f"the model does not answer: {cause.message}")
        if isinstance(cause, ModelTimeoutError | ModelBehaviorError | MaxTurnsExceeded | json.JSONDecodeError):
            return RunError(code="model_failed", message=f"the model did not come to an answer: {cause}")
    return RunError(
        code="internal_error",
        message=f"unexpected failure ({type(failure).__name__}); the log of this service has it under the run's id",
    )


def _chain(failure: BaseException | None) -> Iterator[BaseException]:
    """Yield a failure and what caused it; the SDK wraps the errors of tools."""
    while failure is not None:
        yield failure
        if isinstance(failure, BaseExceptionGroup):
            yield from _chain(failure.exceptions[0])
            return
        failure = failure.__cause__ or failure.__context__
