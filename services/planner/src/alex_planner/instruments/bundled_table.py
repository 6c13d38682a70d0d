"""The bundled table of common funds and shares, read once. The facts themselves are in `table/`, for people to check.

Each fact names its source and the day it is of (`table/sources.csv`). A split lists only what the source lists, so
that it may add up to less than the whole; what is left is unclassified. Published percentages that add up to a little
more than a hundred by their rounding are scaled to a hundred.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from alex_planner.instruments.facts import Dimension, Expense, InstrumentFacts, Statement

HUNDRED = Decimal(100)
SHARE_CLASS = {"Real estate": "real_estate"}
"""Asset class of a share by its sector; any other is equity."""


class _Source(NamedTuple):
    as_of: date
    text: str


class _Reader:
    """One pass over the files of the table."""

    def __init__(self) -> None:
        self._sources = {
            row["id"]: _Source(date.fromisoformat(row["as_of"]), row["source"]) for row in _rows("sources.csv")
        }
        self._splits = {row["id"]: row["split"] for row in _rows("splits.csv")}

    def funds(self) -> Iterator[InstrumentFacts]:
        for row in _rows("funds.csv"):
            mixed = "|" in row["asset_class"]
            statements: dict[Dimension, Statement] = {
                "asset_class": self._statement(row["asset_class"], "target" if mixed else "mandate")
            }
            if row["region"]:
                statements["region"] = self._statement(row["region"], row["region_source"])
            if row["sector"]:
                statements["sector"] = self._statement(row["sector"], row["sector_source"])
            yield _instrument(row, statements, is_share=False, expense=self._expense(row))

    def shares(self) -> Iterator[InstrumentFacts]:
        for row in _rows("shares.csv"):
            asset_class = SHARE_CLASS.get(row["sector"], "equity")
            yield _instrument(
                row,
                {
                    "asset_class": self._statement(f"{asset_class} 100", row["source"]),
                    "region": self._statement(f"{row['region']} 100", row["source"]),
                    "sector": self._statement(f"{row['sector']} 100", row["source"]),
                },
                is_share=True,
            )

    def _statement(self, split: str, source_id: str) -> Statement:
        source = self._sources[source_id]
        return Statement(
            shares=_shares(self._splits.get(split, split)), origin="table", source=source.text, as_of=source.as_of
        )

    def _expense(self, row: Mapping[str, str]) -> Expense | None:
        if not row["expense_percent"]:
            return None
        source = self._sources[row["expense_source"]]
        ratio = Decimal(row["expense_percent"]) / HUNDRED
        return Expense(ratio=ratio, origin="table", source=source.text, as_of=source.as_of)


@cache
def bundled_instruments() -> tuple[InstrumentFacts, ...]:
    """Return all instruments of the table."""
    reader = _Reader()
    return (*reader.funds(), *reader.shares())


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("alex_planner.instruments") / "table" / name).read_text(encoding="utf-8")
    return iter(csv.DictReader(io.StringIO(text)))


def _shares(split: str) -> dict[str, Decimal]:
    parts = (part.rpartition(" ") for part in split.split("|"))
    percents = {name: Decimal(percent) for name, _, percent in parts}
    whole = max(sum(percents.values(), Decimal(0)), HUNDRED)
    return {name: percent / whole for name, percent in percents.items()}


def _instrument(
    row: Mapping[str, str], statements: dict[Dimension, Statement], *, is_share: bool, expense: Expense | None = None
) -> InstrumentFacts:
    return InstrumentFacts(
        symbols=tuple(row["symbols"].split()),
        isin=row["isin"] or None,
        name=row["name"],
        is_share=is_share,
        currencies=tuple(row["currencies"].split()),
        statements=statements,
        expense=expense,
    )
