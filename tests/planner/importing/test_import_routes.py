"""Draft, show, confirm, commit: over HTTP, through the edge, with a real database."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service
from alex_planner.importing.decoding import MAX_BYTES
from alex_planner.portfolio_routes import router
from alex_planner.portfolio_store import PortfolioStore
from fastapi import FastAPI
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types
from pydantic import SecretStr

from tests.planner.importing.american_samples import FIDELITY_POSITIONS, ROBINHOOD
from tests.planner.importing.european_samples import TRADING_212

pytestmark = pytest.mark.anyio


class Clock:
    """A time that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return the clock of the store."""
    return Clock()


@pytest.fixture
async def client(tmp_path: Path, clock: Clock) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a client of an application with the routes and a real store."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = open_database(f"sqlite:///{tmp_path / 'planner.db'}")
        app.state.portfolios = PortfolioStore(engine, now=clock)
        await app.state.portfolios.upgrade()
        yield
        await engine.dispose()

    settings = EdgeSettings(api_keys=(SecretStr("k"),))
    app = create_service("planner", version="0", settings=settings, lifespan=lifespan, readiness=Readiness())
    app.include_router(router)
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        headers = {"x-api-key": "k"}
        async with httpx2.AsyncClient(transport=transport, base_url="http://planner", headers=headers) as client:
            yield client


async def test_a_draft_shows_every_row_and_stores_no_portfolio(client: httpx2.AsyncClient) -> None:
    """Ours: a fate per row, counts that add up, nothing kept yet; the draft is read again by its id."""
    answer = await client.post("/portfolios/import/draft", content=FIDELITY_POSITIONS)
    assert answer.status_code == 200
    draft = answer.json()
    assert (draft["broker"], draft["format"], draft["as_of"]) == ("Fidelity", "fidelity_positions", "2026-01-06")
    assert draft["imported"] + draft["ignored"] + draft["errors"] == draft["rows"] == len(draft["fates"])
    assert (await client.get("/portfolios")).json() == {"portfolios": []}
    assert (await client.get(f"/portfolios/import/{draft['id']}")).json() == draft


async def test_a_confirmed_draft_is_a_portfolio_with_its_activity(client: httpx2.AsyncClient) -> None:
    """Ours: positions, events, broker; twice confirmed is once stored."""
    draft = (await client.post("/portfolios/import/draft", content=ROBINHOOD)).json()
    answers = [await client.post(f"/portfolios/import/{draft['id']}/confirm?name=mine") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    portfolio = (await client.get(f"/portfolios/{answers[0].json()['id']}")).json()
    assert (portfolio["name"], portfolio["broker"]) == ("mine", "Robinhood")
    assert portfolio["positions"] == draft["positions"]
    assert portfolio["activities"] == draft["activities"]
    assert portfolio["positions"][0]["lots"][0] == {"acquired": "2026-01-02", "quantity": "15", "cost": "150.00"}


async def test_a_draft_with_errors_is_confirmed_only_when_they_are_left_out(client: httpx2.AsyncClient) -> None:
    """Ours: 409 with the rows; then the rest, and how many rows it lacks."""
    draft = (await client.post("/portfolios/import/draft", content=TRADING_212)).json()
    path = f"/portfolios/import/{draft['id']}/confirm"
    refused = await client.post(path)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "draft_has_errors")
    assert [problem["line"] for problem in refused.json()["error"]["detail"]["problems"]] == [7]
    confirmed = await client.post(path, params={"leave_out_errors": True})
    assert (confirmed.status_code, confirmed.json()["left_out"]) == (201, 1)


async def test_a_draft_expires(client: httpx2.AsyncClient, clock: Clock) -> None:
    """Ours: after a day it is gone, and says what to do."""
    draft = (await client.post("/portfolios/import/draft", content=ROBINHOOD)).json()
    clock.now += timedelta(hours=25)
    answer = await client.post(f"/portfolios/import/{draft['id']}/confirm")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "draft_not_found")


async def test_another_owner_does_not_find_a_draft(client: httpx2.AsyncClient) -> None:
    """Ours: an id is no key."""
    draft = (await client.post("/portfolios/import/draft", content=ROBINHOOD)).json()
    eve = {"x-alex-owner": "eve"}
    assert (await client.get(f"/portfolios/import/{draft['id']}", headers=eve)).status_code == 404
    assert (await client.post(f"/portfolios/import/{draft['id']}/confirm", headers=eve)).status_code == 404


async def test_one_step_takes_a_brokers_file_without_errors_only(client: httpx2.AsyncClient) -> None:
    """Ours: 201 for a good file, 422 with the problems and nothing kept for another."""
    good = await client.post("/portfolios/import?name=f", content=FIDELITY_POSITIONS)
    assert (good.status_code, good.json()["broker"]) == (201, "Fidelity")
    bad = await client.post("/portfolios/import?name=t", content=TRADING_212)
    assert (bad.status_code, bad.json()["error"]["code"]) == (422, "invalid_portfolio")
    assert [problem["line"] for problem in bad.json()["error"]["detail"]["problems"]] == [7]
    assert len((await client.get("/portfolios")).json()["portfolios"]) == 1


async def test_a_mapping_reads_any_table(client: httpx2.AsyncClient) -> None:
    """Ours: headings named by the owner, decimal comma and day order learned from whole columns."""
    table = "Depot vom 31.01.\nTitel;Stück;Kurs;Tag\nplgv;1.250,5;10,25;31.01.2026\nqlhv;3;7;01.02.2026\n"
    columns = ["symbol:Titel", "quantity:Stück", "price:Kurs", "price_date:Tag"]
    params = {"column": columns, "currency": "EUR"}
    draft = (await client.post("/portfolios/import/draft", params=params, content=table)).json()
    first, second = draft["positions"]
    assert (first["symbol"], first["quantity"], first["price"]) == ("PLGV", "1250.5", "10.25")
    assert (second["price_date"], second["currency"]) == ("2026-02-01", "EUR")


async def test_the_columns_of_an_unknown_table_are_shown_with_samples(client: httpx2.AsyncClient) -> None:
    """Ours: below a preamble, with what each heading probably means; a proposal is given once, a guess never."""
    table = "Depot vom 31.01.\nWKN;Titel;Stück;Kurs;Kurs;Anzahl\nplgv;Pool AG;1.250,5;10,25;1;7\nqlhv;;3;;1;8\n"
    answer = await client.post("/portfolios/import/columns", content=table)
    assert answer.status_code == 200
    assert (answer.json()["line"], answer.json()["rows"]) == (2, 2)
    found = [(one["heading"], one["samples"], one["proposed"]) for one in answer.json()["columns"]]
    assert found == [
        ("WKN", ["plgv", "qlhv"], "symbol"),
        ("Titel", ["Pool AG"], None),
        ("Stück", ["1.250,5", "3"], "quantity"),
        ("Kurs", ["10,25"], "price"),
        ("Anzahl", ["7", "8"], None),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"<ofx></ofx>", "XML"),
        (b"a line of a letter\nand another", "headings"),
        (b"Titel;Menge\n", "headings"),
        (b"1;2\n3;4\n", "headings"),
    ],
    ids=["empty", "binary", "xml", "letter", "no rows", "no headings"],
)
async def test_what_is_no_table_has_no_columns(client: httpx2.AsyncClient, data: bytes, words: str) -> None:
    """Ours: 422 with the reason."""
    answer = await client.post("/portfolios/import/columns", content=data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_portfolio")
    assert words in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"column": "ticker:Titel"}, "fields are"),
        ({"column": "symbol:Titel"}, "quantity"),
        ({"column": ["symbol:Titel", "quantity:Stück"]}, "currency"),
        ({"currency": "XXQ"}, "ISO 4217"),
    ],
    ids=["field", "missing", "no currency", "currency"],
)
async def test_a_mapping_that_cannot_be_used_is_422(
    client: httpx2.AsyncClient, params: dict[str, str | list[str]], words: str
) -> None:
    """Ours: it says which part."""
    answer = await client.post("/portfolios/import/draft", params=params, content="Titel;Stück\na;1\n")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_mapping")
    assert words in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("Titel,Stück,Tag\nplgv,1,01/02/2026\n", "dmy or dates=mdy"),
        ("Titel,Stück,Tag\nplgv,1.5,\nplgw,'1,5',\n".replace("'", '"'), "two ways"),
        ("Titel,Zahl,Tag\nplgv,1,\n", "headings"),
    ],
    ids=["dates", "numbers", "headings"],
)
async def test_a_table_that_can_be_read_in_two_ways_is_refused(
    client: httpx2.AsyncClient, table: str, words: str
) -> None:
    """Ours: nothing is guessed."""
    columns = ["symbol:Titel", "quantity:Stück", "price_date:Tag"]
    params = {"column": columns, "currency": "EUR"}
    answer = await client.post("/portfolios/import/draft", params=params, content=table)
    assert answer.status_code == 422
    assert words in answer.json()["error"]["message"]


async def test_a_body_that_declares_to_be_too_large_is_not_read(client: httpx2.AsyncClient) -> None:
    """Ours: 413 before the first byte."""
    read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read = True
        yield b"x"

    headers = {"content-length": str(10 * MAX_BYTES)}
    answer = await client.post("/portfolios/import/draft", content=body(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "portfolio_too_large")


async def test_two_hundred_megabytes_that_declare_no_length_are_cut_off_at_the_limit(
    client: httpx2.AsyncClient,
) -> None:
    """Ours: 413 after the limit, and the rest is never read."""
    megabyte, sent = b"x" * 2**20, 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 1
            yield megabyte

    answer = await client.post("/portfolios/import/draft", content=body())
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "portfolio_too_large")
    assert sent * len(megabyte) <= MAX_BYTES + 2 * len(megabyte)


async def test_a_workbook_is_a_draft_like_any_file(client: httpx2.AsyncClient) -> None:
    """Ours: known by its content, whatever it was declared to be."""
    made = Workbook()
    for row in (["symbol", "quantity", "currency"], ["PLGV", 10, "USD"], ["=1+1", 1, "USD"]):
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    headers = {"content-type": "text/csv"}
    answer = await client.post("/portfolios/import/draft", content=buffer.getvalue(), headers=headers)
    assert answer.status_code == 200
    draft = answer.json()
    assert (draft["imported"], draft["ignored"], draft["errors"]) == (1, 1, 1)
    assert [position["symbol"] for position in draft["positions"]] == ["PLGV"]
