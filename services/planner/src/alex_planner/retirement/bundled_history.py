"""The history that comes with the planner, read from the data files of two packages it depends on.

Neither package's code runs. `arch` carries the US market and treasury bills of Kenneth French's library and the AAA
yields of Moody's, by month; `manyfutures` carries the consumer price index of each December. The versions are pinned,
because a seed repeats a result only on the same data.
"""

import csv
import gzip
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.par_bonds import MONTHS_A_YEAR, monthly_par_bond_returns

BOND_MATURITY_YEARS = 20
"""Moody's averages are of bonds with at least twenty years left; the lower end is taken (FRED, notes on series AAA)."""
DECEMBER = 12
PRICES_OF_DECEMBER_1926 = 17.7
"""Consumer price index (1982-84 = 100) by which 1927 is whole: `manyfutures` begins a year later.

U.S. Bureau of Labor Statistics, series CUUR0000SA0, public domain, https://fred.stlouisfed.org/series/CPIAUCNS.
"""
Month = tuple[int, int]
"""Year and month."""

_FRENCH = "Kenneth R. French, Data Library, Fama/French factors, in the package arch"
_SOURCES = {
    "equity": f"US stock market with dividends, value-weighted (CRSP): Mkt-RF + RF of {_FRENCH}",
    "cash": f"US treasury bills of one month: RF of {_FRENCH}",
    "bond": (
        f"US corporate bonds of {BOND_MATURITY_YEARS} years, computed month by month from Moody's AAA yields (series"
        " AAA of FRED, in the package arch) as a bond at par"
    ),
    "inflation": (
        "US consumer prices, all urban consumers, December to December: U.S. Bureau of Labor Statistics, series"
        " CPIAUCNS of FRED, in the package manyfutures; the index of December 1926 from the series itself"
    ),
}


@cache
def bundled_history() -> AnnualHistory:
    """Return the years for which all four series are whole: 1927 to 2017 with the pinned versions.

    Raises:
        FileNotFoundError: a package is installed without its data.
    """
    prices = _december_prices()
    inflation = {year: prices[year] / prices[year - 1] - 1 for year in prices if year - 1 in prices}
    series = {**_market_by_year(), "bond": _bonds_by_year(), "inflation": inflation}
    years = sorted(set.intersection(*(set(values) for values in series.values())))
    if years != list(range(years[0], years[-1] + 1)):
        raise ValueError("the bundled series have a gap; install the pinned versions of arch and manyfutures")
    arrays = {name: np.array([values[year] for year in years]) for name, values in series.items()}
    return AnnualHistory("United States", years[0], arrays.pop("inflation"), arrays, _SOURCES)


def _market_by_year() -> dict[str, dict[int, float]]:
    rows = [
        ((int(row["Date"][:4]), int(row["Date"][4:])), float(row["Mkt-RF"]) / 100, float(row["RF"]) / 100)
        for row in _rows_of("arch", "arch/data/frenchdata/frenchdata.csv.gz")
    ]
    return {
        "equity": _compounded({month: excess + bills for month, excess, bills in rows}),
        "cash": _compounded({month: bills for month, _, bills in rows}),
    }


def _bonds_by_year() -> dict[int, float]:
    yields: dict[Month, float] = {}
    for row in _rows_of("arch", "arch/data/default/default.csv.gz"):
        month, _, year = row["Date"].split("/")
        yields[int(year), int(month)] = float(row["AAA"]) / 100
    months = list(yields)
    if any(_month_number(later) - _month_number(earlier) != 1 for earlier, later in pairwise(months)):
        raise ValueError("the AAA yields have a gap; install the pinned version of arch")
    returns = monthly_par_bond_returns(np.array(list(yields.values())), BOND_MATURITY_YEARS)
    return _compounded(dict(zip(months[1:], _floats(returns), strict=True)))


def _december_prices() -> dict[int, float]:
    rows = _rows_of("manyfutures", "manyfutures/us_cpi.csv")
    dated = [(row["observation_date"].split("-"), float(row["CPIAUCNS"])) for row in rows]
    return {1926: PRICES_OF_DECEMBER_1926} | {
        int(year): value for (year, month, _), value in dated if int(month) == DECEMBER
    }


def _compounded(monthly: Mapping[Month, float]) -> dict[int, float]:
    """Return the returns of the calendar years of which every month is known."""
    by_year: dict[int, list[float]] = {}
    for (year, _), value in monthly.items():
        by_year.setdefault(year, []).append(1 + value)
    return {year: float(np.prod(parts)) - 1 for year, parts in by_year.items() if len(parts) == MONTHS_A_YEAR}


def _month_number(month: Month) -> int:
    return month[0] * MONTHS_A_YEAR + month[1]


def _floats(values: NDArray[np.float64]) -> list[float]:
    return [float(value) for value in values]


def _rows_of(package: str, path: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file of a package, without its lines of comment."""
    file = Path(str(distribution(package).locate_file(path)))
    if not file.is_file():
        raise FileNotFoundError(f"the package {package} has no {path}; install its pinned version again")
    content = file.read_bytes()
    text = (gzip.decompress(content) if file.suffix == ".gz" else content).decode("utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
