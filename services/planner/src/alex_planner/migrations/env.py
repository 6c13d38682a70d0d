"""Runs the steps on the connection that `portfolio_store.upgrade` hands over, inside its transaction."""

from alembic import context

from alex_planner.portfolio_store import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    # SQLite can undo a CREATE TABLE; Alembic assumes that it cannot.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
