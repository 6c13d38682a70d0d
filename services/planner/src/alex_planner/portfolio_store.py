"""Portfolio snapshots as rows of SQLite or PostgreSQL, each seen by its owner only. It neither parses nor computes.

Portable on purpose: no foreign keys, sequences, savepoints or JSON columns, so that Aurora DSQL can hold it too.
"""

import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from alex_database import in_transaction, read_rows, upgrade
from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, insert, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from alex_planner.errors import PortfolioNotFound
from alex_planner.importing.drafts import DraftStore, drafts_table
from alex_planner.plan.store import PlanStore, plans_table
from alex_planner.portfolio import Activity, Portfolio, Position, content_hash, snapshot_id, unpriced_symbols
from alex_planner.prices.rates import ExchangeRate

VERSION_TABLE = "planner_alembic_version"
"""Own version table, so that the planner's tables and those of the runs may share a database."""
MAX_LISTED = 500
"""Snapshots in one listing, newest first."""

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
    Column("details", LargeBinary, nullable=True),
    Index("portfolios_by_owner", "owner", "created_at"),
)
"""`created_at` is ISO 8601 in UTC with microseconds, which sorts as text; `positions` and `details` are JSON
under zlib. Snapshots of before there were details have none."""
DRAFTS = drafts_table(METADATA)
PLANS = plans_table(METADATA)

_POSITIONS = TypeAdapter(tuple[Position, ...])


class _Details(BaseModel):
    """What a broker's file says beside its positions."""

    broker: str | None = None
    as_of: date | None = None
    activities: tuple[Activity, ...] = ()
    exchange_rates: tuple[ExchangeRate, ...] = ()


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
        self.drafts = DraftStore(engine, DRAFTS, now)
        self.plans = PlanStore(engine, PLANS)

    async def upgrade(self) -> None:
        """Create or migrate the tables; at the newest version it changes nothing."""
        await upgrade(self._engine, "alex_planner.migrations", VERSION_TABLE)

    async def save(
        self,
        owner: str,
        name: str,
        positions: tuple[Position, ...],
        *,
        broker: str | None = None,
        as_of: date | None = None,
        activities: tuple[Activity, ...] = (),
        exchange_rates: tuple[ExchangeRate, ...] = (),
    ) -> Portfolio:
        """Store a snapshot and return it; the same content under the same name returns the one stored before."""
        digest = content_hash(positions, activities, exchange_rates)
        portfolio = Portfolio(
            id=snapshot_id(owner, name, digest),
            owner=owner,
            name=name,
            created_at=self._now(),
            positions=positions,
            content_hash=digest,
            broker=broker,
            as_of=as_of,
            activities=activities,
            exchange_rates=exchange_rates,
        )
        try:
            await in_transaction(
                self._engine, lambda connection: connection.execute(insert(PORTFOLIOS).values(_row(portfolio)))
            )
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
        for row in await read_rows(self._engine, query):
            return _portfolio(row)
        raise PortfolioNotFound(portfolio_id)

    async def list_summaries(self, owner: str, limit: int = MAX_LISTED) -> list[PortfolioSummary]:
        """Return the newest `limit` snapshots of `owner`, newest first."""
        columns = [PORTFOLIOS.c[name] for name in PortfolioSummary.model_fields]
        query = (
            select(*columns)
            .where(PORTFOLIOS.c.owner == owner)
            .order_by(PORTFOLIOS.c.created_at.desc(), PORTFOLIOS.c.id)
            .limit(min(limit, MAX_LISTED))
        )
        return [PortfolioSummary.model_validate(dict(row)) for row in await read_rows(self._engine, query)]


def _row(portfolio: Portfolio) -> dict[str, Any]:
    details = _Details(
        broker=portfolio.broker,
        as_of=portfolio.as_of,
        activities=portfolio.activities,
        exchange_rates=portfolio.exchange_rates,
    )
    return {
        "id": portfolio.id,
        "owner": portfolio.owner,
        "name": portfolio.name,
        "created_at": portfolio.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "content_hash": portfolio.content_hash,
        "position_count": len(portfolio.positions),
        "unpriced_count": len(unpriced_symbols(portfolio.positions)),
        "positions": zlib.compress(_POSITIONS.dump_json(portfolio.positions)),
        "details": zlib.compress(details.model_dump_json().encode()),
    }


def _portfolio(row: RowMapping) -> Portfolio:
    stored = row["details"]
    details = _Details.model_validate_json(zlib.decompress(stored)) if stored else _Details()
    return Portfolio(
        id=row["id"],
        owner=row["owner"],
        name=row["name"],
        created_at=datetime.fromisoformat(row["created_at"]),
        positions=_POSITIONS.validate_json(zlib.decompress(row["positions"])),
        content_hash=row["content_hash"],
        broker=details.broker,
        as_of=details.as_of,
        activities=details.activities,
        exchange_rates=details.exchange_rates,
    )
