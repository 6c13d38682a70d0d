"""Opening a SQLite or PostgreSQL database, bringing its schema up to date, and short transactions."""

from alex_database.clock import DatabaseTime
from alex_database.connection import in_transaction, is_away, open_database, read_rows
from alex_database.migration import upgrade

__all__ = ["DatabaseTime", "in_transaction", "is_away", "open_database", "read_rows", "upgrade"]
