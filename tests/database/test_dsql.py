"""Aurora DSQL: signing in, migrating and conflicts, as far as they can be had without a cluster."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
import sqlalchemy as sa
from alex_database import DatabaseTime, DatabaseUnavailable, dsql, in_transaction, open_database, upgrade
from alex_researcher.following import TopicStore
from alex_researcher.schemas import FollowInput
from alex_researcher.tables import upgrade_tables
from alex_runs import RunStatus, RunStore
from alex_runs.rows import Commit
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tests.database.dsql_rules import Refused, check_statement, check_transaction, open_like_dsql

pytestmark = pytest.mark.anyio
HOST = "kiabtyl7ejlrfypxcmtcq3hpxy.dsql.us-east-1.on.aws"
PACKAGES = {
    "alex_runs.migrations": "runs_alembic_version",
    "alex_planner.migrations": "planner_alembic_version",
    "alex_researcher.migrations": "researcher_alembic_version",
}


@pytest.fixture
async def database(cluster: str) -> AsyncIterator[AsyncEngine]:
    """An empty database with Aurora DSQL's rules."""
    engine = open_like_dsql(cluster)
    yield engine
    await engine.dispose()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS credentials in the environment, as boto3 finds them."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    monkeypatch.delenv("AWS_PROFILE", raising=False)


async def password_of(engine: AsyncEngine) -> str:
    """Return the password with which an engine would connect now."""
    _, arguments = engine.dialect.create_connect_args(engine.url)
    assert "password" not in arguments
    given: dict[str, Any] = {}

    @sa.event.listens_for(engine.sync_engine, "do_connect")
    def _stop(_d: object, _r: object, _a: object, parameters: dict[str, Any]) -> None:
        given.update(parameters)
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        await engine.connect()
    assert given["ssl"].check_hostname
    return str(await given["password"]())


@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize(("user", "action"), [("admin", "DbConnectAdmin"), ("reader", "DbConnect")])
async def test_the_password_is_a_token_signed_for_this_cluster(user: str, action: str) -> None:
    """AWS: the token is a signed address without its scheme; each connection gets a new one, over checked TLS."""
    engine = open_database(f"postgresql://{user}@{HOST}/postgres")
    token = urlsplit(f"https://{await password_of(engine)}")
    fields = parse_qs(token.query)
    assert (token.hostname, fields["Action"]) == (HOST, [action])
    assert "/us-east-1/dsql/aws4_request" in fields["X-Amz-Credential"][0]
    assert fields["X-Amz-Expires"] == ["900"]
    made = boto3.client("dsql", region_name="us-east-1").generate_db_connect_admin_auth_token(HOST, "us-east-1")
    assert parse_qs(urlsplit(f"https://{made}").query).keys() == fields.keys()


def test_other_addresses_are_plain_postgresql() -> None:
    """Ours: only a cluster's own address is signed in to."""
    assert dsql.region_of("db.example.com") is None
    assert dsql.region_of("x.dsql.us-east-1.on.aws.example.com") is None
    assert dsql.region_of(None) is None
    assert open_database("postgresql://me@db.example.com/x").dialect.name == "postgresql"


async def test_every_package_migrates_under_the_rules_and_twice_is_as_good_as_once(database: AsyncEngine) -> None:
    """Aurora DSQL: one change of the schema in a transaction, indexes in the background."""
    for _ in range(2):
        for migrations, version_table in PACKAGES.items():
            await upgrade(database, migrations, version_table)
    async with database.connect() as connection:
        for version_table in PACKAGES.values():
            assert await connection.scalar(sa.text(f"SELECT count(*) FROM {version_table}")) == 1
        indexes = set((await connection.execute(sa.text("SELECT indexname FROM pg_indexes"))).scalars())
    assert {"runs_by_owner", "plans_by_owner", "topics_by_owner"} <= indexes


async def test_a_migration_that_broke_off_goes_on(database: AsyncEngine) -> None:
    """Ours: there is no transaction around a revision, so a kill may leave half of one."""
    await upgrade(database, "alex_runs.migrations", "runs_alembic_version")
    async with database.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(sa.text("DELETE FROM runs_alembic_version"))
        await connection.execute(sa.text("DROP TABLE run_events"))
    await upgrade(database, "alex_runs.migrations", "runs_alembic_version")
    store = RunStore(database)
    run = await store.create("local", "note", {"topic": "x"}, "key")
    assert [event.type for event in await store.events_after(run.id, 0)] == ["created"]


async def test_instances_that_start_at_once_all_come_up(database: AsyncEngine) -> None:
    """Aurora DSQL has no advisory lock; Alembic's own state allows one migration at a time in a process."""
    command = [sys.executable, "-c", UPGRADE, database.url.render_as_string(hide_password=False)]
    instances = [await asyncio.create_subprocess_exec(*command, stderr=subprocess.PIPE) for _ in range(3)]
    ended = await asyncio.gather(*(instance.communicate() for instance in instances))
    assert [instance.returncode for instance in instances] == [0, 0, 0], [errors.decode() for _, errors in ended]
    async with database.connect() as connection:
        assert await connection.scalar(sa.text("SELECT count(*) FROM runs_alembic_version")) == 1


