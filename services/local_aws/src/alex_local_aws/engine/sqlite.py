"""How every SQLite file here is opened: write-ahead log, synced at each commit.

With `synchronous=FULL` in WAL mode a commit returns after the log is on disk, so what was acknowledged survives a
kill and a power cut (https://www.sqlite.org/pragma.html#pragma_synchronous).
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alex_local_aws.engine.log_check import lost_commits

_log = logging.getLogger(__name__)
BUSY_SECONDS = 5.0
"""How long a connection waits for another process to let go of the file."""
LOG_PAGES = 4000
"""Pages in the log before they are copied into the file: fewer copies per put than the default of 1000."""
PAGE_BYTES = 8192


class DamagedFileError(ValueError):
    """A file holds something else than was written; nothing of it is used and nothing is deleted."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} is damaged ({reason}); restore it from a copy, or move it away to start without it")
        self.path = path


def check_log(path: Path) -> None:
    """Check the log beside a database that no process has open.

    Raises:
        DamagedFileError: opening the database would drop commits that are in the log.
    """
    log = path.with_name(f"{path.name}-wal")
    lost = lost_commits(log)
    if lost > 1:
        raise DamagedFileError(log, "writes behind a damaged place would be lost")
    if lost:
        _log.warning("%s ends in a torn write, which is dropped; it was not acknowledged if the power failed", log)


def connect(path: Path, *, exclusive: bool = False) -> sqlite3.Connection:
    """Open or create the file.

    Args:
        exclusive: keep every other process out for as long as the connection is open.

    Raises:
        DamagedFileError: the file is there and is no SQLite database.
        sqlite3.OperationalError: another process has it, or it cannot be opened.
    """
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        if exclusive:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise DamagedFileError(path, str(error)) from None
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what happens inside, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
