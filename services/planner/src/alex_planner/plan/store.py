"""Plans as rows, each seen by its owner only: the plan as it was made, its facts, and what it was made of.

A row is written once and never changed. Portable as the portfolios are, so that Aurora DSQL can hold it too.
"""

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from alex_database import in_transaction, read_rows
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from sqlalchemy import Column, Index, LargeBinary, MetaData, String, Table, Text, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from alex_planner.errors import PlanNotFound
from alex_planner.facts import Fact
from alex_planner.plan.material import Material
from alex_planner.plan.schema import Plan

MAX_LISTED = 200
PLANS_LOOKED_BACK = 50
"""Plans in which the last research on a holding is looked for."""

_FACTS = TypeAdapter(tuple[Fact, ...])


def plans_table(metadata: MetaData) -> Table:
    """Return the table; blobs are JSON under zlib, `created_at` is ISO 8601 in UTC, which sorts as text."""
    return Table(
        "plans",
        metadata,
        Column("id", String(64), primary_key=True),
        Column("owner", String(64), nullable=False),
        Column("run_id", String(64), nullable=False),
        Column("portfolio_id", String(64), nullable=False),
        Column("portfolio_name", String(200), nullable=False),
        Column("status", String(16), nullable=False),
        Column("created_at", String(32), nullable=False),
        Column("content_hash", String(80), nullable=False),
        Column("researched", Text, nullable=False),
        Column("plan", LargeBinary, nullable=False),
        Column("facts", LargeBinary, nullable=False),
        Column("material", LargeBinary, nullable=False),
        Index("plans_by_owner", "owner", "created_at"),
    )


class PlanSummary(BaseModel):
    """A plan as a line of a listing."""

    model_config = ConfigDict(frozen=True)

    id: str
    run_id: str
    portfolio_id: str
    portfolio_name: str
    status: str
    created_at: datetime
    content_hash: str = Field(description="sha256: and the hash of the plan's JSON.")


@dataclass(frozen=True)
class StoredPlan:
    """A row."""

    content: bytes
    """The plan's JSON, to the byte as it was made."""
    content_hash: str
    facts: tuple[Fact, ...]
    material: Material

    @property
    def plan(self) -> Plan:
        """The plan, read from its JSON."""
        return Plan.model_validate_json(self.content)


def content_of(plan: Plan) -> bytes:
    """Return the bytes in which a plan is stored and sent."""
    return plan.model_dump_json().encode()


def hash_of(content: bytes) -> str:
    """Return `sha256:` and the hash in hexadecimal."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


class PlanStore:
    """The plans of all owners; each call names the owner it is for. The caller disposes of the engine."""

    def __init__(self, engine: AsyncEngine, table: Table) -> None:
        self._engine = engine
        self._table = table

    async def save(self, owner: str, plan: Plan, facts: Sequence[Fact], material: Material) -> StoredPlan:
        """Store a plan and return it; one that is stored already stays as it is and is returned."""
        content = content_of(plan)
        row = {
            "id": plan.id,
            "owner": owner,
            "run_id": plan.run_id,
            "portfolio_id": plan.portfolio.id,
            "portfolio_name": plan.portfolio.name,
            "status": plan.status,
            "created_at": _iso(plan.generated_at),
            "content_hash": hash_of(content),
            "researched": json.dumps(sorted({done.subject for done in material.notes.research if done.has_read})),
            "plan": zlib.compress(content),
            "facts": zlib.compress(_FACTS.dump_json(tuple(facts))),
            "material": zlib.compress(material.model_dump_json().encode()),
        }

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(insert(self._table).values(row))

        try:
            await in_transaction(self._engine, write)
        except IntegrityError:
            # A finish that is repeated: what was told the first time stays true.
            return await self.get(owner, plan.id)
        return StoredPlan(content, hash_of(content), tuple(facts), material)

    async def get(self, owner: str, plan_id: str) -> StoredPlan:
        """Return a plan of `owner`.

        Raises:
            PlanNotFound: there is none with this id, or it is another owner's.
        """
        table = self._table
        rows = await read_rows(self._engine, select(table).where(table.c.id == plan_id, table.c.owner == owner))
        if not rows:
            raise PlanNotFound(plan_id)
        row = rows[0]
        return StoredPlan(
            content=zlib.decompress(row["plan"]),
            content_hash=row["content_hash"],
            facts=_FACTS.validate_json(zlib.decompress(row["facts"])),
            material=Material.model_validate_json(zlib.decompress(row["material"])),
        )

    async def page(
        self, owner: str, *, limit: int, before: str | None = None, portfolio_id: str | None = None
    ) -> list[PlanSummary]:
        """Return plans of `owner`, newest first: the first `limit`, or those after the plan with the id `before`.

        Raises:
            PlanNotFound: `before` is no plan of this owner.
        """
        table = self._table
        query = select(*(table.c[name] for name in PlanSummary.model_fields)).where(table.c.owner == owner)
        if portfolio_id is not None:
            query = query.where(table.c.portfolio_id == portfolio_id)
        if before is not None:
            created_at = _iso((await self.get(owner, before)).material.created_at)
            older = (table.c.created_at == created_at) & (table.c.id < before)
            query = query.where(or_(table.c.created_at < created_at, older))
        rows = await read_rows(self._engine, query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit))
        return [PlanSummary.model_validate(dict(row)) for row in rows]

    async def previous(self, owner: str, portfolio_name: str, created_at: datetime) -> Plan | None:
        """Return the newest plan made before `created_at` for a portfolio of this name: snapshots share their name."""
        table = self._table
        query = (
            select(table.c.plan)
            .where(
                table.c.owner == owner,
                table.c.portfolio_name == portfolio_name,
                table.c.created_at < _iso(created_at),
            )
            .order_by(table.c.created_at.desc(), table.c.id.desc())
            .limit(1)
        )
        rows = await read_rows(self._engine, query)
        return Plan.model_validate_json(zlib.decompress(rows[0]["plan"])) if rows else None

    async def last_researched(self, owner: str, created_at: datetime) -> dict[str, datetime]:
        """Return when each holding was last researched for a plan made before `created_at`."""
        table = self._table
        query = (
            select(table.c.created_at, table.c.researched)
            .where(table.c.owner == owner, table.c.created_at < _iso(created_at))
            .order_by(table.c.created_at.desc())
            .limit(PLANS_LOOKED_BACK)
        )
        last: dict[str, datetime] = {}
        for row in await read_rows(self._engine, query):
            for subject in json.loads(row["researched"]):
                last.setdefault(subject, datetime.fromisoformat(row["created_at"]))
        return last


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
