"""What doing nothing means beside a rebalancing: no cost, and a mix with another return and risk than the target's.

The return and risk are those of the planning assumptions, not of any forecast. Pure functions.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from alex_planner.assumptions import Assumption, build_market_model

_PLACES = Decimal("0.000001")


class MixOutlook(BaseModel):
    """Return and risk that the assumptions give a mix, as fractions per year after inflation."""

    model_config = ConfigDict(frozen=True)

    real_return: Decimal = Field(description="Average of the compound returns of the classes by their shares.")
    volatility: Decimal = Field(description="Standard deviation of a year.")


class DoingNothing(BaseModel):
    """The mix as it is beside the target."""

    model_config = ConfigDict(frozen=True)

    cost: Decimal = Field(default=Decimal(0), description="Trades and taxes: none.")
    misplaced: Decimal = Field(description="Amount in other classes than the target has it, in the base currency.")
    as_it_is: MixOutlook
    at_target: MixOutlook
    return_forgone: Decimal = Field(
        description="Yearly return of the target less that of the mix, x the value; negative: the mix has more."
    )


def mix_outlook(shares: Mapping[str, Decimal], assumptions: Sequence[Assumption]) -> MixOutlook | None:
    """Return the outlook of a mix, or `None` when a class of it has no assumptions.

    Return w'g, variance w' S w with S_ij = rho_ij s_i s_j. Source: H. Markowitz, Portfolio Selection, Journal of
    Finance 7 (1952).
    """
    table = {item.name: float(item.value) for item in assumptions}
    held = {name: share for name, share in shares.items() if share}
    if any(f"{name}.real_return" not in table for name in held):
        return None
    classes = build_market_model(assumptions).classes
    weights: NDArray[np.float64] = np.array([float(held.get(name, 0)) for name in classes])
    spread = np.array([table[f"{name}.volatility"] / 100 for name in classes])
    returns = np.array([table[f"{name}.real_return"] / 100 for name in classes])
    correlation = np.array([[_correlation(table, one, other) for other in classes] for one in classes])
    risky = weights * spread
    return MixOutlook(
        real_return=_fraction(weights @ returns), volatility=_fraction(np.sqrt(risky @ correlation @ risky))
    )


def doing_nothing(
    amounts: Mapping[str, Decimal],
    target: Mapping[str, Decimal],
    total_drift: Decimal,
    assumptions: Sequence[Assumption],
) -> DoingNothing | None:
    """Return what leaving the mix means, or `None` when a class has no assumptions or there is nothing."""
    total = sum(amounts.values(), Decimal(0))
    if not total:
        return None
    now = mix_outlook({name: amount / total for name, amount in amounts.items()}, assumptions)
    then = mix_outlook(target, assumptions)
    if now is None or then is None:
        return None
    return DoingNothing(
        misplaced=(total * total_drift).quantize(Decimal("0.01")),
        as_it_is=now,
        at_target=then,
        return_forgone=((then.real_return - now.real_return) * total).quantize(Decimal("0.01")),
    )


def _correlation(table: Mapping[str, float], one: str, other: str) -> float:
    if one == other:
        return 1.0
    return table.get(f"correlation.{one}.{other}", table.get(f"correlation.{other}.{one}", 0.0))


def _fraction(value: float) -> Decimal:
    return Decimal(float(value)).quantize(_PLACES)
