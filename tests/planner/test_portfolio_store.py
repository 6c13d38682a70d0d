"""Snapshots in a real database."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alex_planner.errors import PortfolioNotFound
from alex_planner.portfolio import Position
from alex_planner.portfolio_store import METADATA, VERSION_TABLE, PortfolioStore, upgrade
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

pytestmark = pytest.mark.anyio

VTI = Position(symbol="VTI", quantity=Decimal("1.5"), price=Decimal("250.10"), currency="USD")
ACME = Position(symbol="ACME", quantity=Decimal(3), currency="USD")


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """Yield a migrated database in a file."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'planner.db'}")
    await upgrade(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def store(engine: AsyncEngine) -> PortfolioStore:
    """Return a store over the migrated database."""
    return PortfolioStore(engine)


async def test_a_saved_portfolio_is_read_back_whole(store: PortfolioStore) -> None:
    """Ours: decimals, missing values and the time survive the database."""
    saved = await store.save("ada", "all", (VTI, ACME))
    read = await store.get("ada", saved.id)
    assert read == saved
    assert read.unpriced == ("ACME",)
    assert read.created_at.tzinfo is not None
    assert str(read.positions[0].price) == "250.10"


async def test_identical_content_under_one_name_is_one_snapshot(store: PortfolioStore) -> None:
    """Ours: importing twice changes nothing, not even the time."""
    first = await store.save("ada", "all", (VTI, ACME))
    again = await store.save("ada", "all", (VTI, ACME))
    assert again == first
    assert len(await store.list_summaries("ada")) == 1


async def test_other_content_name_or_owner_is_another_snapshot(store: PortfolioStore) -> None:
    """Ours: a snapshot is one content under one name of one owner."""
    saved = [
        await store.save("ada", "all", (VTI,)),
        await store.save("ada", "all", (VTI, ACME)),
        await store.save("ada", "other", (VTI,)),
        await store.save("bob", "all", (VTI,)),
    ]
    assert len({portfolio.id for portfolio in saved}) == 4


async def test_another_owner_sees_nothing(store: PortfolioStore) -> None:
    """Ours: an id is no key."""
    saved = await store.save("ada", "all", (VTI,))
    with pytest.raises(PortfolioNotFound):
        await store.get("bob", saved.id)
    assert await store.list_summaries("bob") == []


async def test_many_saves_of_one_content_at_once_store_one_row(store: PortfolioStore) -> None:
    """Ours: the race is decided by the primary key."""
    saved = await asyncio.gather(*(store.save("ada", "all", (VTI,)) for _ in range(8)))
    assert len({portfolio.model_dump_json() for portfolio in saved}) == 1
    assert len(await store.list_summaries("ada")) == 1


async def test_summaries_are_listed_newest_first(engine: AsyncEngine) -> None:
    """Ours: the listing is short and in order of time."""
    times = iter(datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3))
    store = PortfolioStore(engine, now=lambda: next(times))
    for name in ("first", "second", "third"):
        await store.save("ada", name, (VTI, ACME))
    listed = await store.list_summaries("ada", limit=2)
    assert [item.name for item in listed] == ["third", "second"]
    assert (listed[0].position_count, listed[0].unpriced_count) == (2, 1)


async def test_upgrading_twice_changes_nothing(engine: AsyncEngine, store: PortfolioStore) -> None:
    """Ours: every start of a process upgrades."""
    saved = await store.save("ada", "all", (VTI,))
    await upgrade(engine)
    assert await store.get("ada", saved.id) == saved


async def test_the_migrations_make_exactly_the_tables_of_the_code(engine: AsyncEngine) -> None:
    """Ours: the schema is stated twice and must agree; the version table is our own."""

    def differences(connection: Connection) -> tuple[list[object], set[str]]:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return list(compare_metadata(context, METADATA)), set(inspect(connection).get_table_names())

    async with engine.connect() as connection:
        found, tables = await connection.run_sync(differences)
    assert found == []
    assert tables == {"portfolios", VERSION_TABLE}


STARTING_PROCESS = """
import asyncio, sys
from decimal import Decimal
from alex_planner.portfolio import Position
from alex_planner.portfolio_store import PortfolioStore, upgrade
from sqlalchemy.ext.asyncio import create_async_engine

async def main(url):
    engine = create_async_engine(url)
    print("loaded", flush=True)
    sys.stdin.readline()
    await upgrade(engine)
    await PortfolioStore(engine).save("ada", "all", (Position(symbol="VTI", quantity=Decimal(1), currency="USD"),))
    await engine.dispose()

asyncio.run(main(sys.argv[1]))
"""
"""What an instance of the service does at its start; it waits for a line so that all begin at the same moment."""


async def test_processes_that_start_at_once_all_end_migrated(tmp_path: Path) -> None:
    """Ours: instances may come up together on an empty database."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'race.db'}"
    pipe = asyncio.subprocess.PIPE
    async with asyncio.timeout(60):
        processes = [
            await asyncio.create_subprocess_exec(sys.executable, "-c", STARTING_PROCESS, url, stdin=pipe, stdout=pipe)
            for _ in range(3)
        ]
        for process in processes:
            assert process.stdout
            assert await process.stdout.readline() == b"loaded\n"
        await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0, 0]
    engine = create_async_engine(url)
    assert len(await PortfolioStore(engine).list_summaries("ada")) == 1
    await engine.dispose()
