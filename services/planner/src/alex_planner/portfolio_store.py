"""Portfolio snapshots as rows of SQLite or PostgreSQL, each seen by its owner only. It neither parses nor computes.

Portable on purpose: no foreign keys, sequences, savepoints or JSON columns, so that Aurora DSQL can hold it too.
"""

import asyncio
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table, insert, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from alex_planner.errors import PortfolioNotFound
from alex_planner.portfolio import Portfolio, Position, content_hash, snapshot_id, unpriced_symbols

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "planner_alembic_version"
"""Own version table, so that the planner's tables and those of the runs may share a database."""
MAX_LISTED = 500
"""Snapshots in one listing, newest first."""
_MIGRATION_LOCK = 0x416C6578_706C616E
"""Key of the PostgreSQL advisory lock that orders migrating processes: `Alexplan` in ASCII."""
_MIGRATION_ATTEMPTS = 5
_MIGRATION_PAUSE_SECONDS = 0.2

METADATA = MetaData()
PORTFOLIOS = Table(
    "portfolios",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("content_hash", String(80), nullable=False),
    Column("position_count", Integer, nullable=False),
    Column("unpriced_count", Integer, nullable=False),
    Column("positions", LargeBinary, nullable=False),
    Index("portfolios_by_owner", "owner", "created_at"),
)
"""`created_at` is ISO 8601 in UTC with microseconds, which sorts as text; `positions` is JSON under zlib."""

_POSITIONS = TypeAdapter(tuple[Position, ...])


class PortfolioSummary(BaseModel):
    """A snapshot as a line of a listing."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    created_at: datetime
    position_count: int
    unpriced_count: int


class PortfolioStore:
    """The snapshots of all owners; each call names the owner it is for. The caller disposes of the engine."""

    def __init__(self, engine: AsyncEngine, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._now = now

    async def save(self, owner: str, name: str, positions: tuple[Position, ...]) -> Portfolio:
        """Store a snapshot and return it; the same content under the same name returns the one stored before."""
        digest = content_hash(positions)
        portfolio = Portfolio(
            id=snapshot_id(owner, name, digest),
            owner=owner,
            name=name,
            created_at=self._now(),
            positions=positions,
            content_hash=digest,
        )
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(PORTFOLIOS).values(_row(portfolio)))
        except IntegrityError:
            # The id is made of owner, name and content: a row that has it already is this snapshot.
            return await self.get(owner, portfolio.id)
        return portfolio

    async def get(self, owner: str, portfolio_id: str) -> Portfolio:
        """Return a snapshot of `owner`.

        Raises:
            PortfolioNotFound: there is none with this id, or it is another owner's.
        """
        query = select(PORTFOLIOS).where(PORTFOLIOS.c.id == portfolio_id, PORTFOLIOS.c.owner == owner)
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            raise PortfolioNotFound(portfolio_id)
        return _portfolio(row)

    async def list_summaries(self, owner: str, limit: int = MAX_LISTED) -> list[PortfolioSummary]:
        """Return the newest `limit` snapshots of `owner`, newest first."""
        columns = [PORTFOLIOS.c[name] for name in PortfolioSummary.model_fields]
        query = (
            select(*columns)
            .where(PORTFOLIOS.c.owner == owner)
            .order_by(PORTFOLIOS.c.created_at.desc(), PORTFOLIOS.c.id)
            .limit(min(limit, MAX_LISTED))
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [PortfolioSummary.model_validate(dict(row)) for row in rows]


async def upgrade(engine: AsyncEngine) -> None:
    """Bring the tables of the planner to the newest version; at the newest version it changes nothing.

    Two processes may start at once: on PostgreSQL an advisory lock, on SQLite the write lock of the file makes the
    second one wait; where neither exists, the one that lost the race tries again and finds the work done. Alembic
    keeps its context in module globals, so one process runs one migration at a time.

    Raises:
        sqlalchemy.exc.DBAPIError: the database does not answer or refuses, at each of five attempts.
    """
    for attempt in range(1, _MIGRATION_ATTEMPTS + 1):
        try:
            async with engine.connect() as connection:
                await connection.run_sync(_upgrade_in_one_transaction)
                await connection.commit()
        except DBAPIError:
            if attempt == _MIGRATION_ATTEMPTS:
                raise
            await asyncio.sleep(_MIGRATION_PAUSE_SECONDS * attempt)
        else:
            return


def _upgrade_in_one_transaction(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    elif connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _row(portfolio: Portfolio) -> dict[str, Any]:
    return {
        "id": portfolio.id,
        "owner": portfolio.owner,
        "name": portfolio.name,
        "created_at": portfolio.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "content_hash": portfolio.content_hash,
        "position_count": len(portfolio.positions),
        "unpriced_count": len(unpriced_symbols(portfolio.positions)),
        "positions": zlib.compress(_POSITIONS.dump_json(portfolio.positions)),
    }


def _portfolio(row: RowMapping) -> Portfolio:
    return Portfolio(
        id=row["id"],
        owner=row["owner"],
        name=row["name"],
        created_at=datetime.fromisoformat(row["created_at"]),
        positions=_POSITIONS.validate_json(zlib.decompress(row["positions"])),
        content_hash=row["content_hash"],
    )
