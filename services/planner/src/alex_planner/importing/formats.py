"""What a broker's module offers to detection. It reads nothing itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alex_planner.importing.collector import Collector
from alex_planner.importing.sheet import Record


@dataclass(frozen=True)
class SheetFormat:
    """One kind of CSV of one broker."""

    broker: str
    name: str
    find: Callable[[Sequence[Record]], int | None]
    """Returns the index of the record with the headings, or `None` when the file is of another format."""
    read: Callable[[Sequence[Record], int, Collector], None]
    """Gives every record a fate; those it says nothing of are headings."""
    states_positions: bool
    """Whether it states positions; else they are replayed."""


def format_of(records: Sequence[Record], formats: Sequence[SheetFormat]) -> SheetFormat | None:
    """Return the first of the formats that knows these records, or `None`."""
    return next((known for known in formats if records and known.find(records) is not None), None)
