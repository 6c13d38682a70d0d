"""The figures of retirement as facts: the goals, each model's answer, what would help, and how far it moves."""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.facts import Fact, count_fact, money_fact, percent_fact, years_fact
from alex_planner.retirement.effects import AssumptionEffect
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.levers import Lever
from alex_planner.retirement.outcome import Outcome, ProjectionYear
from alex_planner.retirement.projection import SPOKEN_EVERY_YEARS, Projection
from alex_planner.retirement.projection_facts import NAMES_OF_VALUES
from alex_planner.wording import assumption_name, spoken

PLANNING_MODEL = "log_normal"
"""Its values by year are facts of the projection; see `projection_facts`."""
_OF_SUCCESS = ("succe", "last", "chance", "probab", "likel", "safe", "reach", "enough", "fail", "odds")
_OF_SPENDING = ("spend", "spent", "withdraw", "pay", "safe", "last")
_OF_FAILING = ("fail", "run out", "runs out", "short", "unpaid", "deplet", "exhaust")
_OF_RATES = ("spend", "spent", "withdraw", "safe")
_OF_GAINS = ("gain", "point", "rais", "lift", "improv", "add", "higher", "spend", "sav", "retir", "later")
_OF_ERRORS = ("error", "uncertain", "give or take", "±", "plus or minus")
_INPUTS = ("projection.start", "projection.paths", "projection.seed", "retirement.goal.horizon")
_OF_ASSUMPTIONS = ("assum", "if ", "were", "inflation", "return", "volatil", "fee", "correlat", "history")


def retirement_facts(projection: Projection, goals: Goals) -> Iterator[Fact]:
    """Yield the facts of an answer, in a fixed order; ids are unique."""
    yield from _goal_facts(projection, goals)
    yield count_fact(
        "retirement.history_years",
        "number of years of history",
        projection.history.last_year - projection.history.first_year + 1,
        "; ".join(projection.history.sources.values()),
    )
    for outcome in projection.outcomes:
        yield from _outcome_facts(outcome, projection)
    for lever in projection.levers:
        yield from _lever_facts(lever, projection.currency)
    for effect in projection.effects:
        yield from _effect_facts(effect, projection)


def _goal_facts(projection: Projection, goals: Goals) -> Iterator[Fact]:
    currency = projection.currency
    yield years_fact("retirement.goal.horizon", "horizon of the projection", goals.horizon_years, "the goals")
    if goals.years_to_retirement is not None:
        spent = goals.horizon_years - goals.years_to_retirement
        yield years_fact("retirement.goal.wait", "years until retirement", goals.years_to_retirement, "the goals")
        yield years_fact("retirement.goal.retired", "years of retirement", spent, "horizon - years until retirement")
        target = goals.target_success_percent / 100
        yield percent_fact("retirement.goal.target", "chance of success that is asked for", target, "the goals")
    if goals.annual_spending is not None:
        spending = goals.annual_spending
        yield money_fact("retirement.goal.spending", "spending per year in retirement", spending, currency, "the goals")
        rate, label = spending / projection.start_value, "spending of a year as part of what there is today"
        yield percent_fact("retirement.goal.rate", label, rate, "spending / start value", _OF_SPENDING)
    for number, income in enumerate(goals.incomes, start=1):
        name, label = f"retirement.goal.income.{number}", f"income per year: {income.label}"
        yield money_fact(name, label, income.annual_amount, currency, "the goals")
    for number, one_off in enumerate(goals.one_offs, start=1):
        name, label = f"retirement.goal.one_off.{number}", f"one-off amount: {one_off.label}"
        yield money_fact(name, label, abs(one_off.amount), currency, "the goals")


