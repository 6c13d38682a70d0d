"""Moments and states of runs as SQL conditions, by the clock of the database, however those of the instances go."""

from typing import Final

import sqlalchemy as sa
from alex_database import DatabaseTime

from alex_runs.schemas import RunStatus
from alex_runs.tables import runs

LONGEST_WAIT_SECONDS: Final = 60.0
"""No lease and no pause between two tries is longer. What seems so was written before the clock was set back."""
_OPEN: Final = [status for status in RunStatus if not status.is_final]


def in_seconds(seconds: float) -> sa.ColumnElement[float]:
    """Return the moment in so many seconds, before now when they are negative."""
    return DatabaseTime() + seconds


def is_open() -> sa.ColumnElement[bool]:
    """Return whether a run may still change."""
    return runs.c.status.in_(_OPEN)


def is_idle() -> sa.ColumnElement[bool]:
    """Return whether an open run is due and nobody holds its lease."""
    free = sa.or_(runs.c.lease_holder.is_(None), _is_over(runs.c.lease_until))
    return sa.and_(is_open(), _is_over(runs.c.not_before), free)


def _is_over(until: sa.ColumnElement[float]) -> sa.ColumnElement[bool]:
    return sa.or_(until <= DatabaseTime(), until > in_seconds(LONGEST_WAIT_SECONDS))
