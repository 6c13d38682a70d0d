"""The planning assumptions: what a year is assumed to bring, as records that a reader can open and replace.

They are this project's own assumptions, rounded from published long-run history and not forecasts of anyone. Each
record names the published figures it was rounded from and the page on which they were found; where there is no such
page it says that the value is a judgement. An asset class without records here is not projected.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from alex_planner.errors import InvalidAssumption
from alex_planner.portfolio import AssetClass

PERCENT_A_YEAR = "percent per year"
CORRELATION = "correlation"
MAX_RETURN_PERCENT = 50
MAX_VOLATILITY_PERCENT = 100
INFLATION = "inflation"
BLOCK_YEARS = "history.block_years"

_YEARBOOK = (
    "Dimson, Marsh, Staunton: Global Investment Returns Yearbook 2023, world index 1900-2022, "
    "as reported at https://kaohooninternational.com/markets/523444"
)
_IBBOTSON = (
    "Ibbotson Associates, United States 1926-1995, annual returns, as tabled at "
    "https://bauer.uh.edu/rsusmel/Other/lrret1.htm"
)
_REITS = (
    "All-REITs index and S&P 500, 12-month changes 1971-2016, at "
    "https://econreviews.org/2016/06/14/ (their data: NAREIT)"
)
_EVERYTHING = (
    "Jorda, Knoll, Kuvshinov, Schularick, Taylor: The Rate of Return on Everything, 1870-2015, as summarised at "
    "https://evergreensmallbusiness.com/rate-of-return-on-everything-paper/"
)
_GOLD = (
    "Barro, Misra: Gold Returns (1836-2011), abstract at "
    "https://www.hks.harvard.edu/centers/mrcbg/programs/growthpolicy/gold-returns"
)
_REAL_ESTATE_MIX = (
    "Real estate and other classes 1990-2016, at "
    "http://www.fa-mag.com/news/reits-in-the-spotlight-28784.html?section=3&page=2"
)
_STOCK_BOND = (
    "Molenaar, Senechal, Swinkels, Wang (2023), stocks and bonds since 1875, as summarised at "
    "https://quantpedia.com/estimating-stocks-bonds-correlation-from-long-term-data"
)
_JUDGEMENT = "Judgement of this project; no published figure was used"


class Assumption(BaseModel):
    """One number that a projection rests on."""

    model_config = ConfigDict(frozen=True)

    name: str
    """`<class>.real_return`, `<class>.volatility`, `correlation.<class>.<class>`, or a premise such as `inflation`."""
    value: Decimal
    unit: str
    source: str
    note: str


def _class_records(
    name: AssetClass, real_return: tuple[str, str, str], volatility: tuple[str, str, str]
) -> tuple[Assumption, Assumption]:
    """Return the two records of a class; each tuple is value in percent, source, note."""
    return (
        Assumption(
            name=f"{name}.real_return",
            value=Decimal(real_return[0]),
            unit=PERCENT_A_YEAR,
            source=real_return[1],
            note=f"Compound return after inflation. {real_return[2]}",
        ),
        Assumption(
            name=f"{name}.volatility",
            value=Decimal(volatility[0]),
            unit=PERCENT_A_YEAR,
            source=volatility[1],
            note=f"Standard deviation of annual returns. {volatility[2]}",
        ),
    )


def _correlation(one: AssetClass, other: AssetClass, value: str, source: str, note: str) -> Assumption:
    return Assumption(
        name=f"correlation.{one}.{other}", value=Decimal(value), unit=CORRELATION, source=source, note=note
    )


PLANNING_ASSUMPTIONS: tuple[Assumption, ...] = (
    *_class_records(
        "equity",
        ("5.0", _YEARBOOK, "Published: 5.0 percent."),
        (
            "18",
            f"{_IBBOTSON}; {_REITS}; {_EVERYTHING}",
            "Published: 20.4 percent (US, 1926-1995), 16.4 (US since 1971), 21.9 (average of single countries).",
        ),
    ),
    *_class_records(
        "bond",
        ("1.5", _YEARBOOK, "Published: 1.7 percent, of government bonds; rounded down for fees."),
        ("9", _IBBOTSON, "Published: 9.25 percent nominal, of long US government bonds; shorter bonds move less."),
    ),
    *_class_records(
        "cash",
        ("0.5", _YEARBOOK, "Published: 0.4 percent, of treasury bills."),
        ("3", _IBBOTSON, "Published: 3.3 percent nominal, of treasury bills."),
    ),
    *_class_records(
        "real_estate",
        (
            "4.0",
            _EVERYTHING,
            "Published: about 7 percent (arithmetic), of housing; planned below equity for listed funds, a judgement.",
        ),
        ("20", _REITS, "Published: 20.2 percent, of listed real estate."),
    ),
    *_class_records(
        "commodity",
        ("1.0", _GOLD, "Published: 1.1 percent, of gold, which is what most such holdings are."),
        (
            "17",
            _GOLD,
            "Published: 13.1 percent since 1836, which has long years of a fixed price; set higher, a judgement.",
        ),
    ),
    _correlation(
        "equity", "bond", "0.2", _STOCK_BOND, "Published: more often positive than negative; the value is a judgement."
    ),
    _correlation("equity", "cash", "0.1", _JUDGEMENT, "Both suffer from unexpected inflation."),
    _correlation("equity", "real_estate", "0.6", _REITS, "Published: 0.59; 0.6 worldwide in the fa-mag.com article."),
    _correlation("equity", "commodity", "0.1", _JUDGEMENT, "Close to independent over long periods."),
    _correlation("bond", "cash", "0.4", _JUDGEMENT, "Inflation takes from both."),
    _correlation("bond", "real_estate", "0.2", _REAL_ESTATE_MIX, "Published: 0.22 and 0.25."),
    _correlation("bond", "commodity", "0.0", _JUDGEMENT, "No stable relation."),
    _correlation("cash", "real_estate", "0.1", _JUDGEMENT, "As for equity."),
    _correlation("cash", "commodity", "0.0", _JUDGEMENT, "No stable relation."),
    _correlation("real_estate", "commodity", "0.1", _JUDGEMENT, "As for equity."),
    Assumption(
        name=INFLATION,
        value=Decimal("2.9"),
        unit=PERCENT_A_YEAR,
        source="US consumer prices 1927-2017, series CPIAUCNS of FRED, as in the bundled history",
        note="Compound inflation of those years; used for incomes that do not rise with prices.",
    ),
    Assumption(
        name=BLOCK_YEARS,
        value=Decimal(5),
        unit="years",
        source=_JUDGEMENT,
        note="Mean length of the blocks of history that are drawn; about the length of a business cycle.",
    ),
)
"""The table in use unless a caller brings another one."""


@dataclass(frozen=True)
class MarketModel:
    """The table as arrays, in the order of `classes`: annual log returns are jointly normal."""

    classes: tuple[str, ...]
    log_mean: NDArray[np.float64]
    """Shape (classes,): mean of the annual log return, which is the log of one plus the compound return."""
    log_volatility: NDArray[np.float64]
    """Shape (classes,): standard deviation of the annual log return."""
    cholesky: NDArray[np.float64]
    """Shape (classes, classes): lower triangle L with L @ L.T the correlation of the log returns."""


def replace_values(assumptions: Sequence[Assumption], values: Mapping[str, Decimal]) -> tuple[Assumption, ...]:
    """Return the table with other values, each marked as the caller's.

    Raises:
        InvalidAssumption: there is no assumption of that name.
    """
    known = {assumption.name for assumption in assumptions}
    for name, value in values.items():
        if name not in known:
            raise InvalidAssumption(name, value, f"one of {', '.join(sorted(known))}")
    return tuple(
        assumption.model_copy(
            update={
                "value": values[assumption.name],
                "source": "Given by the caller",
                "note": "Not the planning value.",
            }
        )
        if assumption.name in values
        else assumption
        for assumption in assumptions
    )


def build_market_model(assumptions: Sequence[Assumption]) -> MarketModel:
    """Return the arrays of `assumptions`.

    With compound return g and standard deviation sigma of the simple return R, 1 + R log-normal:
    log_mean = ln(1 + g), and log_volatility^2 = ln((1 + sqrt(1 + 4 sigma^2 / (1 + g)^2)) / 2), which solves
    sigma^2 = (1 + g)^2 x (x - 1) for x = exp(log_volatility^2). Source of the moments of the log-normal distribution:
    NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.6.9, https://www.itl.nist.gov/div898/handbook/.

    Raises:
        InvalidAssumption: a value is out of range, missing, or the correlations contradict each other.
    """
    table = {assumption.name: assumption.value for assumption in assumptions}
    classes = tuple(name.removesuffix(".real_return") for name in table if name.endswith(".real_return"))
    growth = 1 + _column(table, classes, "real_return", -MAX_RETURN_PERCENT, MAX_RETURN_PERCENT) / 100
    sigma = _column(table, classes, "volatility", 0, MAX_VOLATILITY_PERCENT) / 100
    x = (1 + np.sqrt(1 + 4 * sigma**2 / growth**2)) / 2
    return MarketModel(
        classes=classes,
        log_mean=np.log(growth),
        log_volatility=np.sqrt(np.log(x)),
        cholesky=_cholesky(table, classes),
    )


def premise(assumptions: Iterable[Assumption], name: str, low: float, high: float) -> float:
    """Return the value of the assumption `name` in its unit.

    Raises:
        InvalidAssumption: it is missing or not from `low` to `high`.
    """
    return _value({assumption.name: assumption.value for assumption in assumptions}, name, low, high)


def _column(
    table: Mapping[str, Decimal], classes: Iterable[str], what: str, low: float, high: float
) -> NDArray[np.float64]:
    return np.array([_value(table, f"{name}.{what}", low, high) for name in classes])


def _value(table: Mapping[str, Decimal], name: str, low: float, high: float) -> float:
    value = table.get(name)
    if value is None or not value.is_finite() or not low <= value <= high:
        raise InvalidAssumption(name, value if value is None else str(value), f"a number from {low} to {high}")
    return float(value)


def _cholesky(table: Mapping[str, Decimal], classes: tuple[str, ...]) -> NDArray[np.float64]:
    matrix: NDArray[np.float64] = np.eye(len(classes), dtype=np.float64)
    for (i, one), (j, other) in combinations(enumerate(classes), 2):
        matrix[i, j] = matrix[j, i] = _value(table, f"correlation.{one}.{other}", -1, 1)
    try:
        return np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise InvalidAssumption("correlation", "the table", "a positive definite matrix") from None
