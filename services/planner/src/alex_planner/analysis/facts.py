"""The figures of an analysis as facts, each with its formula and source, and the inputs that it was computed from.

Nothing is computed here beyond bringing figures into the unit in which they are spoken of.
"""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.allocation import Allocation
from alex_planner.allocation_facts import allocation_facts
from alex_planner.concentration import TOP, Concentration
from alex_planner.expenses import ExpenseDrag
from alex_planner.facts import RATIO, Fact, date_fact, format_money, money_fact, percent_fact
from alex_planner.rebalancing import Rebalancing
from alex_planner.returns.activity_returns import Returns
from alex_planner.risk.risk_report import Risk
from alex_planner.trades.doing_nothing import DoingNothing
from alex_planner.trades.proposal import TradeProposal

_VERBS = {("buy", False): "buy", ("sell", False): "sell", ("buy", True): "add to", ("sell", True): "take from"}
"""What is done with a holding, and with money."""
_XIRR = "rate r with sum of flows x (1 + r)^(days / 365) = end value (XIRR; GIPS, money-weighted return)"
_TWR = "product of value before each flow / value after the one before (GIPS, time-weighted return)"


def analysis_facts(
    allocation: Allocation,
    *,
    concentration: Concentration | None,
    expenses: ExpenseDrag | None,
    expense_return: Decimal | None,
    horizon_years: int,
    rebalancing: Rebalancing | None,
    trades: TradeProposal | None,
    doing_nothing: DoingNothing | None,
    returns: Returns,
    risk: Risk | None,
) -> Iterator[Fact]:
    """Yield all facts in a fixed order; ids are unique."""
    yield from allocation_facts(allocation)
    currency = allocation.base_currency
    if currency is None:
        return
    yield from _coverage_facts(allocation)
    if concentration is not None:
        yield from _concentration_facts(concentration)
    if expenses is not None and expense_return is not None:
        yield from _expense_facts(expenses, expense_return, horizon_years, currency)
    if rebalancing is not None:
        yield from _drift_facts(rebalancing, currency)
    if trades is not None:
        yield from _trade_facts(trades, currency)
    if doing_nothing is not None:
        yield from _nothing_facts(doing_nothing, currency)
    yield from _return_facts(returns, currency)
    if risk is not None:
        yield from _risk_facts(risk)


def number_fact(identifier: str, label: str, value: Decimal, source: str, places: int = 2) -> Fact:
    """Return a number without a unit, such as a ratio."""
    formatted = f"{value:,.{places}f}"
    return Fact(id=identifier, label=label, value=value, unit=RATIO, formatted=formatted, source=source)


def _with(fact: Fact, **inputs: object) -> Fact:
    return fact.model_copy(update={"inputs": {name: str(value) for name, value in inputs.items()}})


def _coverage_facts(allocation: Allocation) -> Iterator[Fact]:
    for item in allocation.coverage:
        if item.classified is not None:
            what = item.dimension.replace("_", " ")
            fact = percent_fact(
                f"coverage.{item.dimension}",
                f"part of the value with a known {what}",
                item.classified,
                "value x known shares of each position / total",
            )
            yield _with(fact, **{str(origin): share for origin, share in item.by_origin.items()})


def _concentration_facts(found: Concentration) -> Iterator[Fact]:
    largest = found.largest
    yield _with(
        percent_fact(
            "concentration.largest", f"share of the largest holding, {largest.symbol}", largest.share, "value / total"
        ),
        symbol=largest.symbol,
    )
    yield percent_fact(
        "concentration.top", f"share of the {TOP} largest holdings", found.top_share, "sum of their shares"
    )
    yield _with(
        number_fact(
            "concentration.herfindahl", "Herfindahl index of the holdings", found.herfindahl,
            "sum of squared shares (Hirschman 1964)", 4,
        ),
        holdings=found.holdings,
    )  # fmt: skip
    yield _with(
        number_fact(
            "concentration.effective", "effective number of holdings", found.effective_holdings,
            "1 / Herfindahl index (Laakso and Taagepera 1979)", 1,
        ),
        herfindahl=found.herfindahl,
    )  # fmt: skip


def _expense_facts(found: ExpenseDrag, assumed: Decimal, years: int, currency: str) -> Iterator[Fact]:
    source = "V (1 + r)^T - V ((1 + r)(1 - f))^T, each holding with its own f (SEC Publication 164)"
    yield _with(
        percent_fact(
            "expenses.ratio",
            f"average yearly expenses of the {format_money(found.covered, currency)} whose expenses are known",
            found.expense_ratio,
            "sum of value x ratio / value",
        ),
        covered=found.covered,
    )
    yield _with(
        money_fact("expenses.first_year", "expenses of the first year", found.first_year, currency, "value x ratio"),
        covered=found.covered, ratio=found.expense_ratio,
    )  # fmt: skip
    yield _with(
        money_fact("expenses.drag", f"cost of the expenses after {years} years", found.drag, currency, source),
        covered=found.covered, ratio=found.expense_ratio, real_return=assumed, years=years,
        without=found.without, after=found.after,
    )  # fmt: skip


