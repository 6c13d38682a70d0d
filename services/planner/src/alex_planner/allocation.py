"""Where the money is: values, shares and what could not be counted. Pure functions over positions.

Value of a position = quantity x price, exact. No exchange rate is known here and none is made up: amounts in
another currency than the base currency are listed with their own amount and counted in no total. What the file
leaves unclassified is a slice of its own.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Context, Decimal, localcontext

from pydantic import BaseModel, ConfigDict

from alex_planner.portfolio import Position

UNCLASSIFIED = "unclassified"
SHARE_PLACES = Decimal("1e-10")
"""Shares are rounded here, far below what is ever shown; amounts are not rounded at all."""
_EXACT = Context(prec=80)
"""Quantity and price have at most 31 digits each, so that neither a product nor 10,000 of them summed is rounded."""


class AllocationSlice(BaseModel):
    """The part of the total that has one value of a dimension."""

    model_config = ConfigDict(frozen=True)

    key: str
    amount: Decimal
    """In the base currency."""
    share: Decimal | None
    """Fraction of the counted total, 0 to 1; `None` when that total is zero."""


class PositionValue(BaseModel):
    """One position with its value, where it has one in the base currency."""

    model_config = ConfigDict(frozen=True)

    account: str | None
    symbol: str
    name: str | None
    asset_class: str
    quantity: Decimal
    price: Decimal | None
    price_date: date | None
    currency: str
    value: Decimal | None
    """In `currency`; `None` when there is no price."""
    share: Decimal | None
    """Fraction of the counted total; `None` when the position is not counted in it."""


class UnconvertedAmount(BaseModel):
    """A position priced in another currency than the base currency: its amount is known, its share is not."""

    model_config = ConfigDict(frozen=True)

    symbol: str
    amount: Decimal
    currency: str


class PriceDates(BaseModel):
    """How old the prices are."""

    model_config = ConfigDict(frozen=True)

    oldest: date | None
    newest: date | None
    missing: tuple[str, ...]
    """Symbols that have a price but no date of it."""


class Allocation(BaseModel):
    """The portfolio by value and by each dimension."""

    model_config = ConfigDict(frozen=True)

    base_currency: str | None
    """`None` when no position has a price."""
    total: Decimal
    """Sum of the positions that have a price in the base currency."""
    complete: bool
    """Whether `total` is the whole portfolio."""
    positions: tuple[PositionValue, ...]
    by_asset_class: tuple[AllocationSlice, ...]
    by_region: tuple[AllocationSlice, ...]
    by_sector: tuple[AllocationSlice, ...]
    by_currency: tuple[AllocationSlice, ...]
    by_account: tuple[AllocationSlice, ...]
    unpriced: tuple[str, ...]
    unconverted: tuple[UnconvertedAmount, ...]
    price_dates: PriceDates

    def why_incomplete(self) -> tuple[str, ...]:
        """Return a sentence for each reason why the total is not the whole portfolio."""
        reasons = []
        if not self.positions:
            reasons.append("The portfolio has no positions.")
        if self.unpriced:
            reasons.append(f"No price is known for {', '.join(self.unpriced)}.")
        if self.unconverted:
            listed = ", ".join(f"{item.symbol} ({item.currency})" for item in self.unconverted)
            reasons.append(f"No exchange rate to {self.base_currency} is known for {listed}.")
        return tuple(reasons)


def compute_allocation(positions: Sequence[Position], base_currency: str | None = None) -> Allocation:
    """Return the allocation of `positions`, in order of amount.

    Args:
        base_currency: ISO 4217 code to count in. When not given it is the currency of the most priced positions:
            amounts of different currencies cannot be compared without a rate, their number can. Of equally many,
            the one that comes first in the alphabet.
    """
    with localcontext(_EXACT):
        priced = [position for position in positions if position.price is not None]
        base = base_currency or _commonest_currency(priced)
        counted = [position for position in priced if position.currency == base]
        foreign = [position for position in priced if position.currency != base]
        unpriced = tuple(dict.fromkeys(position.symbol for position in positions if position.price is None))
        total = sum((_value(position) for position in counted), Decimal(0))
        return Allocation(
            base_currency=base,
            total=total,
            complete=bool(positions) and len(counted) == len(positions),
            positions=tuple(_valued(position, base, total) for position in positions),
            by_asset_class=_slices(counted, total, lambda position: position.asset_class),
            by_region=_slices(counted, total, lambda position: position.region),
            by_sector=_slices(counted, total, lambda position: position.sector),
            by_currency=_slices(counted, total, lambda position: position.currency),
            by_account=_slices(counted, total, lambda position: position.account),
            unpriced=unpriced,
            unconverted=tuple(
                UnconvertedAmount(symbol=position.symbol, amount=_value(position), currency=position.currency)
                for position in foreign
            ),
            price_dates=_price_dates(priced),
        )


def _commonest_currency(priced: Sequence[Position]) -> str | None:
    counts = Counter(position.currency for position in priced)
    return min(counts, key=lambda code: (-counts[code], code), default=None)


def _value(position: Position) -> Decimal:
    assert position.price is not None
    return position.quantity * position.price


def _share(amount: Decimal, total: Decimal) -> Decimal | None:
    return (amount / total).quantize(SHARE_PLACES) if total else None


def _valued(position: Position, base: str | None, total: Decimal) -> PositionValue:
    value = None if position.price is None else _value(position)
    counted = value is not None and position.currency == base
    return PositionValue(
        account=position.account,
        symbol=position.symbol,
        name=position.name,
        asset_class=position.asset_class or UNCLASSIFIED,
        quantity=position.quantity,
        price=position.price,
        price_date=position.price_date,
        currency=position.currency,
        value=value,
        share=_share(value, total) if counted and value is not None else None,
    )


def _slices(
    counted: Sequence[Position], total: Decimal, key: Callable[[Position], str | None]
) -> tuple[AllocationSlice, ...]:
    """Sum by `key`; spellings that differ in case alone are one slice, under the first spelling seen."""
    spelling: dict[str, str] = {}
    amounts: dict[str, Decimal] = {}
    for position in counted:
        name = key(position) or UNCLASSIFIED
        label = spelling.setdefault(name.casefold(), name)
        amounts[label] = amounts.get(label, Decimal(0)) + _value(position)
    ordered = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(AllocationSlice(key=name, amount=amount, share=_share(amount, total)) for name, amount in ordered)


def _price_dates(priced: Sequence[Position]) -> PriceDates:
    known = [position.price_date for position in priced if position.price_date is not None]
    undated = (position.symbol for position in priced if position.price_date is None)
    return PriceDates(
        oldest=min(known, default=None), newest=max(known, default=None), missing=tuple(dict.fromkeys(undated))
    )
