"""Alembic's environment, the same for every package that keeps tables."""
