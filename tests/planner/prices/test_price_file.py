"""The owner's file of prices: read whole or refused with every problem and its line."""

from datetime import date
from decimal import Decimal

import pytest
from alex_planner.errors import InvalidPrices
from alex_planner.prices import price_file
from alex_planner.prices.price_file import read_price_file

TODAY = date(2026, 11, 28)
HEADER = "date,symbol,price,currency\n"


def test_prices_and_rates_become_series_in_order() -> None:
    """Ours: rows in any order, columns too; a pair of codes is a rate."""
    text = "symbol,date,currency,price\nVTI,2026-11-02,USD,301.5\nVTI,2026-11-01,usd,300\nEUR/USD,2026-11-01,USD,1.08\n"
    rate, fund = read_price_file(text, today=TODAY)
    assert (rate.symbol, rate.currency, rate.last.price) == ("EUR/USD", "USD", Decimal("1.08"))
    assert [(point.day.day, point.price) for point in fund.points] == [(1, 300), (2, Decimal("301.5"))]
    assert fund.on(date(2026, 11, 9)) == fund.last
    assert fund.on(date(2026, 11, 10)) is None
    assert fund.on(date(2026, 10, 31)) is None


def test_the_same_row_twice_is_one_price() -> None:
    """Ours: pasted twice, nothing changes."""
    row = "2026-11-01,VTI,300,USD\n"
    (fund,) = read_price_file(HEADER + row + row, today=TODAY)
    assert len(fund.points) == 1


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        pytest.param("", 1, None, "must name the columns", id="empty"),
        pytest.param("<html><body>", 1, None, "must name the columns", id="html"),
        pytest.param(HEADER, 1, None, "no prices", id="header alone"),
        pytest.param("date;symbol;price;currency\n", 1, None, "separated by commas", id="semicolons"),
        pytest.param(HEADER + "2026-11-01,VTI,300\n", 2, None, "3 cells", id="short row"),
        pytest.param(HEADER + "01.11.2026,VTI,300,USD\n", 2, "date", "YYYY-MM-DD", id="date"),
        pytest.param(HEADER + "2027-11-01,VTI,300,USD\n", 2, "date", "future", id="future"),
        pytest.param(HEADER + "2026-11-01,=A1,300,USD\n", 2, "symbol", "formula", id="formula"),
        pytest.param(HEADER + "2026-11-01,VTI,-3,USD\n", 2, "price", "negative", id="negative"),
        pytest.param(HEADER + "2026-11-01,VTI,0,USD\n", 2, "price", "zero", id="zero"),
        pytest.param(HEADER + '2026-11-01,VTI,"1,5",USD\n', 2, "price", "plain number", id="comma"),
        pytest.param(HEADER + "2026-11-01,VTI,300,XXX\n", 2, "currency", "ISO 4217", id="currency"),
        pytest.param(HEADER + "2026-11-01,EUR/USD,1.1,EUR\n", 2, "currency", "not in EUR", id="rate in its base"),
        pytest.param(HEADER + "2026-11-01,EUR/XXX,1.1,USD\n", 2, "currency", "'XXX'", id="rate of nothing"),
        pytest.param(HEADER + "2026-11-01,EUR/EUR,1.1,EUR\n", 2, "currency", "two currencies", id="rate of itself"),
        pytest.param(
            HEADER + "2026-11-01,VTI,300,USD\n2026-11-02,VTI,300,EUR\n", 3, "currency", "one currency", id="two"
        ),
        pytest.param(
            HEADER + "2026-11-01,VTI,300,USD\n2026-11-01,VTI,301,USD\n", 3, "price", "another price", id="contradiction"
        ),
        pytest.param(HEADER + '2026-11-01,"VTI,300,USD\n', 2, None, "quotation", id="open quote"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_column(text: str, line: int, column: str | None, words: str) -> None:
    """Ours: one sentence that says what to mend."""
    with pytest.raises(InvalidPrices, match=words) as caught:
        read_price_file(text, today=TODAY)
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (line, column)


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: by size and by rows."""
    monkeypatch.setattr(price_file, "MAX_CHARS", 100)
    with pytest.raises(InvalidPrices, match="at most 100"):
        read_price_file("x" * 101)
    monkeypatch.setattr(price_file, "MAX_ROWS", 1)
    with pytest.raises(InvalidPrices, match="more than 1 rows"):
        read_price_file(HEADER + "2026-11-01,A,1,USD\n2026-11-02,A,1,USD\n", today=TODAY)
