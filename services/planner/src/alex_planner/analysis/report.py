"""All figures of a snapshot put together: each is a pure function elsewhere; what cannot be given is named here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import UNCLASSIFIED, Allocation, compute_allocation
from alex_planner.analysis.facts import analysis_facts
from alex_planner.analysis.request import AnalysisRequest
from alex_planner.assumptions import PLANNING_ASSUMPTIONS
from alex_planner.concentration import Concentration, measure_concentration
from alex_planner.expenses import ExpenseDrag, measure_expense_drag
from alex_planner.facts import Fact
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.instruments.facts import Classification
from alex_planner.portfolio import Portfolio, Position
from alex_planner.prices.history import PriceSeries
from alex_planner.prices.repricing import rates_of, reprice
from alex_planner.rebalancing import Rebalancing, propose_rebalancing
from alex_planner.returns.activity_returns import Returns, measure_returns
from alex_planner.risk.risk_report import Risk, measure_risk
from alex_planner.trades.doing_nothing import DoingNothing, doing_nothing, mix_outlook
from alex_planner.trades.proposal import TradeProposal, propose_trades


class Analysis(BaseModel):
    """Every figure of a snapshot on a day. A figure that is `None` is explained in `missing`."""

    model_config = ConfigDict(frozen=True)

    portfolio_id: str
    as_of: date
    allocation: Allocation
    concentration: Concentration | None
    expenses: ExpenseDrag | None
    expense_return: Decimal | None = Field(description="Real return assumed for the expense drag, fraction per year.")
    rebalancing: Rebalancing | None = Field(description="By asset class; `None` without a target.")
    trades: TradeProposal | None = Field(description="The rebalancing as orders; `None` without a target.")
    doing_nothing: DoingNothing | None = Field(description="Beside the trades: what leaving the mix means.")
    returns: Returns
    risk: Risk | None
    facts: tuple[Fact, ...] = Field(description="Each figure with its formula, source and inputs.")
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Targets:
    rebalancing: Rebalancing | None = None
    trades: TradeProposal | None = None
    doing_nothing: DoingNothing | None = None
    missing: tuple[str, ...] = ()


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
    owner = {item.symbol: item for item in asked.classes}
    catalog = bundled_catalog()
    allocation = compute_allocation(
        repriced.positions,
        asked.base_currency,
        rates=(*portfolio.exchange_rates, *rates_of(histories, as_of)),
        classify=lambda position: catalog.classify(position, owner, proposals),
        as_of=as_of,
    )
    drag, assumed = _expenses(allocation, asked.horizon_years)
    targets = _targets(repriced.positions, allocation, asked)
    returns = measure_returns(repriced.positions, portfolio.activities, allocation, histories, as_of)
    risk = measure_risk(allocation, histories, risk_free=asked.risk_free, benchmark=asked.benchmark)
    concentration = measure_concentration(allocation)
    return Analysis(
        portfolio_id=portfolio.id,
        as_of=as_of,
        allocation=allocation,
        concentration=concentration,
        expenses=drag,
        expense_return=assumed,
        rebalancing=targets.rebalancing,
        trades=targets.trades,
        doing_nothing=targets.doing_nothing,
        returns=returns,
        risk=None if isinstance(risk, str) else risk,
        facts=tuple(
            analysis_facts(
                allocation,
                concentration=concentration,
                expenses=drag,
                expense_return=assumed,
                horizon_years=asked.horizon_years,
                rebalancing=targets.rebalancing,
                trades=targets.trades,
                doing_nothing=targets.doing_nothing,
                returns=returns,
                risk=None if isinstance(risk, str) else risk,
            )
        ),
        missing=(
            *_missing_values(allocation),
            *not_found,
            *repriced.refused,
            *_missing_expenses(drag),
            *targets.missing,
            *returns.missing,
            *((risk,) if isinstance(risk, str) else risk.missing),
        ),
    )


def _missing_values(allocation: Allocation) -> Iterable[str]:
    yield from allocation.why_incomplete()
    dates = allocation.price_dates
    if dates.stale:
        yield f"The price is older than a week for {', '.join(dates.stale)}."
    if dates.missing:
        yield f"The date of the price is not known for {', '.join(dates.missing)}."
    for item in allocation.coverage:
        if item.classified is not None and item.classified < 1:
            part = (1 - item.classified) * 100
            yield f"{part:.1f} % of the value has no known {item.dimension.replace('_', ' ')}."
        proposed = item.by_origin.get("proposal")
        if proposed:
            what = item.dimension.replace("_", " ")
            yield f"The {what} of {proposed * 100:.1f} % of the value is a proposal that nobody has checked."


def _missing_expenses(drag: ExpenseDrag | None) -> tuple[str, ...]:
    if drag is None:
        return ("The yearly expenses of no fund are known.",)
    return (f"The yearly expenses of {', '.join(drag.unknown)} are not known.",) if drag.unknown else ()


def _expenses(allocation: Allocation, horizon_years: int) -> tuple[ExpenseDrag | None, Decimal | None]:
    """Return the drag at the return that the planning assumptions give the present mix."""
    known = {item.name.removesuffix(".real_return") for item in PLANNING_ASSUMPTIONS}
    amounts = {item.key: item.amount for item in allocation.by_asset_class if item.key in known}
    total = sum(amounts.values(), Decimal(0))
    outlook = (
        mix_outlook({name: amount / total for name, amount in amounts.items()}, PLANNING_ASSUMPTIONS) if total else None
    )
    if outlook is None:
        return None, None
    ratios = {
        item.symbol: item.classification.expense.ratio for item in allocation.positions if item.classification.expense
    }
    drag = measure_expense_drag(allocation, ratios, real_return=outlook.real_return, horizon_years=horizon_years)
    if drag is not None and drag.unknown and not drag.expense_ratio:
        # Only money and shares, which have none, are known: a zero would read as that of the funds.
        return None, None
    return drag, outlook.real_return


def _targets(positions: Sequence[Position], allocation: Allocation, asked: AnalysisRequest) -> _Targets:
    if asked.target is None:
        return _Targets()
    target = {str(name): share for name, share in asked.target.items()}
    amounts = {item.key: item.amount for item in allocation.by_asset_class}
    unknown = amounts.pop(UNCLASSIFIED, Decimal(0))
    rebalancing = propose_rebalancing(
        amounts,
        target,
        new_money=asked.new_money,
        minimum_trade=asked.minimum_trade,
        cost_rate=asked.cost_rate,
    )
    trades = propose_trades(positions, allocation, rebalancing, tax_rate=asked.tax_rate)
    left = doing_nothing(amounts, target, rebalancing.total_drift_before, PLANNING_ASSUMPTIONS)
    missing = []
    if unknown:
        missing.append(
            f"{unknown:.2f} {allocation.base_currency} of unknown asset class have no part in the rebalancing."
        )
    if left is None:
        missing.append("There are no planning assumptions for a class, so that doing nothing cannot be compared.")
    missing += [
        f"{amount:.2f} {allocation.base_currency} of {name} cannot be sold alone: they are in funds of two classes."
        for name, amount in trades.unmet.items()
    ]
    return _Targets(rebalancing, trades, left, tuple(missing))
