"""The whole answer: models against closed forms, errors against repetition, levers and effects against each other."""

from decimal import Decimal

import numpy as np
import pytest
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.outcome import MODELS, Outcome
from alex_planner.retirement.projection import Projection, project_amounts
from alex_planner.retirement.return_models import bootstrap_paths, historical_paths
from hypothesis import given, settings
from hypothesis import strategies as st

AMOUNTS = {"equity": Decimal(600_000), "bond": Decimal(400_000)}
RETIRED = Goals(horizon_years=30, years_to_retirement=0, annual_spending=Decimal(45_000))
SAVING = Goals(
    horizon_years=40, years_to_retirement=10, annual_spending=Decimal(70_000), annual_contribution=Decimal(12_000)
)
STEADY = AnnualHistory("steady", 1900, np.full(50, 0.02), {"equity": np.full(50, 0.0608)}, {})
"""A history in which every year is 1.0608 / 1.02 = 1.04 in real terms."""


def answer(goals: Goals, *, seed: int = 1, paths: int = 2_000, history: AnnualHistory | None = None) -> Projection:
    """Return a projection that is there."""
    amounts = AMOUNTS if history is None else {"equity": Decimal(1_000_000)}
    projection = project_amounts(amounts, "USD", goals, seed=seed, paths=paths, history=history)
    assert projection is not None
    return projection


def chance(outcome: Outcome | None) -> float:
    """Return a chance of success that is there."""
    assert outcome is not None
    assert outcome.success is not None
    return float(outcome.success.probability)


@pytest.mark.parametrize("model", ["block_bootstrap", "historical_sequences"])
def test_in_a_steady_history_safe_spending_is_an_annuity(model: str) -> None:
    """Closed form: with one return in every year each path is the same, whatever its block or start."""
    goals = Goals(horizon_years=25, years_to_retirement=0, spending_timing="end")
    outcome = next(item for item in answer(goals, history=STEADY).outcomes if item.model == model)
    expected = 1_000_000 * 0.04 / (1 - 1.04**-25)
    assert [float(safe.amount) for safe in outcome.safe_spending] == pytest.approx([expected] * 3, abs=0.01)
    assert outcome.years[-1].p5 == outcome.years[-1].p95


def test_a_fee_takes_its_part_of_every_year() -> None:
    """Closed form: V_T = V_0 (g (1 - f))^T."""
    final = answer(Goals(horizon_years=20, fee_percent=Decimal("0.5")), history=STEADY).outcomes[1].years[-1]
    assert float(final.p50) == pytest.approx(1_000_000 * (1.04 * 0.995) ** 20, abs=0.01)


def test_blocks_keep_the_order_of_years_and_single_years_do_not() -> None:
    """Politis and Romano (1994): the next year follows with probability 1 - 1/L, and by chance with 1/n."""
    history = AnnualHistory("numbered", 1900, np.zeros(50), {"equity": np.arange(50) / 100}, {})
    for length, expected in ((1.0, 1 / 50), (5.0, 0.8 + 0.2 / 50)):
        market = bootstrap_paths(history, {"equity": 1.0}, block_years=length, years=20, seed=3, paths=5_000)
        number = np.rint((market.growth - 1) * 100).astype(int)
        followed = float(np.mean((number[1:] - number[:-1]) % 50 == 1))
        assert followed == pytest.approx(expected, abs=5 * np.sqrt(0.25 / number.size))
        assert np.bincount(number.ravel(), minlength=50).min() > 0


def test_historical_sequences_are_the_years_in_order() -> None:
    """Ours: one path for each start after which enough years follow; none when there are too few."""
    history = AnnualHistory("numbered", 1900, np.zeros(5), {"equity": np.arange(5.0)}, {})
    found = historical_paths(history, {"equity": 1.0}, years=3).growth - 1
    assert found.tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
    assert historical_paths(history, {"equity": 1.0}, years=6).growth.shape[1] == 0