def _outcome_facts(outcome: Outcome, projection: Projection) -> Iterator[Fact]:
    prefix, model = f"retirement.{outcome.model}", spoken(outcome.model)
    how = f"{model}, {outcome.paths} paths, seed {projection.seed}"
    yield count_fact(f"{prefix}.paths", f"number of paths (sequences, simulations) of {model}", outcome.paths, "count")
    if outcome.success is not None:
        chance, error = outcome.success.probability, outcome.success.standard_error
        formula = f"share of paths on which everything is paid; {how}"
        label = f"chance of success, {model}"
        yield percent_fact(f"{prefix}.success", label, chance, formula, _OF_SUCCESS, computed_from=_INPUTS)
        yield percent_fact(f"{prefix}.failure", f"chance of failure, {model}", 1 - chance, "1 - success", _OF_FAILING)
        if error is not None:
            label = f"standard error of the chance of success, {model}"
            yield percent_fact(f"{prefix}.success_error", label, error, "sqrt(p (1 - p) / paths)", _OF_ERRORS)
    for safe in outcome.safe_spending:
        at = f"{prefix}.safe_spending.{safe.success * 100:f}".rstrip("0").rstrip(".")
        label = f"spending per year that lasts with a chance of {safe.success * 100:.1f} percent, {model}"
        formula = f"quantile of what each path can pay; {how}"
        yield money_fact(at, label, safe.amount, projection.currency, formula, places=0)
        rate = safe.amount / projection.start_value
        whole = f"{label}, as part of what there is today"
        yield percent_fact(f"{at}.rate", whole, rate, "spending / start value", _OF_RATES)
        yield percent_fact(f"{at}.chance", f"chance for which {label}", safe.success, "setting", _OF_SUCCESS)
    for year in outcome.years if outcome.model != PLANNING_MODEL else ():
        if year.year and (year.year % SPOKEN_EVERY_YEARS == 0 or year.year == projection.horizon_years):
            yield from _year_facts(prefix, model, year, projection.currency, how)


def _year_facts(prefix: str, model: str, year: ProjectionYear, currency: str, how: str) -> Iterator[Fact]:
    at = f"{prefix}.year.{year.year}"
    values = {"p5": year.p5, "p25": year.p25, "p50": year.p50, "p75": year.p75, "p95": year.p95, "mean": year.mean}
    yield years_fact(at, f"year {year.year} of {model}", year.year, "setting")
    for name, value in values.items():
        label = f"{NAMES_OF_VALUES[name]} of the value after {year.year} years, {model}"
        yield money_fact(f"{at}.{name}", label, value, currency, how, places=0)
    label = f"share of paths that by year {year.year} could not pay something, {model}"
    yield percent_fact(f"{at}.unpaid", label, year.unpaid, how, _OF_FAILING)


def _lever_facts(lever: Lever, currency: str) -> Iterator[Fact]:
    prefix, label = f"retirement.lever.{lever.kind}", lever.kind.replace("_", " ")
    if lever.kind == "retire_later":
        yield years_fact(prefix, f"{label}: years", int(lever.step), "setting")
    else:
        yield money_fact(prefix, f"{label}: amount per year", lever.step, currency, "a tenth of the spending", places=0)
    for effect in lever.effects:
        at, model = f"{prefix}.{effect.model}", spoken(effect.model)
        how = f"the same paths with the lever, {model}"
        yield percent_fact(f"{at}.success", f"{label}: chance of success, {model}", effect.success, how, _OF_SUCCESS)
        gained = f"{label}: percentage points of success gained, {model}"
        yield percent_fact(f"{at}.gain", gained, effect.gain, f"difference on {how}", _OF_GAINS)
        if effect.needed is None:
            continue
        needed = f"{label}: needed to reach the target, {model}"
        if lever.kind == "retire_later":
            yield years_fact(f"{at}.needed", needed, int(effect.needed), how)
        else:
            yield money_fact(f"{at}.needed", needed, effect.needed, currency, how, places=0)


def _effect_facts(effect: AssumptionEffect, projection: Projection) -> Iterator[Fact]:
    how = f"{spoken(effect.model)}, {effect.paths} paths common to both"
    for move in effect.moves:
        at = f"retirement.effect.{effect.assumption}.{move.value:f}"
        label = f"{assumption_name(effect.assumption)} at {move.value:f}"
        if projection.measure == "success":
            answer = f"chance of success with {label}"
            yield percent_fact(at, answer, move.answer, how, _OF_ASSUMPTIONS)
            size = f"percentage points that the chance moves by with {label}"
            yield percent_fact(f"{at}.change", size, abs(move.change), how, _OF_ASSUMPTIONS)
        else:
            answer = f"{projection.measure.replace('_', ' ')} with {label}"
            yield money_fact(at, answer, move.answer, projection.currency, how, _OF_ASSUMPTIONS, places=0)
            size = f"what {projection.measure.replace('_', ' ')} moves by with {label}"
            change = abs(Decimal(move.change))
            yield money_fact(f"{at}.change", size, change, projection.currency, how, _OF_ASSUMPTIONS, places=0)
