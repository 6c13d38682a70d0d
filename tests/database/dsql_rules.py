"""A PostgreSQL that refuses what Aurora DSQL refuses, as far as its user guide says it (read 2026-11-28).

Statements are looked at before they reach the server; the server's default isolation is what Aurora DSQL always has, so
conflicts are its own (SQLSTATE 40001).
"""

from __future__ import annotations

import re
import subprocess
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alex_database import dsql
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tests.postgresql import create_database, find_binaries

_DDL = re.compile(r"\s*(CREATE|ALTER|DROP)\b", re.IGNORECASE)
_READ_OR_NOTHING = re.compile(r"\s*(SELECT|SHOW|;)", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"\b(REFERENCES|FOREIGN KEY|SERIAL|BIGSERIAL|NEXTVAL|CREATE SEQUENCE|JSONB|SAVEPOINT|TRUNCATE|LOCK TABLE|TEMPORARY"
    r"|pg_advisory\w*|SET TRANSACTION|idle_in_transaction_session_timeout|CREATE EXTENSION|CREATE TRIGGER)\b",
    re.IGNORECASE,
)
_ADDED_COLUMN_LIMITS = re.compile(r"ADD COLUMN.*\b(NOT NULL|DEFAULT)\b", re.IGNORECASE | re.DOTALL)
_PLAIN_INDEX = re.compile(r"CREATE (UNIQUE )?INDEX (?!ASYNC\b)", re.IGNORECASE)


class Refused(Exception):
    """What Aurora DSQL would have answered with an error."""


def open_like_dsql(cluster: str) -> AsyncEngine:
    """Return an engine over an empty database, with the dialect of Aurora DSQL and its rules."""
    name = f"dsql_{uuid4().hex}"
    url = create_database(cluster, name)
    binaries = find_binaries()
    assert binaries is not None
    isolation = f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'"
    subprocess.run([str(binaries / "psql"), url, "-q", "-c", isolation], check=True, capture_output=True)
    engine = create_async_engine(sa.make_url(url).set(drivername=dsql.DRIVER), pool_pre_ping=True)
    add_rules(engine)
    return engine


def add_rules(engine: AsyncEngine) -> None:
    """Refuse, on every connection of `engine`, what Aurora DSQL refuses."""
    kinds: dict[int, list[str]] = {}

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        kinds[id(connection.connection.dbapi_connection)] = []

    @sa.event.listens_for(engine.sync_engine, "before_cursor_execute", retval=True)
    def _look(connection: sa.Connection, _c: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
        check_statement(statement)
        kind = "ddl" if _DDL.match(statement) else "read" if _READ_OR_NOTHING.match(statement) else "dml"
        seen = kinds.setdefault(id(connection.connection.dbapi_connection), [])
        # The server's own answer to the level of isolation does not tell.
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            check_transaction(seen, kind, statement)
            seen.append(kind)
        # PostgreSQL itself does not know the word.
        return statement.replace("INDEX ASYNC ", "INDEX ", 1), parameters


def check_statement(statement: str) -> None:
    """Refuse a statement that has what Aurora DSQL does not know.

    Raises:
        Refused: it has.
    """
    if found := _UNKNOWN.search(statement):
        raise Refused(f"unsupported: {found[0]} in {statement}")
    if _PLAIN_INDEX.match(statement):
        raise Refused(f"unsupported mode, please use CREATE INDEX ASYNC: {statement}")
    if _ADDED_COLUMN_LIMITS.search(statement):
        raise Refused(f"ADD COLUMN with a constraint or default is not supported: {statement}")


def check_transaction(before: list[str], kind: str, statement: str) -> None:
    """Refuse a second change of the schema in a transaction, and one beside changes of rows.

    Raises:
        Refused: it is one.
    """
    if kind == "ddl" and "ddl" in before:
        raise Refused(f"multiple ddl statements are not supported in a transaction: {statement}")
    if {kind, *before} >= {"ddl", "dml"}:
        raise Refused(f"ddl and dml are not supported in the same transaction: {statement}")
