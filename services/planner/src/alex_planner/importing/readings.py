"""What a broker's module reads in one row, before it is checked: a holding or an event. It knows no file."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from alex_planner.portfolio import ActivityKind, AssetClass, Lot


@dataclass(frozen=True)
class Holding:
    """A row that states a position; `part` tells rows of one holding apart, such as cash and margin."""

    symbol: str
    quantity: Decimal | None
    currency: str
    account: str | None = None
    name: str | None = None
    isin: str | None = None
    price: Decimal | None = None
    price_date: date | None = None
    value: Decimal | None = None
    cost_basis: Decimal | None = None
    asset_class: AssetClass | None = None
    lots: tuple[Lot, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class Trade:
    """A row that states an event; the same as `Activity`, before it was checked."""

    kind: ActivityKind
    day: date
    currency: str
    clock: time | None = None
    account: str | None = None
    symbol: str | None = None
    isin: str | None = None
    name: str | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    amount: Decimal | None = None
    amount_currency: str | None = None
    fee: Decimal | None = None
    reference: str | None = None
    """Id that the broker gives to the event: the same row with the same id is a duplicate."""
