"""Activity becomes positions: lots, splits, transfers, and what cannot be."""

from datetime import date
from decimal import Decimal

from alex_planner.importing.replay import Event, replayed
from alex_planner.portfolio import Activity, ActivityKind
from hypothesis import given
from hypothesis import strategies as st


def event(place: int, day: int, kind: ActivityKind, quantity: str, price: str | None = None) -> Event:
    """Return an event of one share in January."""
    activity = Activity(
        line=place + 2,
        day=date(2026, 1, day),
        kind=kind,
        symbol="PLGV",
        quantity=Decimal(quantity),
        price=Decimal(price) if price else None,
        currency="USD",
        amount_currency="USD",
    )
    return Event(activity, None, place)


def test_sales_take_the_oldest_lot_first() -> None:
    """Source: first in, first out, the default of American brokers."""
    book = replayed([event(0, 1, "buy", "10", "1"), event(1, 2, "buy", "10", "2"), event(2, 3, "sell", "-15", "3")])
    (position,) = book.positions
    assert [(lot.acquired, lot.quantity) for lot in position.lots] == [(date(2026, 1, 2), Decimal(5))]
    assert (position.cost_basis, position.price) == (Decimal(10), Decimal(3))
    assert position.price_date == date(2026, 1, 3)


def test_a_file_that_begins_with_the_newest_reads_the_same() -> None:
    """Ours: brokers write both ways."""
    forward = [event(0, 1, "buy", "10", "1"), event(1, 2, "sell", "-10", "1"), event(2, 3, "buy", "1", "1")]
    backward = [event(0, 3, "buy", "1", "1"), event(1, 2, "sell", "-10", "1"), event(2, 1, "buy", "10", "1")]
    assert replayed(forward).positions == replayed(backward).positions


def test_a_split_keeps_the_cost_and_takes_the_price() -> None:
    """Ours: the price of before the split would be wrong."""
    (position,) = replayed([event(0, 1, "buy", "3", "10"), event(1, 2, "split", "7")]).positions
    assert position.quantity == 10
    assert position.cost_basis == 30
    assert position.price is None


def test_units_without_a_cost_leave_the_cost_unknown() -> None:
    """Ours: nothing is made up for a transfer."""
    book = replayed([event(0, 1, "buy", "1", "10"), event(1, 2, "transfer_in", "1")])
    assert book.positions[0].cost_basis is None
    assert any("transferred in" in note for note in book.notes)


def test_a_sale_of_more_than_is_held_is_an_error_and_the_holding_is_left_out() -> None:
    """Ours: by the line of the sale."""
    book = replayed([event(0, 1, "buy", "1", "10"), event(1, 2, "sell", "-2", "10")])
    assert book.positions == ()
    assert list(book.problems) == [3]


def test_a_day_trade_buys_before_it_sells() -> None:
    """Ours: a file without times may list the sale first."""
    book = replayed([event(0, 1, "sell", "-1", "10"), event(1, 1, "buy", "1", "9")])
    assert (book.positions, book.problems) == ((), {})


@given(st.lists(st.decimals(min_value="0.001", max_value=1000, places=3), min_size=1, max_size=20), st.data())
def test_what_is_bought_and_not_sold_is_held(buys: list[Decimal], data: st.DataObject) -> None:
    """Ours: units are neither lost nor made, and lots sum to the position."""
    total = sum(buys)
    sold = data.draw(st.decimals(min_value="0.001", max_value=total, places=3))
    events = [event(place, 1, "buy", str(units), "2") for place, units in enumerate(buys)]
    book = replayed([*events, event(99, 2, "sell", str(-sold), "2")])
    held = sum((position.quantity for position in book.positions), Decimal(0))
    assert held == total - sold
    for position in book.positions:
        assert sum(lot.quantity for lot in position.lots) == position.quantity
