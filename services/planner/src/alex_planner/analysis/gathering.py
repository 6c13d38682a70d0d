"""What is asked of others before figures are computed: prices of a provider, and classes that a model proposes.

What they answer is kept beside what was asked, so that the same figures can be computed again without them.
"""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta

from agents.exceptions import AgentsException
from alex_edge import InvalidInput, UpstreamUnavailable
from openai import APIError
from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import compute_allocation
from alex_planner.analysis.request import AnalysisOptions
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.instruments.facts import Classification
from alex_planner.instruments.proposing import Proposer, unknown_of
from alex_planner.portfolio import Portfolio
from alex_planner.prices.history import PriceSeries
from alex_planner.prices.price_file import read_price_file
from alex_planner.prices.provider import Fetched, PriceProvider, wanted_of
from alex_planner.returns.money_weighted import DAYS_A_YEAR


class Gathered(BaseModel):
    """What others answered; empty when nobody was asked."""

    model_config = ConfigDict(frozen=True)

    series: tuple[PriceSeries, ...] = ()
    not_found: tuple[str, ...] = ()
    """What the provider of prices did not have, in words."""
    proposals: Mapping[str, Classification] = Field(default_factory=dict)
    """Unchecked classes by symbol."""
    failure: str | None = None
    """Why nobody answered."""


class Sources:
    """Whoever is asked."""

    def __init__(self, prices: PriceProvider | None, proposer: Proposer) -> None:
        self._prices = prices
        self._proposer = proposer

    def check(self, asked: AnalysisOptions) -> None:
        """Refuse a request that asks for prices of nobody.

        Raises:
            InvalidInput: no provider is set.
        """
        if asked.online and self._prices is None:
            raise InvalidInput("no provider of prices is set: PLANNER_PRICE_PROVIDER=yahoo sets one", field="online")

    async def gather(
        self, portfolio: Portfolio, asked: AnalysisOptions, base_currency: str | None, as_of: date
    ) -> Gathered:
        """Ask for what `asked` wants and return the answers.

        Raises:
            InvalidInput: see `check`.
            UpstreamUnavailable: the model did not answer.
        """
        self.check(asked)
        fetched = Fetched((), ())
        if asked.online and self._prices is not None:
            fetched = await asyncio.to_thread(_fetched, self._prices, portfolio, asked, base_currency, as_of)
        proposals = await self._proposed(portfolio, asked) if asked.propose else {}
        return Gathered(series=fetched.series, not_found=fetched.missing, proposals=proposals)

    async def _proposed(self, portfolio: Portfolio, asked: AnalysisOptions) -> Mapping[str, Classification]:
        catalog, owner = bundled_catalog(), {item.symbol: item for item in asked.classes}
        unknown = unknown_of(portfolio.positions, lambda position: catalog.classify(position, owner))
        if not unknown:
            return {}
        try:
            return await self._proposer.propose(unknown)
        except (AgentsException, APIError) as exc:
            raise UpstreamUnavailable("model", f"it did not propose classes ({type(exc).__name__})") from exc


def all_series(asked: AnalysisOptions, gathered: Gathered) -> tuple[PriceSeries, ...]:
    """Return the prices of both; the owner's own stand last, because they take the place of the provider's.

    Raises:
        InvalidPrices: the owner's file has problems.
    """
    own = read_price_file(asked.prices) if asked.prices is not None else ()
    return (*gathered.series, *own)


def _fetched(
    provider: PriceProvider, portfolio: Portfolio, asked: AnalysisOptions, base_currency: str | None, as_of: date
) -> Fetched:
    base = base_currency or compute_allocation(portfolio.positions).base_currency
    benchmark = (asked.benchmark, base) if asked.benchmark and base else None
    wanted, pairs = wanted_of(portfolio.positions, base, benchmark)
    start = as_of - timedelta(days=asked.history_years * DAYS_A_YEAR)
    return provider.fetch(wanted, pairs, start, as_of)
