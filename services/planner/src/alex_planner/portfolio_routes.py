"""Portfolios over HTTP: import a file, list, read. Parsing and storing are elsewhere.

The store is `request.app.state.portfolios`, opened by the lifespan of the service.
"""

import asyncio
import unicodedata
from datetime import datetime
from typing import Annotated

from alex_edge import InvalidInput, Owner
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from alex_planner.errors import PortfolioTooLarge
from alex_planner.portfolio import Portfolio, Position
from alex_planner.portfolio_csv import MAX_BYTES, parse_portfolio_csv
from alex_planner.portfolio_store import PortfolioStore, PortfolioSummary

router = APIRouter(prefix="/portfolios", tags=["portfolios"])


class PortfolioAnswer(BaseModel):
    """A snapshot as its owner sees it."""

    id: str
    name: str
    created_at: datetime
    content_hash: str
    positions: tuple[Position, ...]
    unpriced: tuple[str, ...] = Field(description="Symbols without a price: no figure counts them.")


class PortfolioList(BaseModel):
    """The newest snapshots of the owner."""

    portfolios: list[PortfolioSummary]


def _store(request: Request) -> PortfolioStore:
    store: PortfolioStore = request.app.state.portfolios
    return store


Store = Annotated[PortfolioStore, Depends(_store)]
Name = Annotated[str, Query(min_length=1, max_length=200, description="What the owner calls the portfolio.")]


@router.post(
    "/import",
    status_code=201,
    openapi_extra={"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def import_portfolio(request: Request, owner: Owner, store: Store, name: Name = "portfolio") -> PortfolioAnswer:
    """Read the CSV in the body and keep it as a snapshot, whole or not at all.

    The same content under the same name answers with the snapshot that is there already.
    """
    _refuse_form(request)
    label = _label(name)
    parsed = await asyncio.to_thread(parse_portfolio_csv, await _body(request))
    return _answer(await store.save(owner, label, parsed.positions))


@router.get("")
async def list_portfolios(owner: Owner, store: Store) -> PortfolioList:
    """List the snapshots of the owner, newest first."""
    return PortfolioList(portfolios=await store.list_summaries(owner))


@router.get("/{portfolio_id}")
async def get_portfolio(portfolio_id: str, owner: Owner, store: Store) -> PortfolioAnswer:
    """Return one snapshot of the owner."""
    return _answer(await store.get(owner, portfolio_id))


def _refuse_form(request: Request) -> None:
    if request.headers.get("content-type", "").startswith("multipart/"):
        raise InvalidInput("send the file itself as the body, with content-type text/csv, not a form", field="body")


def _label(name: str) -> str:
    label = name.strip()
    if not label or any(unicodedata.category(char).startswith("C") for char in label):
        raise InvalidInput("name must be visible text of one line", field="name")
    return label


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BYTES:
            raise PortfolioTooLarge(MAX_BYTES)
    return bytes(body)


def _answer(portfolio: Portfolio) -> PortfolioAnswer:
    return PortfolioAnswer(
        id=portfolio.id,
        name=portfolio.name,
        created_at=portfolio.created_at,
        content_hash=portfolio.content_hash,
        positions=portfolio.positions,
        unpriced=portfolio.unpriced,
    )
