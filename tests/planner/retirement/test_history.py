"""Past returns: what is bundled, how bonds are made of yields, and what a brought history may be."""

import numpy as np
import pytest
from alex_planner.assumptions import INFLATION, PLANNING_ASSUMPTIONS
from alex_planner.errors import InvalidHistory
from alex_planner.retirement.bundled_history import bundled_history
from alex_planner.retirement.history_csv import read_history
from alex_planner.retirement.par_bonds import monthly_par_bond_returns
from hypothesis import given
from hypothesis import strategies as st

YEARS = range(2001, 2013)
GOOD = "year,inflation,equity\n" + "".join(f"{year},2,7.5\n" for year in YEARS)


def test_the_bundled_history_is_whole_and_names_its_sources() -> None:
    """Ours: four series for every year, each with its source."""
    history = bundled_history()
    assert (history.first_year, history.last_year) == (1927, 2017)
    assert set(history.returns) == {"equity", "bond", "cash"}
    assert {len(series) for series in (history.inflation, *history.returns.values())} == {91}
    assert set(history.sources) == {*history.returns, "inflation"}


@pytest.mark.parametrize(
    ("series", "mean", "deviation"), [("equity", 12.5, 20.4), ("cash", 3.8, 3.3)], ids=["shares", "bills"]
)
def test_the_bundled_market_is_near_the_published_one(series: str, mean: float, deviation: float) -> None:
    """Ibbotson Associates 1926-1995, https://bauer.uh.edu/rsusmel/Other/lrret1.htm: another index, a year longer."""
    past = bundled_history().since(1927, 1995).returns[series] * 100
    assert past.mean() == pytest.approx(mean, abs=1.0)
    assert past.std(ddof=1) == pytest.approx(deviation, abs=1.0)


def test_assumed_inflation_is_that_of_the_bundled_history() -> None:
    """Ours: the number in the table is computed, not remembered."""
    assumed = next(item for item in PLANNING_ASSUMPTIONS if item.name == INFLATION)
    compound = np.exp(np.log1p(bundled_history().inflation).mean()) - 1
    assert float(assumed.value) == round(100 * compound, 1)


def test_a_bond_whose_yield_stays_returns_its_coupon() -> None:
    """Closed form: priced at par all the time, but for the twelfth of a year that the formula shortens its life by."""
    returns = monthly_par_bond_returns(np.full(13, 0.06), 20)
    assert returns == pytest.approx(np.full(12, 0.06 / 12), abs=1e-12)


def test_a_bond_loses_its_duration_when_yields_rise() -> None:
    """Closed form: one point more costs about the modified duration, (1 - 1.06^-20) / 0.06 = 11.5 percent."""
    (change,) = monthly_par_bond_returns(np.array([0.06, 0.0601]), 20)
    assert change - 0.06 / 12 == pytest.approx(-0.0001 * (1 - 1.06**-20) / 0.06, rel=0.01)


def test_a_brought_history_is_read_as_fractions() -> None:
    """Ours: columns in any order, percent, byte order mark and blank lines do not matter."""
    history = read_history("\ufeffequity,year,inflation\n" + "".join(f"7.5,{y},2\n\n" for y in YEARS), "mine")
    assert (history.first_year, history.last_year, set(history.returns)) == (2001, 2012, {"equity"})
    assert history.real_growth({"equity": 1.0}) == pytest.approx(np.full(12, 1.075 / 1.02))
    assert history.sources["equity"] == "mine, column equity"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("", 1, "year", id="empty"),
        pytest.param("<html><body>", 1, "year", id="a web page"),
        pytest.param(GOOD.replace("inflation", "cpi"), 1, "inflation", id="no inflation"),
        pytest.param(GOOD.replace("equity", "tulips"), 1, "tulips", id="unknown class"),
        pytest.param(GOOD.replace(",equity", "").replace(",7.5", ""), 1, None, id="no class"),
        pytest.param(GOOD.replace("year,inflation,equity", "year,inflation,year"), 1, "year", id="column twice"),
        pytest.param("\n".join(GOOD.split("\n")[:6]), 1, None, id="too short"),
        pytest.param(GOOD.replace("2005", "2004"), 6, "year", id="a year twice"),
        pytest.param(GOOD.replace("2005,2,7.5\n", ""), 6, "year", id="a year left out"),
        pytest.param(GOOD.replace("2005", "5"), 6, "year", id="not a year"),
        pytest.param(GOOD.replace("2005,2,7.5", "2005,2,high"), 6, "equity", id="not a number"),
        pytest.param(GOOD.replace("2005,2,7.5", "2005,2,nan"), 6, "equity", id="nan"),
        pytest.param(GOOD.replace("2005,2,7.5", "2005,2,-100"), 6, "equity", id="total loss"),
        pytest.param(GOOD.replace("2005,2,7.5", "2005,1e9,7.5"), 6, "inflation", id="absurd inflation"),
        pytest.param(GOOD.replace("2005,2,7.5", "2005,2"), 6, None, id="a cell missing"),
        pytest.param('"' + GOOD, 1, None, id="open quote"),
        pytest.param("x" * 1_000_001, 1, None, id="too large"),
    ],
)
def test_a_history_that_cannot_be_used_names_line_and_column(text: str, line: int, column: str | None) -> None:
    """Ours: whole or not at all."""
    with pytest.raises(InvalidHistory) as caught:
        read_history(text, "mine")
    assert (caught.value.detail["line"], caught.value.detail["column"]) == (line, column)


@given(st.text(max_size=300))
def test_no_text_is_more_than_refused(text: str) -> None:
    """Ours: bad input is never a failure of the service."""
    with pytest.raises(InvalidHistory):
        read_history(text, "mine")
