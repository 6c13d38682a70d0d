"""The gate on a labelled set about ratios, expenses, years and lots, on the facts of a plan that has every measure."""

import re
from datetime import UTC, datetime
from functools import cache

import pytest
from alex_planner.figures import Figures, compute_figures
from alex_planner.importing.importer import import_file
from alex_planner.plan.checking import Gate
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio, content_hash

from tests.planner.plan.measured import ACTIVITY, LAST, wanted

SUPPORTED = (
    "The Sharpe ratio is {risk.sharpe}.",
    "With a Sharpe ratio of -2.4 it did worse than money without risk.",
    "Its beta against INDEX is {risk.beta}.",
    "The correlation of VT and BND is {risk.correlation.VT.BND}: they hardly move together.",
    "VT and ACME are slightly negatively correlated, at -0.09.",
    "The Herfindahl index of {concentration.herfindahl} says that it is concentrated.",
    "A Herfindahl index of 0.54 means as much as 1.9 equal holdings.",
    "The funds whose expenses are known cost {expenses.ratio} a year.",
    "An expense ratio of {expenses.ratio} is low.",
    "Over 30 years the expenses take {expenses.drag}.",
    "The costs of the first year are {expenses.first_year}.",
    "The volatility was {risk.volatility} a year.",
    "A volatility of about 12 % is moderate.",
    "Its worst fall was {risk.max_drawdown}.",
    "It lost {risk.value_at_risk} or more in one period of twenty.",
    "The mean loss of the worst periods was {risk.conditional_value_at_risk}.",
    "The money-weighted return was {returns.money_weighted} a year.",
    "The time-weighted return was {returns.time_weighted_yearly} a year, {returns.time_weighted} in all.",
    "You paid in {returns.paid_in} and gained {returns.gain}.",
    "Retirement begins in 5 years and lasts 25 years.",
    "The plan covers thirty years.",
    "The chance that the money lasts is {retirement.log_normal.success}.",
    "That chance has a standard error of {retirement.log_normal.success_error}.",
    "The plan fails on {retirement.log_normal.failure} of the paths.",
    "Spending {retirement.lever.spend_less} less raises the chance by {retirement.lever.spend_less.log_normal.gain}.",
    "Retiring two years later raises the chance to {retirement.lever.retire_later.log_normal.success}.",
    "You would spend {retirement.goal.rate} of what there is today in a year.",
    "The price history has 539 periods, from 2 June 2025 to 23 November 2026.",
    "The largest fall began on 3 June 2025.",
    "The tax on the gain is {trades.tax}, and the cost of the trades {trades.cost}.",
    "Sell 10 shares of VT for $3,100, at a gain of $100.",
    "Buy {trade.1.units} units of BND.",
    "The lot of VT that is sold was bought on 20 November 2026.",
    "At the target the assumed volatility falls from {nothing.volatility} to {nothing.target_volatility}.",
    "Doing nothing keeps an assumed return of {nothing.return}.",
    "VT has gained {position.1.gain} on a cost of {position.1.cost}.",
    "Since it was bought, ACME gained {position.3.gain_percent}.",
    "BND is down: it lost 40 USD, or 1.3 % of what was paid.",
    "The unrealised gain is {gains.gain}, {gains.percent} of the cost.",
    "What was paid is known for {gains.covered} of the value.",
)
"""Sentences of facts; in braces stands the id of one, in whose place its value is read."""
UNSUPPORTED = (
    "The Sharpe ratio is 1.2.",
    "The Sharpe ratio is 2.41.",
    "The Sharpe ratio is 0.01.",
    "Its beta is -2.41.",
    "Its beta against INDEX is 1.05.",
    "Its beta is 1.",
    "The correlation of VT and BND is 0.85.",
    "The correlation of VT and BND is -0.03.",
    "The correlation of VT and ACME is 0.09.",
    "The Herfindahl index is 0.25.",
    "It is as spread as 4.2 equal holdings.",
    "The funds cost 0.6 % a year.",
    "An expense ratio of 0.16 percent is low.",
    "The funds cost 60 basis points a year.",
    "Over 30 years the expenses take 754.24 USD.",
    "The costs of the first year are 8.55 USD.",
    "The volatility was 17.5 % a year.",
    "Its worst fall was 64.5 %.",
    "It lost 2.7 % or more in one period of twenty.",
    "The money-weighted return was 24.4 % a year.",
    "The time-weighted return was 85.4 % a year.",
    "You paid in 12,000 USD for the securities.",
    "Retirement begins in 6 years.",
    "Retirement lasts 26 years.",
    "The plan covers thirty-five years.",
    "The bonds have a duration of 6.3 years.",
    "Their maturity is 8.5 years.",
    "The price-earnings ratio is 21.",
    "It trades at a P/E of 31.4.",
    "The yield to maturity is 4.6 %.",
    "The chance that the money lasts is 93.1 %.",
    "The chance that the money lasts is 88 %.",
    "That chance has a standard error of 1.3 %.",
    "Spending 90 USD less a year helps.",
    "Retiring four years later helps.",
    "The price history has 600 periods.",
    "The price history begins on 2 June 2024.",
    "The tax on the gain is 93.09 USD.",
    "Sell 12 shares of VT.",
    "Buy 52 units of BND.",
    "The lot of VT that is sold was bought on 21 November 2026.",
    "The R-squared is 0.97.",
    "The tracking error is 0.4 %.",
    "The Sortino ratio is 1.9.",
    "It has an alpha of 2.3 %.",
    "The turnover is 12.5 %.",
    "The fund holds 3,700 stocks.",
    "Its Sharpe ratio is twice that of the index.",
    "VT has gained 2,400 USD on what was paid.",
    "VT is 32.9 % of the portfolio.",
    "The unrealised gain is 12.5 % of the cost.",
    "ACME cost 1,150 USD.",
    "The holdings cost 11,500 USD.",
    "BND gained 32.9 % since it was bought.",
)
_FACT = re.compile(r"\{([^{}]+)\}")


@cache
def figures() -> Figures:
    """Return figures with returns, risk, expenses, orders with lots and a retirement."""
    read = import_file(ACTIVITY.encode(), today=LAST)
    portfolio = Portfolio(
        id="pf_1",
        owner="local",
        name="Measured",
        created_at=datetime(2026, 11, 23, tzinfo=UTC),
        positions=read.positions,
        activities=read.activities,
        content_hash=content_hash(read.positions),
    )
    asked = PlanInput.model_validate({"portfolio_id": portfolio.id, **wanted()})
    return compute_figures(portfolio, asked, LAST, None)


@cache
def gate() -> Gate:
    """Return the gate of a plan with these figures."""
    return Gate.of(figures(), [])


def supported() -> list[str]:
    """Return the sentences of facts with their values."""
    values = {fact.id: fact.formatted for fact in figures().facts}
    return [_FACT.sub(lambda match: values[match[1]], text) for text in SUPPORTED]


def test_no_sentence_of_measures_is_refused() -> None:
    """Ours: errors of the first kind on the labelled set are zero."""
    assert {text: found for text in supported() if (found := gate().check(text))} == {}


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_a_measure_that_nobody_computed_is_refused(text: str) -> None:
    """Ours: errors of the second kind on the labelled set are zero."""
    assert gate().check(text)
