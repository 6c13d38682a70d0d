"""The researcher's own tables, portable on purpose: no foreign keys, sequences or JSON columns (Aurora DSQL)."""

from alex_database import upgrade
from sqlalchemy import BigInteger, Column, Index, MetaData, String, Table, Text
from sqlalchemy.ext.asyncio import AsyncEngine

VERSION_TABLE = "researcher_alembic_version"
"""Own version table, because the runs keep their tables in the same database."""

METADATA = MetaData()
PAGES = Table(
    "read_pages",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("stored_url", Text, nullable=False),
    Column("content_hash", String(80), nullable=False),
    Column("read_at", String(40), nullable=False),
    Column("links", Text, nullable=False),
)
"""Pages read; `id` is a hash of owner and address, `links` JSON: the store keeps a page's text, not its links."""
TOPICS = Table(
    "topics",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("input", Text, nullable=False),
    Column("every_seconds", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_run_id", String(64), nullable=True),
    Column("budget", Text, nullable=True),
    Index("topics_by_owner", "owner", "due_at"),
)
"""Topics that are followed; times in epoch seconds, `input` the JSON of a run's input, `budget` of its budget, null (of
topics older than budgets) for the usual one."""
DUE_EVENTS = Table(
    "due_events",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("topics", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)
"""Events of the scheduler; `id` is a hash of owner and event id, `topics` JSON: which were due."""


async def upgrade_tables(engine: AsyncEngine) -> None:
    """Create or migrate the tables; at the newest version it changes nothing."""
    await upgrade(engine, "alex_researcher.migrations", VERSION_TABLE)
