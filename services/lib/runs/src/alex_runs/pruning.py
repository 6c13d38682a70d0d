"""Forgetting runs that ended long ago, some at a time."""

from typing import Final

import sqlalchemy as sa
from alex_database import in_transaction
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from alex_runs.conditions import in_seconds, is_open
from alex_runs.tables import events, runs

PRUNE_BATCH: Final = 50
"""Runs deleted in one transaction; Aurora DSQL allows 3,000 changed rows in one."""


async def prune(engine: AsyncEngine, older_than_seconds: float) -> int:
    """Delete runs that ended longer ago than that, with their events, and return how many."""
    ended = sa.and_(sa.not_(is_open()), runs.c.updated_at < in_seconds(-older_than_seconds))

    async def delete(connection: AsyncConnection) -> int:
        ids = (await connection.execute(sa.select(runs.c.id).where(ended).limit(PRUNE_BATCH))).scalars().all()
        await connection.execute(sa.delete(events).where(events.c.run_id.in_(ids)))
        await connection.execute(sa.delete(runs).where(runs.c.id.in_(ids)))
        return len(ids)

    deleted = 0
    while True:
        batch = await in_transaction(engine, delete)
        deleted += batch
        if batch < PRUNE_BATCH:
            return deleted
