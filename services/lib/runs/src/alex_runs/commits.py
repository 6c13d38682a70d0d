"""Writing one committed phase: the row, fenced by lease and version, and its events, in one transaction."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from alex_runs.errors import LeaseLost
from alex_runs.rows import Commit, Event, commit_values, dump
from alex_runs.tables import events, runs


async def write_commit(connection: AsyncConnection, run_id: str, holder: str, version: int, change: Commit) -> None:
    """Write `change` as commit number `version` + 1; when it was written before, do nothing.

    Raises:
        LeaseLost: `holder` no longer holds the lease; nothing was written.
    """
    last_seq = await connection.scalar(
        sa.update(runs)
        .where(runs.c.id == run_id, runs.c.lease_holder == holder, runs.c.version == version)
        .values(last_seq=runs.c.last_seq + len(change.events), version=version + 1, **commit_values(change))
        .returning(runs.c.last_seq)
    )
    if last_seq is None:
        await _check_already_committed(connection, run_id, holder, version)
        return
    await insert_events(connection, run_id, last_seq - len(change.events) + 1, change.events)


async def insert_events(connection: AsyncConnection, run_id: str, first_seq: int, new: Sequence[Event]) -> None:
    """Write events, numbered from `first_seq` on."""
    rows = [
        {"run_id": run_id, "seq": first_seq + offset, "type": event_type, "data": dump(data)}
        for offset, (event_type, data) in enumerate(new)
    ]
    if rows:
        await connection.execute(sa.insert(events), rows)


async def _check_already_committed(connection: AsyncConnection, run_id: str, holder: str, version: int) -> None:
    """Return when the commit was made before and only its answer was lost; else the lease is."""
    row = (
        await connection.execute(sa.select(runs.c.lease_holder, runs.c.version).where(runs.c.id == run_id))
    ).one_or_none()
    if row is None or tuple(row) != (holder, version + 1):
        raise LeaseLost(run_id)
