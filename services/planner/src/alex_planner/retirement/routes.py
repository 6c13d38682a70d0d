"""Retirement over HTTP: one question, one answer, nothing kept."""

import asyncio
from decimal import Decimal
from typing import Annotated

from alex_edge import InvalidInput, Owner
from fastapi import APIRouter, Depends, Request

from alex_planner.allocation import Allocation, compute_allocation
from alex_planner.assumptions import PLANNING_ASSUMPTIONS, replace_values
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.portfolio_requests import Store
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.history_csv import read_history
from alex_planner.retirement.projection import Projection, project_amounts
from alex_planner.retirement.projection_facts import projection_facts
from alex_planner.retirement.request import RetirementAnswer, RetirementRequest
from alex_planner.retirement.retirement_facts import retirement_facts

router = APIRouter(tags=["retirement"])


def _history_of(request: Request) -> AnnualHistory:
    history: AnnualHistory = request.app.state.history
    return history


History = Annotated[AnnualHistory, Depends(_history_of)]


@router.post("/retirement")
async def project_retirement(
    asked: RetirementRequest, owner: Owner, store: Store, history: History
) -> RetirementAnswer:
    """Answer whether the money lasts, what can be spent, what would help, and what the answer rests on.

    Nothing is stored; the same request answers the same figures.
    """
    if asked.portfolio_id is not None:
        portfolio = await store.get(owner, asked.portfolio_id)
        allocation = compute_allocation(
            portfolio.positions,
            asked.goals.base_currency,
            rates=portfolio.exchange_rates,
            classify=bundled_catalog().classify,
        )
    else:
        allocation = None
    return await asyncio.to_thread(_answer, asked, allocation, history)


def _answer(asked: RetirementRequest, allocation: Allocation | None, history: AnnualHistory) -> RetirementAnswer:
    amounts, currency = _amounts_of(asked, allocation)
    if asked.history_csv is not None:
        history = read_history(asked.history_csv, "the caller's history")
    projection = project_amounts(
        amounts,
        currency,
        asked.goals,
        complete=allocation is None or allocation.complete,
        seed=asked.seed,
        paths=asked.paths,
        assumptions=replace_values(PLANNING_ASSUMPTIONS, asked.assumptions),
        history=history,
    )
    if projection is None:
        raise InvalidInput(
            "no part of the portfolio has an asset class with planning assumptions; give mix, percent by asset class",
            field="mix",
        )
    return RetirementAnswer(
        portfolio_id=asked.portfolio_id,
        goals=asked.goals,
        projection=projection,
        facts=[*projection_facts(projection), *retirement_facts(projection, asked.goals)],
        missing=_missing(projection, allocation),
    )


def _amounts_of(asked: RetirementRequest, allocation: Allocation | None) -> tuple[dict[str, Decimal], str]:
    if allocation is None:
        total, currency = asked.value, asked.goals.base_currency or asked.currency
        if total is None:
            raise InvalidInput("give portfolio_id, or value and mix", field="value")
        if asked.mix is None:
            raise InvalidInput("a value needs its mix: percent by asset class, together 100", field="mix")
    else:
        if allocation.base_currency is None:
            raise InvalidInput("no position of the portfolio has a price, so there is no value", field="portfolio_id")
        total, currency = allocation.total, allocation.base_currency
    if asked.mix is None:
        assert allocation is not None, "a value without a mix was refused"
        return {item.key: item.amount for item in allocation.by_asset_class}, currency
    return {name: total * share / 100 for name, share in asked.mix.items()}, currency


def _missing(projection: Projection, allocation: Allocation | None) -> tuple[str, ...]:
    left_out = tuple(
        f"There is no planning assumption for the asset class {item.asset_class}; its part is not projected."
        for item in projection.not_projected
    )
    return (*(allocation.why_incomplete() if allocation else ()), *left_out, *projection.notes)
