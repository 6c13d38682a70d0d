"""The simulation against closed forms, and that the same inputs give the same bytes."""

import math
from decimal import Decimal
from statistics import NormalDist

import numpy as np
import pytest
from alex_planner.allocation import Allocation, compute_allocation
from alex_planner.assumptions import PLANNING_ASSUMPTIONS, build_market_model, replace_values
from alex_planner.errors import InvalidAssumption
from alex_planner.portfolio import AssetClass, Position
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.outcome import PERCENTILES
from alex_planner.retirement.projection import Projection, project
from alex_planner.retirement.return_models import log_normal_paths, yearly_normals
from pydantic import ValidationError

NO_VOLATILITY = replace_values(
    PLANNING_ASSUMPTIONS,
    {item.name: Decimal(0) for item in PLANNING_ASSUMPTIONS if item.name.endswith(".volatility")},
)


def allocation_of(**amounts: str) -> Allocation:
    """Return an allocation with one holding per asset class; `unclassified` has none."""
    return compute_allocation(
        [
            Position.model_validate(
                {
                    "symbol": name.upper(),
                    "quantity": amount,
                    "price": 1,
                    "currency": "USD",
                    "asset_class": None if name == "unclassified" else name,
                }
            )
            for name, amount in amounts.items()
        ]
    )


def projected(allocation: Allocation, goals: Goals, *, seed: int = 1, paths: int = 10_000) -> Projection:
    """Return a projection that is there."""
    projection = project(allocation, goals, seed=seed, paths=paths)
    assert projection is not None
    return projection


@pytest.mark.parametrize("asset_class", ["equity", "bond", "cash", "real_estate", "commodity"])
def test_quantiles_of_one_class_are_those_of_the_log_normal(asset_class: AssetClass) -> None:
    """Closed form: ln V_T is normal with mean T m and deviation sqrt(T) s.

    The error of a sample quantile is sqrt(p (1 - p) / n) / density; five of them are allowed.
    """
    years, paths = 15, 40_000
    projection = projected(allocation_of(**{asset_class: "1000"}), Goals(horizon_years=years), paths=paths)
    model = build_market_model(PLANNING_ASSUMPTIONS)
    index = model.classes.index(asset_class)
    log_value = NormalDist(years * model.log_mean[index], math.sqrt(years) * model.log_volatility[index])
    for percentile in PERCENTILES:
        p = percentile / 100
        at = log_value.inv_cdf(p)
        found = math.log(float(getattr(projection.final, f"p{percentile}")) / 1000)
        assert abs(found - at) < 5 * math.sqrt(p * (1 - p) / paths) / log_value.pdf(at), percentile
    loss = log_value.cdf(0)
    assert projection.final.probability_of_loss is not None
    assert abs(float(projection.final.probability_of_loss) - loss) < 5 * math.sqrt(loss * (1 - loss) / paths) + 1e-6


def test_the_mean_and_its_stated_error_fit_the_closed_form() -> None:
    """Closed form: E V_T = V_0 (exp(m + s^2 / 2))^T; the stated errors are those of theory.

    The error of the median is read off about sqrt(n) paths, so its own relative error is n^(-1/4); three are allowed.
    """
    years, paths = 10, 40_000
    final = projected(allocation_of(equity="1000"), Goals(horizon_years=years), paths=paths).final
    model = build_market_model(PLANNING_ASSUMPTIONS)
    mean, deviation = years * model.log_mean[0], math.sqrt(years) * model.log_volatility[0]
    expected = 1000 * math.exp(mean + deviation**2 / 2)
    error = expected * math.sqrt(math.exp(deviation**2) - 1) / math.sqrt(paths)
    assert abs(float(final.mean) - expected) < 5 * error
    assert float(final.mean_error) == pytest.approx(error, rel=0.1)
    density = NormalDist(mean, deviation).pdf(mean) / (1000 * math.exp(mean))
    assert float(final.median_error) == pytest.approx(0.5 / math.sqrt(paths) / density, rel=3 * paths**-0.25)


def test_without_volatility_the_result_is_compound_interest() -> None:
    """Closed form: V_T = V_0 g^T + C (g^T - 1) / (g - 1), to the cent, in every percentile."""
    goals = Goals(horizon_years=30, annual_contribution=Decimal(1200))
    projection = project(allocation_of(equity="6000", bond="4000"), goals, assumptions=NO_VOLATILITY)
    assert projection is not None
    growth = 0.6 * 1.05 + 0.4 * 1.015
    expected = 10_000 * growth**30 + 1200 * (growth**30 - 1) / (growth - 1)
    final = projection.final
    assert {final.p5, final.p25, final.p50, final.p75, final.p95, final.mean} == {Decimal(f"{expected:.2f}")}
    assert {final.mean_error, final.median_error, final.probability_of_loss} == {Decimal(0)}


def test_simulated_returns_have_the_moments_of_the_table() -> None:
    """Closed form: compound return, volatility of simple returns and correlation of log returns come back."""
    model = build_market_model(PLANNING_ASSUMPTIONS)
    paths = 200_000
    yearly = np.array(
        [
            log_normal_paths(
                model,
                {name: 1.0},
                yearly_normals(len(model.classes), years=1, seed=7, paths=paths),
                inflation=0.0,
            ).growth[0]
            for name in model.classes
        ]
    )
    table = {item.name: float(item.value) for item in PLANNING_ASSUMPTIONS}
    for index, name in enumerate(model.classes):
        deviation = table[f"{name}.volatility"] / 100
        growth = 1 + table[f"{name}.real_return"] / 100
        assert math.exp(np.log(yearly[index]).mean()) == pytest.approx(growth, abs=5 * deviation / math.sqrt(paths))
        assert yearly[index].std() == pytest.approx(deviation, rel=0.02)
    correlations = np.corrcoef(np.log(yearly))
    assert correlations == pytest.approx(model.cholesky @ model.cholesky.T, abs=5 / math.sqrt(paths))


