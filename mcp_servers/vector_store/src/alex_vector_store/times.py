"""Times: ISO 8601 on the wire, whole epoch seconds in storage, because S3 Vectors compares numbers only."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator

UNKNOWN_TIME = -(10**11)
"""Stored where a time is not known. S3 Vectors does not say how a comparison treats a missing key, so that every
key is always written; this value is before the year 1."""
EARLIEST_TIME = -62_135_596_800
"""The year 1: a filter by date starts here, so that documents without a date never match one."""

LATEST_TIME = 253_402_300_799
"""The end of the year 9999, the last that Python's dates know."""


def parse_time(given: str) -> int:
    """Return the epoch seconds of an ISO 8601 date or time; without a zone it is UTC.

    Raises:
        ValueError: it is not one.
    """
    try:
        moment = datetime.fromisoformat(given.strip())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int(aware.timestamp())
    except (ValueError, OverflowError):
        raise ValueError(
            f"{given[:80]!r} is not an ISO 8601 date or time, such as 2026-01-31 or 2026-01-31T08:30:00Z"
        ) from None


def format_time(seconds: int) -> str | None:
    """Return the time as ISO 8601 in UTC, or None where it is not known."""
    if seconds == UNKNOWN_TIME:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def now() -> int:
    return int(datetime.now(UTC).timestamp())


def _checked(given: str) -> str:
    parse_time(given)
    return given


IsoTime = Annotated[str, AfterValidator(_checked)]
"""A string that `parse_time` can read."""
