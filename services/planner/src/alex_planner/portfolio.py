"""A portfolio as it was imported: positions and the snapshot that holds them. It computes no figure."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

AssetClass = Literal["equity", "bond", "cash", "real_estate", "commodity", "other"]
ASSET_CLASSES: tuple[AssetClass, ...] = get_args(AssetClass)


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


class Portfolio(BaseModel):
    """A snapshot: never changed after it was stored. The same content under the same name is the same snapshot."""

    model_config = ConfigDict(frozen=True)

    id: str
    owner: str
    name: str
    created_at: datetime
    positions: tuple[Position, ...]
    content_hash: str

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Symbols without a price, each once, in the order of the file."""
        return unpriced_symbols(self.positions)


def unpriced_symbols(positions: tuple[Position, ...]) -> tuple[str, ...]:
    """Return the symbols of the positions that have no price, each once, in order."""
    return tuple(dict.fromkeys(position.symbol for position in positions if position.price is None))


def content_hash(positions: tuple[Position, ...]) -> str:
    """Return `sha256:` + hex over the positions, whatever their order and however their numbers are padded."""
    rows = sorted(json.dumps(_canonical(position), sort_keys=True) for position in positions)
    return "sha256:" + hashlib.sha256("\n".join(rows).encode()).hexdigest()


def snapshot_id(owner: str, name: str, hash_of_content: str) -> str:
    """Return the id of a snapshot: `pf_` + 32 hex of owner, name and content, so that a second import finds it."""
    text = f"{owner}\n{name}\n{hash_of_content}"
    return "pf_" + hashlib.sha256(text.encode()).hexdigest()[:32]


def _canonical(position: Position) -> dict[str, str | None]:
    values = position.model_dump()
    return {name: None if value is None else _canonical_text(value) for name, value in values.items()}


def _canonical_text(value: object) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
