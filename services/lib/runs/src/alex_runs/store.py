"""Runs as rows: created once, leased by one driver at a time, committed phase by phase.

Every write that belongs to a driver is fenced by its lease: who lost the lease writes nothing. It knows
neither agents nor HTTP.
"""

import json
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, cast
from uuid import uuid4

import sqlalchemy as sa
from alex_database import in_transaction, upgrade
from pydantic import JsonValue, TypeAdapter
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from alex_runs.errors import IdempotencyConflict, LeaseLost, RunNotFound
from alex_runs.schemas import ChildRun, RunError, RunEvent, RunStatus, RunView, Usage
from alex_runs.tables import events, runs

LEASE_SECONDS: Final = 15.0
"""A driver that does not renew its lease for this long is taken for dead; it renews three times as often."""
_OPEN: Final = [RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING]
_children_adapter = TypeAdapter(list[ChildRun])

Event = tuple[str, Mapping[str, JsonValue]]
State = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Run:
    """A row, with what only the engine needs."""

    view: RunView
    owner: str
    state: dict[str, JsonValue] | None
    attempts: int
    not_before: float
    lease_until: float

    @property
    def id(self) -> str:
        return self.view.id


@dataclass(frozen=True)
class Commit:
    """What one phase changes in a run. What is None stays as it is, but for `state`, which is always written."""

    status: RunStatus
    state: State | None
    children: Sequence[ChildRun] | None = None
    usage: Usage | None = None
    output: Mapping[str, JsonValue] | None = None
    error: RunError | None = None
    events: Sequence[Event] = field(default_factory=tuple)