def _drift_facts(found: Rebalancing, currency: str) -> Iterator[Fact]:
    for item in found.drifts:
        yield _with(
            percent_fact(f"drift.{item.key}", f"drift of {item.key} from its target", item.drift, "share - target"),
            share=item.share, target=item.target,
        )  # fmt: skip
    source = "sum of |share - target| / 2 (Cremers and Petajisto 2009)"
    yield percent_fact("drift.before", "part in the wrong place now", found.total_drift_before, source)
    yield percent_fact("drift.after", "part in the wrong place after the trades", found.total_drift_after, source)
    yield money_fact("trades.traded", "sum bought and sold", found.traded, currency, "sum of trades, without new money")


def _trade_facts(found: TradeProposal, currency: str) -> Iterator[Fact]:
    for number, trade in enumerate(found.trades, start=1):
        verb = _VERBS[trade.side, trade.asset_class == "cash"]
        what = trade.symbol or f"{trade.asset_class}, to be chosen"
        yield _with(
            money_fact(f"trade.{number}", f"{verb} {what}", trade.amount, currency, "share of the class to be moved"),
            units=trade.units, account=trade.account, asset_class=trade.asset_class,
        )  # fmt: skip
    yield money_fact("trades.gain", "realised gain", found.realised_gain, currency, "proceeds - cost of the lots sold")
    yield money_fact("trades.tax", "tax on the realised gain", found.tax, currency, "tax rate x realised gain")
    yield money_fact("trades.cost", "cost of the trades", found.cost, currency, "cost rate x amounts traded")


def _nothing_facts(found: DoingNothing, currency: str) -> Iterator[Fact]:
    source = "planning assumptions: w'g, sqrt(w'Sw) (Markowitz 1952)"
    now, then = found.as_it_is, found.at_target
    yield money_fact("nothing.misplaced", "amount in the wrong place", found.misplaced, currency, "total x drift")
    yield percent_fact("nothing.volatility", "volatility of the mix as it is", now.volatility, source)
    yield percent_fact("nothing.target_volatility", "volatility of the target", then.volatility, source)
    yield _with(
        money_fact(
            "nothing.forgone", "yearly return forgone by doing nothing", found.return_forgone, currency,
            "(return of the target - return of the mix) x value",
        ),
        mix=now.real_return, target=then.real_return,
    )  # fmt: skip


def _return_facts(found: Returns, currency: str) -> Iterator[Fact]:
    amounts = {
        "paid_in": ("paid in for securities", found.paid_in, "sum of purchases"),
        "taken_out": ("taken out of securities", found.taken_out, "sum of sales and income"),
        "gain": ("gain of the securities", found.gain, "end value + taken out - paid in"),
    }
    for name, (label, value, source) in amounts.items():
        if value is not None:
            yield money_fact(f"returns.{name}", label, value, currency, source)
    inputs = {"start": found.start, "end": found.end, "end_value": found.end_value}
    if found.money_weighted is not None:
        fact = percent_fact("returns.money_weighted", "money-weighted return a year", found.money_weighted, _XIRR)
        yield _with(fact, **inputs, paid_in=found.paid_in, taken_out=found.taken_out)
    if found.time_weighted is not None:
        label = "time-weighted return over the whole time"
        yield _with(percent_fact("returns.time_weighted", label, found.time_weighted, _TWR), **inputs)
    if found.time_weighted_yearly is not None:
        label, source = "time-weighted return a year", f"(1 + R)^(365 / days) - 1; {_TWR}"
        yield _with(percent_fact("returns.time_weighted_yearly", label, found.time_weighted_yearly, source), **inputs)


def _risk_facts(found: Risk) -> Iterator[Fact]:
    inputs = {
        "start": found.start, "end": found.end, "periods": found.periods, "periods_per_year": found.periods_per_year,
        "covered": found.covered, "prices": "; ".join(found.sources),
    }  # fmt: skip
    percents = {
        "annual_return": ("yearly return of the present holdings", found.annual_return, "compound return (GIPS)"),
        "volatility": ("volatility a year", found.volatility, "standard deviation x sqrt(periods a year) (Hull 2018)"),
        "max_drawdown": ("largest fall", found.max_drawdown, "1 - value / highest value before (Magdon-Ismail 2004)"),
        "value_at_risk": (
            "loss of one period that 95 of 100 stay below", found.value_at_risk, "5 % quantile of returns (Jorion 2006)"
        ),
        "conditional_value_at_risk": (
            "mean loss of the worst periods", found.conditional_value_at_risk, "mean of the tail (Rockafellar 2002)"
        ),
    }  # fmt: skip
    for name, (label, value, source) in percents.items():
        if value is not None:
            yield _with(percent_fact(f"risk.{name}", label, value, source), **inputs)
    yield date_fact("risk.start", "first day of the price history", found.start, "the prices")
    yield date_fact("risk.end", "last day of the price history", found.end, "the prices")
    if found.sharpe_ratio is not None:
        fact = number_fact(
            "risk.sharpe", "Sharpe ratio", found.sharpe_ratio, "mean / deviation of excess returns (Sharpe 1994)"
        )
        yield _with(fact, **inputs, risk_free=found.risk_free)
    if found.beta is not None:
        source = "covariance / variance of the benchmark (Sharpe 1964)"
        fact = number_fact("risk.beta", f"beta against {found.benchmark}", found.beta, source)
        yield _with(fact, **inputs, benchmark=found.benchmark)
    for pair in found.correlations:
        if pair.value is not None:
            label = f"correlation of {pair.one} and {pair.other}"
            yield _with(
                number_fact(f"risk.correlation.{pair.one}.{pair.other}", label, pair.value, "Pearson"), **inputs
            )
