"""Whether price x quantity is the value that the file states. Pure functions; nothing is changed silently."""

from decimal import Decimal
from typing import NamedTuple

HALF = Decimal("0.5")
CENT = Decimal("0.01")
FACTOR = Decimal(100)
"""Bonds are quoted per 100 of face value, and an option is for 100 shares."""


class Stated(NamedTuple):
    """One row's own words."""

    quantity: Decimal
    price: Decimal
    value: Decimal
    currency: str


def reconciled(stated: Stated) -> tuple[Decimal, Decimal | None]:
    """Return the price of one unit, and price x quantity where it is not the stated value.

    A price per 100 (bonds) or for a hundredth of a contract (options) is brought to one unit: the value proves it.
    """
    for factor in (Decimal(1), 1 / FACTOR, FACTOR):
        price = stated.price * factor
        if abs(price * stated.quantity - stated.value) <= _tolerance(stated, factor):
            return price, None
    return stated.price, stated.price * stated.quantity


def _tolerance(stated: Stated, factor: Decimal) -> Decimal:
    """Return what rounding of the three numbers can explain: half a unit of the last digit of each, and a cent."""
    by_price = abs(stated.quantity) * _half_step(stated.price) * factor
    by_quantity = stated.price * factor * _half_step(stated.quantity) if stated.quantity % 1 else Decimal(0)
    return by_price + by_quantity + _half_step(stated.value) + CENT


def _half_step(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return HALF * Decimal(1).scaleb(min(exponent, 0))
