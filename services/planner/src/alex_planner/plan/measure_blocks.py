"""Returns, risk, expenses and orders of a plan as tables, and what of them is not known. Nothing is computed here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from alex_planner.allocation import Allocation
from alex_planner.allocation_facts import names_of_holdings
from alex_planner.analysis.rebalancing_facts import format_units
from alex_planner.analysis.schema import Measures
from alex_planner.concentration import TOP
from alex_planner.facts import format_money, format_percent
from alex_planner.plan.blocks import Block, Bullets, Heading, grid, known_grid, line, paragraph
from alex_planner.returns.activity_returns import Returns
from alex_planner.risk.risk_report import Correlation, Risk
from alex_planner.trades.doing_nothing import DoingNothing
from alex_planner.trades.proposal import HoldingTrade, TradeProposal
from alex_planner.wording import NONE, called, spoken

_OF_MONEY = {"buy": "add to", "sell": "take from"}
MAX_CORRELATIONS = 15
"""Pairs that are shown, the most alike first; the plan's JSON has all."""


def measure_blocks(measures: Measures, currency: str) -> Iterator[Block]:
    """Yield what the holdings returned and risked, and what their expenses take."""
    yield from _concentration(measures)
    yield from _returns(measures.returns, currency)
    if measures.risk is not None:
        yield from _risk(measures.risk)
    yield from _expenses(measures, currency)


def order_blocks(measures: Measures, allocation: Allocation) -> Iterator[Block]:
    """Yield the orders that lead to the target, and doing nothing beside them; nothing without a target."""
    currency = allocation.base_currency
    if measures.rebalancing is None or measures.trades is None or currency is None:
        return
    names = names_of_holdings(allocation)
    yield Heading(2, "The way to the target")
    for item in measures.missing:
        if item.figure == "rebalancing":
            yield paragraph(_sentence(item.reason))
    header = ("class", "share", "target", "distance")
    drifts = [
        (spoken(item.key), format_percent(item.share), format_percent(item.target), _points(item.drift))
        for item in measures.rebalancing.drifts
    ]
    yield grid(header, drifts)
    yield from _orders(measures.trades, names, currency)
    yield from _beside_nothing(measures, measures.trades, currency)


def unknown_blocks(measures: Measures, said: Sequence[str]) -> Iterator[Block]:
    """Yield the figures that cannot be given, each with its reason; what is `said` already is not repeated."""
    rows = [(item.figure, _sentence(item.reason)) for item in measures.missing if _sentence(item.reason) not in said]
    if rows:
        yield Heading(3, "Figures that are not known")
        yield grid(("figure", "reason"), rows, numbers_from=len(rows[0]))


def _concentration(measures: Measures) -> Iterator[Block]:
    found = measures.concentration
    if found is None:
        return
    yield Heading(3, "Concentration")
    name = called(found.largest.symbol, found.largest.name)
    whole = "the value" if found.complete else "the counted value"
    if found.holdings == 1:
        yield paragraph(f"{name} is the whole of {whole}.")
        return
    five = f", the five largest are {format_percent(found.top_share)}" if found.holdings > TOP else ""
    yield paragraph(
        f"The largest of {found.holdings} holdings, {name}, is {format_percent(found.largest.share)} of {whole}{five}; "
        f"it is as spread as {found.effective_holdings:.1f} equal holdings (Herfindahl index {found.herfindahl:.4f}). "
        "A fund counts as one holding."
    )


def _returns(found: Returns, currency: str) -> Iterator[Block]:
    if found.paid_in is None or found.start is None:
        return
    yield Heading(3, "What it returned")
    rows = [
        (name, format_percent(value))
        for name, value in (
            ("money-weighted return a year", found.money_weighted),
            ("time-weighted return a year", found.time_weighted_yearly),
            ("time-weighted return over the whole time", found.time_weighted),
        )
        if value is not None
    ]
    rows += [
        (name, format_money(value, currency))
        for name, value in (
            ("paid in for securities", found.paid_in),
            ("taken out of securities", found.taken_out),
            ("value at the end", found.end_value),
            ("gain", found.gain),
        )
        if value is not None
    ]
    yield grid(("securities", f"{found.start.isoformat()} to {_day(found.end)}"), rows)


def _risk(found: Risk) -> Iterator[Block]:
    yield Heading(3, "How it moved")
    yield paragraph(
        f"The present holdings over {found.periods} periods from {found.start.isoformat()} to {found.end.isoformat()}; "
        f"{format_percent(found.covered)} of the value has a price history. The past says how they moved, not how "
        "they will."
    )
    fall = f"largest fall, {_day(found.drawdown_from)} to {_day(found.drawdown_to)}"
    rows = [
        (name, format_percent(value))
        for name, value in (
            ("return a year", found.annual_return),
            ("volatility a year", found.volatility),
            (fall, found.max_drawdown),
            ("value at risk, one period in twenty is worse", found.value_at_risk),
            ("conditional value at risk, the mean of those", found.conditional_value_at_risk),
        )
        if value is not None
    ]
    ratios = (
        (f"Sharpe ratio over {format_percent(found.risk_free)} without risk", found.sharpe_ratio),
        (f"beta against {found.benchmark}", found.beta),
    )
    rows += [(name, f"{value:,.2f}") for name, value in ratios if value is not None]
    yield grid(("measure", "value"), rows)
    yield from _correlations(found.correlations)


