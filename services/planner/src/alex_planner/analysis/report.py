"""All figures of a snapshot put together: each is a pure function elsewhere; what cannot be given is named here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from alex_planner.allocation import Allocation, PositionValue, compute_allocation
from alex_planner.analysis.facts import analysis_facts
from alex_planner.analysis.request import AnalysisRequest
from alex_planner.analysis.schema import Analysis, Figure, NotKnown
from alex_planner.analysis.targets import WayToTarget, way_to_target
from alex_planner.assumptions import PLANNING_ASSUMPTIONS
from alex_planner.concentration import measure_concentration
from alex_planner.expenses import ExpenseDrag, measure_expense_drag
from alex_planner.gains import CASH, measure_gains
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.instruments.facts import Classification
from alex_planner.portfolio import Portfolio
from alex_planner.prices.history import PriceSeries
from alex_planner.prices.repricing import Repriced, rates_of, reprice
from alex_planner.returns.activity_returns import Returns, measure_returns
from alex_planner.risk.risk_report import Risk, measure_risk
from alex_planner.trades.doing_nothing import mix_outlook
from alex_planner.wording import called, listed


def analyse(
    portfolio: Portfolio,
    asked: AnalysisRequest,
    as_of: date,
    *,
    series: Iterable[PriceSeries] = (),
    not_found: Sequence[str] = (),
    proposals: Mapping[str, Classification] | None = None,
) -> Analysis:
    """Return the analysis of a snapshot.

    Args:
        as_of: day of the valuation.
        series: prices and exchange rates; newer ones take the place of the file's.
        not_found: what a provider of prices did not have, in words.
        proposals: unchecked classes by symbol, used where nobody has said anything.

    Raises:
        InvalidAssumption: the target is no mix.
    """
    histories = {item.symbol: item for item in series}
    repriced = reprice(portfolio.positions, histories, as_of)
    allocation = _allocation(portfolio, repriced, histories, asked, as_of, proposals)
    drag, assumed = _expenses(allocation, asked.horizon_years)
    way = way_to_target(repriced.positions, allocation, asked)
    returns = measure_returns(repriced.positions, portfolio.activities, allocation, histories, as_of)
    risk = measure_risk(allocation, histories, risk_free=asked.risk_free, benchmark=asked.benchmark)
    measured = Analysis(
        portfolio_id=portfolio.id,
        as_of=as_of,
        allocation=allocation,
        horizon_years=asked.horizon_years,
        gains=measure_gains(allocation),
        concentration=measure_concentration(allocation),
        expenses=drag,
        expense_return=assumed,
        rebalancing=way.rebalancing,
        trades=way.trades,
        doing_nothing=way.doing_nothing,
        returns=returns,
        risk=None if isinstance(risk, str) else risk,
        missing=tuple(_missing(allocation, (*not_found, *repriced.refused), way, returns, risk)),
    )
    return measured.model_copy(update={"facts": tuple(analysis_facts(measured))})


def _allocation(  # noqa: PLR0917  in the order in which they come about
    portfolio: Portfolio,
    repriced: Repriced,
    histories: Mapping[str, PriceSeries],
    asked: AnalysisRequest,
    as_of: date,
    proposals: Mapping[str, Classification] | None,
) -> Allocation:
    owner = {item.symbol: item for item in asked.classes}
    catalog = bundled_catalog()
    return compute_allocation(
        repriced.positions,
        asked.base_currency,
        rates=(*portfolio.exchange_rates, *rates_of(histories, as_of)),
        classify=lambda position: catalog.classify(position, owner, proposals),
        as_of=as_of,
    )


def _missing(
    allocation: Allocation, prices: Iterable[str], way: WayToTarget, returns: Returns, risk: Risk | str
) -> Iterator[NotKnown]:
    """Yield everything that is not known, in the order of the figures."""
    reasons: dict[Figure, Iterable[str]] = {
        "value": allocation.why_incomplete(),
        "price": (*_missing_days(allocation), *prices),
        "cost": _missing_costs(allocation),
        "classes": _missing_classes(allocation),
        "expenses": _missing_expenses(allocation),
        "rebalancing": way.missing,
        "returns": returns.missing,
        "risk": (risk,) if isinstance(risk, str) else risk.missing,
    }
    for figure, lines in reasons.items():
        yield from (NotKnown(figure=figure, reason=line) for line in lines)


def _missing_days(allocation: Allocation) -> Iterator[str]:
    states = (
        ("stale", "The price is older than a week for {}."),
        ("undated", "The date of the price is not known for {}."),
    )
    for state, sentence in states:
        if found := [item for item in allocation.positions if item.price_state == state]:
            yield sentence.format(listed(_names(found)))


def _missing_costs(allocation: Allocation) -> Iterator[str]:
    counted = [item for item in allocation.positions if item.base_value and item.asset_class != CASH]
    unknown = [item for item in counted if item.cost is None]
    if counted and len(unknown) == len(counted):
        yield "The file does not say what was paid for the holdings, so that their gain is not known."
    elif unknown:
        yield f"What was paid for {listed(_names(unknown))} is not known, nor is the gain."


def _names(positions: Iterable[PositionValue]) -> list[str]:
    return list(dict.fromkeys(called(item.symbol, item.name) for item in positions))


def _missing_classes(allocation: Allocation) -> Iterator[str]:
    for item in allocation.coverage:
        what = item.dimension.replace("_", " ")
        if item.classified is not None and item.classified < 1:
            yield f"{(1 - item.classified) * 100:.1f} % of the value has no known {what}."
        if proposed := item.by_origin.get("proposal"):
            yield f"The {what} of {proposed * 100:.1f} % of the value is a proposal that nobody has checked."


def _missing_expenses(allocation: Allocation) -> Iterator[str]:
    unknown = [item for item in allocation.positions if item.base_value and not item.classification.expense]
    if unknown:
        yield f"The yearly expenses of {listed(_names(unknown))} are not known."


def _expenses(allocation: Allocation, horizon_years: int) -> tuple[ExpenseDrag | None, Decimal | None]:
    """Return the drag of the funds at the return that the planning assumptions give the present mix."""
    known = {item.name.removesuffix(".real_return") for item in PLANNING_ASSUMPTIONS}
    amounts = {item.key: item.amount for item in allocation.by_asset_class if item.key in known}
    total = sum(amounts.values(), Decimal(0))
    outlook = (
        mix_outlook({name: amount / total for name, amount in amounts.items()}, PLANNING_ASSUMPTIONS) if total else None
    )
    if outlook is None:
        return None, None
    expenses = {item.symbol: item.classification.expense for item in allocation.positions}
    ratios = {symbol: expense.ratio for symbol, expense in expenses.items() if expense and expense.of_fund}
    drag = measure_expense_drag(allocation, ratios, real_return=outlook.real_return, horizon_years=horizon_years)
    if drag is None:
        return None, None
    # Shares and money have no expenses: nothing of theirs is unknown.
    unknown = tuple(symbol for symbol in drag.unknown if expenses[symbol] is None)
    return drag.model_copy(update={"unknown": unknown}), outlook.real_return
