"""What a model of returns makes of a plan: the chance that the money lasts, safe spending, and the range by year."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from alex_planner.retirement.cashflows import Cashflows
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.simulation import follow_paths, highest_spending, paying, share_paying

Floats = NDArray[np.float64]
ModelName = Literal["log_normal", "block_bootstrap", "historical_sequences"]
MODELS: tuple[ModelName, ...] = get_args(ModelName)
PERCENTILES = (5, 25, 50, 75, 95)
SAFE_PERCENT = (95, 90, 80)
"""Chances for which safe spending is given, beside the owner's own."""
CENT = Decimal("0.01")
SHARE = Decimal("0.000001")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Chance(_Frozen):
    """A probability that was counted over paths."""

    probability: Decimal
    """Fraction, 0 to 1."""
    standard_error: Decimal | None
    """sqrt(p (1 - p) / paths); `None` for historical sequences, which overlap and are no independent draws."""


class SafeSpending(_Frozen):
    """The highest annual spending that lasts to the horizon with a given chance, in today's money."""

    success: Decimal
    """The chance, as a fraction."""
    amount: Decimal
    """A year, from the portfolio and incomes together; zero when no spending reaches the chance."""
    standard_error: Decimal | None
    """From the order statistics one binomial standard deviation around it; `None` for historical sequences."""


class ProjectionYear(_Frozen):
    """The distribution of the value at the end of one year, in today's money."""

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
    probability_of_loss: Decimal | None
    """Fraction of the paths worth less than was paid in, a loss in real terms; `None` where more than contributions
    flows."""
    unpaid: Decimal
    """Fraction of the paths that by then could not pay something in full."""


class Outcome(_Frozen):
    """The answer of one model of returns."""

    model: ModelName
    paths: int
    success: Chance | None
    """The chance that everything is paid to the horizon; `None` when nothing is to be paid."""
    safe_spending: tuple[SafeSpending, ...]
    """Empty when no retirement is looked at."""
    years: tuple[ProjectionYear, ...]
    failed_starts: tuple[int, ...] = ()
    """Of historical sequences: the calendar years that began a sequence in which not everything was paid."""


def to_money(value: float) -> Decimal:
    """Return an amount rounded to cents."""
    return Decimal(float(value)).quantize(CENT, rounding=ROUND_HALF_EVEN)


def to_share(value: float | Decimal) -> Decimal:
    """Return a fraction rounded to six places."""
    return Decimal(value).quantize(SHARE, rounding=ROUND_HALF_EVEN)


def measure_outcome(model: ModelName, growth: Floats, flows: Cashflows, goals: Goals, starts: int | None) -> Outcome:
    """Return the outcome of paths with real gross returns `growth`, shape (years, paths).

    Args:
        starts: of historical sequences the calendar year of the first; `None` for paths drawn independently.
    """
    spending = float(goals.annual_spending or 0)
    best = highest_spending(growth, flows)
    drawn = starts is None
    return Outcome(
        model=model,
        paths=growth.shape[1],
        success=_chance(share_paying(best, spending), len(best), drawn=drawn) if has_payments(goals) else None,
        safe_spending=tuple(_safe(best, at, drawn=drawn) for at in _safe_at(goals)),
        years=_years(growth, flows, goals, spending),
        failed_starts=() if starts is None else _failed(best, spending, starts),
    )


def _failed(best: Floats, spending: float, first: int) -> tuple[int, ...]:
    return tuple(first + int(index) for index in np.flatnonzero(~paying(best, spending)))


def has_payments(goals: Goals) -> bool:
    """Return whether anything is to be paid from the portfolio, so that it can fail."""
    return bool(goals.annual_spending) or any(item.amount < 0 for item in goals.one_offs)


def spending_at(best: Floats, success: float) -> float:
    """Return the highest spending that at least the fraction `success` of paths pays, at least zero."""
    ordered = np.sort(best)
    return max(0.0, float(ordered[min(len(ordered) - 1, int((1 - success) * len(ordered) + 1e-9))]))


def _safe_at(goals: Goals) -> Sequence[float]:
    if goals.years_to_retirement is None:
        return ()
    wanted = {Decimal(percent) for percent in SAFE_PERCENT} | {goals.target_success_percent}
    return [float(percent) / 100 for percent in sorted(wanted, reverse=True)]


def _chance(probability: float, count: int, *, drawn: bool) -> Chance:
    error = float(np.sqrt(probability * (1 - probability) / count)) if drawn else None
    return Chance(probability=to_share(probability), standard_error=to_share(error) if error is not None else None)


def _safe(best: Floats, success: float, *, drawn: bool) -> SafeSpending:
    error = None
    if drawn:
        reach = np.sqrt(success * (1 - success) / len(best))
        error = (spending_at(best, success - reach) - spending_at(best, min(1.0, success + reach))) / 2
    return SafeSpending(
        success=to_share(success),
        amount=to_money(spending_at(best, success)),
        standard_error=to_money(error) if error is not None else None,
    )


def _years(growth: Floats, flows: Cashflows, goals: Goals, spending: float) -> tuple[ProjectionYear, ...]:
    followed = follow_paths(growth, flows, spending)
    plain = not (has_payments(goals) or goals.incomes or goals.one_offs)
    saved = flows.contribution * np.concatenate([[0.0], np.cumsum(flows.save_after)])
    return tuple(
        _year(number, row, to_money(flows.start + saved[number]), float(followed.unpaid[number]), plain=plain)
        for number, row in enumerate(followed.values)
    )


def _year(number: int, values: Floats, paid_in: Decimal, unpaid: float, *, plain: bool) -> ProjectionYear:
    reach = 0.5 / np.sqrt(len(values))
    # The median's error: of n values the number below the true median is binomial(n, 1/2), whose deviation sqrt(n)/2
    # is `reach` as a share. Source: H. A. David, H. N. Nagaraja, Order Statistics (2003), section 7.1.
    at = [*(percentile / 100 for percentile in PERCENTILES), max(0.0, 0.5 - reach), min(1.0, 0.5 + reach)]
    p5, p25, p50, p75, p95, low, high = np.quantile(values, at)
    # Half a cent is the rounding of a path that neither gained nor lost.
    loss = to_share(float(np.mean(values < float(paid_in) - 0.005))) if plain else None
    return ProjectionYear(
        year=number,
        p5=to_money(p5),
        p25=to_money(p25),
        p50=to_money(p50),
        p75=to_money(p75),
        p95=to_money(p95),
        mean=to_money(values.mean()),
        mean_error=to_money(values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else 0.0),
        median_error=to_money((high - low) / 2),
        paid_in=paid_in,
        probability_of_loss=loss,
        unpaid=to_share(unpaid),
    )
