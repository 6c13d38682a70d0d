"""Measures of risk of a series of returns. Pure functions over arrays; they know neither prices nor dates.

A return is simple, not logarithmic: 0.01 is one percent in one period. A measure that is not defined, such as a ratio
to no variation at all, is `None`. The definitions are those of the library empyrical, where they agree to 1e-9, but for
the sign of losses: here a loss is positive.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Returns = NDArray[np.float64]
"""Shape (n,), one number per period, oldest first."""
NO_VARIATION = 1e-14
"""A standard deviation up to this is the rounding of equal numbers."""


class Drawdown(NamedTuple):
    """The deepest fall from a peak; indexes count values, of which there is one more than returns."""

    depth: float
    """Fraction of the peak that was lost, 0 to 1."""
    peak: int
    trough: int
    recovered: int | None
    """First value that is at the peak again, `None` while there is none."""


def simple_returns(values: Returns) -> Returns:
    """Return the change of each value against the one before, shape (n - 1,); values are above zero."""
    changes: Returns = values[1:] / values[:-1] - 1
    return changes


def annual_return(returns: Returns, periods_per_year: float) -> float | None:
    """Return the compound yearly return g = (prod (1 + r))^(p / n) - 1.

    Source: CFA Institute, GIPS Standards Handbook (2020), annualised returns.
    """
    if not len(returns):
        return None
    return float(np.prod(1 + returns) ** (periods_per_year / len(returns)) - 1)


def volatility(returns: Returns, periods_per_year: float) -> float | None:
    """Return the yearly standard deviation s sqrt(p), with s^2 = sum (r - mean)^2 / (n - 1).

    Source: J. C. Hull, Options, Futures, and Other Derivatives (2018), section 15.4.
    """
    if len(returns) < 2:  # noqa: PLR2004  one number has no variation
        return None
    return float(np.std(returns, ddof=1) * np.sqrt(periods_per_year))


def max_drawdown(returns: Returns) -> Drawdown | None:
    """Return the largest fall max (1 - V_t / max_{s <= t} V_s) of V_0 = 1, V_t = V_{t-1} (1 + r_t).

    Source: M. Magdon-Ismail, A. Atiya, Maximum Drawdown, Risk Magazine 17 (2004).
    """
    if not len(returns):
        return None
    values = np.concatenate(([1.0], np.cumprod(1 + returns)))
    falls = 1 - values / np.maximum.accumulate(values)
    trough = int(np.argmax(falls))
    peak = int(np.argmax(values[: trough + 1]))
    # The product of the returns is not the price to the last bit: a new peak may be short of the old one by rounding.
    again = np.flatnonzero(values[trough:] >= values[peak] * (1 - NO_VARIATION * len(values)))
    return Drawdown(float(falls[trough]), peak, trough, trough + int(again[0]) if len(again) else None)


def beta(returns: Returns, market: Returns) -> float | None:
    """Return cov(r, m) / var(m) over the same periods.

    Source: W. F. Sharpe, Capital Asset Prices, Journal of Finance 19 (1964).
    """
    if len(returns) < 2 or float(np.std(market)) <= NO_VARIATION:  # noqa: PLR2004  one number has no variation
        return None
    covariance = np.cov(returns, market, ddof=1)
    return float(covariance[0, 1] / covariance[1, 1])


def historical_var(returns: Returns, confidence: float = 0.95) -> float | None:
    """Return the loss of one period that is not exceeded with `confidence`: minus the quantile 1 - c of the returns.

    Between two returns it is interpolated. Negative means that even the bad periods gained.
    Source: P. Jorion, Value at Risk (2006), section 10.3, historical simulation.
    """
    return -float(np.quantile(returns, 1 - confidence)) if len(returns) else None


def historical_cvar(returns: Returns, confidence: float = 0.95) -> float | None:
    """Return the mean loss of the worst periods: of the floor((n - 1)(1 - c)) + 1 lowest returns.

    Source: R. T. Rockafellar, S. Uryasev, Conditional Value-at-Risk for General Loss Distributions, Journal of Banking
    and Finance 26 (2002).
    """
    if not len(returns):
        return None
    count = int((len(returns) - 1) * (1 - confidence)) + 1
    return -float(np.mean(np.partition(returns, count - 1)[:count]))


def sharpe_ratio(returns: Returns, risk_free: float, periods_per_year: float) -> float | None:
    """Return mean(r - f) / std(r - f) sqrt(p).

    Args:
        risk_free: return of one period without risk, such as 0.03 / 252 for three percent a year in days.

    Source: W. F. Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21 (1994).
    """
    if len(returns) < 2:  # noqa: PLR2004  one number has no variation
        return None
    excess = returns - risk_free
    spread = float(np.std(excess, ddof=1))
    return None if spread <= NO_VARIATION else float(np.mean(excess) / spread * np.sqrt(periods_per_year))


def correlations(returns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the matrix of Pearson's correlations.

    Args:
        returns: shape (series, periods), at least two periods.

    Returns:
        Shape (series, series); NaN where a series does not vary.

    Source: K. Pearson, Notes on Regression and Inheritance, Proceedings of the Royal Society 58 (1895).
    """
    deviations = returns - returns.mean(axis=1, keepdims=True)
    norms = np.sqrt((deviations**2).sum(axis=1))
    norms[norms <= NO_VARIATION * np.sqrt(returns.shape[1])] = np.nan
    scaled = deviations / norms[:, None]
    result: NDArray[np.float64] = np.clip(scaled @ scaled.T, -1, 1)
    return result
