"""Schema of the planner's own tables, by Alembic."""
