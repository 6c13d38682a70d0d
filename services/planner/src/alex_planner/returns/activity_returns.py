"""The returns of the holdings of a portfolio, from its own activity and stated prices. Pure functions.

What is measured is the securities, not the cash beside them: a purchase pays in, a sale, dividend or coupon takes out,
fees and taxes of trades are part of both. Nothing is assumed about what the file does not show: where the activity does
not explain the units held, or a price or rate is missing on a day, the return is missing and the reason is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import Allocation
from alex_planner.portfolio import Activity, Position
from alex_planner.prices.history import PriceSeries
from alex_planner.returns.money_weighted import CashFlow, money_weighted_return
from alex_planner.returns.time_weighted import Valuation, annualised, time_weighted_return

DUST = Decimal("0.000001")
"""Units below this are the rounding of a broker."""
_INCOME = frozenset({"dividend", "interest", "tax", "fee"})
_MAX_NAMED = 5


class Returns(BaseModel):
    """Both returns of the securities; what is `None` is explained in `missing`."""

    model_config = ConfigDict(frozen=True)

    start: date | None = Field(default=None, description="Day of the first purchase in the file.")
    end: date | None = Field(default=None, description="Day of the valuation.")
    paid_in: Decimal | None = Field(default=None, description="Sum of purchases, in the base currency.")
    taken_out: Decimal | None = Field(default=None, description="Sum of sales and income, in the base currency.")
    end_value: Decimal | None = Field(default=None, description="Value of the securities at the end.")
    gain: Decimal | None = Field(default=None, description="end_value + taken_out - paid_in")
    money_weighted: Decimal | None = Field(default=None, description="Fraction per year.")
    money_weighted_unique: bool | None = None
    time_weighted: Decimal | None = Field(default=None, description="Fraction over the whole time.")
    time_weighted_yearly: Decimal | None = Field(default=None, description="Fraction per year, from one year on.")
    missing: tuple[str, ...] = ()


@dataclass
class _Book:
    """Activity in the base currency, and the units held as it goes on."""

    base: str
    series: Mapping[str, PriceSeries]
    units: dict[tuple[str | None, str], Decimal] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def rate(self, currency: str, day: date) -> Decimal | None:
        if currency == self.base:
            return Decimal(1)
        direct, inverse = self.series.get(f"{currency}/{self.base}"), self.series.get(f"{self.base}/{currency}")
        found, turned = direct.on(day) if direct else None, inverse.on(day) if inverse else None
        if found is not None:
            return found.price
        return 1 / turned.price if turned is not None else None

    def flow(self, activity: Activity) -> Decimal | None:
        """Return what the owner pays into the securities by an event, in the base currency."""
        stated = _paid(activity)
        if stated is None:
            self.missing.append(f"the file has no amount for the {activity.kind} on line {activity.line}")
            return None
        amount, currency = stated
        rate = self.rate(currency, activity.day)
        if rate is None:
            self.missing.append(f"no exchange rate {currency}/{self.base} is known of {activity.day.isoformat()}")
            return None
        return amount * rate

    def value(self, day: date, trades: Mapping[str, Decimal]) -> Decimal | None:
        """Return the value of the units held on a day at its prices, those of its trades where there are no others."""
        total = Decimal(0)
        for (_, symbol), units in self.units.items():
            if abs(units) <= DUST:
                continue
            series = self.series.get(symbol)
            point = series.on(day) if series else None
            price = point.price if point else trades.get(symbol)
            currency = series.currency if series and point else self.currencies[symbol]
            rate = self.rate(currency, day)
            if price is None or rate is None:
                self.missing.append(f"no price of {symbol} is known of {day.isoformat()}")
                return None
            total += units * price * rate
        return total


def measure_returns(
    positions: Sequence[Position],
    activities: Sequence[Activity],
    allocation: Allocation,
    series: Mapping[str, PriceSeries],
    end: date,
) -> Returns:
    """Return the money- and the time-weighted return of the securities up to `end`.

    Args:
        series: price histories by symbol, exchange rates among them as `EUR/USD`.
    """
    reason = _why_not(positions, activities, allocation)
    if reason:
        return Returns(missing=(reason,))
    base = allocation.base_currency or ""
    book = _Book(base, series)
    events = [item for item in sorted(activities, key=lambda item: item.day) if _concerns_securities(item)]
    start, end_value = events[0].day, _value_of_securities(allocation)
    flows, valuations = _walk(book, events)
    if flows is None:
        return Returns(start=start, end=end, end_value=end_value, missing=_named(book.missing))
    weighted = money_weighted_return(flows, end, end_value)
    if weighted is None:
        book.missing.append("no constant rate explains the money-weighted return")
    timed = time_weighted_return(valuations, end_value) if valuations is not None else None
    return Returns(
        start=start,
        end=end,
        end_value=end_value,
        money_weighted=Decimal(repr(weighted.rate)) if weighted else None,
        money_weighted_unique=weighted.unique if weighted else None,
        time_weighted=timed,
        time_weighted_yearly=None if timed is None else annualised(timed, start, end),
        missing=_named(book.missing),
    ).model_copy(update=_sums(flows, end_value))


def _sums(flows: Sequence[CashFlow], end_value: Decimal) -> dict[str, Decimal]:
    """Return what was paid in and taken out, and the gain."""
    paid_in = sum((item.amount for item in flows if item.amount > 0), Decimal(0))
    taken_out = -sum((item.amount for item in flows if item.amount < 0), Decimal(0))
    return {"paid_in": paid_in, "taken_out": taken_out, "gain": end_value + taken_out - paid_in}


def _value_of_securities(allocation: Allocation) -> Decimal:
    held = (item.base_value for item in allocation.positions if item.asset_class != "cash")
    return sum((value for value in held if value is not None), Decimal(0))


def _why_not(positions: Sequence[Position], activities: Sequence[Activity], allocation: Allocation) -> str | None:
    if not any(_concerns_securities(item) and item.quantity for item in activities):
        return "the file has no purchases or sales, so that no return can be measured"
    if allocation.base_currency is None or not allocation.complete:
        return "the value of the portfolio is not complete, so that no return can be measured"
    open_units = unexplained(positions, activities)
    if open_units:
        return (
            f"the activity does not explain the units held of {', '.join(open_units[:_MAX_NAMED])}: export from the"
            " opening of the account"
        )
    return None


def unexplained(positions: Iterable[Position], activities: Iterable[Activity]) -> tuple[str, ...]:
    """Return the symbols whose units are not the sum of their changes in the activity."""
    units: dict[str, Decimal] = {}
    for position in positions:
        if position.asset_class != "cash":
            units[position.symbol] = units.get(position.symbol, Decimal(0)) + position.quantity
    for activity in activities:
        if activity.symbol and activity.quantity:
            units[activity.symbol] = units.get(activity.symbol, Decimal(0)) - activity.quantity
    return tuple(sorted(symbol for symbol, left in units.items() if abs(left) > DUST))


def _concerns_securities(activity: Activity) -> bool:
    return bool(activity.symbol) and (bool(activity.quantity) or activity.kind in _INCOME)


def _walk(book: _Book, events: Sequence[Activity]) -> tuple[list[CashFlow] | None, list[Valuation] | None]:
    """Return the flows and the value before each of them; `None` for what lacks an amount, rate or price."""
    flows: list[CashFlow] | None = []
    valuations: list[Valuation] | None = []
    for day in sorted({item.day for item in events}):
        today = [item for item in events if item.day == day]
        trades = {item.symbol: item.price for item in today if item.symbol and item.price is not None}
        before = book.value(day, trades) if valuations is not None else None
        amounts = [book.flow(item) for item in today]
        for item in today:
            if item.symbol:
                key = item.account, item.symbol
                book.units[key] = book.units.get(key, Decimal(0)) + (item.quantity or 0)
                book.currencies[item.symbol] = item.currency
        known = [amount for amount in amounts if amount is not None]
        flow = sum(known, Decimal(0))
        flows = None if flows is None or len(known) < len(amounts) else [*flows, CashFlow(day, flow)]
        valuations = None if valuations is None or before is None else [*valuations, Valuation(day, before, flow)]
    return flows, valuations if flows is not None else None


def _paid(activity: Activity) -> tuple[Decimal, str] | None:
    """Return what is paid in (positive) or taken out, and its currency."""
    if activity.kind == "split":
        return Decimal(0), activity.currency
    if activity.amount is not None and activity.amount:
        return -activity.amount, activity.amount_currency
    if activity.quantity and activity.price is not None:
        fee = activity.fee if activity.fee and activity.amount_currency == activity.currency else Decimal(0)
        return activity.quantity * activity.price + fee, activity.currency
    return None


def _named(reasons: Sequence[str]) -> tuple[str, ...]:
    distinct = tuple(dict.fromkeys(reasons))
    more = len(distinct) - _MAX_NAMED
    return (*distinct[:_MAX_NAMED], f"and {more} more of this kind") if more > 0 else distinct