async def test_a_run_is_led_by_one_and_committed_once(database: AsyncEngine) -> None:
    """Ours: the lease and its fence hold where transactions conflict instead of waiting."""
    store = RunStore(database)
    await store.upgrade()
    run = await store.create("local", "note", {"topic": "x"}, "key")
    assert (await store.create("local", "note", {"topic": "x"}, "key")).id == run.id
    taken = await asyncio.gather(*(store.acquire(run.id, holder) for holder in "abcdefgh"))
    (holder,) = [name for name, one in zip("abcdefgh", taken, strict=True) if one is not None]
    change = Commit(status=RunStatus.COMPLETED, state=None, output={"n": 1}, events=[("finished", {})])
    await asyncio.gather(
        store.commit(run.id, holder, 0, change),
        *(store.renew(run.id, holder) for _ in range(5)),
        return_exceptions=True,
    )
    found = await store.get("local", run.id)
    assert (found.view.status, found.version) == (RunStatus.COMPLETED, 1)
    assert [event.type for event in await store.events_after(run.id, 0)] == ["created", "finished"]
    assert await store.prune(-60) == 1


async def test_a_due_topic_is_taken_once(database: AsyncEngine) -> None:
    """Ours: two ticks at once find each topic due once."""
    await upgrade_tables(database)
    topics = TopicStore(database)
    await topics.follow("local", FollowInput(topic="Copper", every=timedelta(days=1)))
    taken = await asyncio.gather(*(topics.take_due("local", f"event-{number}") for number in range(4)))
    assert sum(len(found) for found in taken) == 1


async def test_a_conflict_at_the_commit_is_repeated(database: AsyncEngine) -> None:
    """Aurora DSQL finds conflicts when a transaction commits: SQLSTATE 40001, with OC000 in its words."""
    async with database.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute(CONFLICT_AT_COMMIT)
    tries = 0

    async def insert(connection: AsyncConnection) -> None:
        nonlocal tries
        tries += 1
        await connection.execute(sa.text("INSERT INTO t VALUES (1)"))

    await in_transaction(database, insert)
    assert tries == 3
    async with database.connect() as connection:
        assert await connection.scalar(sa.text("SELECT count(*) FROM t")) == 1


async def test_a_conflict_that_does_not_end_is_told(database: AsyncEngine) -> None:
    """Ours: bounded."""
    async with database.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute(CONFLICT_AT_COMMIT.replace("< 3", "< 100"))
    with pytest.raises(DatabaseUnavailable, match="OC000"):
        await in_transaction(database, lambda connection: connection.execute(sa.text("INSERT INTO t VALUES (1)")))


async def test_the_clock_of_the_database_is_in_epoch_seconds(database: AsyncEngine) -> None:
    """Ours: leases go by it."""
    async with database.connect() as connection:
        told = await connection.scalar(sa.select(DatabaseTime()))
    assert told is not None
    assert abs(datetime.fromtimestamp(told, UTC) - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX a ON t (b)",
        "CREATE TABLE t (a INTEGER REFERENCES u)",
        "CREATE TABLE t (a SERIAL)",
        "CREATE TABLE t (a JSONB)",
        "ALTER TABLE t ADD COLUMN a INTEGER NOT NULL",
        "SELECT pg_advisory_xact_lock(1)",
        "SAVEPOINT a",
        "TRUNCATE t",
    ],
)
def test_the_rules_refuse(statement: str) -> None:
    """The stand-in can fail: what Aurora DSQL has not is refused."""
    with pytest.raises(Refused):
        check_statement(statement)


@pytest.mark.parametrize(("before", "kind"), [(["ddl"], "ddl"), (["ddl"], "dml"), (["dml", "read"], "ddl")])
def test_the_rules_refuse_a_mixed_transaction(before: list[str], kind: str) -> None:
    """The stand-in can fail: Aurora DSQL takes one change of the schema in a transaction, and nothing beside it."""
    with pytest.raises(Refused):
        check_transaction(before, kind, "...")


UPGRADE = """
import asyncio, sys
from alex_database import upgrade
from sqlalchemy.ext.asyncio import create_async_engine
from tests.database.dsql_rules import add_rules

async def main():
    engine = create_async_engine(sys.argv[1])
    add_rules(engine)
    await upgrade(engine, "alex_runs.migrations", "runs_alembic_version")
    await engine.dispose()

asyncio.run(main())
"""
CONFLICT_AT_COMMIT = """
CREATE TABLE t (n INTEGER);
CREATE SEQUENCE tries;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('tries') < 3 THEN
        RAISE EXCEPTION 'change conflicts with another transaction, please retry: (OC000)' USING ERRCODE = '40001';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refuse();
"""
"""A table that refuses the first two commits."""
