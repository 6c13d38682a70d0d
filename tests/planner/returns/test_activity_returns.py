"""Returns from a file's own activity: worked examples, and every reason for which there is none."""

from datetime import date, timedelta
from decimal import Decimal

from alex_planner.allocation import compute_allocation
from alex_planner.portfolio import Activity, ActivityKind, Position
from alex_planner.prices.history import PricePoint, PriceSeries
from alex_planner.returns.activity_returns import Returns, measure_returns

D = Decimal
END = date(2026, 1, 1)


def event(day: str, kind: ActivityKind, quantity: str | None, amount: str | None, **more: object) -> Activity:
    """Return an event of the holding A."""
    values = {
        "line": 1, "day": day, "kind": kind, "symbol": "A", "quantity": quantity, "amount": amount,
        "currency": "USD", "amount_currency": "USD",
    }  # fmt: skip
    return Activity.model_validate(values | more)


def series(symbol: str, currency: str, prices: dict[str, str]) -> PriceSeries:
    """Return a series of stated prices."""
    points = [PricePoint(day=date.fromisoformat(day), price=D(price)) for day, price in sorted(prices.items())]
    return PriceSeries(symbol=symbol, currency=currency, source="a test", points=tuple(points))


def returns(
    activities: list[Activity], units: str = "10", price: str = "12", prices: list[PriceSeries] | None = None
) -> Returns:
    """Measure the returns of so many units of A."""
    positions = (Position(symbol="A", quantity=D(units), price=D(price), currency="USD", asset_class="equity"),)
    histories = {item.symbol: item for item in prices or []}
    return measure_returns(positions, activities, compute_allocation(positions), histories, END)


def test_a_purchase_that_grew_has_its_growth_as_both_returns() -> None:
    """Worked example: 100 became 120 in 365 days."""
    found = returns([event("2025-01-01", "buy", "10", "-100", price="10")])
    assert (found.paid_in, found.taken_out, found.end_value, found.gain) == (D(100), D(0), D(120), D(20))
    assert found.money_weighted is not None
    assert abs(found.money_weighted - D("0.2")) < D("1e-9")
    assert (found.time_weighted, found.time_weighted_yearly, found.missing) == (D("0.2"), D("0.2"), ())


def test_bad_timing_is_seen_in_the_money_and_not_in_the_time_weighted_return() -> None:
    """Worked example: 1 unit at 10, 9 units at 15, all at 12 a year after the first: the holding gained 20 percent."""
    events = [
        event("2025-01-01", "buy", "1", "-10", price="10"),
        event("2025-07-01", "buy", "9", "-135", price="15"),
    ]
    found = returns(events)
    assert found.time_weighted is not None
    assert abs(found.time_weighted - D("0.2")) < D("1e-20")
    assert found.money_weighted is not None
    assert found.money_weighted < 0
    assert found.gain == D(-25)


def test_a_dividend_is_taken_out_and_a_split_changes_no_value() -> None:
    """Worked example: 5 units at 20, two for one, one dollar a unit paid out."""
    events = [
        event("2025-01-01", "buy", "5", "-100", price="20"),
        event("2025-06-02", "split", "5", None),
        event("2025-07-01", "dividend", None, "10"),
    ]
    history = series("A", "USD", {"2025-06-02": "20", "2025-07-01": "11"})
    found = returns(events, prices=[history])
    assert (found.paid_in, found.taken_out, found.gain) == (D(100), D(10), D(30))
    assert found.time_weighted is not None
    # 5 x 20 before the split; 10 x 11 before the dividend; 100 after it and 120 at the end.
    assert abs(found.time_weighted - (D("1.1") * D("1.2") - 1)) < D("1e-20")


def test_other_currencies_are_converted_at_the_rate_of_the_day() -> None:
    """Worked example: 100 euros at 1.10."""
    event_in_euros = event("2025-01-01", "buy", "10", "-100", price="10", currency="EUR", amount_currency="EUR")
    rates = series("EUR/USD", "USD", {"2024-12-30": "1.10"})
    assert returns([event_in_euros], prices=[rates]).paid_in == D(110)
    turned = series("USD/EUR", "EUR", {"2024-12-30": "0.8"})
    assert returns([event_in_euros], prices=[turned]).paid_in == D(125)
    assert returns([event_in_euros]).missing == ("no exchange rate EUR/USD is known of 2025-01-01",)


def test_what_cannot_be_measured_says_why() -> None:
    """Ours: no opening balance, price or amount is made up."""
    bought = event("2025-01-01", "buy", "10", "-100", price="10")
    assert "no purchases" in returns([]).missing[0]
    assert "does not explain the units held of A" in returns([bought], units="12").missing[0]
    gift = event("2025-01-01", "transfer_in", "10", None)
    assert "no amount for the transfer_in" in returns([gift]).missing[0]
    dividend = event("2025-07-01", "dividend", None, "1")
    partly = returns([bought, dividend])
    assert partly.time_weighted is None
    assert partly.money_weighted is not None
    assert partly.missing == ("no price of A is known of 2025-07-01",)


def test_an_incomplete_value_has_no_return() -> None:
    """Ours: half of the holdings is not the portfolio."""
    positions = (Position(symbol="A", quantity=D(1), currency="USD"),)
    events = [event("2025-01-01", "buy", "1", "-100")]
    found = measure_returns(positions, events, compute_allocation(positions), {}, END)
    assert "not complete" in found.missing[0]


def test_of_many_reasons_the_first_are_named_and_the_rest_is_counted() -> None:
    """Ours: an answer is read by a person."""
    events = [event("2025-01-01", "buy", "10", "-100", price="10")]
    events += [event(str(date(2025, 2, 1) + timedelta(days=n)), "fee", None, None) for n in range(9)]
    assert len(returns(events).missing) <= 6
