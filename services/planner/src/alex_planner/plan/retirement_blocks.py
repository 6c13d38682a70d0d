"""What a portfolio may become, whether the money lasts, what would help, and how far the answer moves."""

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from alex_planner.assumptions import Assumption
from alex_planner.facts import format_money, format_percent
from alex_planner.plan.blocks import Block, Bullets, Heading, Ranges, YearRange, grid, line, paragraph
from alex_planner.plan.schema import Plan
from alex_planner.plan.source_blocks import with_unit
from alex_planner.retirement.effects import AssumptionEffect, Move
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.levers import Lever, LeverEffect
from alex_planner.retirement.outcome import Outcome, ProjectionYear
from alex_planner.retirement.projection import Projection
from alex_planner.wording import NONE, assumption_name, points, spoken

SMALLEST_MOVE = Decimal("0.0005")
"""Part by which an assumption must move the answer to be shown: what rounds to 0.1 points, or as much of an amount."""
_TRIED = {"spend_less": "spend {} less a year", "save_more": "save {} more a year", "retire_later": "retire {} later"}


def projection_blocks(projection: Projection) -> Iterator[Block]:
    """Yield the range of values by year, with its premises."""
    currency = projection.currency
    mix = ", ".join(f"{spoken(item.asset_class)} {format_percent(item.share)}" for item in projection.mix)
    whole = "" if projection.complete else " (not the whole portfolio)"
    yield Heading(2, "What it may become")
    yield paragraph(
        f"In today's money of {currency}, after inflation and the fees that were given, before taxes. Start "
        f"{format_money(projection.start_value, currency)}{whole}; mix {mix}, brought back to these weights each year; "
        f"paid in each year {format_money(projection.annual_contribution, currency)}."
    )
    yield _range(projection)
    yield from _years(projection)
    final = projection.final
    yield paragraph(
        f"The column 5 % is the value that 5 % of {projection.paths:,} simulated paths stay below. Standard error "
        f"after {final.year} years: median {format_money(final.median_error, currency, 0)}, mean "
        f"{format_money(final.mean_error, currency, 0)}."
    )
    if projection.not_projected:
        left = [
            f"{spoken(item.asset_class)}, {format_money(item.amount, currency)}" for item in projection.not_projected
        ]
        yield Bullets(tuple(line(f"Not projected, for want of an assumption: class {text}.") for text in left))


def retirement_blocks(projection: Projection, goals: Goals) -> Iterator[Block]:
    """Yield chances, safe spending and what would help; nothing when no retirement is looked at."""
    if goals.years_to_retirement is None:
        return
    currency, history = projection.currency, projection.history
    spent = goals.annual_spending
    spending = "" if spent is None else f"spending {format_money(spent, currency, 0)} a year, "
    yield Heading(2, "Whether it lasts")
    yield paragraph(
        f"With {spending}retired after {goals.years_to_retirement} of {goals.horizon_years} years, in today's money. "
        "Three models answer: the planning assumptions below; years of history drawn in blocks; and every stretch of "
        f"that history as it was ({history.name}, {history.first_year} to {history.last_year}). They disagree, and "
        "none is a forecast."
    )
    safe = [
        f"spending a year, lasts with {format_percent(item.success)}" for item in projection.outcomes[0].safe_spending
    ]
    yield grid(("model", "chance", "standard error", *safe), [_outcome(item, currency) for item in projection.outcomes])
    if projection.levers:
        yield from _levers(projection, format_percent(goals.target_success_percent / 100))
    if projection.notes:
        yield Bullets(tuple(line(note) for note in projection.notes))


def what_if_blocks(plan: Plan, projection: Projection) -> Iterator[Block]:
    """Yield the other goals that were tried, beside the goals as they are."""
    if not plan.what_ifs:
        return
    currency = projection.currency
    yield Heading(3, "What if")
    yield paragraph(
        "Other goals on the same random numbers: the chance that the money lasts, and the median at the end."
    )
    models = [outcome.model for outcome in projection.outcomes]
    now = [(item.success.probability if item.success else None, item.years[-1].p50) for item in projection.outcomes]
    rows = [("as it is", *(_tried(chance, median, currency) for chance, median in now))]
    for item in plan.what_ifs:
        answers = {answer.model: answer for answer in item.answers}
        known = [answers.get(model) for model in models]
        cells = [_tried(answer.success, answer.median, currency) if answer else NONE for answer in known]
        rows.append((item.label, *cells))
    yield grid(("goals", *(spoken(model) for model in models)), rows)


def _tried(chance: Decimal | None, median: Decimal, currency: str) -> str:
    amount = format_money(median, currency, 0)
    return amount if chance is None else f"{format_percent(chance)}, {amount}"


