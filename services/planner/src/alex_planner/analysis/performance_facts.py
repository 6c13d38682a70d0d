"""Returns and risk as facts, each with its formula, its source and the prices that it was computed from."""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.facts import Fact, count_fact, date_fact, money_fact, number_fact, percent_fact, with_inputs
from alex_planner.returns.activity_returns import Returns
from alex_planner.risk.risk_report import CONFIDENCE, Risk

_TAIL = 1 - Decimal(str(CONFIDENCE))
_XIRR = "rate r with sum of flows x (1 + r)^(days / 365) = end value (XIRR; GIPS, money-weighted return)"
_TWR = "product of value before each flow / value after the one before (GIPS, time-weighted return)"
_OF_RETURNS = ("return", "gain", "los", "earn", "grew", "grow", "paid", "purchas", "sale", "taken out", "perform")
_OF_RISK = ("volatil", "risk", "swing", "histor", "return", "deviat", "fluctuat")
_OF_FALLS = ("fall", "fell", "los", "drawdown", "drop", "worst", "risk", "tail")


def return_facts(found: Returns, currency: str) -> Iterator[Fact]:
    """Yield what was paid in and taken out, and both returns."""
    amounts = {
        "paid_in": ("paid in for securities", found.paid_in, "sum of purchases"),
        "taken_out": ("taken out of securities", found.taken_out, "sum of sales and income"),
        "end_value": ("value of the securities at the end", found.end_value, "sum of their values"),
        "gain": ("gain of the securities", found.gain, "end value + taken out - paid in"),
    }
    for name, (label, value, source) in amounts.items():
        if value is not None:
            yield money_fact(f"returns.{name}", label, value, currency, source, _OF_RETURNS)
    for name, label, day in (("start", "first purchase in the file", found.start), ("end", "valuation", found.end)):
        if day is not None and found.start is not None:
            yield date_fact(f"returns.{name}", f"day of the {label}", day, "the file")
    percents = {
        "money_weighted": ("money-weighted return a year", found.money_weighted, _XIRR),
        "time_weighted": ("time-weighted return over the whole time", found.time_weighted, _TWR),
        "time_weighted_yearly": (
            "time-weighted return a year", found.time_weighted_yearly, f"(1 + R)^(365 / days) - 1; {_TWR}"
        ),
    }  # fmt: skip
    inputs = {"start": found.start, "end": found.end, "end_value": found.end_value}
    for name, (label, value, source) in percents.items():
        if value is not None:
            fact = percent_fact(f"returns.{name}", label, value, source, _OF_RETURNS)
            yield with_inputs(fact, **inputs, paid_in=found.paid_in, taken_out=found.taken_out)


def risk_facts(found: Risk) -> Iterator[Fact]:
    """Yield the measures of risk, and the days that they are of."""
    inputs = {
        "start": found.start, "end": found.end, "periods": found.periods, "periods_per_year": found.periods_per_year,
        "covered": found.covered, "prices": "; ".join(found.sources),
    }  # fmt: skip
    yield percent_fact(
        "risk.covered", "part of the value with a price history", found.covered, "value / total", _OF_RISK
    )
    for fact in (*_measures(found), *_ratios(found)):
        yield with_inputs(fact, **inputs)
    if found.value_at_risk is not None:
        label = "part of the periods that are worse than the value at risk"
        yield percent_fact("risk.tail", label, _TAIL, "1 - confidence", ("period", "day", "week", "month"))
    yield count_fact("risk.periods", "number of periods (returns) of the price history", found.periods, "count")
    days = {
        "start": ("first day of the price history", found.start),
        "end": ("last day of the price history", found.end),
        "drawdown_from": ("day before the largest fall", found.drawdown_from),
        "drawdown_to": ("lowest day of the largest fall", found.drawdown_to),
        "drawdown_recovered": ("day on which the largest fall was made up", found.drawdown_recovered),
    }
    for name, (label, day) in days.items():
        if day is not None:
            yield date_fact(f"risk.{name}", label, day, "the prices")


def _measures(found: Risk) -> Iterator[Fact]:
    percents = {
        "annual_return": ("yearly return of the present holdings", found.annual_return, "compound return (GIPS)"),
        "volatility": ("volatility a year", found.volatility, "standard deviation x sqrt(periods a year) (Hull 2018)"),
    }
    falls = {
        "max_drawdown": ("largest fall", found.max_drawdown, "1 - value / highest value before (Magdon-Ismail 2004)"),
        "value_at_risk": (
            "loss of one period that 95 of 100 stay below", found.value_at_risk, "5 % quantile of returns (Jorion 2006)"
        ),
        "conditional_value_at_risk": (
            "mean loss of the worst periods", found.conditional_value_at_risk, "mean of the tail (Rockafellar 2002)"
        ),
    }  # fmt: skip
    for about, table in ((_OF_RISK, percents), (_OF_FALLS, falls)):
        for name, (label, value, source) in table.items():
            if value is not None:
                yield percent_fact(f"risk.{name}", label, value, source, about)


def _ratios(found: Risk) -> Iterator[Fact]:
    if found.sharpe_ratio is not None:
        source = "mean / deviation of excess returns (Sharpe 1994)"
        fact = number_fact("risk.sharpe", "Sharpe ratio", found.sharpe_ratio, source, ("sharpe",))
        yield with_inputs(fact, risk_free=found.risk_free)
    if found.beta is not None:
        source = "covariance / variance of the benchmark (Sharpe 1964)"
        fact = number_fact("risk.beta", f"beta against {found.benchmark}", found.beta, source, ("beta",))
        yield with_inputs(fact, benchmark=found.benchmark)
    for pair in found.correlations:
        if pair.value is not None:
            name, label = f"risk.correlation.{pair.one}.{pair.other}", f"correlation of {pair.one} and {pair.other}"
            yield number_fact(name, label, pair.value, "Pearson", ("correlat",))
