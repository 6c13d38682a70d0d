"""Opening a database and bringing its schema up to date, the same for SQLite and PostgreSQL."""

from collections.abc import Awaitable, Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

BUSY_TIMEOUT_MS: Final = 10_000
"""How long SQLite waits for another writer before it gives up."""
TRANSACTION_TRIES: Final = 5
"""Aurora DSQL and PostgreSQL may refuse a commit because of a concurrent one (SQLSTATE 40001); it is then repeated."""
_SERIALIZATION_FAILURES: Final = frozenset({"40001", "40P01"})

_Result = TypeVar("_Result")


def open_database(url: str) -> AsyncEngine:
    """Return an engine for a SQLAlchemy URL; plain `sqlite:` and `postgresql:` get the asynchronous driver.

    The folder of an SQLite file is created.
    """
    parsed = sa.make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    parsed = parsed.set(drivername=drivers.get(parsed.drivername, parsed.drivername))
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


async def upgrade(engine: AsyncEngine, migrations: str, version_table: str) -> None:
    """Bring the tables of one package to its newest revision.

    Args:
        migrations: dotted name of the package whose folder `versions` has the revisions.
        version_table: where Alembic notes the revision; one per package, so that packages share a database.
    """
    config = Config()
    with as_file(files("alex_runs.migrations")) as environment, as_file(files(migrations)) as folder:
        config.set_main_option("script_location", str(environment))
        config.set_main_option("version_locations", str(folder / "versions"))
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_table", version_table)

        def run(connection: sa.Connection) -> None:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

        async with engine.begin() as connection:
            await connection.run_sync(run)


async def in_transaction(engine: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[_Result]]) -> _Result:
    """Run `work` in one transaction, again if the database refused it because of a concurrent one.

    `work` must do nothing but use the connection it is given.
    """
    for last in (*[False] * (TRANSACTION_TRIES - 1), True):
        try:
            async with engine.begin() as connection:
                return await work(connection)
        except DBAPIError as exc:
            if last or getattr(exc.orig, "sqlstate", None) not in _SERIALIZATION_FAILURES:
                raise
    raise AssertionError
