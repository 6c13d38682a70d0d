"""`alex retire`: an answer of the planner as lines that a person reads."""

import json
from decimal import Decimal

import pytest
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import project_amounts
from alex_planner.retirement.request import RetirementAnswer
from alex_tools.errors import BadInput
from alex_tools.retiring import dated, describe_retirement, numbers_of


def described(goals: Goals) -> str:
    """Return what the command shows of a real answer."""
    amounts = {"equity": Decimal(600_000), "bond": Decimal(400_000)}
    projection = project_amounts(amounts, "USD", goals, paths=500)
    assert projection is not None
    answer = RetirementAnswer(portfolio_id=None, goals=goals, projection=projection, facts=[], missing=("A part.",))
    return "\n".join(describe_retirement(json.loads(answer.model_dump_json())))


def test_an_answer_shows_every_model_its_error_and_what_would_help() -> None:
    """Ours: chance, error and safe spending by model, range by year, levers, assumptions, sources, seed."""
    text = described(Goals(horizon_years=30, years_to_retirement=0, annual_spending=Decimal(45_000)))
    assert "1,000,000 USD today: equity 60.0 %, bond 40.0 %" in text
    assert "missing: A part." in text
    for words in ("log normal", "block bootstrap", "historical sequences", "safe 95.0 %", "spend 4,500 USD less"):
        assert words in text
    assert "would have failed when begun in" in text
    assert "retire 2 years later" in text
    assert "save" not in text, "who has retired saves no more"
    assert "equity.real_return = 5.0 percent per year; at 4.0: -" in text
    assert "Moody's AAA" in text
    assert "Seed 20260, 500 paths" in text


def test_without_spending_there_is_safe_spending_and_no_chance() -> None:
    """Ours: nothing is asked for that could fail."""
    text = described(Goals(horizon_years=20, years_to_retirement=5))
    assert "Spending that lasts, over 20 years, retired after 5" in text
    assert "What would help" not in text
    assert "What the answer rests on (safe spending)" in text


@pytest.mark.parametrize("text", ["12000", "12000@", "@3", "much@3", "12000@3.5"])
def test_an_amount_without_its_year_is_refused(text: str) -> None:
    """Ours: the text and the form that was expected."""
    with pytest.raises(BadInput, match="is not amount@year"):
        dated(text)


def test_amounts_and_numbers_are_read_as_written() -> None:
    """Ours: exact decimals, a sign, a percent sign."""
    assert dated("-20000.50@4") == ("-20000.50", 4)
    assert numbers_of(["equity=60%", " bond = 40"]) == {"equity": "60", "bond": "40"}
    with pytest.raises(BadInput, match="name=number"):
        numbers_of(["equity"])
