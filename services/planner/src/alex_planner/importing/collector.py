"""What a broker's module reads is kept here: one fate per row, holdings without duplicates, activity in order.

It computes no position from activity (`replay` does) and knows no broker.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from alex_planner.currency import CURRENCY_CODES, MINOR_UNITS
from alex_planner.importing.merging import merged
from alex_planner.importing.naming import name_of, symbol_of
from alex_planner.importing.readings import Holding, Trade
from alex_planner.importing.reconciliation import Stated, reconciled
from alex_planner.importing.replay import Event, replayed
from alex_planner.importing.result import Difference, Fate, ImportResult, RowFate
from alex_planner.importing.sheet import ColumnProblem, Record, Row
from alex_planner.portfolio import Activity, ActivityKind, Lot, Position
from alex_planner.portfolio_cells import CellProblem
from alex_planner.prices.rates import ExchangeRate

HUNDRED = Decimal(100)


@dataclass
class _Kept:
    line: int
    raw: tuple[str, ...]
    position: Position


@dataclass
class Collector:
    """Everything that was read so far of one file."""

    broker: str
    format: str
    latest: date
    as_of: date | None = None
    account_currency: str | None = None
    """What the owner says the account is kept in, for files that do not."""
    states_positions: bool = True
    """Whether positions are stated; else they are replayed from the activity."""
    notes: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    exchange_rates: dict[tuple[str, str], ExchangeRate] = field(default_factory=dict)
    _fates: dict[int, RowFate] = field(default_factory=dict)
    _holdings: dict[tuple[str | None, str, str, str], _Kept] = field(default_factory=dict)
    _lots: list[Position] = field(default_factory=list)
    _events: list[Event] = field(default_factory=list)
    _seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    _stated: dict[int, Decimal] = field(default_factory=dict)
    _raw: tuple[str, ...] = ()
    _repeated: bool = False

    def each(self, rows: Iterable[Row], read: Callable[[Row], None]) -> None:
        """Let `read` read each row; what it raises is the row's error, a row it says nothing of is ignored."""
        for row in rows:
            self.one(row.record, lambda row=row: read(row), row.table.header)  # type: ignore[misc]  # bound argument

    def one(self, record: Record, read: Callable[[], None], header: Record | None = None) -> None:
        """Let `read` read one record, as `each` does."""
        self._raw = record.cells
        if header and record.cells == header.cells:
            self._repeated = True
            self.ignored(record.line, "heading, repeated")
            return
        if self._repeated and record.cells in self._seen:
            self.ignored(record.line, f"duplicate of line {self._seen[record.cells]} under a repeated heading")
            return
        try:
            read()
        except ColumnProblem as exc:
            self.error(record.line, exc.column, str(exc))
        except CellProblem as exc:
            self.error(record.line, None, str(exc))
        if record.line not in self._fates:
            self.ignored(record.line, "nothing to import")
        self._seen.setdefault(record.cells, record.line)

    def ignored(self, line: int, reason: str) -> None:
        """Leave a row out."""
        self._fates.setdefault(line, RowFate(line=line, fate="ignored", reason=reason))

    def error(self, line: int, column: str | None, message: str) -> None:
        """Name what is wrong with a row, whatever was read of it before."""
        self._fates[line] = RowFate(line=line, fate="error", reason=message, column=column)

    def hold(self, line: int, holding: Holding) -> None:
        """Keep a stated position.

        Raises:
            CellProblem: it cannot be one.
        """
        position = self._position(line, holding)
        key = (position.account, position.symbol, position.currency, holding.part)
        first = self._holdings.get(key)
        if first is None:
            self._holdings[key] = _Kept(line, self._raw, position)
            self._imported(line, "cash" if position.asset_class == "cash" else "position")
        elif first.raw == self._raw or first.position == position:
            self.ignored(line, f"duplicate of line {first.line}")
        else:
            where = f"account {position.account!r}" if position.account else "this file"
            raise CellProblem(
                f"{position.symbol!r} of {where} is already on line {first.line} with quantity"
                f" {first.position.quantity:f}, here {position.quantity:f}; remove the one that does not hold"
            )

    def lot(self, line: int, holding: Holding, acquired: date | None) -> None:
        """Keep a row that states one lot of a position, whether the position has a row of its own or not.

        Raises:
            CellProblem: it cannot be one.
        """
        position = self._position(line, holding)
        lot = Lot(acquired=acquired, quantity=position.quantity, cost=position.cost_basis)
        self._lots.append(position.model_copy(update={"lots": (lot,)}))
        self._imported(line, "lot")

    def cash(self, line: int, holding: Holding) -> None:
        """Keep an amount of money: `value` in `currency`.

        Raises:
            CellProblem: it is negative or not stated.
        """
        if holding.value is None:
            raise CellProblem("the row has no amount of cash")
        if holding.value < 0:
            raise CellProblem(f"cash of {holding.value:f} {holding.currency} is a debt, which is not read")
        self.hold(line, replace(holding, quantity=holding.value, price=Decimal(1), value=None, asset_class="cash"))

    def act(self, line: int, trade: Trade) -> None:
        """Keep an event.

        Raises:
            CellProblem: it cannot be one.
        """
        seen = (trade.reference, *self._raw) if trade.reference else None
        if seen and self._seen.get(seen, line) != line:
            self.ignored(line, f"duplicate of line {self._seen[seen]}: the same id {trade.reference!r}")
            return
        activity = self._activity(line, trade)
        if seen:
            self._seen[seen] = line
        self._events.append(Event(activity, trade.clock, len(self._events)))
        twin = None if trade.reference else self._seen.get(self._raw)
        same = f", word for word as line {twin}: counted as another one" if twin else ""
        self._imported(line, activity.kind.replace("_", " ") + same)

    def price_of(self, currency: str, price: Decimal | None) -> tuple[str, Decimal | None]:
        """Return code and price in whole units: 250 GBX are 2.50 GBP.

        Raises:
            CellProblem: no such currency.
        """
        if currency in CURRENCY_CODES:
            return currency, price
        whole = MINOR_UNITS.get(currency) or MINOR_UNITS.get(currency.upper())
        if whole:
            return whole, None if price is None else price / HUNDRED
        raise CellProblem(f"{currency[:20]!r} is not a currency of ISO 4217")

    def rate(self, base: str, quote: str, rate: Decimal, source: str) -> None:
        """Keep what one unit of `base` costs in `quote`; of several the first counts, and nonsense is left out."""
        if base != quote and {base, quote} <= CURRENCY_CODES and rate > 0:
            found = ExchangeRate(base=base, quote=quote, rate=rate, as_of=self.as_of, source=source)
            self.exchange_rates.setdefault((base, quote), found)

    def total(self, line: int, what: str, stated: Decimal, currency: str, account: str | None = None) -> None:
        """Compare a stated total with the sum of what was kept, of one account or all."""
        kept = [kept for kept in self._holdings.values() if account in (None, kept.position.account)]
        if any(item.position.currency != currency or item.position.price is None for item in kept):
            return
        values = (self._stated.get(item.line, item.position.quantity * (item.position.price or 0)) for item in kept)
        computed = sum(values, Decimal(0))
        if abs(computed - stated) > Decimal("0.01") * max(len(kept), 1):
            self._differs(line, what, computed, stated, currency)

    def finish(self, records: Iterable[int]) -> ImportResult:
        """Return the result; `records` are the lines on which a row begins, those without a fate are headings."""
        positions, said = merged((kept.position for kept in self._holdings.values()), self._lots)
        self.notes.extend(said)
        activities = tuple(event.activity for event in self._events)
        if not self.states_positions:
            book = replayed(self._events)
            for line, message in book.problems.items():
                self.error(line, "quantity", message)
            if book.positions and not positions:
                self.notes.append("cash is not in this file: amounts of money are listed as activity only")
            positions = positions + book.positions
            self.notes.extend(book.notes)
        for line in records:
            self._fates.setdefault(line, RowFate(line=line, fate="ignored", reason="heading, title or footer"))
        counts: Counter[Fate] = Counter(fate.fate for fate in self._fates.values())
        return ImportResult(
            broker=self.broker,
            format=self.format,
            as_of=self.as_of,
            rows=len(self._fates),
            imported=counts["imported"],
            ignored=counts["ignored"],
            errors=counts["error"],
            fates=tuple(self._fates[line] for line in sorted(self._fates)),
            positions=positions,
            activities=activities,
            differences=tuple(self.differences),
            notes=tuple(dict.fromkeys(self.notes)),
            exchange_rates=tuple(self.exchange_rates.values()),
        )

    def _imported(self, line: int, what: str) -> None:
        self._fates.setdefault(line, RowFate(line=line, fate="imported", reason=what))

    def _position(self, line: int, holding: Holding) -> Position:
        currency, price = self.price_of(holding.currency, holding.price)
        quantity = holding.quantity
        if quantity is None:
            raise ColumnProblem("quantity", f"the row of {holding.symbol!r} has no quantity")
        if quantity < 0:
            raise ColumnProblem("quantity", f"{quantity:f} units are a short position, which is not read")
        if price is not None and price < 0:
            raise ColumnProblem("price", f"a price of {price:f} is negative")
        self._check_day(holding.price_date)
        if price is not None and holding.value is not None:
            stated = Stated(quantity, price, holding.value, currency)
            price, computed = reconciled(stated)
            self._stated[line] = holding.value
            if computed is not None:
                self._differs(line, f"price x quantity of {holding.symbol}", computed, holding.value, currency)
        return Position(
            account=name_of(holding.account),
            symbol=symbol_of(holding.symbol),
            name=name_of(holding.name),
            quantity=quantity,
            price=price,
            currency=currency,
            price_date=None if price is None else holding.price_date,
            asset_class=holding.asset_class,
            isin=holding.isin or None,
            cost_basis=holding.cost_basis,
            lots=holding.lots,
        )

    def _activity(self, line: int, trade: Trade) -> Activity:
        currency, price = self.price_of(trade.currency, trade.price)
        amount_currency, _ = self.price_of(trade.amount_currency or currency, None)
        if price is not None and price < 0:
            raise ColumnProblem("price", f"a price of {price:f} is negative")
        self._check_day(trade.day)
        return Activity(
            line=line,
            day=trade.day,
            kind=_kind_by_sign(trade),
            account=name_of(trade.account),
            symbol=symbol_of(trade.symbol) if trade.symbol else None,
            isin=trade.isin or None,
            name=name_of(trade.name),
            quantity=trade.quantity,
            price=price,
            currency=currency,
            amount=trade.amount,
            amount_currency=amount_currency,
            fee=trade.fee,
        )

    def _check_day(self, day: date | None) -> None:
        if day is not None and day > self.latest:
            raise ColumnProblem("date", f"{day.isoformat()} is in the future")

    def _differs(self, line: int, what: str, computed: Decimal, stated: Decimal, currency: str) -> None:
        difference = Difference(
            line=line, what=what, computed=computed, stated=stated, difference=stated - computed, currency=currency
        )
        self.differences.append(difference)


def _kind_by_sign(trade: Trade) -> ActivityKind:
    """Return the kind; brokers name both directions of a movement by one word and tell them apart by the sign."""
    if trade.kind == "deposit" and trade.amount is not None and trade.amount < 0:
        return "withdrawal"
    if trade.kind == "transfer_in" and trade.quantity is not None and trade.quantity < 0:
        return "transfer_out"
    return trade.kind
