"""A portfolio as it was imported: positions and the snapshot that holds them. It computes no figure."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.prices.rates import ExchangeRate

AssetClass = Literal["equity", "bond", "cash", "real_estate", "commodity", "other"]
ASSET_CLASSES: tuple[AssetClass, ...] = get_args(AssetClass)
ActivityKind = Literal[
    "buy",
    "sell",
    "dividend",
    "interest",
    "fee",
    "tax",
    "deposit",
    "withdrawal",
    "transfer_in",
    "transfer_out",
    "split",
    "fx_conversion",
    "other",
]


class Lot(BaseModel):
    """Units of a holding that were acquired together."""

    model_config = ConfigDict(frozen=True)

    acquired: date | None = None
    quantity: Decimal = Field(ge=0)
    cost: Decimal | None = Field(default=None, description="Paid for all units of the lot, in the position's currency.")


class Activity(BaseModel):
    """One event of an account, as its broker's file states it."""

    model_config = ConfigDict(frozen=True)

    line: int = Field(description="Line of the file, from 1.")
    day: date
    kind: ActivityKind
    account: str | None = None
    symbol: str | None = None
    isin: str | None = None
    name: str | None = None
    quantity: Decimal | None = Field(default=None, description="Change of the units held; negative when they leave.")
    price: Decimal | None = None
    currency: str = Field(description="ISO 4217 code of the price.")
    amount: Decimal | None = Field(default=None, description="Change of the cash; negative when it is paid.")
    amount_currency: str = Field(description="ISO 4217 code of the amount and the fee.")
    fee: Decimal | None = Field(default=None, description="Part of the amount that is a fee, zero or more.")


class Position(BaseModel):
    """One holding in one account, exactly as the file states it; what the file leaves out is `None`."""

    model_config = ConfigDict(frozen=True)

    account: str | None = None
    symbol: str
    name: str | None = None
    quantity: Decimal = Field(ge=0, description="Units held, exact.")
    price: Decimal | None = Field(default=None, ge=0, description="Price of one unit; absent means unpriced.")
    currency: str = Field(description="ISO 4217 code of the price.")
    price_date: date | None = None
    asset_class: AssetClass | None = None
    region: str | None = None
    sector: str | None = None
    isin: str | None = None
    cost_basis: Decimal | None = Field(default=None, description="Paid for all units, in `currency`.")
    lots: tuple[Lot, ...] = ()
    price_source: str | None = Field(default=None, description="Where the price is from, when not from the file.")

    @property
    def cost(self) -> Decimal | None:
        """Paid for all units, in `currency`: as stated, else the sum of lots that are all of them with their costs."""
        if self.cost_basis is not None:
            return self.cost_basis
        costs = [lot.cost for lot in self.lots if lot.cost is not None]
        whole = sum((lot.quantity for lot in self.lots), Decimal(0)) == self.quantity
        return sum(costs, Decimal(0)) if self.lots and whole and len(costs) == len(self.lots) else None


class Portfolio(BaseModel):
    """A snapshot: never changed after it was stored. The same content under the same name is the same snapshot."""

    model_config = ConfigDict(frozen=True)

    id: str
    owner: str
    name: str
    created_at: datetime
    positions: tuple[Position, ...]
    content_hash: str
    broker: str | None = None
    as_of: date | None = None
    activities: tuple[Activity, ...] = ()
    exchange_rates: tuple[ExchangeRate, ...] = ()
    """Those that the file states or that follow from its amounts."""

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Symbols without a price, each once, in the order of the file."""
        return unpriced_symbols(self.positions)


def unpriced_symbols(positions: tuple[Position, ...]) -> tuple[str, ...]:
    """Return the symbols of the positions that have no price, each once, in order."""
    return tuple(dict.fromkeys(position.symbol for position in positions if position.price is None))


def content_hash(
    positions: tuple[Position, ...],
    activities: tuple[Activity, ...] = (),
    exchange_rates: tuple[ExchangeRate, ...] = (),
) -> str:
    """Return `sha256:` + hex over the content, whatever its order and however its numbers are padded."""
    rows = sorted(json.dumps(_canonical(position), sort_keys=True) for position in positions)
    # The line in the file is left out: a heading more does not make other content.
    events = sorted(activity.model_dump_json(exclude={"line"}) for activity in activities)
    rates = sorted(rate.model_dump_json() for rate in exchange_rates)
    return "sha256:" + hashlib.sha256("\n".join(rows + events + rates).encode()).hexdigest()


def snapshot_id(owner: str, name: str, hash_of_content: str) -> str:
    """Return the id of a snapshot: `pf_` + 32 hex of owner, name and content, so that a second import finds it."""
    text = f"{owner}\n{name}\n{hash_of_content}"
    return "pf_" + hashlib.sha256(text.encode()).hexdigest()[:32]


_FIELDS_WHEN_SET = frozenset({"isin", "cost_basis", "lots", "price_source"})
"""Fields that the first snapshots did not have: without a value they are no part of the content."""


def _canonical(position: Position) -> dict[str, str | None]:
    values = position.model_dump(exclude={"lots"})
    values["lots"] = "\n".join(lot.model_dump_json() for lot in position.lots) or None
    return {
        name: None if value is None else _canonical_text(value)
        for name, value in values.items()
        if value is not None or name not in _FIELDS_WHEN_SET
    }


def _canonical_text(value: object) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
