"""Runs the revisions of one package on the connection that `migration.upgrade` hands over, inside its transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    version_table=context.config.get_main_option("version_table"),
    # SQLite can undo a CREATE TABLE; Alembic assumes that it cannot.
    # Aurora DSQL takes one change of the schema in a transaction.
    transactional_ddl=connection.dialect.name != "dsql",
)
with context.begin_transaction():
    context.run_migrations()
