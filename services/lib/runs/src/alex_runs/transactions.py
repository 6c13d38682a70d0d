"""Transactions of the run store: a database that stays away is a service that does not answer."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from alex_database import in_transaction
from alex_edge import UpstreamUnavailable
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_REFUSALS: Final = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
"""The database has answered; trying again gives the same."""

_Result = TypeVar("_Result")


async def transaction(engine: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[_Result]]) -> _Result:
    """Run `work` in one transaction; it must be safe to repeat.

    Raises:
        UpstreamUnavailable: the database does not answer.
        sqlalchemy.exc.DBAPIError: it refuses.
    """
    try:
        return await in_transaction(engine, work)
    except _REFUSALS:
        raise
    except (DBAPIError, OSError, PoolTimeoutError) as exc:
        raise UpstreamUnavailable("database", type(exc).__name__) from exc
