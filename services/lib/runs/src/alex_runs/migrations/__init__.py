"""Alembic migrations of the tables of durable runs."""
