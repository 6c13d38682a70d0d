"""Retirement as it stands in a plan."""

from decimal import Decimal

from alex_planner.plan.markdown import to_markdown
from alex_planner.plan.retirement_blocks import effect_blocks, retirement_blocks
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import Projection, project_amounts

RETIRED = Goals(horizon_years=30, years_to_retirement=0, annual_spending=Decimal(45_000))


def projection_of(goals: Goals) -> Projection:
    """Return a projection that is there."""
    projection = project_amounts({"equity": Decimal(1_000_000)}, "USD", goals, paths=500)
    assert projection is not None
    return projection


def test_a_plan_shows_every_model_and_what_would_help() -> None:
    """Ours: chance, error, safe spending, levers, and the years of history."""
    text = to_markdown(list(retirement_blocks(projection_of(RETIRED), RETIRED)))
    models = ("planning assumptions", "blocks of history", "every stretch of history")
    for words in (*models, "lasts with 95.0 %", "1927 to 2017", "How much of each alone reaches 90.0 %"):
        assert words in text
    assert "spending 45,000 USD a year" in text
    assert "retire 2 years later" in text


def test_without_retirement_nothing_is_said_about_it() -> None:
    """Ours: a plan answers what was asked."""
    goals = Goals(horizon_years=20)
    assert list(retirement_blocks(projection_of(goals), goals)) == []


def test_every_assumption_shows_how_far_the_answer_moves() -> None:
    """Ours: in points of chance where something is spent, else in money."""
    assert "points" in to_markdown(list(effect_blocks(projection_of(RETIRED))))
    saving = to_markdown(list(effect_blocks(projection_of(Goals(horizon_years=20)))))
    assert "change of the median value" in saving
    assert "USD" in saving


def test_a_chance_that_is_reached_needs_no_table_of_what_would_help() -> None:
    """Ours: no rows of nothing."""
    goals = Goals(horizon_years=20, years_to_retirement=0, annual_spending=Decimal(1000))
    text = to_markdown(list(retirement_blocks(projection_of(goals), goals)))
    assert "nothing needs to change for it" in text
    assert "spend ... less" not in text
