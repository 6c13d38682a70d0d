"""Aurora DSQL: PostgreSQL's protocol with sign-in by IAM, optimistic transactions, and one change of schema in each.

AWS's own dialect (aurora-dsql-sqlalchemy 1.3) has no asynchronous driver and no support for Alembic; this one adds to
SQLAlchemy's PostgreSQL dialect what the revisions of our packages need. Sources: Aurora DSQL user guide, "DDL and
distributed transactions" and "Generating an authentication token", read 2026-11-28.
"""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import botocore.session
import sqlalchemy as sa
from alembic.ddl.postgresql import PostgresqlImpl
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler
from sqlalchemy.sql.ddl import CreateIndex

DRIVER: Final = "dsql+asyncpg"
CONNECTION_SECONDS: Final = 3000
"""After this long a connection is replaced; Aurora DSQL ends each after an hour."""
_HOST: Final = re.compile(r"[a-z0-9-]+\.dsql\.(?P<region>[a-z0-9-]+)\.on\.aws")
_ADMIN: Final = "admin"
"""The one role that a new cluster has; it may create tables."""


def region_of(host: str | None) -> str | None:
    """Return the region in the address of a cluster, None when it is the address of something else."""
    found = _HOST.fullmatch(host or "")
    return found["region"] if found else None


def sign_in(url: sa.URL) -> dict[str, Any]:
    """Return the arguments with which the driver connects to the cluster of `url`."""
    host, region = url.host, region_of(url.host)
    assert host is not None
    assert region is not None
    return {"ssl": ssl.create_default_context(), "password": token_maker(host, region, url.username or _ADMIN)}


def token_maker(host: str, region: str, user: str) -> Callable[[], Awaitable[str]]:
    """Return what the driver calls for the password of each new connection: a token that is signed for 15 minutes.

    Credentials are found as boto3 finds them, in App Runner those of the service's role.
    """
    # Botocore adds the methods of a service when it makes the client.
    client: Any = botocore.session.get_session().create_client("dsql", region_name=region)
    sign = client.generate_db_connect_admin_auth_token if user == _ADMIN else client.generate_db_connect_auth_token

    async def make() -> str:
        # In a thread, because credentials that are about to expire are fetched over the network.
        return str(await asyncio.to_thread(sign, host, region))

    return make


class DsqlDDLCompiler(PGDDLCompiler):
    """Writes what Aurora DSQL words in its own way."""

    def visit_create_index(self, create: CreateIndex, **options: Any) -> str:  # type: ignore[override]  # untyped there
        """Let an index be built in the background, which is the only way there is."""
        text: str = super().visit_create_index(create, **options)  # type: ignore[no-untyped-call]
        return text.replace("INDEX ", "INDEX ASYNC ", 1)


class DsqlDialect(PGDialect_asyncpg):
    """SQLAlchemy's PostgreSQL dialect for Aurora DSQL."""

    name = "dsql"
    driver = "asyncpg"
    ddl_compiler = DsqlDDLCompiler
    supports_statement_cache = True


class DsqlImpl(PostgresqlImpl):
    """How Alembic changes a schema there.

    Each statement is a transaction of its own, so a revision may break off in the middle, and two instances may run the
    same one at once. So each step says "if it is not there yet", and a revision can be run again and side by side.
    """

    __dialect__ = "dsql"
    transactional_ddl = False

    def version_table_impl(
        self, *, version_table: str, version_table_schema: str | None, version_table_pk: bool, **options: Any
    ) -> sa.Table:
        """Return the table of the revision, which can have one row only.

        A slow instance that notes the first revision after another one has noted the second is then refused, instead of
        leaving two revisions that nobody can go on from.
        """
        table = super().version_table_impl(
            version_table=version_table,
            version_table_schema=version_table_schema,
            version_table_pk=version_table_pk,
            **options,
        )
        table.append_column(sa.Column("single", sa.Integer, sa.CheckConstraint("single = 1"), server_default="1"))
        table.append_constraint(sa.UniqueConstraint("single"))
        return table

    def create_table(self, table: sa.Table, **options: Any) -> None:
        """Create a table; its indexes are created by operations of their own."""
        super().create_table(table, **{**options, "if_not_exists": True})

    def create_index(self, index: sa.Index, **options: Any) -> None:
        """Create an index."""
        super().create_index(index, **{**options, "if_not_exists": True})

    def add_column(self, table_name: str, column: sa.Column[Any], **options: Any) -> None:
        """Add a column."""
        settings: Mapping[str, Any] = {**options, "if_not_exists": True}
        super().add_column(table_name, column, **settings)


registry.register("dsql.asyncpg", __name__, DsqlDialect.__name__)
