"""Activity becomes positions: trades are replayed in order of time, sales take the oldest lot first (FIFO).

Nothing is assumed about what happened before the file begins: a sale of more than the file shows is an error of its
row, and the holding is left out. The price is that of the last trade, with its day; after a later split there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from alex_planner.portfolio import Activity, Lot, Position

DUST = Decimal("0.000001")
"""Brokers round fractions of a share here: a sale of so much more than is held empties the holding."""
_RANK = {"split": 0, "transfer_in": 1, "buy": 1, "sell": 2, "transfer_out": 2}
"""Order of events of one day without a time: a day trade buys before it sells, splits happen before the opening."""


class Event(NamedTuple):
    """An activity with its time of day, if the file has one, and its place in the file."""

    activity: Activity
    clock: time | None
    place: int


@dataclass
class _OpenLot:
    acquired: date | None
    quantity: Decimal
    cost: Decimal | None


@dataclass
class _Holding:
    last: Activity
    lots: list[_OpenLot] = field(default_factory=list)
    priced: Activity | None = None
    currencies: set[str] = field(default_factory=set)
    broken: bool = False

    @property
    def quantity(self) -> Decimal:
        return sum((lot.quantity for lot in self.lots), Decimal(0))


@dataclass
class Book:
    """What a replay found."""

    positions: tuple[Position, ...]
    problems: dict[int, str]
    """Message by line."""
    notes: tuple[str, ...]


def replayed(events: Sequence[Event]) -> Book:
    """Return the positions at the end of all events."""
    replay = _Replay()
    for activity in _with_whole_splits(in_order(events)):
        if activity.quantity and activity.symbol and activity.kind in _RANK:
            replay.apply(activity)
    positions = tuple(
        _position(holding) for holding in replay.holdings.values() if not holding.broken and holding.quantity > DUST
    )
    if any(position.price is not None for position in positions):
        replay.notes.append("prices are those of the last trades in the file, each with its day")
    return Book(positions, replay.problems, tuple(replay.notes))


def in_order(events: Sequence[Event]) -> list[Event]:
    """Return the events by time; a file that begins with the newest is read from its end."""
    newest_first = bool(events) and events[0].activity.day > events[-1].activity.day
    direction = -1 if newest_first else 1
    timed = all(event.clock is not None for event in events if event.activity.quantity)

    def key(event: Event) -> tuple[date, time, int, int]:
        rank = 0 if timed else _RANK.get(event.activity.kind, 3)
        return event.activity.day, event.clock if timed and event.clock else time(), rank, direction * event.place

    return sorted(events, key=key)


def _key(activity: Activity) -> tuple[str | None, str | None]:
    return activity.account, activity.isin or activity.symbol


def _with_whole_splits(events: Sequence[Event]) -> Iterator[Activity]:
    """Yield the activities, the rows of one split (old units out, new units in) as one."""
    whole: dict[tuple[object, ...], Decimal] = {}
    for activity, _, _ in events:
        if activity.kind == "split" and activity.quantity:
            key = (*_key(activity), activity.day)
            whole[key] = whole.get(key, Decimal(0)) + activity.quantity
    for activity, _, _ in events:
        if activity.kind != "split":
            yield activity
        elif (change := whole.pop((*_key(activity), activity.day), None)) is not None:
            yield activity.model_copy(update={"quantity": change})


class _Replay:
    def __init__(self) -> None:
        self.holdings: dict[tuple[str | None, str | None], _Holding] = {}
        self.problems: dict[int, str] = {}
        self.notes: list[str] = []

    def apply(self, activity: Activity) -> None:
        assert activity.quantity is not None
        assert activity.symbol is not None
        holding = self.holdings.setdefault(_key(activity), _Holding(activity))
        holding.last = activity
        if activity.kind == "split":
            self._split(holding, activity)
        elif activity.quantity > 0:
            self._add(holding, activity)
        else:
            self._remove(holding, activity)
        if activity.kind in {"buy", "sell"} and activity.price is not None:
            holding.priced = activity

    def _add(self, holding: _Holding, activity: Activity) -> None:
        assert activity.quantity is not None
        holding.lots.append(_OpenLot(activity.day, activity.quantity, _cost(activity)))
        holding.currencies.add(activity.currency)
        if activity.kind == "transfer_in" and activity.price is None and activity.amount is None:
            self.notes.append(f"the cost of {activity.symbol} transferred in on {activity.day} is not in the file")

    def _remove(self, holding: _Holding, activity: Activity) -> None:
        assert activity.quantity is not None
        wanted, held = -activity.quantity, holding.quantity
        if wanted > held + DUST:
            self.problems[activity.line] = (
                f"{wanted:f} units of {activity.symbol} leave, but the file shows only {held:f} held then; the holding"
                " is left out: export from the opening of the account (short positions are not read)"
            )
            holding.broken = True
        while wanted > 0 and holding.lots:
            lot = holding.lots[0]
            taken = min(wanted, lot.quantity)
            if lot.cost is not None:
                lot.cost -= lot.cost * taken / lot.quantity
            lot.quantity -= taken
            wanted -= taken
            if not lot.quantity:
                holding.lots.pop(0)

    def _split(self, holding: _Holding, activity: Activity) -> None:
        assert activity.quantity is not None
        held = holding.quantity
        holding.priced = None
        if held + activity.quantity < 0:
            self._remove(holding, activity)
        elif held == 0:
            self.notes.append(
                f"a split on {activity.day} adds {activity.quantity:f} units of {activity.symbol}, but the file shows"
                " none before it: it begins later than the holding, whose units may be more"
            )
            holding.lots.append(_OpenLot(None, activity.quantity, None))
        else:
            for lot in holding.lots:
                lot.quantity += activity.quantity * lot.quantity / held
            # What rounding of the shares left over belongs to the last lot: the sum is exact.
            holding.lots[-1].quantity += held + activity.quantity - holding.quantity


def _cost(activity: Activity) -> Decimal | None:
    """Return what was paid, fees included, in the currency of the price; `None` where the file does not say."""
    if activity.amount and activity.amount_currency == activity.currency:
        return abs(activity.amount)
    if activity.price is None or activity.quantity is None:
        return None
    fee = activity.fee if activity.fee and activity.amount_currency == activity.currency else Decimal(0)
    return activity.price * activity.quantity + fee


def _position(holding: _Holding) -> Position:
    last, priced = holding.last, holding.priced
    one_currency = len(holding.currencies) <= 1
    known = one_currency and all(lot.cost is not None for lot in holding.lots)
    return Position(
        account=last.account,
        symbol=last.symbol or "",
        name=last.name,
        isin=last.isin,
        quantity=holding.quantity,
        price=priced.price if priced else None,
        price_date=priced.day if priced else None,
        currency=priced.currency if priced else last.currency,
        cost_basis=sum((lot.cost or Decimal(0) for lot in holding.lots), Decimal(0)) if known else None,
        lots=tuple(
            Lot(acquired=lot.acquired, quantity=lot.quantity, cost=lot.cost if one_currency else None)
            for lot in holding.lots
        ),
    )
