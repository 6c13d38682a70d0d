"""Drafts of imports as rows: shown to their owner, confirmed or forgotten after a day. It reads no file."""

import secrets
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from alex_database import read_rows
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Column, Index, LargeBinary, MetaData, String, Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from alex_planner.errors import DraftNotFound
from alex_planner.importing.result import ImportResult

LIFETIME = timedelta(hours=24)
"""How long a draft waits to be confirmed; the limit is ours."""


def drafts_table(metadata: MetaData) -> Table:
    """Return the table of drafts; times are ISO 8601 in UTC, which sorts as text, `result` is JSON under zlib."""
    return Table(
        "portfolio_drafts",
        metadata,
        Column("id", String(64), primary_key=True),
        Column("owner", String(64), nullable=False),
        Column("created_at", String(32), nullable=False),
        Column("expires_at", String(32), nullable=False),
        Column("result", LargeBinary, nullable=False),
        Index("portfolio_drafts_by_expiry", "expires_at"),
    )


class Draft(BaseModel):
    """A file that was read and is not yet a portfolio."""

    model_config = ConfigDict(frozen=True)

    id: str
    expires_at: datetime
    result: ImportResult


class DraftStore:
    """The drafts of all owners; each call names the owner it is for."""

    def __init__(self, engine: AsyncEngine, table: Table, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._table = table
        self._now = now

    async def save(self, owner: str, result: ImportResult) -> Draft:
        """Keep a draft, and remove those of all owners that expired."""
        now = self._now()
        draft = Draft(id="draft_" + secrets.token_hex(16), expires_at=now + LIFETIME, result=result)
        row = {
            "id": draft.id,
            "owner": owner,
            "created_at": _text(now),
            "expires_at": _text(draft.expires_at),
            "result": zlib.compress(result.model_dump_json().encode(), 1),
        }
        async with self._engine.begin() as connection:
            await connection.execute(delete(self._table).where(self._table.c.expires_at <= _text(now)))
            await connection.execute(insert(self._table).values(row))
        return draft

    async def get(self, owner: str, draft_id: str) -> Draft:
        """Return a draft of `owner`.

        Raises:
            DraftNotFound: there is none with this id, it is another owner's, or it expired.
        """
        columns = self._table.c
        query = select(self._table).where(
            columns.id == draft_id, columns.owner == owner, columns.expires_at > _text(self._now())
        )
        for row in await read_rows(self._engine, query):
            result = ImportResult.model_validate_json(zlib.decompress(row["result"]))
            return Draft(id=row["id"], expires_at=datetime.fromisoformat(row["expires_at"]), result=result)
        raise DraftNotFound(draft_id)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
