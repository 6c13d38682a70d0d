"""`alex plan`: its options, and how they become what the planner is asked for."""

from pathlib import Path
from typing import Annotated

import typer

from alex_tools import asking
from alex_tools.budgeting import BudgetOrder
from alex_tools.environment import load_environment
from alex_tools.errors import BadInput
from alex_tools.planning import PlanOrder, fraction, read_classes, read_target, text_of
from alex_tools.retiring import retirement_goals
from alex_tools.terminal import Terminal

DEFAULT_YEARS = 20
"""What is projected when no horizon and no retirement is named."""


def plan(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A broker's export or CSV; the newest portfolio if none.")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Page to start from; again for each.")] = None,
    *,
    portfolio: Annotated[str | None, typer.Option(help="Id of a stored portfolio, in place of a file.")] = None,
    out: Annotated[Path, typer.Option(help="Where it is written; as PDF when the name ends so.")] = Path("plan.md"),
    holdings: Annotated[int, typer.Option(min=0, help="How many holdings and themes to research.")] = 2,
    max_pages: Annotated[int, typer.Option(min=1, help="Pages to read for each of them.")] = 6,
    horizon_years: Annotated[int | None, typer.Option(min=1, help="Years that the projection covers.")] = None,
    monthly_contribution: Annotated[str, typer.Option(help="Paid in each month until retirement.")] = "0",
    retire_in: Annotated[int | None, typer.Option(min=0, help="Years until retirement; asks whether it lasts.")] = None,
    spend: Annotated[str | None, typer.Option(help="Spending per year in retirement, in today's money.")] = None,
    pension: Annotated[list[str] | None, typer.Option(help="Income per year from a year on, 12000@15.")] = None,
    one_off: Annotated[list[str] | None, typer.Option(help="Amount in a year: -20000@4 is paid.")] = None,
    fee: Annotated[str, typer.Option(help="Fees per year in percent of the portfolio.")] = "0",
    success: Annotated[str, typer.Option(help="Chance in percent that the money should last with.")] = "90",
    save_growth: Annotated[str, typer.Option(help="Growth of what is paid in, above inflation, in percent.")] = "0",
    goal: Annotated[str, typer.Option(help="The goal in your own words; it stands in the plan.")] = "",
    question: Annotated[list[str] | None, typer.Option(help="What you want to know; may be given again.")] = None,
    target: Annotated[list[str] | None, typer.Option(help="Wished share, as equity=60; again for each class.")] = None,
    band: Annotated[float | None, typer.Option(help="Distance from a target left alone, in points; 5 if none.")] = None,
    minimum_trade: Annotated[str | None, typer.Option(help="Orders below this are not proposed.")] = None,
    holding_class: Annotated[list[str] | None, typer.Option("--class", help="Class of a holding, ACME=equity.")] = None,
    prices: Annotated[Path | None, typer.Option(help="CSV with date,symbol,price,currency: for risk.")] = None,
    benchmark: Annotated[str | None, typer.Option(help="Symbol in the prices that beta is against.")] = None,
    risk_free: Annotated[float, typer.Option(help="Return without risk, percent a year: for Sharpe.")] = 0,
    cost_percent: Annotated[float, typer.Option(help="Cost of a trade in percent.")] = 0,
    tax_percent: Annotated[float, typer.Option(help="Tax on realised gains in percent.")] = 0,
    base_currency: Annotated[str | None, typer.Option(help="Currency to count in.")] = None,
    online: Annotated[bool, typer.Option("--online", help="Ask the provider of prices that is set.")] = False,
    propose: Annotated[bool, typer.Option("--propose", help="Have a model propose unknown classes.")] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="The same seed repeats the simulation.")] = None,
    budget_usd: Annotated[float | None, typer.Option(min=0.0001, help="US dollars it may use at the most.")] = None,
    budget_tokens: Annotated[int | None, typer.Option(min=1, help="Tokens it may use at the most.")] = None,
    budget_seconds: Annotated[float | None, typer.Option(min=1, help="Seconds it may work at the most.")] = None,
) -> None:
    """Make a plan for a portfolio with a running stack."""
    terminal = context.obj
    assert isinstance(terminal, Terminal)
    if file is not None and portfolio is not None:
        raise BadInput("give either a file or --portfolio")
    goals = _goals(retire_in, horizon_years, fee, spend=spend, pensions=pension, one_offs=one_off, success=success)
    goals |= {"monthly_contribution": monthly_contribution, "contribution_growth_percent": save_growth}
    goals |= {"base_currency": base_currency, "text": goal}
    analysis = _analysis(prices, holding_class, cost=cost_percent, tax=tax_percent, risk_free=risk_free)
    analysis |= {"benchmark": benchmark, "minimum_trade": minimum_trade, "online": online, "propose": propose}
    order = PlanOrder(
        file or portfolio,
        source or [],
        holdings,
        max_pages,
        goals,
        question or [],
        read_target(target or []),
        analysis,
        BudgetOrder(budget_usd, budget_tokens, budget_seconds),
        _given(seed=seed, band=None if band is None else fraction(band)),
    )
    asking.run_plan(order, out, load_environment(Path.cwd()), Path.cwd(), terminal)


def _goals(
    wait: int | None,
    years: int | None,
    fee: str,
    *,
    spend: str | None,
    pensions: list[str] | None,
    one_offs: list[str] | None,
    success: str,
) -> dict[str, object]:
    """Return the goals as the planner's API names them.

    Raises:
        BadInput: something of a retirement is given without one, or cannot be read.
    """
    if wait is not None:
        return retirement_goals(
            wait=wait, years=years, spend=spend, pensions=pensions, one_offs=one_offs, fee=fee, target=success
        )
    if spend or pensions or one_offs:
        raise BadInput("--spend, --pension and --one-off are of a retirement; name it with --retire-in YEARS")
    return {"horizon_years": years or DEFAULT_YEARS, "fee_percent": fee}


def _analysis(
    prices: Path | None, classes: list[str] | None, *, cost: float, tax: float, risk_free: float
) -> dict[str, object]:
    """Return the options of the analysis as the planner's API names them, from percentages."""
    return {
        "prices": text_of(prices) if prices else None,
        "cost_rate": fraction(cost),
        "tax_rate": fraction(tax),
        "risk_free": fraction(risk_free),
        "classes": read_classes(classes or []),
    }


def _given(**options: object) -> dict[str, object]:
    """Return what was given."""
    return {name: value for name, value in options.items() if value is not None}
