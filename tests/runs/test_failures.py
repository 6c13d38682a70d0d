"""Which failures of a phase are tried again, and how a run tells of them."""

import pytest
from agents.exceptions import UserError
from alex_database import DatabaseUnavailable
from alex_runs.errors import RunFailed
from alex_runs.failures import describe, is_worth_another_try
from sqlalchemy.exc import IntegrityError


def wrapped(cause: BaseException) -> UserError:
    """Return what the SDK makes of a tool's error."""
    failure = UserError("Error running tool")
    failure.__cause__ = cause
    return failure


@pytest.mark.parametrize(
    ("cause", "again"),
    [
        (DatabaseUnavailable("gaierror"), True),
        (IntegrityError("insert", None, Exception("it is there")), False),
        (RunFailed("of no use"), False),
        (ValueError("a fault of ours"), False),
    ],
    ids=["database away", "refused row", "refused input", "fault"],
)
def test_a_tool_whose_database_is_away_is_tried_again(cause: BaseException, again: bool) -> None:  # noqa: FBT001
    """Ours: what the database has answered stays; what it could not answer may come out differently later."""
    assert is_worth_another_try(wrapped(cause)) is again


def test_a_database_that_stays_away_is_named() -> None:
    """Ours: not an unexpected failure."""
    assert "database does not answer" in describe(wrapped(DatabaseUnavailable("gaierror"))).message
