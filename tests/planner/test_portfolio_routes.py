"""Portfolios over HTTP, through the edge: import, list, read, and every refusal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service
from alex_planner.portfolio_csv import MAX_BYTES
from alex_planner.portfolio_routes import router
from alex_planner.portfolio_store import PortfolioStore
from fastapi import FastAPI
from pydantic import SecretStr

pytestmark = pytest.mark.anyio

CSV = "symbol,quantity,price,currency\nVTI,1.5,250.10,USD\nACME,3,,USD\n"


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a client of an application with the routes and a real store."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = open_database(f"sqlite:///{tmp_path / 'planner.db'}")
        app.state.portfolios = PortfolioStore(engine)
        await app.state.portfolios.upgrade()
        yield
        await engine.dispose()

    settings = EdgeSettings(api_keys=(SecretStr("k"),))
    app = create_service("planner", version="0", settings=settings, lifespan=lifespan, readiness=Readiness())
    app.include_router(router)
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://planner", headers={"x-api-key": "k"}
        ) as client:
            yield client


async def test_an_imported_portfolio_is_answered_listed_and_read(client: httpx2.AsyncClient) -> None:
    """Ours: 201 with the positions and what has no price; the same by id."""
    answer = await client.post("/portfolios/import", params={"name": "All of it"}, content=CSV)
    assert answer.status_code == 201
    portfolio = answer.json()
    assert (portfolio["name"], portfolio["unpriced"]) == ("All of it", ["ACME"])
    assert portfolio["positions"][0]["quantity"] == "1.5"
    assert (await client.get(f"/portfolios/{portfolio['id']}")).json() == portfolio
    listed = (await client.get("/portfolios")).json()["portfolios"]
    assert [(item["id"], item["position_count"]) for item in listed] == [(portfolio["id"], 2)]


async def test_the_same_import_again_is_the_same_snapshot(client: httpx2.AsyncClient) -> None:
    """Ours: nothing is duplicated."""
    answers = [(await client.post("/portfolios/import?name=x", content=CSV)).json() for _ in range(2)]
    assert answers[0] == answers[1]


async def test_another_owner_gets_404(client: httpx2.AsyncClient) -> None:
    """Ours: existence is not told either."""
    portfolio = (await client.post("/portfolios/import?name=x", content=CSV)).json()
    answer = await client.get(f"/portfolios/{portfolio['id']}", headers={"x-alex-owner": "eve"})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "portfolio_not_found"
    assert (await client.get("/portfolios", headers={"x-alex-owner": "eve"})).json() == {"portfolios": []}


async def test_a_bad_file_is_422_with_its_problems_and_nothing_is_kept(client: httpx2.AsyncClient) -> None:
    """Ours: whole or not at all."""
    answer = await client.post("/portfolios/import?name=x", content="symbol,quantity,currency\nVTI,1,USD\nBND,,USD\n")
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "invalid_portfolio"
    assert error["detail"]["problems"] == [{"line": 3, "column": "quantity", "message": "the row has no quantity"}]
    assert (await client.get("/portfolios")).json() == {"portfolios": []}


async def test_an_empty_body_is_422(client: httpx2.AsyncClient) -> None:
    """Ours: nothing was sent, and the answer says so."""
    answer = await client.post("/portfolios/import?name=x", content=b"")
    assert answer.status_code == 422
    assert "empty" in answer.json()["error"]["message"]


async def test_a_body_without_end_is_cut_off_at_the_limit(client: httpx2.AsyncClient) -> None:
    """Ours: a huge upload is refused while it arrives, not after."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 10 * MAX_BYTES:
            sent += 65536
            yield b"x" * 65536

    answer = await client.post("/portfolios/import?name=x", content=endless())
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "portfolio_too_large"


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "x" * 201], ids=["empty", "blank", "two lines", "long"])
async def test_a_name_that_cannot_be_shown_is_422(client: httpx2.AsyncClient, name: str) -> None:
    """Ours: a name is one visible line."""
    answer = await client.post("/portfolios/import", params={"name": name}, content=CSV)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_input"


async def test_a_form_is_refused_with_how_to_send_the_file(client: httpx2.AsyncClient) -> None:
    """Ours: the commonest wrong way to upload gets its own sentence."""
    answer = await client.post("/portfolios/import?name=x", files={"file": ("p.csv", CSV)})
    assert answer.status_code == 422
    assert "text/csv" in answer.json()["error"]["message"]
