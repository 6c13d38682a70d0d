"""Runs as rows: created once, leased by one driver at a time, committed phase by phase.

Every write that belongs to a driver is fenced by its lease: who lost the lease writes nothing. It knows
neither agents nor HTTP.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from alex_database import DatabaseTime, in_transaction, upgrade
from pydantic import JsonValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from alex_runs.budget import NO_BUDGET, Budget
from alex_runs.commits import insert_events, write_commit
from alex_runs.conditions import in_seconds, is_idle, is_open
from alex_runs.errors import IdempotencyConflict, RunNotFound
from alex_runs.pruning import prune
from alex_runs.rows import Commit, Left, Run, dump, receipt_in, run_of
from alex_runs.schemas import RunEvent, RunStatus
from alex_runs.tables import events, runs
from alex_runs.usage import Receipt, Usage

LEASE_SECONDS: Final = 15.0
"""A driver that does not renew its lease for this long is taken for dead; it renews three times as often."""
MAX_MODEL_CHARS: Final = 200
"""As much of a model's label as the column holds."""


class RunStore:
    """All access to the tables. Every call raises `DatabaseUnavailable` when the database stays away."""

    def __init__(self, engine: AsyncEngine, *, lease_seconds: float = LEASE_SECONDS) -> None:
        self._engine = engine
        self.lease_seconds = lease_seconds

    async def upgrade(self) -> None:
        """Create or migrate the tables."""
        await upgrade(self._engine, "alex_runs.migrations", "runs_alembic_version")

    async def ping(self) -> None:
        """Ask the database for an answer; raises what its driver raises."""
        async with self._engine.connect() as connection:
            await connection.execute(sa.select(1))

    async def create(
        self,
        owner: str,
        kind: str,
        run_input: Mapping[str, JsonValue],
        idempotency_key: str,
        *,
        budget: Budget = NO_BUDGET,
        model: str = "",
    ) -> Run:
        """Create a run, or return the one that this key created before, with the budget that it got then.

        Raises:
            IdempotencyConflict: the key was used with another input.
        """
        run_id = f"run_{uuid4().hex}"
        values = {
            "id": run_id,
            "owner": owner,
            "kind": kind,
            "status": RunStatus.QUEUED,
            "idempotency_key": idempotency_key,
            "input": dump(run_input),
            "children": "[]",
            "usage": Usage.nothing().model_dump_json(),
            "budget": budget.model_dump_json(exclude_none=True),
            "model": model[:MAX_MODEL_CHARS],
            "attempts": 0,
            "failures": 0,
            "version": 0,
            "last_seq": 1,
            "not_before": 0.0,
            "lease_until": 0.0,
            "created_at": DatabaseTime(),
            "updated_at": DatabaseTime(),
        }

        async def insert(connection: AsyncConnection) -> None:
            await connection.execute(sa.insert(runs).values(values))
            await insert_events(connection, run_id, 1, [("created", {"kind": kind})])

        try:
            await in_transaction(self._engine, insert)
        except IntegrityError:
            return await self._created_before(owner, kind, run_input, idempotency_key)
        return await self.get(owner, run_id)

    async def get(self, owner: str, run_id: str) -> Run:
        """Return one run of `owner`.

        Raises:
            RunNotFound: there is none, or it is somebody else's.
        """
        row = await self._one(sa.select(runs).where(runs.c.id == run_id, runs.c.owner == owner))
        if row is None:
            raise RunNotFound(run_id)
        return run_of(row)

    async def page(
        self, owner: str, *, limit: int, before: str | None = None, result_since: float | None = None
    ) -> list[Run]:
        """Return runs of `owner`, newest first: the first `limit`, or those after the run with the id `before`.

        Args:
            result_since: only runs that ended with a result, at this epoch second or later.

        Raises:
            RunNotFound: `before` is no run of this owner.
        """
        query = sa.select(runs).where(runs.c.owner == owner)
        if result_since is not None:
            query = query.where(sa.not_(is_open()), runs.c.output.is_not(None), runs.c.updated_at >= result_since)
        if before is not None:
            created_at = await self._created_at(owner, before)
            query = query.where(
                sa.or_(runs.c.created_at < created_at, sa.and_(runs.c.created_at == created_at, runs.c.id < before))
            )
        query = query.order_by(runs.c.created_at.desc(), runs.c.id.desc()).limit(limit)
        return [run_of(row) for row in await self._all(query)]

    async def receipts(self, owner: str, kind: str, model: str, limit: int) -> list[Receipt]:
        """Return what the last `limit` runs of this kind have used that came to their own end, newest first."""
        query = (
            sa.select(runs.c.usage, runs.c.children)
            .where(runs.c.owner == owner, runs.c.kind == kind, runs.c.model == model[:MAX_MODEL_CHARS])
            .where(runs.c.status.in_([RunStatus.COMPLETED, RunStatus.PARTIAL]), runs.c.error.is_(None))
            .order_by(runs.c.created_at.desc())
            .limit(limit)
        )
        return [receipt_in(row) for row in await self._all(query)]

    async def prune(self, older_than_seconds: float) -> int:
        """Delete runs that ended longer ago than that, with their events, and return how many."""
        return await prune(self._engine, older_than_seconds)

    async def count_open(self) -> int:
        """Return how many runs of all owners are not over."""
        (row,) = await self._all(sa.select(sa.func.count().label("open")).where(is_open()))
        return int(row["open"])

    async def idle(self, limit: int) -> list[str]:
        """Return the ids of open runs of all owners that are due and that nobody drives, longest untouched first."""
        query = sa.select(runs.c.id).where(is_idle()).order_by(runs.c.updated_at).limit(limit)
        return [str(row["id"]) for row in await self._all(query)] if limit else []

    async def acquire(self, run_id: str, holder: str) -> Run | None:
        """Take the lease of an open run that nobody else holds and that is due; None when that is not so."""
        row = await self._one(
            sa.update(runs)
            # Its own lease: the answer to an earlier try may have got lost.
            .where(runs.c.id == run_id, sa.or_(is_idle(), sa.and_(is_open(), runs.c.lease_holder == holder)))
            .values(lease_holder=holder, lease_until=in_seconds(self.lease_seconds), attempts=runs.c.attempts + 1)
            .returning(runs)
        )
        return None if row is None else run_of(row)

    async def renew(self, run_id: str, holder: str) -> bool:
        """Extend the lease; false when it is lost."""
        changed = await self._one(
            sa.update(runs)
            .where(runs.c.id == run_id, runs.c.lease_holder == holder)
            .values(lease_until=in_seconds(self.lease_seconds))
            .returning(runs.c.id)
        )
        return changed is not None

    async def release(self, run_id: str, holder: str, left: Left) -> None:
        """Give the lease back, if it is still held, and note how the run was left."""
        await self._one(
            sa.update(runs)
            .where(runs.c.id == run_id, runs.c.lease_holder == holder)
            .values(
                lease_holder=None,
                lease_until=0.0,
                attempts=left.attempts,
                failures=left.failures,
                not_before=in_seconds(left.retry_in_seconds),
                usage=left.usage.model_dump_json(),
            )
            .returning(runs.c.id)
        )

    async def commit(self, run_id: str, holder: str, version: int, change: Commit) -> None:
        """Write the result of a phase and its events, in one transaction.

        Args:
            version: the number of commits before this one; it is one more afterwards.

        Raises:
            LeaseLost: `holder` no longer holds the lease; nothing was written.
        """
        await in_transaction(self._engine, lambda connection: write_commit(connection, run_id, holder, version, change))

    async def cancel(self, owner: str, run_id: str) -> Run:
        """End an open run as cancelled; a driver in the middle of a phase loses its lease. Final runs stay as they are.

        Raises:
            RunNotFound: there is no such run of this owner.
        """

        async def write(connection: AsyncConnection) -> None:
            last_seq = await connection.scalar(
                sa.update(runs)
                .where(runs.c.id == run_id, runs.c.owner == owner, is_open())
                .values(
                    status=RunStatus.CANCELLED,
                    state=None,
                    lease_holder=None,
                    last_seq=runs.c.last_seq + 1,
                    updated_at=DatabaseTime(),
                )
                .returning(runs.c.last_seq)
            )
            if last_seq is not None:
                await insert_events(connection, run_id, last_seq, [("cancelled", {})])

        await in_transaction(self._engine, write)
        return await self.get(owner, run_id)

    async def events_after(self, run_id: str, seq: int) -> list[RunEvent]:
        """Return the events of a run with a number above `seq`, in order."""
        query = sa.select(events).where(events.c.run_id == run_id, events.c.seq > seq).order_by(events.c.seq)
        rows = await self._all(query)
        return [RunEvent(seq=row["seq"], type=row["type"], data=json.loads(row["data"])) for row in rows]

    async def _created_at(self, owner: str, run_id: str) -> float:
        row = await self._one(sa.select(runs.c.created_at).where(runs.c.id == run_id, runs.c.owner == owner))
        if row is None:
            raise RunNotFound(run_id)
        return float(row["created_at"])

    async def _created_before(
        self, owner: str, kind: str, run_input: Mapping[str, JsonValue], idempotency_key: str
    ) -> Run:
        row = await self._one(
            sa.select(runs).where(runs.c.owner == owner, runs.c.kind == kind, runs.c.idempotency_key == idempotency_key)
        )
        assert row is not None, "the key is taken, so its run is there"
        if row["input"] != dump(run_input):
            raise IdempotencyConflict(idempotency_key, str(row["id"]))
        return run_of(row)

    async def _all(self, query: sa.Executable) -> Sequence[sa.RowMapping]:
        async def execute(connection: AsyncConnection) -> Sequence[sa.RowMapping]:
            return (await connection.execute(query)).mappings().all()

        return await in_transaction(self._engine, execute)

    async def _one(self, statement: sa.Executable) -> sa.RowMapping | None:
        async def execute(connection: AsyncConnection) -> sa.RowMapping | None:
            return (await connection.execute(statement)).mappings().one_or_none()

        return await in_transaction(self._engine, execute)