def _correlations(pairs: tuple[Correlation, ...]) -> Iterator[Block]:
    known = [(-pair.value, pair.one, pair.other, f"{pair.value:,.2f}") for pair in pairs if pair.value is not None]
    if known:
        yield grid(("holding", "moved with", "correlation"), [row[1:] for row in sorted(known)[:MAX_CORRELATIONS]], 2)
    if len(known) > MAX_CORRELATIONS:
        yield paragraph("Shown are the pairs that moved most alike.")


def _expenses(measures: Measures, currency: str) -> Iterator[Block]:
    found = measures.expenses
    if found is None or measures.expense_return is None:
        return
    yield Heading(3, "What the funds cost")
    yield paragraph(
        f"Funds worth {format_money(found.covered, currency)} have known expenses: "
        f"{format_percent(found.expense_ratio, 2)} a year on average, {format_money(found.first_year, currency)} in "
        f"the first year. Over {measures.horizon_years} years they take {format_money(found.drag, currency)} in "
        "today's money from what the funds would become at the assumed return of the mix."
    )


def _orders(found: TradeProposal, names: Mapping[str, str], currency: str) -> Iterator[Block]:
    if not found.trades:
        yield paragraph("No order above the smallest one worth making leads closer to it.")
        return
    yield Heading(3, "Orders, a calculation and not advice")
    header = ("order", "holding", "account", "amount", "units")
    yield known_grid(header, [_order(trade, names, currency) for trade in found.trades], numbers_from=3)
    lots = [row for trade in found.trades if trade.symbol for row in _lots(trade, names, currency)]
    if lots:
        yield Heading(3, "Tax lots that are sold")
        yield known_grid(("holding", "bought", "units", "proceeds", "gain"), lots, numbers_from=2)
    if found.notes:
        yield Bullets(tuple(line(note) for note in found.notes))


def _order(trade: HoldingTrade, names: Mapping[str, str], currency: str) -> tuple[str, ...]:
    units = NONE if trade.units is None else format_units(trade.units)
    what = names[trade.symbol] if trade.symbol else f"{spoken(trade.asset_class)}, to be chosen"
    verb = _OF_MONEY[trade.side] if trade.asset_class == "cash" else trade.side
    return (verb, what, trade.account or NONE, format_money(trade.amount, currency), units)


def _lots(trade: HoldingTrade, names: Mapping[str, str], currency: str) -> Iterator[tuple[str, ...]]:
    """Yield the lots of which the file says more than the order does."""
    if trade.asset_class == "cash" or trade.symbol is None:
        return
    for lot in trade.lots:
        if lot.gain is None and lot.acquired is None:
            continue
        gain = "not known" if lot.gain is None else format_money(lot.gain, currency)
        units, proceeds = format_units(lot.units), format_money(lot.proceeds, currency)
        yield (names[trade.symbol], _day(lot.acquired), units, proceeds, gain)


def _beside_nothing(measures: Measures, trades: TradeProposal, currency: str) -> Iterator[Block]:
    rebalancing, left = measures.rebalancing, measures.doing_nothing
    if rebalancing is None or left is None:
        return
    yield Heading(3, "Beside it: doing nothing")
    rows = [
        ("away from the target", rebalancing.total_drift_before, rebalancing.total_drift_after),
        ("assumed real return a year", left.as_it_is.real_return, left.at_target.real_return),
        ("assumed volatility a year", left.as_it_is.volatility, left.at_target.volatility),
    ]
    shown = [(name, format_percent(now), format_percent(then)) for name, now, then in rows]
    nothing = format_money(left.cost, currency)
    shown += [
        ("cost of the trades", nothing, format_money(trades.cost, currency)),
        ("tax on the realised gain", nothing, format_money(trades.tax, currency)),
        ("realised gain", nothing, format_money(trades.realised_gain, currency)),
    ]
    yield grid(("", "doing nothing", "the orders"), shown)
    yield paragraph(_forgone(left, currency))


def _forgone(left: DoingNothing, currency: str) -> str:
    amount = format_money(abs(left.return_forgone), currency)
    now, then = format_percent(left.as_it_is.volatility), format_percent(left.at_target.volatility)
    more = "less" if left.return_forgone >= 0 else "more"
    return (
        f"By the planning assumptions, which are no forecast, doing nothing earns {amount} a year {more} than the "
        f"target, at a volatility of {now} instead of {then}."
    )


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}" + ("" if reason.endswith(".") else ".")


def _day(day: date | None) -> str:
    return day.isoformat() if day else NONE


def _points(fraction: Decimal) -> str:
    return f"{fraction * 100:+.1f} points"
