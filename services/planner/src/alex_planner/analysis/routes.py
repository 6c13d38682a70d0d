"""The analysis of a snapshot over HTTP; nothing is computed here."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, NamedTuple

from agents.exceptions import AgentsException
from alex_edge import InvalidInput, Owner, UpstreamUnavailable
from fastapi import APIRouter, Depends, Query, Request
from openai import APIError

from alex_planner.allocation import compute_allocation
from alex_planner.analysis.report import Analysis, analyse
from alex_planner.analysis.request import AnalysisRequest, check_request
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.instruments.facts import Classification
from alex_planner.instruments.proposing import Proposer, unknown_of
from alex_planner.portfolio import Portfolio
from alex_planner.portfolio_requests import Store
from alex_planner.prices.price_file import read_price_file
from alex_planner.prices.provider import Fetched, PriceProvider, wanted_of
from alex_planner.returns.money_weighted import DAYS_A_YEAR

_NOTHING = Fetched((), ())


class _Helpers(NamedTuple):
    """Whoever is asked beyond the snapshot."""

    prices: PriceProvider | None
    proposer: Proposer


def _helpers(request: Request) -> _Helpers:
    return _Helpers(request.app.state.prices, request.app.state.proposer)


Helping = Annotated[_Helpers, Depends(_helpers)]
router = APIRouter(prefix="/portfolios", tags=["analysis"])


@router.get("/{portfolio_id}/analysis")
async def get_analysis(
    portfolio_id: str,
    owner: Owner,
    store: Store,
    helpers: Helping,
    *,
    base_currency: Annotated[str | None, Query(description="ISO 4217 code to count in.")] = None,
    as_of: Annotated[date | None, Query(description="Day of the valuation; today when not given.")] = None,
) -> Analysis:
    """Return the figures of a snapshot, from its own prices."""
    return await _analysis(
        portfolio_id, owner, store, AnalysisRequest(base_currency=base_currency, as_of=as_of), helpers
    )


@router.post("/{portfolio_id}/analysis")
async def post_analysis(
    portfolio_id: str, owner: Owner, store: Store, helpers: Helping, asked: AnalysisRequest
) -> Analysis:
    """Return the figures of a snapshot with prices, a target or assumptions of the caller; nothing is stored."""
    return await _analysis(portfolio_id, owner, store, asked, helpers)


async def _analysis(
    portfolio_id: str, owner: Owner, store: Store, asked: AnalysisRequest, helpers: _Helpers
) -> Analysis:
    today = datetime.now(UTC).date()
    check_request(asked, today)
    portfolio = await store.get(owner, portfolio_id)
    as_of = asked.as_of or today
    own = await asyncio.to_thread(read_price_file, asked.prices) if asked.prices is not None else ()
    fetched = await asyncio.to_thread(_fetched, helpers.prices, portfolio, asked, as_of) if asked.online else _NOTHING
    # The owner's own prices stand last: they take the place of the provider's.
    series = (*fetched.series, *own)
    proposals = await _proposals(helpers.proposer, portfolio, asked) if asked.propose else {}
    return await asyncio.to_thread(
        analyse, portfolio, asked, as_of, series=series, not_found=fetched.missing, proposals=proposals
    )


async def _proposals(proposer: Proposer, portfolio: Portfolio, asked: AnalysisRequest) -> Mapping[str, Classification]:
    catalog, owner = bundled_catalog(), {item.symbol: item for item in asked.classes}
    unknown = unknown_of(portfolio.positions, lambda position: catalog.classify(position, owner))
    if not unknown:
        return {}
    try:
        return await proposer.propose(unknown)
    except (AgentsException, APIError) as exc:
        raise UpstreamUnavailable("model", f"it did not propose classes ({type(exc).__name__})") from exc


def _fetched(provider: PriceProvider | None, portfolio: Portfolio, asked: AnalysisRequest, as_of: date) -> Fetched:
    if provider is None:
        raise InvalidInput("no provider of prices is set: PLANNER_PRICE_PROVIDER=yahoo sets one", field="online")
    base = asked.base_currency or compute_allocation(portfolio.positions).base_currency
    benchmark = (asked.benchmark, base) if asked.benchmark and base else None
    wanted, pairs = wanted_of(portfolio.positions, base, benchmark)
    start = as_of - timedelta(days=asked.history_years * DAYS_A_YEAR)
    return provider.fetch(wanted, pairs, start, as_of)
