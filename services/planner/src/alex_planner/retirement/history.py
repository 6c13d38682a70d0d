"""What past years brought: annual returns and inflation, with where each series comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, eq=False)
class AnnualHistory:
    """Consecutive calendar years, all series of the same length."""

    name: str
    first_year: int
    inflation: NDArray[np.float64]
    """Shape (years,): change of consumer prices as a fraction, December to December where it is known."""
    returns: Mapping[str, NDArray[np.float64]]
    """From asset class to the nominal total return of each year as a fraction, shape (years,)."""
    sources: Mapping[str, str]
    """From `inflation` and each asset class to where its series comes from and how it was made."""

    @property
    def last_year(self) -> int:
        """The last year of all series."""
        return self.first_year + len(self.inflation) - 1

    def since(self, year: int, until: int) -> "AnnualHistory":
        """Return the part from `year` to `until`, both included; both must be in the history."""
        part = slice(year - self.first_year, until - self.first_year + 1)
        returns = {name: series[part] for name, series in self.returns.items()}
        return AnnualHistory(self.name, year, self.inflation[part], returns, self.sources)

    def real_growth(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """Return (1 + return) / (1 + inflation) of a mix brought back to `weights` each year, shape (years,)."""
        nominal = sum((share * self.returns[name] for name, share in weights.items()), np.zeros(len(self.inflation)))
        return np.asarray((1 + nominal) / (1 + self.inflation), dtype=np.float64)


class HistoryRecord(BaseModel):
    """A history as it is stored with a plan, so that the plan can be made again when the service has another one."""

    model_config = ConfigDict(frozen=True)

    name: str
    first_year: int
    inflation: tuple[float, ...]
    returns: Mapping[str, tuple[float, ...]]
    sources: Mapping[str, str]

    @classmethod
    def of(cls, history: AnnualHistory) -> "HistoryRecord":
        """Return the record of a history."""
        returns = {name: tuple(map(float, series)) for name, series in history.returns.items()}
        inflation = tuple(map(float, history.inflation))
        return cls(
            name=history.name,
            first_year=history.first_year,
            inflation=inflation,
            returns=returns,
            sources=history.sources,
        )

    def history(self) -> AnnualHistory:
        """Return the history, to the bit."""
        returns = {name: np.array(series) for name, series in self.returns.items()}
        return AnnualHistory(self.name, self.first_year, np.array(self.inflation), returns, self.sources)
