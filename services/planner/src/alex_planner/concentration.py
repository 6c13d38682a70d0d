"""How much of a portfolio hangs on few holdings. Pure functions over an allocation.

Funds are counted as one holding each: what is inside of them is not looked through.
"""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from alex_planner.allocation import Allocation

TOP = 5


class HoldingShare(BaseModel):
    """One symbol over all accounts."""

    model_config = ConfigDict(frozen=True)

    symbol: str
    share: Decimal
    name: str | None = None


class Concentration(BaseModel):
    """Measures over the counted positions; a portfolio with nothing counted has none."""

    model_config = ConfigDict(frozen=True)

    holdings: int
    largest: HoldingShare
    top_share: Decimal
    """Share of the five largest holdings together."""
    herfindahl: Decimal
    """Sum of squared shares: 1 for one holding, 1/n for n equal ones."""
    effective_holdings: Decimal
    """1 / `herfindahl`: the number of equal holdings that would be as concentrated."""
    complete: bool
    """Whether every position was counted."""


def measure_concentration(allocation: Allocation) -> Concentration | None:
    """Return the concentration by symbol, or `None` when nothing is counted.

    Herfindahl index H = sum_i w_i^2 over shares w; effective number N = 1 / H. Sources: A. O. Hirschman, The Paternity
    of an Index, American Economic Review 54 (1964); M. Laakso, R. Taagepera, "Effective" Number of Parties,
    Comparative Political Studies 12 (1979).
    """
    amounts: dict[str, Decimal] = {}
    names = {position.symbol: position.name for position in allocation.positions}
    for position in allocation.positions:
        if position.share is not None and position.base_value is not None:
            amounts[position.symbol] = amounts.get(position.symbol, Decimal(0)) + position.base_value
    if not amounts:
        return None
    shares = sorted(
        (
            HoldingShare(symbol=symbol, share=amount / allocation.total, name=names[symbol])
            for symbol, amount in amounts.items()
        ),
        key=lambda item: (-item.share, item.symbol),
    )
    herfindahl = sum((item.share**2 for item in shares), Decimal(0))
    return Concentration(
        holdings=len(shares),
        largest=shares[0],
        top_share=sum((item.share for item in shares[:TOP]), Decimal(0)),
        herfindahl=herfindahl,
        effective_holdings=1 / herfindahl,
        complete=allocation.complete,
    )
