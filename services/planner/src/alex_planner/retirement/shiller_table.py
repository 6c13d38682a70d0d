"""Robert Shiller's monthly table of the US market since 1871, as its owner saves it as CSV, made into calendar years.

It is not bundled: it holds index values that are not ours to hand on. Whoever downloads it can bring it as it is.
Source of the columns: R. J. Shiller, Irrational Exuberance (2015), online data, http://www.econ.yale.edu/~shiller/data.htm
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alex_planner.errors import HistoryProblem, InvalidHistory
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.par_bonds import MONTHS_A_YEAR, monthly_par_bond_returns

BOND_MATURITY_YEARS = 10
HEADING_ROWS = 12
"""The table has a preamble of seven lines; headings are looked for in so many."""
_NAMES = {
    "date": ("date",),
    "price": ("p", "comp", "sp500", "s&p comp.", "price"),
    "dividend": ("d", "dividend"),
    "cpi": ("cpi", "consumer price index"),
    "rate": ("rate gs10", "gs10", "long interest rate", "lir", "rate"),
}
_DATE = re.compile(r"(\d{4})(?:\.(\d{1,2})|-(\d{2})-\d{2})")

Rows = Sequence[tuple[int, Sequence[str]]]
"""Rows of a CSV with their lines."""


class _Month(NamedTuple):
    line: int
    number: int
    """Months since the year zero."""
    price: float
    dividend: float
    cpi: float
    rate: float


def columns_of(rows: Rows) -> tuple[int, dict[str, int]] | None:
    """Return the index of the row with the headings and the place of each column; `None` for any other table."""
    for index, (_, row) in enumerate(rows[:HEADING_ROWS]):
        cells = [" ".join(cell.lower().split()) for cell in row]
        found = {key: next((cells.index(name) for name in names if name in cells), -1) for key, names in _NAMES.items()}
        if min(found.values()) >= 0:
            return index, found
    return None


def read_shiller(rows: Rows, name: str) -> AnnualHistory:
    """Return the calendar years that the table has whole, each from the average of its January to that of the next.

    Shares are bought at the average price of a month and paid a twelfth of the dividends of twelve months; bonds are
    made of the ten-year rate. Averages of a month move less than the prices of its last day.

    Raises:
        InvalidHistory: with the line of the first thing that is wrong.
    """
    found = columns_of(rows)
    assert found is not None
    start, columns = found
    dated = [(line, row) for line, row in rows[start + 1 :] if _DATE.match(_cell(row, columns["date"]))]
    months = _complete([_month(line, row, columns) for line, row in dated])
    _check(months)
    january = next((i for i, month in enumerate(months) if month.number % MONTHS_A_YEAR == 0), len(months))
    months = months[january:]
    years = (len(months) - 1) // MONTHS_A_YEAR
    if years < 1:
        raise InvalidHistory(HistoryProblem(rows[start][0], None, "the table has no whole year"))
    months = months[: years * MONTHS_A_YEAR + 1]
    return AnnualHistory(
        name, months[0].number // MONTHS_A_YEAR, _growth(_array(months, "cpi")), _returns(months), _sources(name)
    )


def _check(months: Sequence[_Month]) -> None:
    for month in months:
        if not min(month.price, month.dividend, month.cpi, month.rate) > 0:
            raise InvalidHistory(HistoryProblem(month.line, None, "a number is missing or not above zero"))
    for before, after in pairwise(months):
        if after.number != before.number + 1:
            raise InvalidHistory(HistoryProblem(after.line, "date", "the months do not follow one another"))


def _returns(months: Sequence[_Month]) -> dict[str, NDArray[np.float64]]:
    prices, dividends = _array(months, "price"), _array(months, "dividend")
    shares = (prices[1:] + dividends[:-1] / MONTHS_A_YEAR) / prices[:-1] - 1
    bonds = monthly_par_bond_returns(_array(months, "rate") / 100, BOND_MATURITY_YEARS)
    return {"equity": _by_year(shares), "bond": _by_year(bonds)}


def _by_year(monthly: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.prod(1 + monthly.reshape(-1, MONTHS_A_YEAR), axis=1) - 1, dtype=np.float64)


def _growth(monthly: NDArray[np.float64]) -> NDArray[np.float64]:
    yearly = monthly[::MONTHS_A_YEAR]
    return np.asarray(yearly[1:] / yearly[:-1] - 1, dtype=np.float64)


def _sources(name: str) -> dict[str, str]:
    return {
        "equity": f"US shares with dividends, monthly averages of the S&P composite: R. J. Shiller, {name}",
        "bond": f"US treasury bonds of {BOND_MATURITY_YEARS} years, as bonds at par of its long rate: {name}",
        "inflation": f"US consumer prices, January to January: {name}",
    }


def _array(months: Sequence[_Month], column: str) -> NDArray[np.float64]:
    return np.array([getattr(month, column) for month in months], dtype=np.float64)


def _complete(months: list[_Month]) -> list[_Month]:
    """Drop the last months whose dividends or prices are not known yet."""
    while months and not min(months[-1].price, months[-1].dividend, months[-1].cpi, months[-1].rate) > 0:
        months.pop()
    return months


def _month(line: int, row: Sequence[str], columns: dict[str, int]) -> _Month:
    found = _DATE.match(_cell(row, columns["date"]))
    assert found is not None
    # A spreadsheet writes October, 1871.10, as 1871.1.
    month = int(found[3]) if found[3] else int(found[2].ljust(2, "0"))
    numbers = {key: _number(line, _cell(row, place), key) for key, place in columns.items() if key != "date"}
    return _Month(line, int(found[1]) * MONTHS_A_YEAR + month - 1, **numbers)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _number(line: int, text: str, column: str) -> float:
    try:
        return float(text) if text and text.upper() != "NA" else 0.0
    except ValueError:
        raise InvalidHistory(HistoryProblem(line, column, f"{text[:40]!r} is not a number")) from None
