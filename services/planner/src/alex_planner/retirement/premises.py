"""Which assumptions an answer rests on, beside those of the table: what is taken of history, fees and timing."""

from collections.abc import Iterable
from decimal import Decimal

from alex_planner.assumptions import BLOCK_YEARS, INFLATION, PERCENT_A_YEAR, Assumption
from alex_planner.retirement.cashflows import SHARE_AT_START
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.scenario import Scenario

FEE = "fee"
SPENDING_AT_START = "spending.share_at_start"
FIRST_YEAR = "history.first_year"
STAND_IN = "history.stand_in"
STANDS_IN = "equity"
"""Of the classes with history the one whose falls are deepest, so that what stands for others is not flattered."""
_MARKET_PARTS = frozenset({"correlation", "real_return", "volatility"})


def stand_ins_for(held: Iterable[str], history: AnnualHistory) -> dict[str, str]:
    """Return for each held class without history the class that stands in: shares for real estate and commodities."""
    return {
        name: STANDS_IN
        for name in held
        if name not in history.returns and name in {"real_estate", "commodity"} and STANDS_IN in history.returns
    }


def premises_of(scenario: Scenario) -> tuple[Assumption, ...]:
    """Return the assumptions that the answer depends on."""
    goals = scenario.goals
    by_name = {item.name: item for item in scenario.assumptions}
    used = [item for item in scenario.assumptions if _about_held(item, scenario)]
    if any(not income.indexed for income in goals.incomes):
        used.append(by_name[INFLATION])
    used.append(_fee(goals.fee_percent))
    if goals.years_to_retirement is not None:
        used.append(_timing(SHARE_AT_START[goals.spending_timing]))
    if scenario.covered():
        used += [by_name[BLOCK_YEARS], _first_year(scenario.history)]
        used += [_stand_in(name, other, scenario.history.name) for name, other in scenario.stand_ins.items()]
    return tuple(used)


def _about_held(assumption: Assumption, scenario: Scenario) -> bool:
    parts = [part for part in assumption.name.split(".") if part not in _MARKET_PARTS]
    return all(part in scenario.weights for part in parts)


def _fee(percent: Decimal) -> Assumption:
    return Assumption(
        name=FEE,
        value=percent,
        unit=PERCENT_A_YEAR,
        source="Given by the caller" if percent else "No fee was given",
        note="Taken of the whole portfolio at the end of each year.",
    )


def _timing(share: float) -> Assumption:
    return Assumption(
        name=SPENDING_AT_START,
        value=Decimal(str(share)),
        unit="share of the year's spending",
        source="Given by the caller, or half for spending that is spread over the year",
        note="Paid before the year's return; the rest is paid after it.",
    )


def _first_year(history: AnnualHistory) -> Assumption:
    return Assumption(
        name=FIRST_YEAR,
        value=Decimal(history.first_year),
        unit="year",
        source=f"{history.name} {history.first_year}-{history.last_year}",
        note="Past returns are taken to say what future ones may be like.",
    )


def _stand_in(name: str, other: str, history: str) -> Assumption:
    return Assumption(
        name=f"{STAND_IN}.{name}",
        value=Decimal(1),
        unit=f"share counted as {other}",
        source=f"Judgement of this project: the history {history!r} has no returns of {name}",
        note=f"In the models that draw on history, {name.replace('_', ' ')} has the returns of {other}.",
    )
