"""The analysis over HTTP: every figure with its fact, nothing made up, every refusal in words."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service
from alex_planner import portfolio_routes
from alex_planner.analysis import routes
from alex_planner.analysis.gathering import Sources
from alex_planner.instruments.proposing import NameProposer
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.prices.history import PricePoint, PriceSeries
from alex_planner.prices.provider import Fetched, Wanted
from fastapi import FastAPI
from pydantic import SecretStr

pytestmark = pytest.mark.anyio

CSV = (
    "account,symbol,name,quantity,price,currency,price_date,asset_class,region,sector\n"
    "IRA,VTI,Total market,10,300,USD,2026-11-20,,,\n"
    "IRA,VXUS,Outside,20,70,USD,2026-10-01,,,\n"
    "Bank,CASH,Dollars,600,1,USD,2026-11-20,cash,,\n"
    "Bank,SAP,SAP,2,200,EUR,2026-11-20,,,\n"
    "Bank,MYSTERY,,4,50,USD,2026-11-20,,,\n"
)
AS_OF = {"as_of": "2026-11-23"}


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a client of an application with the routes and a real store."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = open_database(f"sqlite:///{tmp_path / 'planner.db'}")
        app.state.portfolios = PortfolioStore(engine)
        await app.state.portfolios.upgrade()
        app.state.sources = Sources(None, NameProposer())
        yield
        await engine.dispose()

    settings = EdgeSettings(api_keys=(SecretStr("k"),))
    app = create_service("planner", version="0", settings=settings, lifespan=lifespan, readiness=Readiness())
    app.include_router(portfolio_routes.router)
    app.include_router(routes.router)
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        headers = {"x-api-key": "k"}
        async with httpx2.AsyncClient(transport=transport, base_url="http://planner", headers=headers) as client:
            yield client


async def stored(client: httpx2.AsyncClient, csv: str = CSV) -> str:
    """Import a file and return the path of its analysis."""
    answer = await client.post("/portfolios/import", params={"name": "x"}, content=csv)
    assert answer.status_code == 201, answer.text
    return f"/portfolios/{answer.json()['id']}/analysis"


def history(days: int = 60) -> str:
    """Return a file of prices of both funds, a benchmark and a rate, up to 2026-11-22."""
    generator = np.random.default_rng(5)
    rows = ["date,symbol,price,currency"]
    for symbol, price, currency in (
        ("VTI", 310, "USD"), ("VXUS", 72, "USD"), ("SAP", 210, "EUR"), ("INDEX", 5000, "USD"), ("EUR/USD", 1.1, "USD"),
    ):  # fmt: skip
        for n in range(days):
            day = date(2026, 11, 22) - timedelta(days=days - 1 - n)
            rows.append(f"{day.isoformat()},{symbol},{price * (1 + generator.normal(0, 0.01)):.4f},{currency}")
    return "\n".join(rows) + "\n"


def reasons(analysis: dict[str, Any]) -> list[str]:
    """Return why figures are not known."""
    return [str(item["reason"]) for item in analysis["missing"]]


async def test_a_snapshot_alone_gives_what_it_can_and_says_the_rest(client: httpx2.AsyncClient) -> None:
    """Ours: no rate, no history, no activity: each is named, and the figures without them are there."""
    answer = await client.get(await stored(client), params=AS_OF)
    assert answer.status_code == 200
    analysis = answer.json()
    facts = {fact["id"]: fact for fact in analysis["facts"]}
    assert len(facts) == len(analysis["facts"])
    assert facts["total"]["formatted"] == "5,200.00 USD"
    assert facts["asset_class.equity.share"]["formatted"] == "84.6 %"
    assert facts["concentration.largest"]["inputs"] == {"symbol": "VTI"}
    assert facts["position.1.value"]["inputs"] == {
        "quantity": "10", "price": "300 USD", "price_date": "2026-11-20", "price_state": "current",
    }  # fmt: skip
    assert facts["expenses.first_year"]["formatted"] == "1.88 USD"
    assert (analysis["risk"], analysis["rebalancing"], analysis["trades"]) == (None, None, None)
    text = " ".join(reasons(analysis))
    assert {item["figure"] for item in analysis["missing"]} == {
        "value", "price", "cost", "classes", "expenses", "returns", "risk",
    }  # fmt: skip
    for words in (
        "No exchange rate to USD is known for SAP (EUR).",
        "The price is older than a week for VXUS.",
        "3.8 % of the value has no known asset class.",
        "The yearly expenses of MYSTERY are not known.",
        "no purchases or sales",
        "no holding has a price history",
    ):
        assert words in text
    assert all(fact["source"] for fact in analysis["facts"])


async def test_prices_and_a_target_give_risk_orders_and_doing_nothing(client: httpx2.AsyncClient) -> None:
    """Ours: newer prices are used, the euro is converted, each figure opens to its inputs."""
    body = {
        **AS_OF, "prices": history(), "benchmark": "INDEX", "new_money": "500", "cost_rate": "0.001",
        "target": {"equity": "0.6", "bond": "0.3", "cash": "0.1"}, "tax_rate": "0.25",
        "classes": [{"symbol": "MYSTERY", "asset_class": "bond"}],
    }  # fmt: skip
    answer = await client.post(await stored(client), json=body)
    assert answer.status_code == 200, answer.text
    analysis = answer.json()
    assert analysis["allocation"]["complete"]
    assert analysis["allocation"]["positions"][0]["price_source"] == "the owner's file of prices"
    assert analysis["risk"]["periods"] == 59
    assert analysis["risk"]["beta"] is not None
    orders = {(trade["side"], trade["symbol"]) for trade in analysis["trades"]["trades"]}
    assert ("buy", "MYSTERY") in orders
    assert {symbol for side, symbol in orders if side == "sell"} <= {"VTI", "VXUS", "SAP", "CASH"}
    assert analysis["doing_nothing"]["cost"] == "0"
    facts = {fact["id"]: fact for fact in analysis["facts"]}
    assert facts["risk.volatility"]["inputs"]["periods"] == "59"
    assert facts["position.4.base_value"]["inputs"]["rate"].endswith("of 2026-11-22")
    assert {"drift.bond", "trades.tax", "nothing.forgone", "risk.sharpe", "risk.correlation.VTI.VXUS"} <= set(facts)


async def test_proposals_fill_what_nobody_said_and_are_marked(client: httpx2.AsyncClient) -> None:
    """Ours: only where the request wants them; the share that rests on them is said."""
    path = await stored(
        client, "symbol,name,quantity,price,currency\nX,Acme Europe Bond Fund,1,100,USD\nVTI,,1,100,USD\n"
    )
    analysis = (await client.post(path, json={"propose": True})).json()
    position = analysis["allocation"]["positions"][0]
    assert position["classification"]["asset_class"]["origin"] == "proposal"
    shares = {item["key"]: item["share"] for item in analysis["allocation"]["by_asset_class"]}
    assert shares == {"bond": "0.5000000000", "equity": "0.5000000000"}
    assert "The asset class of 50.0 % of the value is a proposal that nobody has checked." in reasons(analysis)
    plain = (await client.post(path, json={})).json()
    assert plain["allocation"]["positions"][0]["classification"]["asset_class"]["origin"] == "nothing"


class OneFund:
    """A provider that knows one fund and one rate; what it is asked for is kept."""

    name = "a stand-in"

    def __init__(self) -> None:
        self.asked: list[Wanted] = []

    def fetch(self, wanted: Sequence[Wanted], pairs: Sequence[tuple[str, str]], start: date, end: date) -> Fetched:
        """Answer for both, and name the rest."""
        assert (pairs, start, end) == ([("EUR", "USD")], date(2023, 11, 24), date(2026, 11, 23))
        self.asked += wanted
        known = {"VTI": "320", "EUR/USD": "1.25"}
        series = tuple(
            PriceSeries(
                symbol=symbol,
                currency="USD",
                source=self.name,
                points=(PricePoint(day=end, price=Decimal(price)),),
            )
            for symbol, price in known.items()
        )
        return Fetched(series, tuple(f"no price of {item.symbol}" for item in wanted if item.symbol not in known))


async def test_a_provider_is_asked_where_the_request_wants_it_and_the_owners_prices_go_before(
    client: httpx2.AsyncClient,
) -> None:
    """Ours: symbols and currencies alone leave; what is not found is said."""
    provider = OneFund()
    client._transport.app.state.sources = Sources(provider, NameProposer())  # type: ignore[attr-defined]  # httpx2's ASGI transport
    path = await stored(client)
    analysis = (await client.post(path, json={**AS_OF, "online": True})).json()
    positions = {item["symbol"]: item for item in analysis["allocation"]["positions"]}
    assert (positions["VTI"]["price"], positions["VTI"]["price_source"]) == ("320", "a stand-in")
    assert positions["SAP"]["rate"]["rate"] == "1.25"
    assert "no price of VXUS" in reasons(analysis)
    assert [item.symbol for item in provider.asked] == ["VTI", "VXUS", "SAP", "MYSTERY"]
    body = {**AS_OF, "online": True, "prices": "date,symbol,price,currency\n2026-11-22,VTI,333,USD\n"}
    analysis = (await client.post(path, json=body)).json()
    assert analysis["allocation"]["positions"][0]["price"] == "333"
    provider.asked.clear()
    assert (await client.get(path, params=AS_OF)).status_code == 200
    assert provider.asked == []


async def test_an_activity_file_has_returns(client: httpx2.AsyncClient) -> None:
    """Ours: 1,000 paid in on 2025-01-01 and worth 1,100 on 2026-01-01."""
    activity = (
        "Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n"
        '01/01/2025,Buy,PLGV,Pellgrove,10,$100,,"-$1,000.00"\n'
    )
    prices = "date,symbol,price,currency\n2026-01-01,PLGV,110,USD\n"
    body = {"as_of": "2026-01-01", "prices": prices}
    analysis = (await client.post(await stored(client, activity), json=body)).json()
    facts = {fact["id"]: fact for fact in analysis["facts"]}
    assert facts["returns.money_weighted"]["formatted"] == "10.0 %"
    assert facts["returns.time_weighted_yearly"]["formatted"] == "10.0 %"
    assert facts["returns.gain"]["formatted"] == "100.00 USD"


async def test_a_portfolio_of_zero_is_analysed_without_a_share(client: httpx2.AsyncClient) -> None:
    """Ours: nothing is divided by nothing."""
    path = await stored(client, "symbol,quantity,price,currency\nA,0,5,USD\nB,3,0,USD\n")
    answer = await client.post(path, json={"target": {"equity": "1"}, "new_money": "100"})
    assert answer.status_code == 200
    assert answer.json()["concentration"] is None
    assert answer.json()["trades"]["trades"][0]["amount"] == "100.00"


async def test_an_unpriced_portfolio_is_analysed_without_a_value(client: httpx2.AsyncClient) -> None:
    """Ours: unknown tickers without prices are listed."""
    answer = await client.get(await stored(client, "symbol,quantity,currency\nA,1,USD\nB,3,EUR\n"))
    assert answer.status_code == 200
    assert "No price is known for A, B." in reasons(answer.json())


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        pytest.param({"base_currency": "XXX"}, "invalid_input", "ISO 4217", id="currency"),
        pytest.param({"as_of": "2999-01-01"}, "invalid_input", "future", id="future"),
        pytest.param({"prices": "nothing"}, "invalid_prices", "line 1", id="prices"),
        pytest.param({"target": {"equity": "0.5"}}, "invalid_assumption", "add up to 1", id="target"),
        pytest.param({"target": {"shares": "1"}}, "invalid_input", "target", id="class"),
        pytest.param({"new_money": "-5"}, "invalid_input", "new_money", id="withdrawal"),
        pytest.param({"tax_rate": "NaN"}, "invalid_input", "tax_rate", id="no number"),
        pytest.param({"online": True}, "invalid_input", "PLANNER_PRICE_PROVIDER", id="no provider"),
        pytest.param({"surprise": 1}, "invalid_input", "surprise", id="unknown field"),
    ],
)
async def test_a_request_that_means_nothing_is_refused(
    client: httpx2.AsyncClient, body: dict[str, object], code: str, words: str
) -> None:
    """Ours: 422 with what to mend."""
    answer = await client.post(await stored(client), json=body)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == code
    assert words in str(error)


async def test_another_owner_gets_404(client: httpx2.AsyncClient) -> None:
    """Ours: by both methods."""
    path, eve = await stored(client), {"x-alex-owner": "eve"}
    assert (await client.get(path, headers=eve)).status_code == 404
    assert (await client.post(path, json={}, headers=eve)).status_code == 404
