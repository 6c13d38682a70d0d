"""Files of brokers, read on a day that stays the same."""

from datetime import date

from alex_planner.importing.importer import import_file
from alex_planner.importing.result import ImportResult

TODAY = date(2026, 11, 23)


def read(text: str) -> ImportResult:
    """Import a file, whose counts must add up."""
    result = import_file(text.encode(), today=TODAY)
    assert result.imported + result.ignored + result.errors == result.rows
    return result


def read_without_errors(text: str) -> ImportResult:
    """Import a file in which nothing is wrong."""
    result = read(text)
    assert result.errors == 0
    return result
