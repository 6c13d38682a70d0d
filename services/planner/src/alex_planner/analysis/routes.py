"""The analysis of a snapshot over HTTP; nothing is computed here."""

import asyncio
from datetime import UTC, date, datetime
from typing import Annotated, cast

from alex_edge import Owner
from fastapi import APIRouter, Depends, Query, Request

from alex_planner.analysis.gathering import Gathered, Sources, all_series
from alex_planner.analysis.report import analyse
from alex_planner.analysis.request import AnalysisRequest, check_request
from alex_planner.analysis.schema import Analysis
from alex_planner.portfolio import Portfolio
from alex_planner.portfolio_requests import Store


def _sources(request: Request) -> Sources:
    return cast("Sources", request.app.state.sources)


Asked = Annotated[Sources, Depends(_sources)]
router = APIRouter(prefix="/portfolios", tags=["analysis"])


@router.get("/{portfolio_id}/analysis")
async def get_analysis(
    portfolio_id: str,
    owner: Owner,
    store: Store,
    sources: Asked,
    *,
    base_currency: Annotated[str | None, Query(description="ISO 4217 code to count in.")] = None,
    as_of: Annotated[date | None, Query(description="Day of the valuation; today when not given.")] = None,
) -> Analysis:
    """Return the figures of a snapshot, from its own prices."""
    asked = AnalysisRequest(base_currency=base_currency, as_of=as_of)
    return await _analysis(portfolio_id, owner, store, asked, sources)


@router.post("/{portfolio_id}/analysis")
async def post_analysis(
    portfolio_id: str, owner: Owner, store: Store, sources: Asked, asked: AnalysisRequest
) -> Analysis:
    """Return the figures of a snapshot with prices, a target or assumptions of the caller; nothing is stored."""
    return await _analysis(portfolio_id, owner, store, asked, sources)


async def _analysis(
    portfolio_id: str, owner: Owner, store: Store, asked: AnalysisRequest, sources: Sources
) -> Analysis:
    today = datetime.now(UTC).date()
    check_request(asked, today)
    portfolio = await store.get(owner, portfolio_id)
    as_of = asked.as_of or today
    gathered = await sources.gather(portfolio, asked, asked.base_currency, as_of)
    return await asyncio.to_thread(_analysed, portfolio, asked, as_of, gathered)


def _analysed(portfolio: Portfolio, asked: AnalysisRequest, as_of: date, gathered: Gathered) -> Analysis:
    return analyse(
        portfolio,
        asked,
        as_of,
        series=all_series(asked, gathered),
        not_found=gathered.not_found,
        proposals=gathered.proposals,
    )
