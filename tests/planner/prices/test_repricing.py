"""Newer prices in place of the file's: only in its currency, only up to the day, never for money."""

from datetime import date
from decimal import Decimal

from alex_planner.portfolio import Position
from alex_planner.prices.price_file import SOURCE, read_price_file
from alex_planner.prices.repricing import rates_of, reprice

D = Decimal
TODAY = date(2026, 11, 28)
PRICES = {
    item.symbol: item
    for item in read_price_file(
        "date,symbol,price,currency\n2026-11-01,VTI,300,USD\n2026-11-20,VTI,310,USD\n2026-11-20,CASH,2,USD\n"
        "2026-11-20,SAP,250,EUR\n2026-11-20,US0378331005,270,USD\n2026-11-20,EUR/USD,1.1,USD\n",
        today=TODAY,
    )
}


def holding(symbol: str, price: str | None, day: str | None = None, **more: object) -> Position:
    """Return a position."""
    values = {"symbol": symbol, "quantity": 1, "price": price, "price_date": day, "currency": "USD"}
    return Position.model_validate(values | more)


def price_of(position: Position, as_of: date = TODAY) -> tuple[Decimal | None, date | None, str | None]:
    """Return price, day and source after repricing."""
    (found,), _ = reprice([position], PRICES, as_of)
    return found.price, found.price_date, found.price_source


def test_the_newest_price_up_to_the_day_is_taken() -> None:
    """Ours: for an old, an undated and a missing price."""
    new = (D(310), date(2026, 11, 20), SOURCE)
    assert price_of(holding("VTI", "290", "2026-10-01")) == new
    assert price_of(holding("VTI", "290")) == new
    assert price_of(holding("VTI", None)) == new
    assert price_of(holding("VTI", None), date(2026, 11, 5)) == (D(300), date(2026, 11, 1), SOURCE)
    assert price_of(holding("VTI", None), date(2026, 10, 5)) == (None, None, None)


def test_the_files_own_price_stays_where_it_is_as_new() -> None:
    """Ours: a price of the same day is the broker's."""
    assert price_of(holding("VTI", "311", "2026-11-20")) == (D(311), date(2026, 11, 20), None)


def test_an_instrument_is_also_found_by_its_isin() -> None:
    """Ours: brokers spell symbols in many ways."""
    assert price_of(holding("AAPL.US", None, isin="US0378331005"))[0] == D(270)


def test_money_is_worth_one() -> None:
    """Ours: whatever a file calls cash."""
    assert price_of(holding("CASH", "1", asset_class="cash"))[0] == D(1)


def test_a_price_in_another_currency_is_refused_and_said() -> None:
    """Ours: the same letters may be another company."""
    positions, refused = reprice([holding("SAP", "100")], PRICES, TODAY)
    assert positions[0].price == D(100)
    assert refused == ("the price of SAP in EUR was not taken: it is held in USD",)


def test_rates_are_the_newest_up_to_the_day() -> None:
    """Ours: with their day and source."""
    (rate,) = rates_of(PRICES, TODAY)
    assert (rate.base, rate.quote, rate.rate, rate.as_of, rate.source) == (
        "EUR", "USD", D("1.1"), date(2026, 11, 20), SOURCE,
    )  # fmt: skip
    assert rates_of(PRICES, date(2026, 11, 1)) == ()
