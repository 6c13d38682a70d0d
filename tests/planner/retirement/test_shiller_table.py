"""Shiller's monthly table, as it is saved from its workbook: made-up months in its columns."""

import numpy as np
import pytest
from alex_planner.errors import InvalidHistory
from alex_planner.retirement.history_csv import read_history

HEADINGS = "S&P,,,,,Long,,\nComp.,Dividend,Earnings,,,Interest,,\n,,,,,,,\nDate,P,D,E,CPI,Fraction,Rate GS10,Price\n"


def table(months: int, first: int = 1871) -> str:
    """Return months in which prices rise by 0.5 %, pay 3 % a year, and consumer prices rise by 0.2 %."""
    rows = []
    for index in range(months):
        price = 100 * 1.005**index
        month = f"{index % 12 + 1:02d}".rstrip("0" if index % 12 == 9 else "")
        rows.append(
            f"{first + index // 12}.{month},{price!r},{price * 0.03!r},1,{10 * 1.002**index!r},1871.04,4.0,{price!r}"
        )
    return HEADINGS + "\n".join(rows) + "\n"


def test_months_become_calendar_years() -> None:
    """Ours: from January to January; a bond at par whose rate stays pays its coupon; October is written 1871.1."""
    history = read_history(table(12 * 12 + 1), "ie_data.csv")
    assert (history.first_year, history.last_year) == (1871, 1882)
    np.testing.assert_allclose(history.returns["equity"], (1.005 + 0.03 / 12) ** 12 - 1, rtol=1e-12)
    np.testing.assert_allclose(history.returns["bond"], (1 + 0.04 / 12) ** 12 - 1, rtol=1e-12)
    np.testing.assert_allclose(history.inflation, 1.002**12 - 1, rtol=1e-12)
    assert all("ie_data.csv" in source for source in history.sources.values())


def test_last_months_without_dividends_and_years_that_are_not_whole_are_left_out() -> None:
    """Ours: the newest rows of the table have prices alone."""
    text = table(12 * 11 + 5) + "1882.06,150,NA,NA,12,1882.4,4.0,150\nNotes,,,,,,,\n"
    assert read_history(text, "t").last_year == 1881


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (table(12 * 12).replace("1875.03", "1876.03"), "follow one another"),
        (table(12 * 12).replace(",4.0,", ",four,", 1), "not a number"),
        (table(12 * 12).replace(",4.0,", ",NA,", 1), "missing"),
        (table(12 * 5 + 1), "5 years; give 10"),
        (table(8), "no whole year"),
    ],
    ids=["gap", "word", "hole", "short", "no year"],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_line(text: str, words: str) -> None:
    """Ours: nothing is filled in."""
    with pytest.raises(InvalidHistory, match=words):
        read_history(text, "t")
