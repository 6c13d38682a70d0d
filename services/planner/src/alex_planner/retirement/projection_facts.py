"""The figures of a projection as facts: what went into it and what came out in the years that a plan speaks of."""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.facts import PERCENT, Fact, count_fact, money_fact, percent_fact, words_about, years_fact
from alex_planner.retirement.outcome import PERCENTILES, ProjectionYear
from alex_planner.retirement.projection import Projection
from alex_planner.wording import assumption_name, spoken

NAMES_OF_VALUES = {
    "p5": "5th percentile",
    "p25": "25th percentile",
    "p50": "median",
    "p75": "75th percentile",
    "p95": "95th percentile",
    "mean": "mean",
}
"""What the values of a projected year are called."""
_OF_LOSS = ("los", "less", "below", "probab", "chance", "likel", "risk", "odds")
_OF_PATHS = ("path", "case", "percentile", "simulat", "scenario", "worst", "best", "outcome")
_OF_ASSUMPTIONS = ("assum", "return", "volatil", "deviation")


def projection_facts(projection: Projection | None) -> Iterator[Fact]:
    """Yield the facts of a projection, in a fixed order; ids are unique."""
    if projection is None:
        return
    how = f"simulation of {projection.paths} paths, seed {projection.seed}"
    currency = projection.currency
    assumed = [f"assumption.{item.name}" for item in projection.assumptions if item.unit.startswith(PERCENT)]
    yield count_fact("projection.paths", "number of simulated paths (simulations, runs)", projection.paths, "setting")
    yield count_fact("projection.seed", "seed of the simulation", projection.seed, "setting")
    yield money_fact(
        "projection.start",
        "projected start value",
        projection.start_value,
        currency,
        "sum of the amounts of the classes that are projected",
        computed_from=[f"asset_class.{share.asset_class}.amount" for share in projection.mix],
    )
    for percentile in PERCENTILES:
        name, label = f"projection.percentile.{percentile}", f"paths that stay below percentile {percentile}"
        yield percent_fact(name, label, Decimal(percentile) / 100, "definition of a percentile", _OF_PATHS)
    for share in projection.mix:
        name, label = f"projection.mix.{share.asset_class}", f"weight of {spoken(share.asset_class)}"
        yield percent_fact(
            name,
            label,
            share.share,
            "amount / start value",
            words_about(share.asset_class),
            computed_from=[f"asset_class.{share.asset_class}.amount", "projection.start"],
        )
    for item in projection.not_projected:
        name = f"projection.left_out.{item.asset_class}"
        label = f"amount of {spoken(item.asset_class)} that is not projected"
        yield money_fact(name, label, item.amount, currency, "no assumption")
    for year in projection.spoken_years():
        if year.year:
            yield from _year_facts(year, currency, how, assumed)
    for assumption in projection.assumptions:
        if assumption.unit.startswith(PERCENT):
            name, label = f"assumption.{assumption.name}", f"assumed {assumption_name(assumption.name)}"
            yield percent_fact(name, label, assumption.value / 100, assumption.source, _OF_ASSUMPTIONS)


def _year_facts(year: ProjectionYear, currency: str, how: str, assumed: list[str]) -> Iterator[Fact]:
    prefix = f"projection.year.{year.year}"
    inputs = ["projection.start", "goal.contribution", "projection.paths", "projection.seed", *assumed]
    yield years_fact(prefix, f"projected year {year.year}", year.year, "setting")
    figures = {"p5": year.p5, "p25": year.p25, "p50": year.p50, "p75": year.p75, "p95": year.p95, "mean": year.mean}
    for name, value in figures.items():
        label = f"{NAMES_OF_VALUES[name]} of the value after {year.year} years"
        yield money_fact(f"{prefix}.{name}", label, value, currency, how, computed_from=inputs, places=0)
    errors = {"mean": year.mean_error, "median": year.median_error}
    for name, value in errors.items():
        label = f"standard error of the {name}, year {year.year}"
        yield money_fact(f"{prefix}.{name}_error", label, value, currency, how, computed_from=inputs, places=0)
    paid = ["projection.start", "goal.contribution"]
    label = f"paid in after {year.year} years"
    yield money_fact(f"{prefix}.paid_in", label, year.paid_in, currency, "start + contributions", computed_from=paid)
    if year.probability_of_loss is not None:
        label = f"probability of a real loss after {year.year} years"
        yield percent_fact(
            f"{prefix}.loss",
            label,
            year.probability_of_loss,
            how,
            _OF_LOSS,
            computed_from=[*inputs, f"{prefix}.paid_in"],
        )
