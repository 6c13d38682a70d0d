"""The computed sentences on where a portfolio stands: what is not counted is said where the figure stands."""

import pytest
from alex_planner.number_gate import check_paragraph
from alex_planner.plan.computed_prose import standing
from alex_planner.portfolio import Position

from tests.planner.plan.samples import asked, draft, figures_of, finding, plan, researched
from tests.planner.plan.test_recommending import position

PAID = position("ONE", 300, name="One Works", cost_basis=200)
FUND = position("WLD", 700, name="World Fund")
UNPRICED = position("NOP", 1, price=None, price_date=None)
NAMELESS = position("XYZ", 1000, asset_class=None)
GOALS = {"horizon_years": 30, "years_to_retirement": 1, "annual_spending": 400, "annual_contribution": 50}


def said(*held: Position) -> str:
    """Return the sentences on a portfolio, each number of which is a fact."""
    figures = figures_of(held, asked(goals=GOALS, target={"equity": "0.5", "bond": "0.5"}))
    text = " ".join(standing({fact.id: fact.formatted for fact in figures.facts}))
    assert check_paragraph(text, figures.facts, names=figures.names) == [], text
    return text


@pytest.mark.parametrize(
    ("held", "words"),
    [
        pytest.param(
            (PAID, FUND),
            (
                "The portfolio is worth 1,000.00 USD, in 2 positions.",
                "the unrealised gain is 100.00 USD, 50.0 % of the cost.",
                "The largest holding is 70.0 % of the portfolio.",
                "By asset class: shares 100.0 %. Of the portfolio, 50.0 % is away from the target mix.",
                "after 30 years in today's money; one path in twenty ends with 0 USD",
            ),
            id="whole",
        ),
        pytest.param(
            (PAID, FUND, UNPRICED),
            (
                "Of the 3 positions, what is counted is worth 1,000.00 USD.",
                "The total is incomplete: 1 of the positions, without a price, is not counted.",
                "The largest holding is 70.0 % of what is counted.",
                "By asset class, of what is counted: shares 100.0 %. Of what is counted, 50.0 % is away",
                "in today's money, from the 1,000.00 USD that can be projected;",
            ),
            id="a part is not counted",
        ),
        pytest.param(
            (FUND, NAMELESS),
            (
                "shares 41.2 %, of unknown class 58.8 %. Of what has a known class, 50.0 % is away",
                "from the 700.00 USD that can be projected;",
            ),
            id="a part is of no known class",
        ),
        pytest.param((FUND,), ("in 1 position. By asset class",), id="one holding"),
    ],
)
def test_where_a_portfolio_stands(held: tuple[Position, ...], words: tuple[str, ...]) -> None:
    """Ours: shares of a part are named as that."""
    text = said(*held)
    for sentence in words:
        assert sentence in text, text


def test_what_could_not_be_read_was_not_researched() -> None:
    """Ours: what failed today is as much in need of research tomorrow."""
    answers = {
        "a finding": researched(finding(), missing=("a page was away",)),
        "nothing in it": researched(),
        "nothing read": researched(missing=("the web could not be searched",)),
        "failed": researched(failure="the run was lost"),
    }
    assert {name: notes.research[0].has_read for name, notes in answers.items()} == {
        "a finding": True, "nothing in it": True, "nothing read": False, "failed": False,
    }  # fmt: skip
    outcome = {item.subject: item.outcome for item in plan(notes=answers["nothing read"], draft=draft()).considered}
    assert outcome["ALFA"] == "failed"
