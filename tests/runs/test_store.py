"""Runs as rows: pages, pruning, and commits whose answer got lost."""

import time
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alex_database import open_database
from alex_runs import RunNotFound, RunStatus, RunStore
from alex_runs.errors import LeaseLost
from alex_runs.rows import Commit, Run
from alex_runs.tables import events, metadata, runs

pytestmark = pytest.mark.anyio


async def leased(store: RunStore, key: str = "k") -> Run:
    """A new run, leased by `me`."""
    run = await store.create("local", "note", {"topic": key}, key)
    acquired = await store.acquire(run.id, "me")
    assert acquired is not None
    return acquired


async def end(store: RunStore, key: str) -> str:
    """Create a run and complete it; return its id."""
    run = await leased(store, key)
    await store.commit(run.id, "me", run.version, Commit(RunStatus.COMPLETED, None, output={}, events=[("end", {})]))
    return run.id


async def test_a_commit_that_is_repeated_because_its_answer_was_lost_is_made_once(store: RunStore) -> None:
    """Ours: the connection may break between the commit and its answer."""
    run = await leased(store)
    change = Commit(RunStatus.RUNNING, {"step": 1}, events=[("thought", {})])
    await store.commit(run.id, "me", run.version, change)
    await store.commit(run.id, "me", run.version, change)
    assert [event.type for event in await store.events_after(run.id, 0)] == ["created", "thought"]
    assert (await store.get("local", run.id)).version == run.version + 1


async def test_a_commit_without_the_lease_writes_nothing(store: RunStore) -> None:
    """Ours: a driver that was taken over cannot write, whatever it did meanwhile."""
    run = await leased(store)
    with pytest.raises(LeaseLost):
        await store.commit(run.id, "somebody else", run.version, Commit(RunStatus.COMPLETED, None))
    with pytest.raises(LeaseLost):
        await store.commit(run.id, "me", run.version + 1, Commit(RunStatus.COMPLETED, None))
    assert (await store.get("local", run.id)).view.status is RunStatus.QUEUED


async def test_runs_are_listed_newest_first_in_pages_of_their_owner(store: RunStore) -> None:
    """Ours: following `next_before` shows every run once."""
    ids = [(await store.create("ann", "note", {}, f"k{n}")).id for n in range(5)]
    await store.create("bob", "note", {}, "k0")
    seen: list[str] = []
    before = None
    while page := await store.page("ann", limit=2, before=before):
        seen += [run.id for run in page]
        before = page[-1].id
    assert sorted(seen) == sorted(ids)
    assert seen == [run.id for run in await store.page("ann", limit=10)]
    with pytest.raises(RunNotFound):
        await store.page("bob", limit=2, before=ids[0])


async def test_runs_with_a_result_are_listed_since_their_end(store: RunStore) -> None:
    """Ours: open and failed runs have no result, and what ended before does not count."""
    ended = [await end(store, f"k{n}") for n in range(2)]
    await leased(store, "open")
    failed = await leased(store, "failed")
    await store.commit(failed.id, "me", failed.version, Commit(RunStatus.FAILED, None))
    assert {run.id for run in await store.page("local", limit=10, result_since=0.0)} == set(ended)
    assert await store.page("local", limit=10, result_since=time.time() + 60) == []


async def test_pruning_deletes_ended_runs_with_their_events_and_no_others(store: RunStore) -> None:
    """Ours: what is open is kept however old it is."""
    ended = [await end(store, f"old{n}") for n in range(60)]
    still_open = await leased(store, "open")
    assert await store.prune(older_than_seconds=3600) == 0
    assert await store.prune(older_than_seconds=-1) == 60
    assert [run.id for run in await store.page("local", limit=100)] == [still_open.id]
    assert await store.events_after(ended[0], 0) == []
    assert await store.events_after(still_open.id, 0) != []


async def test_pruning_goes_by_the_clock_of_the_database(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: an instance whose clock is a year ahead does not forget what ended today."""
    await end(store, "today")
    real = time.time
    monkeypatch.setattr("time.time", lambda: real() + 365 * 86_400)
    assert await store.prune(older_than_seconds=3600) == 0
    still_there = await end(store, "by a wrong clock")
    monkeypatch.undo()
    run = await store.get("local", still_there)
    assert abs(datetime.fromisoformat(run.view.updated_at).timestamp() - real()) < 3600


async def test_the_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    """Ours: the schema is stated twice and must agree."""
    database = open_database(f"sqlite:///{tmp_path / 'runs.db'}")
    await RunStore(database).upgrade()

    def differences(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"version_table": "runs_alembic_version"})
        return list(compare_metadata(context, metadata))

    async with database.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert {runs.name, events.name} <= set(await connection.run_sync(lambda c: sa.inspect(c).get_table_names()))
    await database.dispose()
