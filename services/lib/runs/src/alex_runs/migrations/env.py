"""Alembic's entrance, for every package that keeps tables: `database.upgrade` names the package's versions."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    version_table=context.config.get_main_option("version_table"),
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