def effect_blocks(projection: Projection) -> Iterator[Block]:
    """Yield how far the answer moves with each assumption."""
    if not projection.effects:
        return
    units = {item.name: item for item in projection.assumptions}
    shown = [effect for effect in projection.effects if _matters(effect, projection)]
    left = [assumption_name(effect.assumption) for effect in projection.effects if not _matters(effect, projection)]
    yield Heading(3, "How far the answer moves with them")
    yield paragraph(
        f"Each is moved by itself, on the same random numbers; shown is the change of the {_answer(projection)}."
    )
    if shown:
        rows = [_effect(effect, units.get(effect.assumption), projection) for effect in shown]
        yield grid(("assumption", "model", "moved to and change", "moved to and change"), rows, numbers_from=2)
    if left:
        yield paragraph(f"Hardly any change with: {', '.join(left)}.")


def _range(projection: Projection) -> Ranges:
    years = tuple(YearRange(item.year, item.p5, item.p25, item.p50, item.p75, item.p95) for item in projection.years)
    caption = (
        f"Years from now, {projection.currency} in today's money, under the planning assumptions. Line: the median. "
        "Dark band: half of the paths. Light band: nine of ten."
    )
    return Ranges(years, caption)


def _years(projection: Projection) -> Iterator[Block]:
    years = projection.spoken_years()
    losses = any(year.probability_of_loss is not None for year in years)
    header = (
        "year",
        "5 %",
        "25 %",
        "median",
        "75 %",
        "95 %",
        "paid in",
        *(("chance of a real loss",) if losses else ()),
    )
    yield grid(header, [_year(item)[: len(header)] for item in years], numbers_from=0)


def _year(year: ProjectionYear) -> tuple[str, ...]:
    amounts = (year.p5, year.p25, year.p50, year.p75, year.p95, year.paid_in)
    loss = NONE if year.probability_of_loss is None else format_percent(year.probability_of_loss)
    return (str(year.year), *(_whole(amount) for amount in amounts), loss)


def _whole(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN):,}"


def _outcome(outcome: Outcome, currency: str) -> tuple[str, ...]:
    chance = outcome.success
    error = chance.standard_error if chance else None
    return (
        spoken(outcome.model),
        format_percent(chance.probability) if chance else NONE,
        NONE if error is None else format_percent(error),
        *(format_money(item.amount, currency, 0) for item in outcome.safe_spending),
    )


def _levers(projection: Projection, target: str) -> Iterator[Block]:
    """Yield what would raise the chance, by model, and how much of each alone reaches the target."""
    models = [outcome.model for outcome in projection.outcomes]
    currency = projection.currency
    yield Heading(3, "What would help")
    rows, needed = [], []
    for lever in projection.levers:
        effects = {effect.model: effect for effect in lever.effects}
        cells = [effects.get(model) for model in models]
        tried = _TRIED[lever.kind].format(_size(lever, lever.step, currency))
        rows.append((tried, *(_chance(effect) for effect in cells)))
        needed.append((_TRIED[lever.kind].format("..."), *(_needed(lever, effect, currency) for effect in cells)))
    header = [spoken(model) for model in models]
    if any(effect.gain >= SMALLEST_MOVE for lever in projection.levers for effect in lever.effects):
        yield paragraph("Each by itself; shown is the chance with it, and the change in points.")
        yield grid(("what would help", *header), rows)
    if any(effect.needed != 0 for lever in projection.levers for effect in lever.effects):
        yield paragraph(f"How much of each alone reaches {target}:")
        yield grid(("alone", *header), needed)
    else:
        yield paragraph(f"Every model reaches the {target} that are asked for already: nothing needs to change for it.")


def _chance(effect: LeverEffect | None) -> str:
    return NONE if effect is None else f"{format_percent(effect.success)} ({points(effect.gain)})"


def _needed(lever: Lever, effect: LeverEffect | None, currency: str) -> str:
    if effect is None:
        return NONE
    if effect.needed is None:
        return "no amount"
    return _size(lever, effect.needed, currency) if effect.needed else "reached already"


def _size(lever: Lever, amount: Decimal, currency: str) -> str:
    if lever.kind == "retire_later":
        return f"{amount:.0f} year{'' if amount == 1 else 's'}"
    return format_money(amount, currency, 0)


def _matters(effect: AssumptionEffect, projection: Projection) -> bool:
    first = effect.moves[0]
    scale = Decimal(1) if projection.measure == "success" else abs(first.answer - first.change)
    return effect.span >= SMALLEST_MOVE * scale


def _answer(projection: Projection) -> str:
    what = {
        "success": "chance that the money lasts, in points",
        "safe_spending": f"spending that lasts, in {projection.currency} a year",
        "median_value": f"median value at the horizon, in {projection.currency}",
    }
    return what[projection.measure]


def _effect(effect: AssumptionEffect, assumption: Assumption | None, projection: Projection) -> tuple[str, ...]:
    moves = [_move(move, assumption, projection) for move in effect.moves]
    return (assumption_name(effect.assumption), spoken(effect.model), *moves, *[NONE] * (2 - len(moves)))


def _move(move: Move, assumption: Assumption | None, projection: Projection) -> str:
    value = with_unit(move.value, assumption.unit) if assumption else f"{move.value:f}"
    change = points(move.change) if projection.measure == "success" else f"{move.change:+,.0f}"
    return f"{value}: {change}"
