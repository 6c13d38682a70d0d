"""Topics that owners follow, and which of them are due. It starts no runs.

A due topic is moved on in the same transaction that notes the scheduler's event, so an event that comes twice,
or at two instances, finds each topic due once.
"""

import hashlib
import json
import time
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alex_database import in_transaction, read_rows
from alex_runs import Budget
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from alex_researcher.errors import TopicNotFound
from alex_researcher.schemas import FOLLOWED_BUDGET, FollowedTopic, FollowInput, ResearchInput
from alex_researcher.tables import DUE_EVENTS, TOPICS

MAX_TOPICS = 500
"""Topics in one listing, and in one event."""
EVENTS_KEPT = timedelta(days=30)
"""How long a repeated event is known; schedulers repeat for a day at most (EventBridge: 24 hours)."""


class DueTopic(BaseModel):
    """A topic that an event found due, with the input and the budget of its run."""

    topic_id: str
    input: ResearchInput
    budget: Budget = FOLLOWED_BUDGET


class TopicStore:
    """The topics of all owners; each call names the owner it is for."""

    def __init__(self, database: AsyncEngine) -> None:
        self._database = database

    async def follow(self, owner: str, asked: FollowInput) -> FollowedTopic:
        """Follow a topic from now on; the same topic again takes the new settings."""
        now, topic_id = int(time.time()), topic_id_of(owner, asked.topic)
        settings = {
            "input": asked.research().model_dump_json(),
            "budget": asked.budget.model_dump_json(),
            "every_seconds": int(asked.every.total_seconds()),
            "due_at": now,
        }
        new = {"id": topic_id, "owner": owner, "created_at": now, **settings}

        async def write(connection: AsyncConnection) -> None:
            changed = await connection.execute(sa.update(TOPICS).where(TOPICS.c.id == topic_id).values(settings))
            if not changed.rowcount:
                await connection.execute(sa.insert(TOPICS).values(new))

        await in_transaction(self._database, write)
        return next(topic for topic in await self.topics(owner) if topic.id == topic_id)

    async def topics(self, owner: str) -> list[FollowedTopic]:
        """Return what an owner follows, oldest first."""
        query = sa.select(TOPICS).where(TOPICS.c.owner == owner).order_by(TOPICS.c.created_at, TOPICS.c.id)
        return [_topic(row) for row in await read_rows(self._database, query.limit(MAX_TOPICS))]

    async def unfollow(self, owner: str, topic_id: str) -> None:
        """Forget a topic; what was found about it stays.

        Raises:
            TopicNotFound: this owner does not follow it.
        """

        async def write(connection: AsyncConnection) -> int:
            gone = sa.delete(TOPICS).where(TOPICS.c.id == topic_id, TOPICS.c.owner == owner)
            return (await connection.execute(gone)).rowcount

        if not await in_transaction(self._database, write):
            raise TopicNotFound(topic_id)

    async def take_due(self, owner: str, event_id: str) -> list[DueTopic]:
        """Return the topics that are due at an event and move them on; the same event gives the same topics again."""
        key = hashlib.sha256(f"{owner}\n{event_id}".encode()).hexdigest()

        async def write(connection: AsyncConnection) -> list[DueTopic]:
            # Written first: SQLite then holds its write lock, and a repeated event ends here.
            now = int(time.time())
            note = {"id": key, "owner": owner, "topics": "[]", "created_at": now}
            await connection.execute(sa.insert(DUE_EVENTS).values(note))
            old = DUE_EVENTS.c.created_at < now - EVENTS_KEPT.total_seconds()
            await connection.execute(sa.delete(DUE_EVENTS).where(DUE_EVENTS.c.owner == owner, old))
            due = await _take(connection, owner, now)
            found = json.dumps([topic.model_dump(mode="json") for topic in due])
            await connection.execute(sa.update(DUE_EVENTS).where(DUE_EVENTS.c.id == key).values(topics=found))
            return due

        try:
            return await in_transaction(self._database, write)
        except IntegrityError:
            return await self._taken_before(key)

    async def find(self, owner: str, topic_id: str) -> DueTopic:
        """Return a topic with the input and the budget of its next run, whether it is due or not.

        Raises:
            TopicNotFound: this owner does not follow it.
        """
        query = sa.select(TOPICS).where(TOPICS.c.id == topic_id, TOPICS.c.owner == owner)
        for row in await read_rows(self._database, query):
            return _due(row)
        raise TopicNotFound(topic_id)

    async def note_early_run(self, topic_id: str, run_id: str) -> None:
        """Note a run that was not waited for, and count the time to the next one from now; twice changes nothing."""
        now = int(time.time())
        is_new = sa.or_(TOPICS.c.last_run_id.is_(None), TOPICS.c.last_run_id != run_id)
        values = {"last_run_id": run_id, "due_at": now + TOPICS.c.every_seconds}

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(sa.update(TOPICS).where(TOPICS.c.id == topic_id, is_new).values(values))

        await in_transaction(self._database, write)

    async def note_run(self, topic_id: str, run_id: str) -> None:
        """Note the last run of a topic."""

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(sa.update(TOPICS).where(TOPICS.c.id == topic_id).values(last_run_id=run_id))

        await in_transaction(self._database, write)

    async def _taken_before(self, key: str) -> list[DueTopic]:
        query = sa.select(DUE_EVENTS.c.topics).where(DUE_EVENTS.c.id == key)
        found = [text for row in await read_rows(self._database, query) for text in json.loads(row["topics"])]
        return [DueTopic.model_validate(topic) for topic in found]


async def _take(connection: AsyncConnection, owner: str, now: int) -> list[DueTopic]:
    due = (
        sa.select(TOPICS).where(TOPICS.c.owner == owner, TOPICS.c.due_at <= now).order_by(TOPICS.c.due_at, TOPICS.c.id)
    )
    taken = []
    for row in (await connection.execute(due.limit(MAX_TOPICS))).mappings().all():
        moved = sa.update(TOPICS).where(TOPICS.c.id == row["id"], TOPICS.c.due_at == row["due_at"])
        changed = await connection.execute(moved.values(due_at=now + row["every_seconds"]))
        if changed.rowcount:
            taken.append(_due(row))
    return taken


def _due(row: sa.RowMapping) -> DueTopic:
    # To see what is new, its pages are read again.
    wanted = ResearchInput.model_validate_json(row["input"]).model_copy(update={"freshness": timedelta(0)})
    return DueTopic(topic_id=row["id"], input=wanted, budget=_budget(row))


def topic_id_of(owner: str, topic: str) -> str:
    """Return the id of a topic; white space and capitals make no other topic."""
    identity = f"{owner}\n{' '.join(topic.split()).casefold()}"
    return f"topic_{hashlib.sha256(identity.encode()).hexdigest()[:32]}"


def _budget(row: sa.RowMapping) -> Budget:
    return Budget.model_validate_json(row["budget"]) if row["budget"] else FOLLOWED_BUDGET


def _topic(row: sa.RowMapping) -> FollowedTopic:
    wanted = ResearchInput.model_validate_json(row["input"])
    return FollowedTopic(
        id=row["id"],
        topic=wanted.topic,
        input=wanted,
        every=timedelta(seconds=row["every_seconds"]),
        budget=_budget(row),
        due_at=datetime.fromtimestamp(row["due_at"], UTC),
        created_at=datetime.fromtimestamp(row["created_at"], UTC),
        last_run_id=row["last_run_id"],
    )
