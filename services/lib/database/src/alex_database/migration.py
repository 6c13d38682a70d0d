"""Bringing the tables of one package to their newest revision, also when several processes start at once."""

import asyncio
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

_LOCK_KEY: Final = 0x416C6578_64617461
"""Key of the PostgreSQL advisory lock that orders migrating processes: `Alexdata` in ASCII."""
_ATTEMPTS: Final = 5
_PAUSE_SECONDS: Final = 0.2


async def upgrade(engine: AsyncEngine, migrations: str, version_table: str) -> None:
    """Bring the tables of one package to its newest revision; at the newest it changes nothing.

    Two processes may start at once: on PostgreSQL an advisory lock, on SQLite the write lock of the file makes the
    second one wait. Aurora DSQL has neither: there each step of a revision is a transaction of its own that does
    nothing when it was done before, and who lost the race for the note of the revision tries again and finds it done.
    Alembic keeps its context in module globals, so one process runs one migration at a time.

    Args:
        migrations: dotted name of the package whose folder `versions` has the revisions.
        version_table: where Alembic notes the revision; one per package, so that packages share a database.

    Raises:
        sqlalchemy.exc.DBAPIError: the database does not answer or refuses, at each of five attempts.
        alembic.util.CommandError: the revisions are newer or broken, or on Aurora DSQL the race was lost five times.
    """
    with as_file(files("alex_database.environment")) as environment, as_file(files(migrations)) as folder:
        config = _config(environment, folder, version_table)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                async with engine.connect() as connection:
                    await connection.run_sync(_run, config)
                    await connection.commit()
            except (DBAPIError, CommandError):
                if attempt == _ATTEMPTS:
                    raise
                await asyncio.sleep(_PAUSE_SECONDS * attempt)
            else:
                return


def _config(environment: Path, folder: Path, version_table: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(environment).replace("%", "%%"))
    config.set_main_option("version_locations", str(folder / "versions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_table", version_table)
    return config


def _run(connection: Connection, config: Config) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
    elif connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execution_options(isolation_level="AUTOCOMMIT")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
