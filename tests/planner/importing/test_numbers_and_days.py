"""Numbers and dates as brokers of different countries write them."""

from datetime import date, time
from decimal import Decimal

import pytest
from alex_planner.importing.amounts import Mark, decimal_mark, read_money
from alex_planner.importing.days import Order, find_day, read_moment
from alex_planner.portfolio_cells import CellProblem


@pytest.mark.parametrize(
    ("cell", "mark", "value", "currency"),
    [
        ("1,234.50", ".", "1234.50", None),
        ("1.234,50", ",", "1234.50", None),
        ("1'234.50", ".", "1234.50", None),
        ("1\u2019234.50", ".", "1234.50", None),
        ("1\u00a0234,5", ",", "1234.5", None),
        ("$1,234.50", ".", "1234.50", "USD"),
        ("-$0.26", ".", "-0.26", "USD"),
        ("($200.00)", ".", "-200.00", "USD"),
        ("\u22125", ".", "-5", None),
        ("5-", ".", "-5", None),
        ("+1.05", ".", "1.05", None),
        ("12,5 €", ",", "12.5", "EUR"),
        ("EUR 12.5", ".", "12.5", "EUR"),
        (".58", ".", "0.58", None),
        ("1e-8", ".", "1e-8", None),
    ],
)
def test_a_number_is_read_with_its_sign_and_currency(cell: str, mark: Mark, value: str, currency: str | None) -> None:
    """Ours: exact, whatever stands around it."""
    assert read_money(cell, mark) == (Decimal(value), currency)


@pytest.mark.parametrize("cell", ["", "--", "n/a", "N/A", " - "])
def test_what_brokers_write_for_nothing_is_nothing(cell: str) -> None:
    """Ours: no zero is made of it."""
    assert read_money(cell) is None


@pytest.mark.parametrize("cell", ["1,23,4", "12%", "abc", "1.2.3", "5 shares", "1e9"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    """Ours: nothing is guessed."""
    with pytest.raises(CellProblem):
        read_money(cell)


def test_the_decimal_mark_is_learned_from_all_cells() -> None:
    """Ours: one clear number decides for those that can be read both ways."""
    assert decimal_mark(["1.234", "12,50"]) == ","
    assert decimal_mark(["1,234", "0.125"]) == "."
    assert decimal_mark(["1.234", "7"]) is None
    with pytest.raises(CellProblem, match="two ways"):
        decimal_mark(["1.5", "1,5"])


def test_a_number_that_nothing_explains_is_refused() -> None:
    """Ours: 1.234 alone is not guessed."""
    with pytest.raises(CellProblem, match="two ways"):
        read_money("1.234", None)


@pytest.mark.parametrize(
    ("cell", "order", "day", "clock"),
    [
        ("01/02/2026", "mdy", date(2026, 1, 2), None),
        ("01-02-2026 09:05", "dmy", date(2026, 2, 1), time(9, 5)),
        ("1/2/26", "mdy", date(2026, 1, 2), None),
        ("2026-01-02T03:04:05.678Z", "dmy", date(2026, 1, 2), time(3, 4, 5)),
        ("20260102;030405", "mdy", date(2026, 1, 2), time(3, 4, 5)),
        ("20260102160000.000[-5:EST]", "mdy", date(2026, 1, 2), time(16)),
        ("Jan-02-2026", "mdy", date(2026, 1, 2), None),
        ("2 Jan 2026", "mdy", date(2026, 1, 2), None),
        ("02.01.2026 10:00:01", "dmy", date(2026, 1, 2), time(10, 0, 1)),
    ],
)
def test_a_day_is_read_in_the_brokers_order(cell: str, order: Order, day: date, clock: time | None) -> None:
    """Ours: the order comes from the broker."""
    assert read_moment(cell, order) == (day, clock)


@pytest.mark.parametrize("cell", ["13/01/2026", "2026-02-30", "soon", "", "01/01/1890"])
def test_a_day_that_does_not_exist_is_refused(cell: str) -> None:
    """Ours: day and month are not swapped to make it fit."""
    with pytest.raises(CellProblem):
        read_moment(cell, "mdy")


def test_a_day_is_found_in_a_title() -> None:
    """Ours: account numbers beside it are none."""
    assert find_day("Positions for account 1234-5678 as of 02:45 AM ET, 12/21/2025") == date(2025, 12, 21)
    assert find_day("Positions") is None
