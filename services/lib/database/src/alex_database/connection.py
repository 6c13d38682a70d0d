"""Engines and transactions, the same for SQLite, PostgreSQL and Aurora DSQL."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from alex_database import dsql
from alex_database.errors import DatabaseUnavailable

BUSY_TIMEOUT_MS: Final = 10_000
"""How long SQLite waits for another writer before it gives up."""
TRANSACTION_TRIES: Final = 8
"""A database may refuse a commit because of a concurrent one; it is then repeated."""
CONFLICT_PAUSE_SECONDS: Final = 0.02
"""Longest pause before the second try, doubled with each further one; drawn by chance, so that two meet no more."""
FORGOTTEN_SECONDS: Final = 15
"""How long a transaction may do nothing. A process without CPU in the middle of one would hold its locks for ever."""
AWAY_SECONDS: Final = 20.0
"""How long a transaction is tried again while the database does not answer, as during a fail-over."""
AWAY_PAUSE_SECONDS: Final = 0.5
_SERIALIZATION_FAILURES: Final = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialisation failure (Aurora DSQL: of an optimistic conflict) and of a deadlock."""
_AWAY_CLASSES: Final = ("08", "53", "57P", "58", "25P03")
"""SQLSTATE classes of connection failures, of a server that has no room, is shutting down or not yet up, or has trouble
of its own, and of a transaction that was ended because it did nothing."""
_AWAY_IN_SQLITE: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")
"""Beginnings of the names of SQLite's result codes that may be others a moment later (sqlite.org/rescode.html)."""
_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}

_Result = TypeVar("_Result")


def open_database(url: str) -> AsyncEngine:
    """Return an engine for a SQLAlchemy URL; plain `sqlite:` and `postgresql:` get the asynchronous driver.

    An address of Aurora DSQL (`postgresql://admin@ID.dsql.REGION.on.aws/postgres`) is signed in to with the AWS
    credentials of this process. The folder of an SQLite file is created. The caller disposes of the engine.
    """
    parsed = sa.make_url(url)
    parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
    if dsql.region_of(parsed.host):
        parsed, arguments = parsed.set(drivername=dsql.DRIVER), dsql.sign_in(parsed)
        return create_async_engine(
            parsed, pool_pre_ping=True, pool_recycle=dsql.CONNECTION_SECONDS, connect_args=arguments
        )
    if not parsed.drivername.startswith("sqlite"):
        return _bounded(create_async_engine(parsed, pool_pre_ping=True))
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(parsed)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: sa.engine.interfaces.DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _bounded(engine: AsyncEngine) -> AsyncEngine:
    """Let PostgreSQL end a transaction that its process has forgotten."""

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: sa.engine.interfaces.DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{FORGOTTEN_SECONDS}s'")
        cursor.close()
        connection.commit()

    return engine


async def in_transaction(engine: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[_Result]]) -> _Result:
    """Run `work` in one transaction, again if a concurrent one got in its way or the database went away.

    `work` must do nothing but use the connection it is given, and must be safe to repeat: when the database goes away
    during the commit, nobody can tell whether it was made. A caller that is cancelled meanwhile still waits for the end
    of the transaction: cut off in the middle, SQLite's driver would leave it open, and with it the lock of the file.

    Raises:
        DatabaseUnavailable: the database has been away for `AWAY_SECONDS`, or the conflicts did not end.
        sqlalchemy.exc.DBAPIError: it refuses.
    """
    transaction = asyncio.create_task(_repeated(engine, work))
    try:
        return await asyncio.shield(transaction)
    except asyncio.CancelledError:
        await asyncio.wait([transaction])
        raise


async def read_rows(engine: AsyncEngine, query: sa.Executable) -> Sequence[sa.RowMapping]:
    """Return the rows of a query, asked again as `in_transaction` does; raises what it raises."""

    async def read(connection: AsyncConnection) -> Sequence[sa.RowMapping]:
        return (await connection.execute(query)).mappings().all()

    return await in_transaction(engine, read)


async def _repeated(engine: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[_Result]]) -> _Result:
    conflicts, deadline = 0, time.monotonic() + AWAY_SECONDS
    while True:
        try:
            async with engine.begin() as connection:
                return await work(connection)
        except (DBAPIError, OSError, PoolTimeoutError) as exc:
            if _is_conflict(exc):
                conflicts += 1
                if conflicts == TRANSACTION_TRIES:
                    raise DatabaseUnavailable(f"it is too busy: {exc.__cause__ or exc}") from exc
                await asyncio.sleep(random.uniform(0, CONFLICT_PAUSE_SECONDS * 2**conflicts))  # noqa: S311  no secret
            elif not _is_away(exc):
                raise
            elif time.monotonic() > deadline:
                raise DatabaseUnavailable(type(exc).__name__) from exc
            else:
                await asyncio.sleep(AWAY_PAUSE_SECONDS)


def _is_conflict(failure: Exception) -> bool:
    return isinstance(failure, DBAPIError) and getattr(failure.orig, "sqlstate", None) in _SERIALIZATION_FAILURES


def _is_away(failure: DBAPIError | OSError | PoolTimeoutError) -> bool:
    """Whether there was no connection, or it broke: refused, reset, or the server is starting up or shutting down.

    A server or a file that has no room at the moment counts as well, and an SQLite file that other processes keep
    locked, or recover after one of them was killed.
    """
    if not isinstance(failure, DBAPIError):
        return True
    sqlstate = getattr(failure.orig, "sqlstate", None) or ""
    passing = str(getattr(failure.orig, "sqlite_errorname", "")).startswith(_AWAY_IN_SQLITE)
    return passing or failure.connection_invalidated or sqlstate.startswith(_AWAY_CLASSES)
