"""What the portfolio may be worth in later years: a seeded simulation in today's money.

Model: in year t the asset classes bring gross real returns exp(m + s * L z_t), with z_t independent standard normal
(see `assumptions.build_market_model` for m, s and L). The portfolio is brought back to today's mix at the end of each
year, and what is paid in during a year is added at the end of it, in today's money and without return in that year:

    V_t = V_(t-1) * sum_i(w_i * exp(m_i + s_i * (L z_t)_i)) + C

Source of the method: P. Glasserman, Monte Carlo Methods in Financial Engineering (2003), sections 1.1 and 3.2.
It knows no taxes, fees or withdrawals, and its returns have no memory from year to year.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from alex_planner.allocation import Allocation
from alex_planner.assumptions import PLANNING_ASSUMPTIONS, Assumption, MarketModel, build_market_model
from alex_planner.errors import InvalidAssumption
from alex_planner.retirement.goals import Goals

DEFAULT_PATHS = 10_000
MIN_PATHS = 100
MAX_PATHS = 1_000_000
DEFAULT_SEED = 20_260
PERCENTILES = (5, 25, 50, 75, 95)
GENERATOR = "numpy.random.PCG64"
SPOKEN_EVERY_YEARS = 5
"""Years between those that a plan shows and speaks of."""
CENT = Decimal("0.01")
SHARE = Decimal("0.000001")


class MixShare(BaseModel):
    """The weight of an asset class in what is projected."""

    model_config = ConfigDict(frozen=True)

    asset_class: str
    share: Decimal
    """Fraction, 0 to 1."""


class NotProjected(BaseModel):
    """An amount for whose asset class there is no assumption."""

    model_config = ConfigDict(frozen=True)

    asset_class: str
    amount: Decimal


class ProjectionYear(BaseModel):
    """The distribution of the value at the end of one year, in today's money."""

    model_config = ConfigDict(frozen=True)

    year: int
    """Years from now; 0 is today."""
    p5: Decimal
    p25: Decimal
    p50: Decimal
    p75: Decimal
    p95: Decimal
    mean: Decimal
    mean_error: Decimal
    """Standard error of `mean`: standard deviation of the paths / sqrt(paths)."""
    median_error: Decimal
    """Standard error of `p50`, from the order statistics one binomial standard deviation around it."""
    paid_in: Decimal
    """Start value and all contributions until then."""
    probability_of_loss: Decimal
    """Fraction of the paths that are worth less than was paid in: a loss in real terms."""


class Projection(BaseModel):
    """A simulation with everything that is needed to repeat it to the byte."""

    model_config = ConfigDict(frozen=True)

    currency: str
    start_value: Decimal
    complete: bool
    """Whether `start_value` is the whole portfolio."""
    horizon_years: int
    annual_contribution: Decimal
    paths: int
    seed: int
    generator: str
    mix: tuple[MixShare, ...]
    years: tuple[ProjectionYear, ...]
    not_projected: tuple[NotProjected, ...]
    assumptions: tuple[Assumption, ...]
    """Those that the result depends on."""

    @property
    def final(self) -> ProjectionYear:
        """The last year."""
        return self.years[-1]

    def spoken_years(self) -> tuple[ProjectionYear, ...]:
        """Return the years that a plan shows: today, every fifth year and the last."""
        return tuple(
            year for year in self.years if year.year % SPOKEN_EVERY_YEARS == 0 or year.year == self.horizon_years
        )