class RunStore:
    """All access to the tables."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def upgrade(self) -> None:
        """Create or migrate the tables."""
        await upgrade(self._engine, "alex_runs.migrations", "runs_alembic_version")

    async def ping(self) -> None:
        """Ask the database for an answer; raises what its driver raises."""
        async with self._engine.connect() as connection:
            await connection.execute(sa.select(1))

    async def create(self, owner: str, kind: str, run_input: Mapping[str, JsonValue], idempotency_key: str) -> Run:
        """Create a run, or return the one that this key created before.

        Raises:
            IdempotencyConflict: the key was used with another input.
        """
        run_id, now = f"run_{uuid4().hex}", time.time()
        values = {
            "id": run_id,
            "owner": owner,
            "kind": kind,
            "status": RunStatus.QUEUED,
            "idempotency_key": idempotency_key,
            "input": _dump(run_input),
            "children": "[]",
            "usage": Usage().model_dump_json(),
            "attempts": 0,
            "last_seq": 1,
            "not_before": 0.0,
            "lease_until": 0.0,
            "created_at": now,
            "updated_at": now,
        }

        async def insert(connection: AsyncConnection) -> None:
            await connection.execute(sa.insert(runs).values(values))
            await _insert_events(connection, run_id, 1, [("created", {"kind": kind})])

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
        return _run(row)

    async def acquire(self, run_id: str, holder: str) -> Run | None:
        """Take the lease of an open run that nobody holds and that is due; None when that is not so."""
        now = time.time()
        row = await self._one(
            sa.update(runs)
            .where(
                runs.c.id == run_id,
                runs.c.status.in_(_OPEN),
                runs.c.not_before <= now,
                sa.or_(runs.c.lease_holder.is_(None), runs.c.lease_until < now),
            )
            .values(lease_holder=holder, lease_until=now + LEASE_SECONDS, attempts=runs.c.attempts + 1)
            .returning(runs)
        )
        return None if row is None else _run(row)

    async def renew(self, run_id: str, holder: str) -> bool:
        """Extend the lease; false when it is lost."""
        changed = await self._one(
            sa.update(runs)
            .where(runs.c.id == run_id, runs.c.lease_holder == holder)
            .values(lease_until=time.time() + LEASE_SECONDS)
            .returning(runs.c.id)
        )
        return changed is not None

    async def release(self, run_id: str, holder: str, *, attempts: int, retry_in_seconds: float = 0.0) -> None:
        """Give the lease back, if it is still held; the run may be taken again after `retry_in_seconds`.

        `attempts` is how often the phase that is due has failed.
        """
        await self._one(
            sa.update(runs)
            .where(runs.c.id == run_id, runs.c.lease_holder == holder)
            .values(
                lease_holder=None,
                lease_until=0.0,
                attempts=attempts,
                not_before=time.time() + retry_in_seconds,
            )
            .returning(runs.c.id)
        )

    async def commit(self, run_id: str, holder: str, change: Commit) -> None:
        """Write the result of a phase and its events, in one transaction.

        Raises:
            LeaseLost: `holder` no longer holds the lease; nothing was written.
        """
        values = _commit_values(change)

        async def write(connection: AsyncConnection) -> None:
            last_seq = await connection.scalar(
                sa.update(runs)
                .where(runs.c.id == run_id, runs.c.lease_holder == holder)
                .values(last_seq=runs.c.last_seq + len(change.events), **values)
                .returning(runs.c.last_seq)
            )
            if last_seq is None:
                raise LeaseLost(run_id)
            await _insert_events(connection, run_id, last_seq - len(change.events) + 1, change.events)

        await in_transaction(self._engine, write)

    async def cancel(self, owner: str, run_id: str) -> Run:
        """End an open run as cancelled; a driver in the middle of a phase loses its lease. Final runs stay as they are.

        Raises:
            RunNotFound: there is no such run of this owner.
        """

        async def write(connection: AsyncConnection) -> None:
            last_seq = await connection.scalar(
                sa.update(runs)
                .where(runs.c.id == run_id, runs.c.owner == owner, runs.c.status.in_(_OPEN))
                .values(
                    status=RunStatus.CANCELLED,
                    state=None,
                    lease_holder=None,
                    last_seq=runs.c.last_seq + 1,
                    updated_at=time.time(),
                )
                .returning(runs.c.last_seq)
            )
            if last_seq is not None:
                await _insert_events(connection, run_id, last_seq, [("cancelled", {})])

        await in_transaction(self._engine, write)
        return await self.get(owner, run_id)

    async def events_after(self, run_id: str, seq: int) -> list[RunEvent]:
        """Return the events of a run with a number above `seq`, in order."""
        query = sa.select(events).where(events.c.run_id == run_id, events.c.seq > seq).order_by(events.c.seq)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [RunEvent(seq=row["seq"], type=row["type"], data=json.loads(row["data"])) for row in rows]

    async def _created_before(
        self, owner: str, kind: str, run_input: Mapping[str, JsonValue], idempotency_key: str
    ) -> Run:
        row = await self._one(
            sa.select(runs).where(runs.c.owner == owner, runs.c.kind == kind, runs.c.idempotency_key == idempotency_key)
        )
        assert row is not None, "the key is taken, so its run is there"
        if row["input"] != _dump(run_input):
            raise IdempotencyConflict(idempotency_key, str(row["id"]))
        return _run(row)

    async def _one(self, statement: sa.Executable) -> sa.RowMapping | None:
        async def execute(connection: AsyncConnection) -> sa.RowMapping | None:
            return (await connection.execute(statement)).mappings().one_or_none()

        return await in_transaction(self._engine, execute)


async def _insert_events(connection: AsyncConnection, run_id: str, first_seq: int, new: Sequence[Event]) -> None:
    rows = [
        {"run_id": run_id, "seq": first_seq + offset, "type": event_type, "data": _dump(data)}
        for offset, (event_type, data) in enumerate(new)
    ]
    if rows:
        await connection.execute(sa.insert(events), rows)


def _commit_values(change: Commit) -> dict[str, object]:
    values: dict[str, object] = {
        "status": change.status,
        "state": None if change.state is None else zlib.compress(_dump(change.state).encode()),
        # The same driver begins the next phase at once.
        "attempts": 1,
        "updated_at": time.time(),
    }
    if change.children is not None:
        values["children"] = _children_adapter.dump_json(list(change.children)).decode()
    if change.usage is not None:
        values["usage"] = change.usage.model_dump_json()
    if change.output is not None:
        values["output"] = _dump(change.output)
    if change.error is not None:
        values["error"] = change.error.model_dump_json()
    return values


def _run(row: sa.RowMapping) -> Run:
    run_id = str(row["id"])
    view = RunView(
        id=run_id,
        kind=row["kind"],
        status=RunStatus(row["status"]),
        input=json.loads(row["input"]),
        output=None if row["output"] is None else json.loads(row["output"]),
        error=None if row["error"] is None else RunError.model_validate_json(row["error"]),
        children=_children_adapter.validate_json(row["children"]),
        usage=Usage.model_validate_json(row["usage"]),
        created_at=_iso(row["created_at"]),
        updated_at=_iso(row["updated_at"]),
        links={
            "self": f"/runs/{run_id}",
            "advance": f"/runs/{run_id}/advance",
            "events": f"/runs/{run_id}/events",
            "cancel": f"/runs/{run_id}/cancel",
        },
    )
    state = None if row["state"] is None else cast("dict[str, JsonValue]", json.loads(zlib.decompress(row["state"])))
    return Run(
        view=view,
        owner=row["owner"],
        state=state,
        attempts=row["attempts"],
        not_before=row["not_before"],
        lease_until=row["lease_until"],
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _iso(epoch_seconds: float) -> str:
    return datetime.fromtimestamp(epoch_seconds, UTC).isoformat().replace("+00:00", "Z")
