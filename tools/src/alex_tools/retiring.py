"""`alex retire`: whether the money lasts, as tables that a person reads, or as the service's JSON."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from alex_tools.client import running_service
from alex_tools.environment import load_environment
from alex_tools.errors import BadInput
from alex_tools.planning import newest, text_of
from alex_tools.terminal import Terminal

YEARS_OF_RETIREMENT = 30
"""What is looked at when no horizon is given: that of the studies of the 4 % rule."""
MAX_SHOWN = 10
"""Assumptions that are listed, those that move the answer most; --json has all."""
SHOWN_EVERY_YEARS = 5
_LEVERS = {"spend_less": "spend {} less a year", "save_more": "save {} more a year", "retire_later": "retire {} later"}


def retire(
    context: typer.Context,
    portfolio: Annotated[str | None, typer.Argument(help="Id of a portfolio; the newest one if not given.")] = None,
    *,
    value: Annotated[str | None, typer.Option(help="What there is, in place of a portfolio; with --mix.")] = None,
    currency: Annotated[str, typer.Option(help="Currency of --value.")] = "USD",
    mix: Annotated[list[str] | None, typer.Option(help="Percent of a class, equity=60; again for each.")] = None,
    wait: Annotated[int, typer.Option("--in", min=0, help="Years until retirement.")] = 0,
    years: Annotated[int | None, typer.Option(min=1, help="Years looked at in all; 30 of retirement if none.")] = None,
    spend: Annotated[str | None, typer.Option(help="Spending per year in retirement, in today's money.")] = None,
    save: Annotated[str, typer.Option(help="Paid in per year until then, in today's money.")] = "0",
    save_growth: Annotated[str, typer.Option(help="Growth of that per year above inflation, in percent.")] = "0",
    pension: Annotated[
        list[str] | None, typer.Option(help="Income per year from a year on, 12000@15; again for each.")
    ] = None,
    one_off: Annotated[
        list[str] | None, typer.Option(help="Amount in a year: -20000@4 is paid, 5000@2 received; again for each.")
    ] = None,
    fee: Annotated[str, typer.Option(help="Fees per year in percent of the portfolio.")] = "0",
    target: Annotated[str, typer.Option(help="Chance in percent at which spending counts as safe.")] = "90",
    assume: Annotated[
        list[str] | None, typer.Option(help="Another value of an assumption, equity.real_return=4; again for each.")
    ] = None,
    history: Annotated[Path | None, typer.Option(help="CSV of past years: year,inflation,equity,bond,...")] = None,
    paths: Annotated[int, typer.Option(help="Simulated lives of the portfolio.")] = 10_000,
    seed: Annotated[int | None, typer.Option(help="The same seed repeats the answer.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer of the service.")] = False,
) -> None:
    """Show whether the money lasts in retirement, what can be spent, and what would help."""
    terminal = context.obj
    assert isinstance(terminal, Terminal)
    goals = retirement_goals(
        wait=wait, years=years, spend=spend, pensions=pension, one_offs=one_off, fee=fee, target=target
    ) | {"annual_contribution": save, "contribution_growth_percent": save_growth}
    body: dict[str, object] = {"goals": goals, "paths": paths, "assumptions": numbers_of(assume or [])}
    body |= {"mix": numbers_of(mix)} if mix else {}
    body |= {"history_csv": text_of(history)} if history else {}
    body |= {} if seed is None else {"seed": seed}
    planner = running_service("planner", load_environment(Path.cwd()), Path.cwd())
    body |= {"portfolio_id": portfolio or newest(planner)} if value is None else {"value": value, "currency": currency}
    answer = planner.post("/retirement", body)
    if as_json:
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return
    for line in describe_retirement(answer):
        terminal.say(line)


def retirement_goals(
    *,
    wait: int,
    years: int | None,
    spend: str | None,
    pensions: list[str] | None,
    one_offs: list[str] | None,
    fee: str,
    target: str,
) -> dict[str, object]:
    """Return the goals of a retirement as the planner's API names them.

    Raises:
        BadInput: an income or an amount is not written as `amount@year`.
    """
    incomes = [
        {"label": "pension", "annual_amount": amount, "first_year": year} for amount, year in map(dated, pensions or [])
    ]
    return {
        "horizon_years": years or wait + YEARS_OF_RETIREMENT,
        "years_to_retirement": wait,
        "annual_spending": spend,
        "incomes": incomes,
        "one_offs": [{"amount": amount, "year": year} for amount, year in map(dated, one_offs or [])],
        "fee_percent": fee,
        "target_success_percent": target,
    }


def numbers_of(pairs: list[str]) -> dict[str, str]:
    """Return numbers by name from `name=number`.

    Raises:
        BadInput: one of them is written otherwise.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, _, number = pair.partition("=")
        try:
            found[name.strip()] = str(Decimal(number.strip().rstrip("%")))
        except InvalidOperation:
            raise BadInput(f"{pair!r} is not name=number, such as equity=60") from None
    return found


def dated(text: str) -> tuple[str, int]:
    """Return amount and year from `amount@year`.

    Raises:
        BadInput: it is written otherwise.
    """
    amount, _, year = text.partition("@")
    try:
        return str(Decimal(amount)), int(year)
    except (InvalidOperation, ValueError):
        raise BadInput(f"{text!r} is not amount@year, such as 12000@15 for year 15 from now") from None