@pytest.mark.parametrize("model", ["log_normal", "block_bootstrap"])
def test_the_stated_error_is_how_far_seeds_differ(model: str) -> None:
    """Ours: over 40 seeds the chance scatters by its standard error; the scatter itself is known within 1/sqrt(80)."""
    outcomes = [answer(RETIRED, seed=seed, paths=400) for seed in range(40)]
    chances = [chance(item) for projection in outcomes for item in projection.outcomes if item.model == model]
    first = next(item for item in outcomes[0].outcomes if item.model == model)
    assert first.success is not None
    assert first.success.standard_error is not None
    assert np.std(chances, ddof=1) == pytest.approx(float(first.success.standard_error), rel=4 / np.sqrt(80))


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Ours: an answer can be repeated; another seed gives another one."""
    first, again, other = (answer(SAVING, seed=seed).model_dump_json() for seed in (7, 7, 8))
    assert first == again != other
    assert Projection.model_validate_json(first).model_dump_json() == first


@settings(max_examples=15, deadline=None)
@given(spending=st.integers(10_000, 100_000), more=st.integers(1, 50_000), wait=st.integers(0, 20))
def test_more_spending_never_raises_success_and_safe_spending_is_ordered(spending: int, more: int, wait: int) -> None:
    """Ours: in every model; and what is safe with 95 percent is never above what is safe with 80."""
    goals = Goals(horizon_years=40, years_to_retirement=wait, annual_spending=Decimal(spending))
    less = answer(goals, paths=200)
    further = answer(goals.model_copy(update={"annual_spending": Decimal(spending + more)}), paths=200)
    for model in MODELS:
        assert chance(further.outcome(model)) <= chance(less.outcome(model))
    for outcome in less.outcomes:
        amounts = [safe.amount for safe in outcome.safe_spending]
        assert amounts == sorted(amounts)


def test_safe_spending_succeeds_as_often_as_it_says() -> None:
    """Ours: asked with the amount that is safe, the same paths answer with its chance."""
    for level in range(3):
        for number, outcome in enumerate(answer(RETIRED).outcomes):
            safe = outcome.safe_spending[level]
            asked = RETIRED.model_copy(update={"annual_spending": safe.amount - Decimal("0.01")})
            assert chance(answer(asked).outcomes[number]) >= float(safe.success) - 1e-9


def test_levers_help_in_order_and_what_is_needed_reaches_the_target() -> None:
    """Ours: asked with the amount that is said to be needed, the same paths reach the target."""
    base = answer(SAVING)
    gains = [lever.mean_gain for lever in base.levers]
    assert {lever.kind for lever in base.levers} == {"spend_less", "save_more", "retire_later"}
    assert gains == sorted(gains, reverse=True)
    assert all(effect.gain >= 0 for lever in base.levers for effect in lever.effects)
    for lever in base.levers:
        needed = lever.effects[0].needed
        assert needed is not None
        cent = Decimal("0.01")
        changes: dict[str, dict[str, object]] = {
            "spend_less": {"annual_spending": Decimal(70_000) - needed - cent},
            "save_more": {"annual_contribution": Decimal(12_000) + needed + cent},
            "retire_later": {"years_to_retirement": 10 + int(needed)},
        }
        assert chance(answer(SAVING.model_copy(update=changes[lever.kind])).outcomes[0]) >= 0.9
        if lever.kind == "retire_later":
            sooner = SAVING.model_copy(update={"years_to_retirement": 9 + int(needed)})
            assert chance(answer(sooner).outcomes[0]) < 0.9


def test_every_assumption_is_listed_with_how_far_the_answer_moves() -> None:
    """Ours: nothing that the answer rests on is without a source or an effect, and higher returns help."""
    goals = SAVING.model_copy(update={"incomes": ()})
    unindexed = Goals.model_validate(
        {**goals.model_dump(), "incomes": [{"annual_amount": 9_000, "first_year": 12, "indexed": False}]}
    )
    projection = answer(unindexed)
    names = {item.name for item in projection.assumptions}
    assert names >= {"inflation", "fee", "spending.share_at_start", "history.block_years", "history.first_year"}
    assert all(item.source and item.note for item in projection.assumptions)
    effects = {effect.assumption: effect for effect in projection.effects}
    assert set(effects) == names
    lower, higher = effects["equity.real_return"].moves
    assert lower.change < 0 < higher.change
    assert [effect.span for effect in projection.effects] == sorted(
        (effect.span for effect in projection.effects), reverse=True
    )
    cheaper, dearer = effects["inflation"].moves
    assert cheaper.change >= 0 >= dearer.change


@pytest.mark.parametrize(
    ("goals", "measure"),
    [
        (RETIRED, "success"),
        (Goals(horizon_years=20, years_to_retirement=5), "safe_spending"),
        (Goals(horizon_years=20), "median_value"),
    ],
    ids=["spending", "retirement", "saving"],
)
def test_what_the_answer_is_depends_on_what_was_asked(goals: Goals, measure: str) -> None:
    """Ours: success where something is spent, else what could be spent, else what there will be."""
    projection = answer(goals, paths=200)
    assert projection.measure == measure
    assert bool(projection.levers) == (measure == "success")
    assert (projection.outcomes[0].success is None) == (measure != "success")
    assert (projection.final.probability_of_loss is None) == (measure == "success")


def test_what_stands_in_for_a_class_without_history_is_an_assumption() -> None:
    """Ours: gold has the returns of shares in the models of history, listed with what it would be as bills."""
    amounts = {"equity": Decimal(50_000), "commodity": Decimal(50_000)}
    goals = Goals(horizon_years=20, years_to_retirement=0, annual_spending=Decimal(5_000))
    projection = project_amounts(amounts, "USD", goals, paths=500)
    assert projection is not None
    assert projection.history.stand_ins == {"commodity": "equity"}
    effect = next(item for item in projection.effects if item.assumption == "history.stand_in.commodity")
    assert [move.value for move in effect.moves] == [0]
    assert effect.model == "block_bootstrap"
