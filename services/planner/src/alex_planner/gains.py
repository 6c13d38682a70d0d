"""What the holdings cost and what they have gained since, as far as the file tells. Pure functions over an allocation.

Unrealised gain of a holding = value - cost, exact, in the currency of its price. Money has neither. What was paid for
the rest is known or it is not: nothing is assumed about it.
"""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import Allocation, PositionValue

CASH = "cash"
"""Asset class of money."""


class UnrealisedGains(BaseModel):
    """The holdings whose cost is known, together, in the base currency.

    Costs in other currencies are converted at the rate of the value: what the exchange rate itself gained is not in it.
    """

    model_config = ConfigDict(frozen=True)

    cost: Decimal = Field(description="Paid for them.")
    value: Decimal = Field(description="Their value.")
    gain: Decimal = Field(description="value - cost; negative for a loss.")
    gain_share: Decimal | None = Field(description="gain / cost, a fraction; `None` when they cost nothing.")
    covered: Decimal = Field(description="Fraction of the counted value without money whose cost is known.")
    converted: tuple[str, ...] = Field(description="Holdings among them whose cost was in another currency.")
    unknown: tuple[str, ...] = Field(description="Counted holdings whose cost is not known.")


def measure_gains(allocation: Allocation) -> UnrealisedGains | None:
    """Return the gains of the counted holdings, or `None` when the cost of none is known.

    Source of the definition: Internal Revenue Service, Publication 550, Basis of Investment Property: gain = value over
    basis, not realised before a sale.
    """
    counted = [item for item in allocation.positions if item.base_value and item.asset_class != CASH]
    known = [item for item in counted if item.cost is not None]
    if not known:
        return None
    cost = sum((in_base(item, item.cost) for item in counted if item.cost is not None), Decimal(0))
    value = sum((item.base_value or Decimal(0) for item in known), Decimal(0))
    whole = sum((item.base_value or Decimal(0) for item in counted), Decimal(0))
    return UnrealisedGains(
        cost=cost,
        value=value,
        gain=value - cost,
        gain_share=(value - cost) / cost if cost > 0 else None,
        covered=value / whole if whole else Decimal(0),
        converted=tuple(dict.fromkeys(item.symbol for item in known if item.rate is not None)),
        unknown=tuple(dict.fromkeys(item.symbol for item in counted if item.cost is None)),
    )


def gain_share(item: PositionValue) -> Decimal | None:
    """Return the gain of a position as a fraction of its cost; `None` when one is not known or it cost nothing."""
    return item.gain / item.cost if item.gain is not None and item.cost is not None and item.cost > 0 else None


def in_base(item: PositionValue, amount: Decimal) -> Decimal:
    """Return an amount of a position in the base currency, at the rate of its value."""
    return amount * item.rate.rate if item.rate else amount
