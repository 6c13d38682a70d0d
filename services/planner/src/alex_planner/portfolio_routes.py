"""Portfolios over HTTP: import a file in one step, list, read. Parsing and storing are elsewhere.

The store is `request.app.state.portfolios`, opened by the lifespan of the service.
"""

import asyncio
from datetime import date, datetime

from alex_edge import Owner
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from alex_planner import import_routes
from alex_planner.errors import InvalidPortfolio
from alex_planner.importing.importer import import_file
from alex_planner.portfolio import Activity, Portfolio, Position
from alex_planner.portfolio_requests import Name, Store, file_of, label_of
from alex_planner.portfolio_store import PortfolioSummary
from alex_planner.prices.rates import ExchangeRate

router = APIRouter(prefix="/portfolios", tags=["portfolios"])


class PortfolioAnswer(BaseModel):
    """A snapshot as its owner sees it."""

    id: str
    name: str
    created_at: datetime
    content_hash: str
    positions: tuple[Position, ...]
    unpriced: tuple[str, ...] = Field(description="Symbols without a price: no figure counts them.")
    broker: str | None = Field(default=None, description="Whose file it was, where that is known.")
    as_of: date | None = Field(default=None, description="Day the file says its prices are of.")
    activities: tuple[Activity, ...] = ()
    exchange_rates: tuple[ExchangeRate, ...] = ()


class PortfolioList(BaseModel):
    """The newest snapshots of the owner."""

    portfolios: list[PortfolioSummary]


@router.post("/import", status_code=201, openapi_extra=import_routes.FILE_BODY)
async def import_portfolio(request: Request, owner: Owner, store: Store, name: Name = "portfolio") -> PortfolioAnswer:
    """Read the broker's file or plain CSV in the body and keep it as a snapshot, whole or not at all.

    The same content under the same name answers with the snapshot that is there already.
    """
    label = label_of(name)
    result = await asyncio.to_thread(import_file, await file_of(request))
    if result.problems or not (result.positions or result.activities):
        raise InvalidPortfolio(result.problems)
    return _answer(await import_routes.save_result(store, owner, label, result))


@router.get("")
async def list_portfolios(owner: Owner, store: Store) -> PortfolioList:
    """List the snapshots of the owner, newest first."""
    return PortfolioList(portfolios=await store.list_summaries(owner))


@router.get("/{portfolio_id}")
async def get_portfolio(portfolio_id: str, owner: Owner, store: Store) -> PortfolioAnswer:
    """Return one snapshot of the owner."""
    return _answer(await store.get(owner, portfolio_id))


def _answer(portfolio: Portfolio) -> PortfolioAnswer:
    return PortfolioAnswer(
        id=portfolio.id,
        name=portfolio.name,
        created_at=portfolio.created_at,
        content_hash=portfolio.content_hash,
        positions=portfolio.positions,
        unpriced=portfolio.unpriced,
        broker=portfolio.broker,
        as_of=portfolio.as_of,
        activities=portfolio.activities,
        exchange_rates=portfolio.exchange_rates,
    )


router.include_router(import_routes.router)