def describe_retirement(answer: Mapping[str, object]) -> Iterator[str]:
    """Yield an answer as lines to read; each figure of it can be opened with --json."""
    projection, goals = _object(answer["projection"]), _object(answer["goals"])
    currency, outcomes = str(projection["currency"]), _objects(projection["outcomes"])
    mix = ", ".join(f"{item['asset_class']} {_percent(item['share'])}" for item in _objects(projection["mix"]))
    yield f"{_money(projection['start_value'])} {currency} today: {mix}. All amounts are in today's money."
    yield from (f"  missing: {sentence}" for sentence in _texts(answer.get("missing")))
    yield from _chances(outcomes, goals)
    yield from _range(outcomes[0])
    yield from _levers(_objects(projection["levers"]), currency, str(goals["target_success_percent"]))
    yield from _effects(projection)
    history = _object(projection["history"])
    yield ""
    yield f"History: {history['name']} {history['first_year']} to {history['last_year']}."
    yield from (f"  {name}: {source}" for name, source in _object(history["sources"]).items())
    yield f"Seed {projection['seed']}, {projection['paths']} paths. This is a calculation, not advice."


def _chances(outcomes: list[dict[str, object]], goals: Mapping[str, object]) -> Iterator[str]:
    spending = goals.get("annual_spending")
    yield ""
    asked = f"Spending {_money(spending)} a year" if spending is not None else "Spending that lasts"
    yield f"{asked}, over {goals['horizon_years']} years, retired after {goals['years_to_retirement']}"
    levels = [str(safe["success"]) for safe in _objects(outcomes[0]["safe_spending"])]
    yield _row("", "lasts", "+/-", *(f"safe {_percent(level)}" for level in levels))
    for outcome in outcomes:
        chance = _object(outcome["success"]) if outcome["success"] else {}
        error = chance.get("standard_error")
        safe = [_money(item["amount"]) for item in _objects(outcome["safe_spending"])]
        lasts = _percent(chance["probability"]) if chance else "-"
        yield _row(_spoken(outcome["model"]), lasts, _percent(error) if error else "-", *safe)
        starts = outcome.get("failed_starts")
        if isinstance(starts, list) and starts and spending is not None:
            yield f"    would have failed when begun in {', '.join(map(str, starts))} (of {outcome['paths']} starts)"


def _range(outcome: Mapping[str, object]) -> Iterator[str]:
    rows = _objects(outcome["years"])
    yield ""
    yield f"Value by year, {_spoken(outcome['model'])}"
    yield _row("year", "5 %", "25 %", "median", "75 %", "95 %", "unpaid")
    for row in rows:
        if int(str(row["year"])) % SHOWN_EVERY_YEARS == 0 or row is rows[-1]:
            amounts = (_money(row[name]) for name in ("p5", "p25", "p50", "p75", "p95"))
            yield _row(str(row["year"]), *amounts, _percent(row["unpaid"]))


def _levers(levers: list[dict[str, object]], currency: str, target: str) -> Iterator[str]:
    if not levers:
        return
    yield ""
    yield f"What would help most (points of chance), and what alone would reach {target} %"
    for lever in levers:
        kind = str(lever["kind"])
        yield f"  {_LEVERS[kind].format(_size(kind, lever['step'], currency))}"
        for effect in _objects(lever["effects"]):
            alone = _alone(kind, effect["needed"], currency)
            yield f"    {_spoken(effect['model']):22} {_points(effect['gain']):>7}   {alone}"


def _alone(kind: str, needed: object, currency: str) -> str:
    if needed is None:
        return "no amount of it alone is enough"
    return (
        f"{_size(kind, needed, currency)} alone would do" if Decimal(str(needed)) else "the target is reached already"
    )


def _effects(projection: Mapping[str, object]) -> Iterator[str]:
    assumptions = {str(item["name"]): item for item in _objects(projection["assumptions"])}
    effects = _objects(projection["effects"])
    yield ""
    yield f"What the answer rests on ({_spoken(projection['measure'])})"
    for effect in effects[:MAX_SHOWN]:
        assumption = assumptions[str(effect["assumption"])]
        as_change = _points if projection["measure"] == "success" else _money
        moves = ", ".join(f"{move['value']}: {as_change(move['change'])}" for move in _objects(effect["moves"]))
        yield f"  {assumption['name']} = {assumption['value']} {assumption['unit']}; at {moves}"
    if len(effects) > MAX_SHOWN:
        yield f"  and {len(effects) - MAX_SHOWN} more, which move it less; see --json"


def _row(first: str, *cells: str) -> str:
    return f"  {first:22}" + "".join(f"{cell:>14}" for cell in cells)


def _size(kind: str, amount: object, currency: str) -> str:
    return f"{Decimal(str(amount)):.0f} years" if kind == "retire_later" else f"{_money(amount)} {currency}"


def _money(amount: object) -> str:
    return f"{Decimal(str(amount)):,.0f}"


def _percent(fraction: object) -> str:
    return f"{Decimal(str(fraction)) * 100:.1f} %"


def _points(fraction: object) -> str:
    return f"{Decimal(str(fraction)) * 100:+.1f}"


def _spoken(name: object) -> str:
    return str(name).replace("_", " ")


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