def project(
    allocation: Allocation,
    goals: Goals,
    *,
    seed: int = DEFAULT_SEED,
    paths: int = DEFAULT_PATHS,
    assumptions: Sequence[Assumption] = PLANNING_ASSUMPTIONS,
) -> Projection | None:
    """Return the projection of what is counted in `allocation`, or `None` when none of it can be projected.

    The same arguments give the same result to the byte. Amounts are rounded to cents, probabilities to six places.

    Raises:
        InvalidAssumption: the table or the number of paths or the seed is out of range.
    """
    _check_run(seed, paths)
    model = build_market_model(assumptions)
    amounts = {item.key: item.amount for item in allocation.by_asset_class if item.amount}
    projected = {name: amounts[name] for name in model.classes if name in amounts}
    start = sum(projected.values(), Decimal(0))
    if not start or allocation.base_currency is None:
        return None
    weights = np.array([float(projected.get(name, Decimal(0)) / start) for name in model.classes])
    values = simulate(
        model,
        weights,
        start=float(start),
        contribution=float(goals.contribution_per_year),
        years=goals.horizon_years,
        seed=seed,
        paths=paths,
    )
    left_out = {name: amount for name, amount in amounts.items() if name not in projected}
    return Projection(
        currency=allocation.base_currency,
        start_value=start,
        complete=allocation.complete and not left_out,
        horizon_years=goals.horizon_years,
        annual_contribution=goals.contribution_per_year,
        paths=paths,
        seed=seed,
        generator=GENERATOR,
        mix=tuple(MixShare(asset_class=name, share=_rounded(amount / start)) for name, amount in projected.items()),
        years=tuple(
            _year(number, row, start + number * goals.contribution_per_year) for number, row in enumerate(values)
        ),
        not_projected=tuple(NotProjected(asset_class=name, amount=amount) for name, amount in left_out.items()),
        assumptions=_used(assumptions, tuple(projected)),
    )


def simulate(
    model: MarketModel,
    weights: NDArray[np.float64],
    *,
    start: float,
    contribution: float,
    years: int,
    seed: int,
    paths: int,
) -> NDArray[np.float64]:
    """Return the value of each path at the end of each year, shape (years + 1, paths); row 0 is `start`.

    Normals are drawn for every class of the table, held or not, so that two mixes under one seed meet the same years.
    """
    generator = np.random.default_rng(seed)
    values = np.empty((years + 1, paths))
    values[0] = start
    for year in range(1, years + 1):
        normal = generator.standard_normal((paths, len(model.classes))) @ model.cholesky.T
        gross = np.exp(model.log_mean + model.log_volatility * normal) @ weights
        values[year] = values[year - 1] * gross + contribution
    return values


def _check_run(seed: int, paths: int) -> None:
    if not 0 <= seed < 2**63:
        raise InvalidAssumption("seed", seed, "a whole number from 0 to 2^63 - 1")
    if not MIN_PATHS <= paths <= MAX_PATHS:
        raise InvalidAssumption("paths", paths, f"from {MIN_PATHS} to {MAX_PATHS}")


def _year(number: int, values: NDArray[np.float64], paid_in: Decimal) -> ProjectionYear:
    count = len(values)
    p5, p25, p50, p75, p95 = np.quantile(values, [percentile / 100 for percentile in PERCENTILES])
    return ProjectionYear(
        year=number,
        p5=_money(p5),
        p25=_money(p25),
        p50=_money(p50),
        p75=_money(p75),
        p95=_money(p95),
        mean=_money(values.mean()),
        mean_error=_money(values.std(ddof=1) / np.sqrt(count)),
        median_error=_money(_median_error(values)),
        paid_in=paid_in,
        # Half a cent is the rounding of a path that neither gained nor lost.
        probability_of_loss=_rounded(Decimal(float(np.mean(values < float(paid_in) - 0.005)))),
    )


def _median_error(values: NDArray[np.float64]) -> float:
    """Return the standard error of the median without assuming a density.

    Of n values, the number below the true median is binomial(n, 1/2) with standard deviation sqrt(n)/2; half of the
    distance between the order statistics that far from the middle estimates the error.
    Source: H. A. David, H. N. Nagaraja, Order Statistics (2003), section 7.1.
    """
    count = len(values)
    reach = np.sqrt(count) / 2 / count
    low, high = np.quantile(values, [0.5 - reach, 0.5 + reach])
    return float(high - low) / 2


def _rounded(share: Decimal) -> Decimal:
    return share.quantize(SHARE, rounding=ROUND_HALF_EVEN)


def _money(value: float) -> Decimal:
    return Decimal(float(value)).quantize(CENT, rounding=ROUND_HALF_EVEN)


def _used(assumptions: Sequence[Assumption], held: tuple[str, ...]) -> tuple[Assumption, ...]:
    """Return the assumptions about `held` classes: their returns, volatilities and correlations with each other."""
    return tuple(
        assumption
        for assumption in assumptions
        if all(
            part in held
            for part in assumption.name.split(".")
            if part not in {"correlation", "real_return", "volatility"}
        )
    )
