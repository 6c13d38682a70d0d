"""Engines and transactions, the same for SQLite, PostgreSQL and Aurora DSQL."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

BUSY_TIMEOUT_MS: Final = 10_000
"""How long SQLite waits for another writer before it gives up."""
TRANSACTION_TRIES: Final = 5
"""A database may refuse a commit because of a concurrent one; it is then repeated."""
_SERIALIZATION_FAILURES: Final = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialisation failure (Aurora DSQL: of an optimistic conflict) and of a deadlock."""
_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}

_Result = TypeVar("_Result")


def open_database(url: str) -> AsyncEngine:
    """Return an engine for a SQLAlchemy URL; plain `sqlite:` and `postgresql:` get the asynchronous driver.

    The folder of an SQLite file is created. The caller disposes of the engine.
    """
    parsed = sa.make_url(url)
    parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
    if not parsed.drivername.startswith("sqlite"):
        return create_async_engine(parsed, pool_pre_ping=True)
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


async def in_transaction(engine: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[_Result]]) -> _Result:
    """Run `work` in one transaction, again if the database refused it because of a concurrent one.

    `work` must do nothing but use the connection it is given.
    """
    tries = 0
    while True:
        tries += 1
        try:
            async with engine.begin() as connection:
                return await work(connection)
        except DBAPIError as exc:
            if tries == TRANSACTION_TRIES or getattr(exc.orig, "sqlstate", None) not in _SERIALIZATION_FAILURES:
                raise
