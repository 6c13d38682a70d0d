"""Where the money is: values, shares and what could not be counted. Pure functions over positions.

Value of a position = quantity x price, exact; in the base currency, times the exchange rate. No rate is known here and
none is made up: an amount without one is listed with its own amount and counted in no total. Funds are looked through
where a statement says what they hold; what nobody has said is the slice `unclassified`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal, localcontext

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.instruments.catalog import as_stated
from alex_planner.instruments.facts import DIMENSIONS, Classification, Dimension, Origin
from alex_planner.portfolio import Position
from alex_planner.prices.freshness import PriceState, price_state
from alex_planner.prices.rates import ExchangeRate, RateTable

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
    """From the file; where it has none, from the bundled table of instruments."""
    asset_class: str
    """The class with the largest part of it."""
    quantity: Decimal
    price: Decimal | None
    price_date: date | None
    price_state: PriceState
    price_source: str | None = None
    currency: str
    value: Decimal | None
    """In `currency`; `None` when there is no price."""
    rate: ExchangeRate | None = None
    """From `currency` to the base currency; `None` when none was needed or none is known."""
    base_value: Decimal | None
    """In the base currency; `None` when the position is not counted."""
    share: Decimal | None
    """Fraction of the counted total; `None` when the position is not counted in it."""
    cost: Decimal | None = None
    """Paid for all units, in `currency`; `None` when the file does not say it, and for money."""
    gain: Decimal | None = None
    """Unrealised: `value` - `cost`, in `currency`; negative for a loss, `None` when one of the two is not known."""
    classification: Classification


class UnconvertedAmount(BaseModel):
    """A position in a currency without a rate to the base currency: its amount is known, its share is not."""

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
    stale: tuple[str, ...] = ()
    """Symbols whose price is older than a week on the day of the valuation."""


class Coverage(BaseModel):
    """How much of the total is classified over one dimension, and by whose word."""

    model_config = ConfigDict(frozen=True)

    dimension: Dimension
    classified: Decimal | None = Field(description="Fraction of the counted total; `None` when that is zero.")
    by_origin: Mapping[Origin, Decimal] = Field(description="Fractions of the counted total by who said it.")


class Allocation(BaseModel):
    """The portfolio by value and by each dimension."""

    model_config = ConfigDict(frozen=True)

    base_currency: str | None
    """`None` when no position has a price."""
    as_of: date | None = None
    """Day of the valuation, against which prices are stale; `None` when none was given."""
    total: Decimal
    """Sum of the positions that have a value in the base currency."""
    complete: bool
    """Whether `total` is the whole portfolio."""
    positions: tuple[PositionValue, ...]
    by_asset_class: tuple[AllocationSlice, ...]
    by_region: tuple[AllocationSlice, ...]
    by_sector: tuple[AllocationSlice, ...]
    by_currency: tuple[AllocationSlice, ...]
    by_account: tuple[AllocationSlice, ...]
    coverage: tuple[Coverage, ...] = ()
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


def compute_allocation(
    positions: Sequence[Position],
    base_currency: str | None = None,
    *,
    rates: Iterable[ExchangeRate] = (),
    classify: Callable[[Position], Classification] = as_stated,
    as_of: date | None = None,
) -> Allocation:
    """Return the allocation of `positions`, in order of amount.

    Args:
        base_currency: ISO 4217 code to count in. When not given it is the currency of the most priced positions:
            amounts of different currencies cannot be compared without a rate, their number can. Of equally many,
            the one that comes first in the alphabet.
        rates: exchange rates that somebody stated.
        classify: what is known about a position; when not given, what its file says.
        as_of: day of the valuation: prices older than a week on it are stale.
    """
    with localcontext(_EXACT):
        priced = [position for position in positions if position.price is not None]
        base = base_currency or _commonest_currency(priced)
        table = RateTable(rates)
        valued = [_valued(position, base, table, classify, as_of) for position in positions]
        total = sum((item.base_value for item in valued if item.base_value is not None), Decimal(0))
        valued = [_with_share(item, total) for item in valued]
        counted = [item for item in valued if item.base_value is not None]
        return Allocation(
            base_currency=base,
            as_of=as_of,
            total=total,
            complete=bool(positions) and len(counted) == len(positions),
            positions=tuple(valued),
            by_asset_class=_slices(_looked_through(counted, "asset_class"), total),
            by_region=_slices(_looked_through(counted, "region"), total),
            by_sector=_slices(_looked_through(counted, "sector"), total),
            by_currency=_slices(((item.currency, _base_value(item)) for item in counted), total),
            by_account=_slices(((item.account or UNCLASSIFIED, _base_value(item)) for item in counted), total),
            coverage=tuple(_coverage(counted, dimension, total) for dimension in DIMENSIONS),
            unpriced=tuple(dict.fromkeys(position.symbol for position in positions if position.price is None)),
            unconverted=tuple(
                UnconvertedAmount(symbol=item.symbol, amount=item.value, currency=item.currency)
                for item in valued
                if item.value is not None and item.base_value is None
            ),
            price_dates=_price_dates([item for item in valued if item.price is not None]),
        )


def _commonest_currency(priced: Sequence[Position]) -> str | None:
    counts = Counter(position.currency for position in priced)
    return min(counts, key=lambda code: (-counts[code], code), default=None)


def _base_value(item: PositionValue) -> Decimal:
    assert item.base_value is not None
    return item.base_value


def _share(amount: Decimal, total: Decimal) -> Decimal | None:
    return (amount / total).quantize(SHARE_PLACES) if total else None


def _valued(
    position: Position,
    base: str | None,
    rates: RateTable,
    classify: Callable[[Position], Classification],
    as_of: date | None,
) -> PositionValue:
    known = classify(position)
    value = None if position.price is None else position.quantity * position.price
    rate = rates.find(position.currency, base) if base and position.currency != base else None
    base_value = value if position.currency == base else value * rate.rate if value is not None and rate else None
    # Money is worth what it is: it has neither cost nor gain.
    cost = None if known.main_class == "cash" else position.cost
    return PositionValue(
        account=position.account,
        symbol=position.symbol,
        name=position.name or (known.identity.name if known.identity else None),
        asset_class=known.main_class or UNCLASSIFIED,
        quantity=position.quantity,
        price=position.price,
        price_date=position.price_date,
        price_state=price_state(
            has_price=position.price is not None,
            price_date=position.price_date,
            as_of=as_of,
            is_cash=position.asset_class == "cash" and position.price == 1,
        ),
        price_source=position.price_source,
        currency=position.currency,
        value=value,
        rate=rate,
        base_value=base_value,
        share=None,
        cost=cost,
        gain=None if value is None or cost is None else value - cost,
        classification=known,
    )


def _with_share(item: PositionValue, total: Decimal) -> PositionValue:
    if item.base_value is None:
        return item
    return item.model_copy(update={"share": _share(item.base_value, total)})


def _looked_through(counted: Sequence[PositionValue], dimension: Dimension) -> Iterator[tuple[str, Decimal]]:
    """Yield the parts of each position, the last of them so that they add up to its value exactly."""
    for item in counted:
        left = value = _base_value(item)
        for name, share in item.classification.statement(dimension).shares.items():
            part = left if share == 1 else min(left, value * share)
            left -= part
            yield name, part
        if left:
            yield UNCLASSIFIED, left


def _slices(parts: Iterable[tuple[str, Decimal]], total: Decimal) -> tuple[AllocationSlice, ...]:
    """Sum by name; spellings that differ in case alone are one slice, under the first spelling seen."""
    spelling: dict[str, str] = {}
    amounts: dict[str, Decimal] = {}
    for name, amount in parts:
        label = spelling.setdefault(name.casefold(), name)
        amounts[label] = amounts.get(label, Decimal(0)) + amount
    ordered = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(AllocationSlice(key=name, amount=amount, share=_share(amount, total)) for name, amount in ordered)


def _coverage(counted: Sequence[PositionValue], dimension: Dimension, total: Decimal) -> Coverage:
    amounts: dict[Origin, Decimal] = {}
    for item in counted:
        statement = item.classification.statement(dimension)
        known = min(sum(statement.shares.values(), Decimal(0)), Decimal(1)) * _base_value(item)
        amounts[statement.origin] = amounts.get(statement.origin, Decimal(0)) + known
    shares = {origin: amount / total for origin, amount in amounts.items() if amount and total}
    return Coverage(
        dimension=dimension,
        classified=_share(sum(amounts.values(), Decimal(0)), total),
        by_origin={origin: share.quantize(SHARE_PLACES) for origin, share in shares.items()},
    )


def _price_dates(priced: Sequence[PositionValue]) -> PriceDates:
    known = [item.price_date for item in priced if item.price_date is not None]
    return PriceDates(
        oldest=min(known, default=None),
        newest=max(known, default=None),
        missing=_symbols(item for item in priced if item.price_state == "undated"),
        stale=_symbols(item for item in priced if item.price_state == "stale"),
    )


def _symbols(items: Iterable[PositionValue]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.symbol for item in items))
