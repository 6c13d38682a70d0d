"""The analysis of a snapshot over HTTP; nothing is computed here."""

import asyncio
from datetime import UTC, date, datetime
from typing import Annotated

from alex_edge import Owner
from fastapi import APIRouter, Query

from alex_planner.analysis.report import Analysis, analyse
from alex_planner.analysis.request import AnalysisRequest, check_request
from alex_planner.portfolio_requests import Store
from alex_planner.prices.price_file import read_price_file

router = APIRouter(prefix="/portfolios", tags=["analysis"])


@router.get("/{portfolio_id}/analysis")
async def get_analysis(
    portfolio_id: str,
    owner: Owner,
    store: Store,
    base_currency: Annotated[str | None, Query(description="ISO 4217 code to count in.")] = None,
    as_of: Annotated[date | None, Query(description="Day of the valuation; today when not given.")] = None,
) -> Analysis:
    """Return the figures of a snapshot, from its own prices."""
    return await _analysis(portfolio_id, owner, store, AnalysisRequest(base_currency=base_currency, as_of=as_of))


@router.post("/{portfolio_id}/analysis")
async def post_analysis(portfolio_id: str, owner: Owner, store: Store, asked: AnalysisRequest) -> Analysis:
    """Return the figures of a snapshot with prices, a target or assumptions of the caller; nothing is stored."""
    return await _analysis(portfolio_id, owner, store, asked)


async def _analysis(portfolio_id: str, owner: Owner, store: Store, asked: AnalysisRequest) -> Analysis:
    today = datetime.now(UTC).date()
    check_request(asked, today)
    portfolio = await store.get(owner, portfolio_id)
    series = await asyncio.to_thread(read_price_file, asked.prices) if asked.prices is not None else ()
    return await asyncio.to_thread(analyse, portfolio, asked, asked.as_of or today, series=series)
