"""Opening a SQLite or PostgreSQL database, bringing its schema up to date, and short transactions."""

from alex_database.clock import DatabaseTime
from alex_database.connection import in_transaction, open_database, read_rows
from alex_database.errors import DatabaseUnavailable
from alex_database.migration import upgrade

__all__ = ["DatabaseTime", "DatabaseUnavailable", "in_transaction", "open_database", "read_rows", "upgrade"]
