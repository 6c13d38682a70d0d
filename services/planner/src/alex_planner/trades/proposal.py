"""A rebalancing of classes as trades of holdings, with the lots that are sold, gains, tax and cost. Pure functions.

Only holdings of one class are traded: selling part of a balanced fund moves two classes at once. What is sold first
is what has lost, then what has gained least, lot by lot: the choice of lots is the owner's where the law lets him
identify them (Internal Revenue Service, Publication 550, Basis of Shares Sold). Where that does not tell, as where no
cost is known, companies are sold before funds and the largest holding first: few orders, and less in one company. No
tax law is known here: the tax is a rate that the caller gives, on the gains less the losses. It proposes no new
instrument and recommends nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import Allocation, PositionValue
from alex_planner.companies import is_company
from alex_planner.portfolio import Lot, Position
from alex_planner.rebalancing import Rebalancing

CENT = Decimal("0.01")
UNIT = Decimal("0.0001")
"""Units of a trade are rounded down to this: the finest fraction that most brokers trade."""


class LotSale(BaseModel):
    """The part of a lot that is sold."""

    model_config = ConfigDict(frozen=True)

    acquired: date | None
    units: Decimal
    proceeds: Decimal = Field(description="In the base currency.")
    gain: Decimal | None = Field(description="Proceeds - cost, in the base currency; `None` when the cost is unknown.")


class HoldingTrade(BaseModel):
    """One order; amounts in the base currency to the cent."""

    model_config = ConfigDict(frozen=True)

    side: Literal["buy", "sell"]
    asset_class: str
    account: str | None
    symbol: str | None = Field(description="`None`: nothing of this class is held, the owner chooses what to buy.")
    amount: Decimal
    units: Decimal | None
    lots: tuple[LotSale, ...] = ()


class TradeProposal(BaseModel):
    """All orders of a rebalancing, and what they bring with them."""

    model_config = ConfigDict(frozen=True)

    trades: tuple[HoldingTrade, ...]
    realised_gain: Decimal = Field(description="Gains less losses of the lots whose cost is known.")
    unknown_gain: Decimal = Field(description="Proceeds of lots whose cost is not known: their gain is in no figure.")
    tax: Decimal = Field(description="Tax rate x realised gain; zero when it is a loss.")
    cost: Decimal = Field(description="Cost of the trades.")
    unmet: Mapping[str, Decimal] = Field(description="By class, what cannot be sold: it is in holdings of two classes.")
    notes: tuple[str, ...] = ()


class _Piece(NamedTuple):
    """A lot, or all units of a position without lots, at today's value."""

    item: PositionValue
    acquired: date | None
    units: Decimal
    value: Decimal
    cost: Decimal | None

    @property
    def gain_share(self) -> Decimal:
        return Decimal(1) if self.cost is None else (self.value - self.cost) / self.value


def propose_trades(
    positions: Sequence[Position],
    allocation: Allocation,
    rebalancing: Rebalancing,
    *,
    tax_rate: Decimal = Decimal(0),
) -> TradeProposal:
    """Return the orders for `rebalancing` of classes.

    Args:
        positions: those that `allocation` is of, in the same order; their lots are used.
        tax_rate: tax on realised gains, as a fraction.
    """
    pieces = [
        piece
        for position, item in zip(positions, allocation.positions, strict=True)
        if item.base_value
        for piece in _pieces(position, item)
    ]
    trades: list[HoldingTrade] = []
    unmet: dict[str, Decimal] = {}
    for change in rebalancing.trades:
        pure = [piece for piece in pieces if _class_of(piece.item) == change.key]
        if change.sell:
            sold = list(_sales(change.key, change.sell, pure))
            trades += sold
            left = change.sell - sum((trade.amount for trade in sold), Decimal(0))
            if left > CENT:
                unmet[change.key] = left
        if change.buy or change.new_money:
            trades += _purchases(change.key, change.buy + change.new_money, pure)
    return _with_costs(trades, unmet, rebalancing, allocation, tax_rate)


def _with_costs(
    trades: list[HoldingTrade],
    unmet: dict[str, Decimal],
    rebalancing: Rebalancing,
    allocation: Allocation,
    tax_rate: Decimal,
) -> TradeProposal:
    lots = [lot for trade in trades for lot in trade.lots]
    gain = sum((lot.gain for lot in lots if lot.gain is not None), Decimal(0))
    unknown = sum((lot.proceeds for lot in lots if lot.gain is None), Decimal(0))
    return TradeProposal(
        trades=tuple(trades),
        realised_gain=gain,
        unknown_gain=unknown,
        tax=(max(gain, Decimal(0)) * tax_rate).quantize(CENT),
        cost=rebalancing.cost,
        unmet=unmet,
        notes=tuple(_notes(trades, allocation, unknown)),
    )


