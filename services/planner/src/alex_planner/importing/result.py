"""What an import found: the fate of every row, the positions, and what did not add up. It knows no broker."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.errors import PortfolioProblem
from alex_planner.portfolio import Activity, Position
from alex_planner.prices.rates import ExchangeRate

Fate = Literal["imported", "ignored", "error"]


class RowFate(BaseModel):
    """What became of one row that is not blank; headings and footers are rows too."""

    model_config = ConfigDict(frozen=True)

    line: int = Field(description="Line of the file, from 1, where the row begins.")
    fate: Fate
    reason: str = Field(description="What it was read as, why it was left out, or what is wrong with it.")
    column: str | None = None


class Difference(BaseModel):
    """A stated value that is not price x quantity, or a stated total that is not the sum."""

    model_config = ConfigDict(frozen=True)

    line: int
    what: str
    computed: Decimal
    stated: Decimal
    difference: Decimal = Field(description="stated - computed")
    currency: str


class ImportResult(BaseModel):
    """A file, read to its end. `imported + ignored + errors == rows`."""

    model_config = ConfigDict(frozen=True)

    broker: str
    format: str
    as_of: date | None = Field(description="Day the file says its prices are of.")
    rows: int
    imported: int
    ignored: int
    errors: int
    fates: tuple[RowFate, ...]
    positions: tuple[Position, ...]
    activities: tuple[Activity, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    exchange_rates: tuple[ExchangeRate, ...] = ()

    @property
    def problems(self) -> list[PortfolioProblem]:
        """The rows that are errors, as an error answer lists them."""
        return [
            PortfolioProblem(line=fate.line, column=fate.column, message=fate.reason)
            for fate in self.fates
            if fate.fate == "error"
        ]
