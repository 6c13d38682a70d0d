"""`alex plan`: every option arrives where the planner's API has it, and that takes it."""

from pathlib import Path
from typing import Any

import pytest
from alex_planner.plan_input import PlanInput
from alex_tools import asking
from alex_tools.commands import app
from alex_tools.planning import PlanOrder
from alex_tools.terminal import open_terminal
from typer.testing import CliRunner

OPTIONS = (
    ("--retire-in", "15"),
    ("--spend", "40000"),
    ("--pension", "12000@20"),
    ("--one-off", "-20000@4"),
    ("--monthly-contribution", "500"),
    ("--save-growth", "1.5"),
    ("--goal", "A calm retirement"),
    ("--success", "85"),
    ("--target", "equity=60"),
    ("--target", "bond=40"),
    ("--band", "3"),
    ("--minimum-trade", "250"),
    ("--class", "ACME=equity"),
    ("--risk-free", "2"),
    ("--cost-percent", "0.1"),
    ("--tax-percent", "25"),
    ("--benchmark", "INDEX"),
    ("--base-currency", "EUR"),
    ("--question", "What could go wrong?"),
    ("--seed", "7"),
)


def request_of(monkeypatch: pytest.MonkeyPatch, *options: str) -> dict[str, Any]:
    """Return the body that a command line asks the planner with."""
    orders: list[PlanOrder] = []

    def keep(order: PlanOrder, *_: object) -> None:
        orders.append(order)

    monkeypatch.setattr(asking, "run_plan", keep)
    done = CliRunner().invoke(app, ["plan", "--portfolio", "pf_1", *options], obj=open_terminal())
    assert done.exit_code == 0, done.output
    return orders[0].as_request("pf_1")


def test_every_option_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Ours: percentages become fractions; the planner's own types read the body."""
    prices = tmp_path / "prices.csv"
    prices.write_text("date,symbol,price,currency\n2026-01-02,ACME,5,EUR\n", encoding="utf-8")
    body = request_of(monkeypatch, *(part for pair in OPTIONS for part in pair), "--prices", str(prices), "--propose")
    asked = PlanInput.model_validate(body)
    goals, analysis = asked.goals, asked.analysis
    assert (goals.years_to_retirement, goals.text) == (15, "A calm retirement")
    amounts = (goals.annual_spending, goals.contribution_growth_percent, goals.contribution_per_year)
    assert [str(amount) for amount in amounts] == ["40000", "1.5", "6000"]
    assert [(str(item.annual_amount), item.first_year) for item in goals.incomes] == [("12000", 20)]
    assert [(str(item.amount), item.year) for item in goals.one_offs] == [("-20000", 4)]
    assert (float(asked.band), asked.seed, goals.base_currency) == (0.03, 7, "EUR")
    assert (str(analysis.minimum_trade), float(analysis.risk_free), float(analysis.tax_rate)) == ("250", 0.02, 0.25)
    assert (float(analysis.cost_rate), analysis.benchmark, analysis.propose) == (0.001, "INDEX", True)
    assert [(item.symbol, item.asset_class) for item in analysis.classes] == [("ACME", "equity")]
    assert (analysis.prices or "").startswith("date,")
    assert {str(name): float(share) for name, share in (asked.target or {}).items()} == {"equity": 0.6, "bond": 0.4}


def test_what_is_not_given_is_the_planners_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: no default stands in two places."""
    body = request_of(monkeypatch)
    assert not {"seed", "band", "budget"} & set(body)
    asked, plain = PlanInput.model_validate(body), PlanInput(portfolio_id="pf_1")
    assert (asked.band, asked.seed, asked.analysis) == (plain.band, plain.seed, plain.analysis)
