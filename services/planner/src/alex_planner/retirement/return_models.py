"""Models of future returns. Each makes real gross returns of one mix; all of them are used side by side.

- `log_normal`: annual log returns of the asset classes are jointly normal and have no memory
  (see `assumptions.build_market_model`). Source: P. Glasserman, Monte Carlo Methods in Financial Engineering (2003),
  sections 1.1 and 3.2.
- `block_bootstrap`: years of history drawn in blocks, whose length is geometric, so that the order within a block and
  the years in which everything falls together are kept. Source: D. N. Politis, J. P. Romano, The Stationary Bootstrap,
  Journal of the American Statistical Association 89 (1994), section 2.
- `historical_sequences`: every run of consecutive years that history has. Source: P. L. Cooley, C. M. Hubbard,
  D. T. Walz, Retirement Savings: Choosing a Withdrawal Rate That Is Sustainable, AAII Journal 20 (1998).
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from alex_planner.assumptions import MarketModel
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.simulation import MarketPaths

Floats = NDArray[np.float64]


def yearly_normals(classes: int, *, years: int, seed: int, paths: int) -> Iterator[Floats]:
    """Yield the standard normals of each year, shape (paths, classes).

    They are drawn for every class of the table, held or not, so that two mixes under one seed meet the same years.
    """
    generator = np.random.default_rng(seed)
    for _ in range(years):
        yield generator.standard_normal((paths, classes))


def log_normal_paths(
    market: MarketModel, weights: Mapping[str, float], normals: Iterable[Floats], *, inflation: float
) -> MarketPaths:
    """Return paths whose inflation is the same in every year.

    Args:
        weights: by asset class of the table; they add up to one.
        normals: of each year, shape (paths, classes of the table).
        inflation: as a fraction per year.
    """
    held = [index for index, name in enumerate(market.classes) if name in weights]
    shares = np.array([weights[market.classes[index]] for index in held])
    mean, deviations = market.log_mean[held], (market.log_volatility[:, None] * market.cholesky)[held].T
    growth = np.array([np.exp(normal @ deviations + mean) @ shares for normal in normals])
    return MarketPaths(growth, ((1 + inflation) ** np.arange(len(growth) + 1.0))[:, None])


def bootstrap_paths(
    history: AnnualHistory, weights: Mapping[str, float], *, block_years: float, years: int, seed: int, paths: int
) -> MarketPaths:
    """Return paths made of blocks of `history`; after its last year comes its first.

    Args:
        block_years: mean length of a block; 1 draws every year on its own.
    """
    generator = np.random.default_rng(seed)
    count = len(history.inflation)
    index = np.empty((years, paths), dtype=np.int64)
    index[0] = generator.integers(count, size=paths)
    for year in range(1, years):
        begins = generator.random(paths) < 1 / block_years
        index[year] = np.where(begins, generator.integers(count, size=paths), (index[year - 1] + 1) % count)
    return _paths_of(history, weights, index)


def historical_paths(history: AnnualHistory, weights: Mapping[str, float], *, years: int) -> MarketPaths:
    """Return one path for every year of `history` after which enough years follow, in order; there may be none."""
    starts = np.arange(max(0, len(history.inflation) - years + 1))
    return _paths_of(history, weights, starts[None, :] + np.arange(years)[:, None])


def _paths_of(history: AnnualHistory, weights: Mapping[str, float], index: NDArray[np.int64]) -> MarketPaths:
    prices = np.ones((index.shape[0] + 1, index.shape[1]))
    np.cumprod(1 + history.inflation[index], axis=0, out=prices[1:])
    return MarketPaths(history.real_growth(weights)[index], prices)
