"""Opening, migrating and transactions, on SQLite and on PostgreSQL."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alex_database import DatabaseTime, DatabaseUnavailable, in_transaction, open_database, read_rows
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.postgresql import create_database

pytestmark = pytest.mark.anyio
UPGRADE = """
import asyncio, sys
from alex_database import open_database, upgrade

async def main():
    database = open_database(sys.argv[1])
    await upgrade(database, "alex_planner.migrations", "planner_alembic_version")
    await database.dispose()

asyncio.run(main())
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folder' / 'test.db'}"
    return create_database(request.getfixturevalue("cluster"), f"test_{uuid4().hex}")


def upgrade_at_once(url: str) -> None:
    """Bring the same database up to date from three processes at the same time."""
    processes = [
        subprocess.Popen([sys.executable, "-c", UPGRADE, url], stderr=subprocess.PIPE, env=os.environ) for _ in range(3)
    ]
    errors = [process.communicate(timeout=100)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], errors


async def test_several_processes_that_start_at_once_migrate_once(url: str) -> None:
    """Ours: instances of a service start together at every deployment."""
    await asyncio.to_thread(upgrade_at_once, url)
    database = open_database(url)
    async with database.connect() as connection:
        assert await connection.scalar(sa.text("SELECT count(*) FROM portfolios")) == 0
        assert await connection.scalar(sa.text("SELECT count(*) FROM planner_alembic_version")) == 1
    await database.dispose()


async def test_a_transaction_that_fails_writes_nothing(url: str) -> None:
    """Ours: all or nothing."""
    database = open_database(url)

    async def create(connection: AsyncConnection) -> None:
        await connection.execute(sa.text("CREATE TABLE t (n INTEGER)"))

    async def insert_and_fail(connection: AsyncConnection) -> None:
        await connection.execute(sa.text("INSERT INTO t VALUES (1)"))
        raise ValueError("half-way")

    await in_transaction(database, create)
    with pytest.raises(ValueError, match="half-way"):
        await in_transaction(database, insert_and_fail)
    async with database.connect() as connection:
        assert await connection.scalar(sa.text("SELECT count(*) FROM t")) == 0
    await database.dispose()


async def test_a_serialisation_conflict_is_repeated_and_another_error_is_not(cluster: str) -> None:
    """PostgreSQL, and Aurora DSQL always: a concurrent commit refuses one of two with SQLSTATE 40001."""
    database = open_database(create_database(cluster, f"test_{uuid4().hex}"))
    async with database.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE t (n INTEGER)"))
        await connection.execute(sa.text("INSERT INTO t VALUES (0)"))
    both_read = asyncio.Barrier(2)
    first_try = {"a": True, "b": True}

    async def increment(connection: AsyncConnection, name: str) -> None:
        await connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        n = await connection.scalar(sa.text("SELECT n FROM t"))
        if first_try[name]:
            first_try[name] = False
            async with asyncio.timeout(5):
                await both_read.wait()
        await connection.execute(sa.text("UPDATE t SET n = :n"), {"n": (n or 0) + 1})

    await asyncio.gather(
        in_transaction(database, lambda c: increment(c, "a")), in_transaction(database, lambda c: increment(c, "b"))
    )
    async with database.connect() as connection:
        assert await connection.scalar(sa.text("SELECT n FROM t")) == 2

    tries = 0

    async def wrong(connection: AsyncConnection) -> None:
        nonlocal tries
        tries += 1
        await connection.execute(sa.text("SELECT * FROM nothing"))

    with pytest.raises(DBAPIError):
        await in_transaction(database, wrong)
    assert tries == 1
    await database.dispose()


async def test_a_file_that_is_locked_for_a_while_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite: beyond its own busy timeout, as when another process recovers the file after a kill."""
    monkeypatch.setattr("alex_database.connection.BUSY_TIMEOUT_MS", 1)
    monkeypatch.setattr("alex_database.connection.AWAY_PAUSE_SECONDS", 0.05)
    database = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    async with database.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE t (n INTEGER)"))
    tries = 0

    async def insert(connection: AsyncConnection) -> None:
        nonlocal tries
        tries += 1
        if tries == 3:
            other.execute("COMMIT")
        await connection.execute(sa.text("INSERT INTO t VALUES (1)"))

    other = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await in_transaction(database, insert)
    other.close()
    assert tries == 3
    await database.dispose()


async def test_a_caller_that_is_cancelled_leaves_no_lock_behind(url: str) -> None:
    """Known gap of SQLite's driver: a transaction cut off in the middle stays open and locks the file."""
    database = open_database(url)
    async with database.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE t (n INTEGER)"))

    async def insert(connection: AsyncConnection) -> None:
        await connection.execute(sa.text("INSERT INTO t VALUES (1)"))

    for delay_ms in range(12):
        caller = asyncio.create_task(in_transaction(database, insert))
        await asyncio.wait([caller], timeout=delay_ms / 1000)
        caller.cancel()
        await asyncio.gather(caller, return_exceptions=True)
    async with asyncio.timeout(5):
        await in_transaction(database, insert)
    await database.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_the_clock_of_the_database_is_in_epoch_seconds(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Ours: the same unit in every database; here both run on this machine."""
    url = f"sqlite:///{tmp_path / 'clock.db'}"
    if kind == "postgresql":
        url = create_database(request.getfixturevalue("cluster"), f"clock_{time.monotonic_ns()}")
    database = open_database(url)
    async with database.connect() as connection:
        before, told, after = time.time(), await connection.scalar(sa.select(DatabaseTime())), time.time()
    await database.dispose()
    assert told is not None
    assert before - 1 < told < after + 1


async def test_a_process_without_cpu_does_not_hold_a_row_for_ever(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """App Runner stops a process that has no request, also in the middle of a transaction."""
    monkeypatch.setattr("alex_database.connection.FORGOTTEN_SECONDS", 1)
    database = open_database(create_database(cluster, f"test_{uuid4().hex}"))
    async with database.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE t (n INTEGER)"))
        await connection.execute(sa.text("INSERT INTO t VALUES (0)"))
    holding, stopped, add = asyncio.Event(), asyncio.Event(), sa.text("UPDATE t SET n = n + 1")
    tries = 0

    async def add_and_stop(connection: AsyncConnection) -> None:
        nonlocal tries
        tries += 1
        await connection.execute(add)
        if tries == 1:
            holding.set()
            await stopped.wait()
            await connection.execute(add)

    frozen = asyncio.create_task(in_transaction(database, add_and_stop))
    async with asyncio.timeout(10):
        await holding.wait()
        await in_transaction(database, lambda connection: connection.execute(add))
        stopped.set()
        await frozen
    async with database.connect() as connection:
        assert await connection.scalar(sa.text("SELECT n FROM t")) == 2
    assert tries == 2
    await database.dispose()


async def test_a_database_that_stays_away_is_one_error_that_routes_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: 503 with the database's name, and when to come again; never the driver's own error."""
    monkeypatch.setattr("alex_database.connection.AWAY_SECONDS", 0.0)
    nobody_listens = "postgresql://nobody@127.0.0.1:9/nothing"
    database = open_database(nobody_listens)
    with pytest.raises(DatabaseUnavailable, match="database does not answer") as raised:
        await read_rows(database, sa.text("SELECT 1"))
    assert (raised.value.status, raised.value.code) == (503, "upstream_unavailable")
    assert raised.value.retry_after_seconds is not None
    await database.dispose()
