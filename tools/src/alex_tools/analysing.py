"""`alex analyse`: the figures of a stored portfolio as a person reads them, or as the service's JSON."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from alex_tools.client import running_service
from alex_tools.environment import load_environment
from alex_tools.planning import fraction, newest, read_classes, read_target, text_of
from alex_tools.terminal import Terminal

MAX_SHOWN = 12
"""Slices, facts or reasons of one kind that are listed; the number of all of them is always given."""
_OF_HOLDINGS = ("value", "share", "gain", "gain_percent")
"""Figures of a holding that its line has."""
_DIMENSIONS = ("asset_class", "region", "sector", "currency", "account")
_GROUPS = {
    "gains.": "Cost and unrealised gain, as far as the file says what was paid",
    "concentration.": "Concentration",
    "expenses.": "Expenses",
    "returns.": "Returns",
    "risk.": "Risk",
    "drift.": "Drift from the target",
    "trade.": "Proposed orders, a calculation and not advice",
    "trades.": "What the orders bring with them",
    "nothing.": "Doing nothing instead costs no trade",
}


def analyse(
    context: typer.Context,
    portfolio: Annotated[str | None, typer.Argument(help="Id of a portfolio; the newest one if not given.")] = None,
    *,
    prices: Annotated[Path | None, typer.Option(help="CSV with date,symbol,price,currency.")] = None,
    target: Annotated[
        list[str] | None, typer.Option(help="Wanted percentage of a class, equity=60; again for each.")
    ] = None,
    new_money: Annotated[str, typer.Option(help="Money to invest first, in the base currency.")] = "0",
    minimum_trade: Annotated[
        str | None,
        typer.Option(help="Orders below this are not proposed; half a percent of the portfolio if not given."),
    ] = None,
    risk_free: Annotated[float, typer.Option(help="Return without risk, percent a year: for Sharpe.")] = 0,
    as_of: Annotated[str | None, typer.Option(help="Day of the valuation, 2026-03-31; today if not given.")] = None,
    cost_percent: Annotated[float, typer.Option(help="Cost of a trade in percent.")] = 0,
    tax_percent: Annotated[float, typer.Option(help="Tax on realised gains in percent.")] = 0,
    holding_class: Annotated[
        list[str] | None, typer.Option("--class", help="Class of a holding, ACME=equity; again for each.")
    ] = None,
    base_currency: Annotated[str | None, typer.Option(help="Currency to count in.")] = None,
    benchmark: Annotated[str | None, typer.Option(help="Symbol in the prices that beta is against.")] = None,
    online: Annotated[
        bool, typer.Option("--online", help="Ask the provider of prices that the planner is set to.")
    ] = False,
    propose: Annotated[
        bool, typer.Option("--propose", help="Have a model propose classes that nobody has said.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer of the service.")] = False,
) -> None:
    """Show the figures of a portfolio: allocation, concentration, expenses, returns, risk, and orders for a target."""
    terminal = context.obj
    assert isinstance(terminal, Terminal)
    body: dict[str, object] = {
        "new_money": new_money, "minimum_trade": minimum_trade, "base_currency": base_currency, "benchmark": benchmark,
        "online": online, "propose": propose, "classes": read_classes(holding_class or []),
        "cost_rate": fraction(cost_percent), "tax_rate": fraction(tax_percent), "risk_free": fraction(risk_free),
        "as_of": as_of,
        "target": {name: str(share) for name, share in read_target(target).items()} if target else None,
        "prices": text_of(prices) if prices else None,
    }  # fmt: skip
    planner = running_service("planner", load_environment(Path.cwd()), Path.cwd())
    answer = planner.post(f"/portfolios/{portfolio or newest(planner)}/analysis", body)
    if as_json:
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return
    for line in describe_analysis(answer):
        terminal.say(line)


def describe_analysis(answer: Mapping[str, object]) -> Iterator[str]:
    """Yield an analysis as lines to read; each figure of it can be opened with --json."""
    facts = {str(fact["id"]): fact for fact in _objects(answer.get("facts"))}
    total = facts.get("total", {}).get("formatted", "no value is known")
    yield f"Value on {answer.get('as_of')}: {total}"
    allocation = answer.get("allocation")
    if isinstance(allocation, dict) and allocation.get("positions"):
        yield ""
        yield "Holdings"
        yield from _cut(list(_holdings(facts, _objects(allocation["positions"]))))
    for dimension in _DIMENSIONS:
        slices = _objects(allocation.get(f"by_{dimension}")) if isinstance(allocation, dict) else []
        if slices:
            yield ""
            yield f"By {dimension.replace('_', ' ')}"
            yield from _cut([_slice(facts, dimension, item) for item in slices])
    for prefix, title in _GROUPS.items():
        group = [fact for name, fact in facts.items() if name.startswith(prefix)]
        if group:
            yield ""
            yield title
            yield from _cut([f"  {fact['label']}: {fact['formatted']}" for fact in group])
    missing = answer.get("missing")
    if isinstance(missing, list) and missing:
        yield ""
        yield "Not known"
        yield from _cut([f"  {item['figure']}: {item['reason']}" for item in _objects(missing)])


def _holdings(facts: Mapping[str, Mapping[str, object]], positions: list[dict[str, object]]) -> Iterator[str]:
    """Yield each holding with value, share and gain, as far as they are known, the largest first."""
    rows = []
    for number, item in enumerate(positions, start=1):
        known = {name: facts.get(f"position.{number}.{name}", {}).get("formatted") for name in _OF_HOLDINGS}
        words = [known["value"] or "no value is known", known["share"] or "not counted"]
        if known["gain"]:
            words.append(f"gain {known['gain']}" + (f", {known['gain_percent']}" if known["gain_percent"] else ""))
        rows.append((float(str(item.get("share") or 0)), f"  {item['symbol']}: {', '.join(map(str, words))}"))
    yield from (text for _, text in sorted(rows, key=lambda row: -row[0]))


def _slice(facts: Mapping[str, Mapping[str, object]], dimension: str, item: Mapping[str, object]) -> str:
    name = f"{dimension}.{item['key']}"
    share = facts.get(f"{name}.share", {}).get("formatted", "-")
    return f"  {item['key']}: {facts[f'{name}.amount']['formatted']}, {share}"


def _cut(lines: list[str]) -> Iterator[str]:
    yield from lines[:MAX_SHOWN]
    if len(lines) > MAX_SHOWN:
        yield f"  and {len(lines) - MAX_SHOWN} more"


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
