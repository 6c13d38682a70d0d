"""Snapshots in a real database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alex_database import open_database
from alex_planner.errors import PortfolioNotFound
from alex_planner.portfolio import Position
from alex_planner.portfolio_store import METADATA, VERSION_TABLE, PortfolioStore
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

pytestmark = pytest.mark.anyio

VTI = Position(symbol="VTI", quantity=Decimal("1.5"), price=Decimal("250.10"), currency="USD")
ACME = Position(symbol="ACME", quantity=Decimal(3), currency="USD")


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """Yield a migrated database in a file."""
    engine = open_database(f"sqlite:///{tmp_path / 'planner.db'}")
    await PortfolioStore(engine).upgrade()
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


async def test_upgrading_twice_changes_nothing(store: PortfolioStore) -> None:
    """Ours: every start of a process upgrades."""
    saved = await store.save("ada", "all", (VTI,))
    await store.upgrade()
    assert await store.get("ada", saved.id) == saved


async def test_the_migrations_make_exactly_the_tables_of_the_code(engine: AsyncEngine) -> None:
    """Ours: the schema is stated twice and must agree; the version table is our own."""

    def differences(connection: Connection) -> tuple[list[object], set[str]]:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return list(compare_metadata(context, METADATA)), set(inspect(connection).get_table_names())

    async with engine.connect() as connection:
        found, tables = await connection.run_sync(differences)
    assert found == []
    assert tables == {"portfolios", "portfolio_drafts", "plans", VERSION_TABLE}
