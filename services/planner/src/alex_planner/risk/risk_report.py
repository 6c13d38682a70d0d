"""The risk of the present holdings over a price history, measure by measure; what is not known is said."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import Allocation
from alex_planner.prices.history import PriceSeries
from alex_planner.risk import measures
from alex_planner.risk.backcast import Backcast, backcast

CONFIDENCE = 0.95
"""Of value at risk and its tail: one period in twenty is worse."""
MIN_PERIODS = 20
"""Returns below which a tail of five percent has not even one member; measures of fewer are not given. Ours."""
_DIGITS = 12


class Correlation(BaseModel):
    """How two holdings moved together."""

    model_config = ConfigDict(frozen=True)

    one: str
    other: str
    value: Decimal | None = Field(description="-1 to 1; `None` when one of them did not move.")


class Risk(BaseModel):
    """Measures of the present holdings held over the days of the history; losses are positive fractions."""

    model_config = ConfigDict(frozen=True)

    start: date
    end: date
    periods: int = Field(description="Number of returns.")
    periods_per_year: float
    covered: Decimal = Field(description="Part of the counted value that the measures are of.")
    annual_return: Decimal | None
    volatility: Decimal | None = Field(description="Standard deviation of a year.")
    max_drawdown: Decimal | None
    drawdown_from: date | None
    drawdown_to: date | None
    drawdown_recovered: date | None
    value_at_risk: Decimal | None = Field(description="Loss of one period that 95 of 100 periods stay below.")
    conditional_value_at_risk: Decimal | None = Field(description="Mean loss of the periods beyond it.")
    sharpe_ratio: Decimal | None
    risk_free: Decimal = Field(description="Assumed return without risk, fraction per year.")
    benchmark: str | None = None
    beta: Decimal | None = None
    correlations: tuple[Correlation, ...] = ()
    sources: tuple[str, ...] = Field(default=(), description="Where the prices are from.")
    missing: tuple[str, ...] = ()


def measure_risk(
    allocation: Allocation, series: Mapping[str, PriceSeries], *, risk_free: Decimal, benchmark: str | None = None
) -> Risk | str:
    """Return the measures, or the reason why there are none.

    Args:
        series: price histories by symbol; exchange rates among them as `EUR/USD`.
        risk_free: return without risk, as a fraction per year.
        benchmark: symbol of the series that beta is against.
    """
    history = backcast(allocation, series)
    if history is None:
        return "no holding has a price history of at least three common days"
    returns = measures.simple_returns(history.values)
    if len(returns) < MIN_PERIODS:
        return f"the price history has {len(returns)} periods; measures of risk need at least {MIN_PERIODS}"
    return _report(history, returns, series, risk_free, benchmark)


def _report(
    history: Backcast,
    returns: measures.Returns,
    series: Mapping[str, PriceSeries],
    risk_free: Decimal,
    benchmark: str | None,
) -> Risk:
    yearly, days = history.periods_per_year, history.days
    fall = measures.max_drawdown(returns)
    slope, why_no_beta = _beta(history, series, benchmark)
    per_period = float((1 + risk_free) ** (1 / Decimal(yearly)) - 1)
    return Risk(
        start=days[0],
        end=days[-1],
        periods=len(returns),
        periods_per_year=yearly,
        covered=history.covered,
        annual_return=_decimal(measures.annual_return(returns, yearly)),
        volatility=_decimal(measures.volatility(returns, yearly)),
        max_drawdown=_decimal(fall.depth if fall else None),
        drawdown_from=days[fall.peak] if fall else None,
        drawdown_to=days[fall.trough] if fall else None,
        drawdown_recovered=days[fall.recovered] if fall and fall.recovered is not None else None,
        value_at_risk=_decimal(measures.historical_var(returns, CONFIDENCE)),
        conditional_value_at_risk=_decimal(measures.historical_cvar(returns, CONFIDENCE)),
        sharpe_ratio=_decimal(measures.sharpe_ratio(returns, per_period, yearly)),
        risk_free=risk_free,
        benchmark=benchmark,
        beta=_decimal(slope),
        correlations=_pairs(history),
        sources=tuple(dict.fromkeys(series[symbol].source for symbol in history.symbols)),
        missing=tuple(filter(None, (*_gaps(history), why_no_beta))),
    )


def _beta(
    history: Backcast, series: Mapping[str, PriceSeries], benchmark: str | None
) -> tuple[float | None, str | None]:
    if benchmark is None:
        return None, None
    prices = series[benchmark].by_day if benchmark in series else {}
    common = [index for index, day in enumerate(history.days) if day in prices]
    if len(common) <= MIN_PERIODS:
        return None, f"{benchmark} has prices on {len(common)} days of the history, too few for beta"
    market = np.array([float(prices[history.days[index]]) for index in common])
    own = history.values[common]
    return measures.beta(measures.simple_returns(own), measures.simple_returns(market)), None


def _gaps(history: Backcast) -> tuple[str, ...]:
    gaps = []
    if history.without:
        gaps.append(f"no price history is known of {', '.join(history.without)}: the measures leave them out")
    if history.constant_rates:
        gaps.append(f"no rates over time are known of {', '.join(history.constant_rates)}: today's rate was used")
    return tuple(gaps)


def _pairs(history: Backcast) -> tuple[Correlation, ...]:
    returns: NDArray[np.float64] = history.prices[:, 1:] / history.prices[:, :-1] - 1
    matrix = measures.correlations(returns)
    count = len(history.symbols)
    return tuple(
        Correlation(one=history.symbols[i], other=history.symbols[j], value=_decimal(float(matrix[i, j])))
        for i in range(count)
        for j in range(i + 1, count)
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None or not np.isfinite(value) else Decimal(f"{value:.{_DIGITS}f}")
