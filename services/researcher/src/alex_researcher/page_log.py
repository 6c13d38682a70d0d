"""When which page was read and where it leads: what the vector store does not keep of a page."""

import contextlib
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from alex_database import in_transaction, read_rows
from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from alex_researcher.addresses import normalise
from alex_researcher.knowledge import Link
from alex_researcher.tables import PAGES

_LINKS = TypeAdapter(list[Link])


@dataclass(frozen=True)
class LoggedPage:
    """The last reading of a page; `read_at` is ISO 8601 in UTC."""

    stored_url: str
    content_hash: str
    read_at: str
    links: list[Link]


class PageLog:
    """The readings of all owners; each call names the owner it is for."""

    def __init__(self, database: AsyncEngine) -> None:
        self._database = database

    async def find(self, owner: str, url: str) -> LoggedPage | None:
        """Return the last reading of a page."""
        for row in await read_rows(self._database, sa.select(PAGES).where(PAGES.c.id == _key(owner, url))):
            links = _LINKS.validate_json(row["links"])
            return LoggedPage(row["stored_url"], row["content_hash"], row["read_at"], links)
        return None

    async def save(self, owner: str, url: str, page: LoggedPage) -> None:
        """Note a reading in place of the one before."""
        key = _key(owner, url)
        row = {
            "id": key,
            "owner": owner,
            "stored_url": page.stored_url,
            "content_hash": page.content_hash,
            "read_at": page.read_at,
            "links": _LINKS.dump_json(page.links).decode(),
        }

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(sa.delete(PAGES).where(PAGES.c.id == key))
            await connection.execute(sa.insert(PAGES).values(row))

        # Another run noted the same page in the same moment: its reading is as new.
        with contextlib.suppress(IntegrityError):
            await in_transaction(self._database, write)


def _key(owner: str, url: str) -> str:
    return hashlib.sha256(f"{owner}\n{normalise(url)}".encode()).hexdigest()