def test_the_same_inputs_give_the_same_bytes_and_another_seed_does_not() -> None:
    """Ours: a plan can be replayed."""
    allocation, goals = allocation_of(equity="6000", bond="4000"), Goals(horizon_years=25)
    first, again, other = (projected(allocation, goals, seed=seed).model_dump_json() for seed in (11, 11, 12))
    assert first == again
    assert first != other
    assert Projection.model_validate_json(first).model_dump_json() == first


def test_the_order_of_the_holdings_does_not_change_the_projection() -> None:
    """Ours: the draws belong to the classes of the table, not to the file."""
    goals = Goals(horizon_years=5)
    one = projected(allocation_of(equity="5000", bond="5000"), goals)
    other = projected(allocation_of(bond="5000", equity="5000"), goals)
    assert one.model_dump_json() == other.model_dump_json()


def test_year_zero_is_today_and_paid_in_counts_contributions() -> None:
    """Ours: the contribution is shown, also when it is zero."""
    projection = projected(allocation_of(equity="1000"), Goals(horizon_years=3, monthly_contribution=Decimal("10.50")))
    assert projection.annual_contribution == 126
    assert [str(year.paid_in) for year in projection.years] == ["1000.00", "1126.00", "1252.00", "1378.00"]
    assert projection.years[0].p5 == projection.years[0].p95 == 1000
    assert projected(allocation_of(equity="1000"), Goals()).annual_contribution == 0


def test_a_class_without_assumption_is_left_out_and_named() -> None:
    """Ours: `other` and what is unclassified have no assumed return."""
    projection = projected(allocation_of(equity="1000", other="500", unclassified="200"), Goals(horizon_years=2))
    assert projection.start_value == 1000
    assert not projection.complete
    assert [(item.asset_class, str(item.amount)) for item in projection.not_projected] == [
        ("other", "500"),
        ("unclassified", "200"),
    ]
    assert [(item.asset_class, str(item.share)) for item in projection.mix] == [("equity", "1.000000")]


@pytest.mark.parametrize("amounts", [{}, {"other": "5"}, {"equity": "0"}], ids=["nothing", "no assumption", "zero"])
def test_nothing_to_project_is_no_projection(amounts: dict[str, str]) -> None:
    """Ours: there is no projection of zero."""
    assert project(allocation_of(**amounts), Goals()) is None


def test_a_projection_carries_the_assumptions_it_depends_on_and_no_other() -> None:
    """Ours: each number of the table that matters can be opened, with its source."""
    projection = projected(allocation_of(equity="1", bond="1"), Goals(horizon_years=1))
    assert [item.name for item in projection.assumptions] == [
        "equity.real_return",
        "equity.volatility",
        "bond.real_return",
        "bond.volatility",
        "correlation.equity.bond",
        "fee",
        "history.block_years",
        "history.first_year",
    ]
    assert all(item.source and item.note and item.unit for item in PLANNING_ASSUMPTIONS)


def test_replaced_values_are_marked_as_the_callers() -> None:
    """Ours: a changed assumption does not keep the source of the old value."""
    table = replace_values(PLANNING_ASSUMPTIONS, {"equity.real_return": Decimal(3)})
    changed = next(item for item in table if item.name == "equity.real_return")
    assert (str(changed.value), changed.source) == ("3", "Given by the caller")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("equity.real_return", "51", id="return too high"),
        pytest.param("equity.real_return", "NaN", id="not a number"),
        pytest.param("bond.volatility", "-1", id="negative volatility"),
        pytest.param("correlation.equity.bond", "1.01", id="correlation above one"),
        pytest.param("tulips.real_return", "9", id="no such assumption"),
    ],
)
def test_an_assumption_out_of_range_is_refused_by_name(name: str, value: str) -> None:
    """Ours: 422 with the name of the assumption."""
    with pytest.raises(InvalidAssumption) as caught:
        build_market_model(replace_values(PLANNING_ASSUMPTIONS, {name: Decimal(value)}))
    assert caught.value.detail["field"] == name


def test_correlations_that_contradict_each_other_are_refused() -> None:
    """Ours: equity cannot move with bonds and real estate while these move against each other."""
    values = {
        "correlation.equity.bond": Decimal("0.9"),
        "correlation.equity.real_estate": Decimal("0.9"),
        "correlation.bond.real_estate": Decimal("-0.9"),
    }
    with pytest.raises(InvalidAssumption, match="positive definite"):
        build_market_model(replace_values(PLANNING_ASSUMPTIONS, values))


@pytest.mark.parametrize("options", [{"paths": 99}, {"paths": 1_000_001}, {"seed": -1}, {"seed": 2**63}])
def test_a_run_out_of_range_is_refused(options: dict[str, int]) -> None:
    """Ours: a request cannot ask for the memory of the machine."""
    with pytest.raises(InvalidAssumption):
        projected(allocation_of(equity="1"), Goals(), **options)


@pytest.mark.parametrize(
    "goals",
    [
        {"horizon_years": 0},
        {"horizon_years": 61},
        {"annual_contribution": -1},
        {"annual_contribution": 1, "monthly_contribution": 1},
        {"salary": 1},
    ],
    ids=["no years", "too many years", "withdrawal", "two contributions", "unknown goal"],
)
def test_goals_that_mean_nothing_here_are_refused(goals: dict[str, int]) -> None:
    """Ours: nothing that was asked for is silently ignored."""
    with pytest.raises(ValidationError):
        Goals.model_validate(goals)