def _notes(trades: list[HoldingTrade], allocation: Allocation, unknown: Decimal) -> Iterator[str]:
    if unknown:
        yield (
            "The cost of some lots is not in the file: their gain, and a tax on it, is in no figure. Among them "
            "companies are sold before funds, the largest holding first."
        )
    foreign = {item.symbol for item in allocation.positions if item.currency != allocation.base_currency}
    known = [trade for trade in trades if any(lot.gain is not None for lot in trade.lots)]
    sold = sorted({trade.symbol for trade in known if trade.side == "sell" and trade.symbol in foreign})
    if sold:
        listed = ", ".join(filter(None, sold))
        yield f"Gains of {listed} use today's exchange rate for the cost: tax law may ask for the one of the purchase."
    if any(trade.side == "buy" and trade.symbol is None for trade in trades):
        yield "Nothing of a class to buy is held: which instrument to buy is the owner's choice."


def _pieces(position: Position, item: PositionValue) -> Iterator[_Piece]:
    assert item.base_value is not None
    value = item.base_value
    rate = item.rate.rate if item.rate else Decimal(1)
    whole = sum((lot.quantity for lot in position.lots), Decimal(0)) == position.quantity
    lots = position.lots if position.lots and whole else (Lot(quantity=position.quantity, cost=position.cost_basis),)
    for lot in lots:
        if lot.quantity:
            cost = lot.cost * rate if lot.cost is not None else None
            # Money has no gain.
            part = value * lot.quantity / position.quantity
            yield _Piece(item, lot.acquired, lot.quantity, part, part if item.asset_class == "cash" else cost)


def _class_of(item: PositionValue) -> str | None:
    """Return the class of a holding that is of one class alone."""
    shares = item.classification.asset_class.shares
    return next((name for name, share in shares.items() if share == 1), None)


def _first_to_sell(piece: _Piece) -> tuple[Decimal, bool, Decimal, date]:
    return (
        piece.gain_share,
        not is_company(piece.item),
        -(piece.item.base_value or Decimal(0)),
        piece.acquired or date.min,
    )


def _sales(asset_class: str, amount: Decimal, pieces: Sequence[_Piece]) -> Iterator[HoldingTrade]:
    """Yield a sale for each holding, with the lots that have gained least for their value."""
    left = amount
    lots: dict[tuple[str | None, str], list[LotSale]] = {}
    for piece in sorted(pieces, key=_first_to_sell):
        taken = min(left, piece.value).quantize(CENT, rounding=ROUND_DOWN)
        if taken <= 0:
            continue
        part = taken / piece.value
        sale = LotSale(
            acquired=piece.acquired,
            # The cents that rounding leaves of a whole lot are no reason to keep a part of a unit.
            units=piece.units if piece.value - taken < CENT else (piece.units * part).quantize(UNIT, ROUND_DOWN),
            proceeds=taken,
            gain=None if piece.cost is None else (taken - piece.cost * part).quantize(CENT),
        )
        lots.setdefault((piece.item.account, piece.item.symbol), []).append(sale)
        left -= taken
    for (account, symbol), sales in lots.items():
        yield HoldingTrade(
            side="sell",
            asset_class=asset_class,
            account=account,
            symbol=symbol,
            amount=sum((sale.proceeds for sale in sales), Decimal(0)),
            units=sum((sale.units for sale in sales), Decimal(0)),
            lots=tuple(sales),
        )


def _purchases(asset_class: str, amount: Decimal, pieces: Sequence[_Piece]) -> list[HoldingTrade]:
    """Return a purchase for each holding of the class, in proportion to its value; the largest takes the cents left."""
    held: dict[tuple[str | None, str], PositionValue] = {(p.item.account, p.item.symbol): p.item for p in pieces}
    values = {key: item.base_value or Decimal(0) for key, item in held.items()}
    total = sum(values.values(), Decimal(0))
    if not total:
        return [HoldingTrade(side="buy", asset_class=asset_class, account=None, symbol=None, amount=amount, units=None)]
    parts = {key: (amount * value / total).quantize(CENT, rounding=ROUND_DOWN) for key, value in values.items()}
    largest = max(values, key=lambda key: (values[key], str(key)))
    parts[largest] += amount - sum(parts.values(), Decimal(0))
    return [
        HoldingTrade(
            side="buy",
            asset_class=asset_class,
            account=account,
            symbol=symbol,
            amount=part,
            units=_units(part, held[account, symbol]),
        )
        for (account, symbol), part in parts.items()
        if part
    ]


def _units(amount: Decimal, item: PositionValue) -> Decimal | None:
    if not item.base_value:
        return None
    return (amount * item.quantity / item.base_value).quantize(UNIT, rounding=ROUND_DOWN)
