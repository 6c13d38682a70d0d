"""The clock of the database as an SQL expression: the one clock that all instances of a service share."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class DatabaseTime(FunctionElement[float]):
    """Epoch seconds by the database's clock, when the statement runs."""

    type = sa.Float()
    inherit_cache = True


@compiles(DatabaseTime, "sqlite")
def _in_sqlite(_element: DatabaseTime, _compiler: Any, **_: Any) -> str:
    # 2440587.5 is the Julian day of the epoch. `unixepoch('subsec')` came only with SQLite 3.42.
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(DatabaseTime, "dsql")
@compiles(DatabaseTime, "postgresql")
def _in_postgresql(_element: DatabaseTime, _compiler: Any, **_: Any) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)"
