"""`POST /retirement` through the edge: answers, facts, and every refusal with its field."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import httpx2
import pytest
from alex_database import open_database
from alex_edge import EdgeSettings, Readiness, create_service
from alex_planner import portfolio_routes
from alex_planner.facts import Fact
from alex_planner.number_gate import check_paragraph
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.retirement import routes
from alex_planner.retirement.bundled_history import bundled_history
from alex_planner.retirement.chosen_history import chosen_history
from fastapi import FastAPI
from pydantic import SecretStr

pytestmark = pytest.mark.anyio

CSV = "symbol,quantity,price,currency,asset_class\nVTI,2000,250,USD,equity\nBND,1000,100,USD,bond\nX,5,10,USD,other\n"
MIX = {"equity": "60", "bond": "40"}
RETIRED = {"horizon_years": 30, "years_to_retirement": 0, "annual_spending": "40000"}
OWN_HISTORY = "year,inflation,equity,bond\n" + "".join(f"{year},2,7,3\n" for year in range(1980, 2020))


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a client of an application with the routes and a real store."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = open_database(f"sqlite:///{tmp_path / 'planner.db'}")
        app.state.portfolios, app.state.history = PortfolioStore(engine), bundled_history()
        await app.state.portfolios.upgrade()
        yield
        await engine.dispose()

    settings = EdgeSettings(api_keys=(SecretStr("k"),))
    app = create_service("planner", version="0", settings=settings, lifespan=lifespan, readiness=Readiness())
    app.include_router(portfolio_routes.router)
    app.include_router(routes.router)
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://planner", headers={"x-api-key": "k"}
        ) as client:
            yield client


def asked(**more: object) -> dict[str, object]:
    """Return a request that is quick to answer."""
    return {"value": "1000000", "mix": MIX, "goals": RETIRED, "paths": 500, **more}


async def test_a_value_and_its_mix_are_answered_in_every_model(client: httpx2.AsyncClient) -> None:
    """Ours: success with its standard error, safe spending, levers, effects, and the history that was used."""
    answer = await client.post("/retirement", json=asked())
    assert answer.status_code == 200, answer.text
    projection = answer.json()["projection"]
    models = {outcome["model"]: outcome for outcome in projection["outcomes"]}
    assert list(models) == ["log_normal", "block_bootstrap", "historical_sequences"]
    for model in ("log_normal", "block_bootstrap"):
        chance = Decimal(models[model]["success"]["probability"])
        error = Decimal(models[model]["success"]["standard_error"])
        assert abs(error - (chance * (1 - chance) / 500).sqrt()) < Decimal("1e-5")
    assert models["historical_sequences"]["success"]["standard_error"] is None
    assert {lever["kind"] for lever in projection["levers"]} == {"spend_less", "retire_later"}
    assert {effect["assumption"] for effect in projection["effects"]} >= {"equity.real_return", "history.block_years"}
    assert (projection["history"]["first_year"], projection["history"]["last_year"]) == (1927, 2017)


async def test_every_figure_is_a_fact_that_prose_may_name(client: httpx2.AsyncClient) -> None:
    """Ours: ids are unique, and the number gate knows the figures and no others."""
    facts = [Fact.model_validate(fact) for fact in (await client.post("/retirement", json=asked())).json()["facts"]]
    assert len({fact.id for fact in facts}) == len(facts)
    by_id = {fact.id: fact.formatted for fact in facts}
    chance = by_id["retirement.log_normal.success"]
    safe = by_id["retirement.block_bootstrap.safe_spending.90"]
    less = by_id["retirement.lever.spend_less"]
    said = f"The money lasts with a chance of {chance}; {safe} a year is safe, and spending {less} less helps."
    assert check_paragraph(said, facts) == []
    assert check_paragraph("The money lasts with a chance of 12.7 %.", facts) != []
    assert check_paragraph("Spending 39,123 USD a year is safe.", facts) != []


async def test_a_stored_portfolio_is_projected_and_what_is_left_out_is_named(client: httpx2.AsyncClient) -> None:
    """Ours: the part without an assumption is not projected, and the answer says so."""
    portfolio = (await client.post("/portfolios/import?name=p", content=CSV)).json()
    request = {"portfolio_id": portfolio["id"], "goals": RETIRED, "paths": 500}
    answer = (await client.post("/retirement", json=request)).json()
    assert Decimal(answer["projection"]["start_value"]) == 600_000
    assert any("asset class other" in sentence for sentence in answer["missing"])
    other_mix = (await client.post("/retirement", json={**request, "mix": {"cash": 100}})).json()
    assert Decimal(other_mix["projection"]["start_value"]) == 600_050
    assert other_mix["projection"]["mix"] == [{"asset_class": "cash", "share": "1.000000"}]


async def test_another_owners_portfolio_is_404(client: httpx2.AsyncClient) -> None:
    """Ours: existence is not told either."""
    portfolio = (await client.post("/portfolios/import?name=p", content=CSV)).json()
    answer = await client.post("/retirement", json={"portfolio_id": portfolio["id"]}, headers={"x-alex-owner": "eve"})
    assert answer.status_code == 404


async def test_the_callers_history_and_assumptions_take_the_place_of_ours(client: httpx2.AsyncClient) -> None:
    """Ours: what was used is in the answer, under the caller's name."""
    request = asked(history_csv=OWN_HISTORY, assumptions={"equity.real_return": 3})
    projection = (await client.post("/retirement", json=request)).json()["projection"]
    assert projection["history"]["first_year"] == 1980
    assert projection["history"]["sources"]["equity"] == "the caller's history, column equity"
    changed = next(item for item in projection["assumptions"] if item["name"] == "equity.real_return")
    assert (changed["value"], changed["source"]) == ("3", "Given by the caller")
    assert projection["outcomes"][2]["paths"] == 11


async def test_what_the_history_cannot_answer_is_named(client: httpx2.AsyncClient) -> None:
    """Ours: a horizon longer than the history, and a class that it lacks."""
    long = asked(history_csv=OWN_HISTORY, goals={**RETIRED, "horizon_years": 50})
    answer = (await client.post("/retirement", json=long)).json()
    assert [item["model"] for item in answer["projection"]["outcomes"]] == ["log_normal", "block_bootstrap"]
    assert "longer than the history, which has 40" in answer["missing"][0]
    lacking = asked(history_csv=OWN_HISTORY, mix={"equity": 50, "cash": 50})
    answer = (await client.post("/retirement", json=lacking)).json()
    assert [item["model"] for item in answer["projection"]["outcomes"]] == ["log_normal"]
    assert "has no returns of cash" in answer["missing"][0]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"value": None}, "value", id="no value"),
        pytest.param({"value": "-5"}, "body.value", id="negative value"),
        pytest.param({"value": "NaN"}, "body.value", id="not a number"),
        pytest.param({"portfolio_id": "p"}, "body.value", id="both"),
        pytest.param({"mix": None}, "mix", id="no mix"),
        pytest.param({"mix": {"equity": 60}}, "body.mix", id="not 100"),
        pytest.param({"mix": {"tulips": 100}}, "body.mix.tulips.[key]", id="unknown class"),
        pytest.param({"mix": {"other": 100}}, "mix", id="no assumption"),
        pytest.param({"paths": 99}, "body.paths", id="few paths"),
        pytest.param({"paths": 100_001}, "body.paths", id="many paths"),
        pytest.param({"seed": -1}, "body.seed", id="seed"),
        pytest.param({"currency": "dollars"}, "body.currency", id="currency"),
        pytest.param({"assumptions": {"tulips": 3}}, "tulips", id="unknown assumption"),
        pytest.param({"assumptions": {"inflation": 99}}, "inflation", id="absurd inflation"),
        pytest.param({"assumptions": {"history.block_years": 0}}, "history.block_years", id="no block"),
        pytest.param({"history_csv": "year"}, "history", id="history"),
        pytest.param({"goals": {"years_to_retirement": 20}}, "body.goals.years_to_retirement", id="no retirement left"),
        pytest.param({"goals": {"annual_spending": 1}}, "body.goals.annual_spending", id="spending when"),
        pytest.param({"goals": {**RETIRED, "annual_spending": -1}}, "body.goals.annual_spending", id="earning"),
        pytest.param({"goals": {**RETIRED, "fee_percent": 11}}, "body.goals.fee_percent", id="fee"),
        pytest.param(
            {"goals": {**RETIRED, "incomes": [{"annual_amount": 1, "first_year": 5, "last_year": 4}]}},
            "body.goals.incomes.0.last_year",
            id="income that ends before it begins",
        ),
        pytest.param(
            {"goals": {**RETIRED, "one_offs": [{"year": 0, "amount": 1}]}}, "body.goals.one_offs.0.year", id="past"
        ),
        pytest.param({"retire": True}, "body.retire", id="unknown"),
    ],
)
async def test_bad_input_is_422_with_its_field(
    client: httpx2.AsyncClient, change: Mapping[str, object], field: str
) -> None:
    """Ours: what cannot be used is named, and nothing is guessed."""
    answer = await client.post("/retirement", json=asked(**change))
    assert answer.status_code == 422, answer.text
    detail = answer.json()["error"]["detail"]
    assert field in {detail.get("field"), *(item["field"] for item in detail.get("fields", []))}


async def test_a_setting_with_a_history_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    """Ours: the message names the setting."""
    file = tmp_path / "mine.csv"
    with pytest.raises(ValueError, match="PLANNER_RETURN_HISTORY"):
        chosen_history(file)
    file.write_text("year\n2000\n")
    with pytest.raises(ValueError, match=r"PLANNER_RETURN_HISTORY: line 1, column 'inflation'"):
        chosen_history(file)
    file.write_text(OWN_HISTORY)
    assert chosen_history(file).name == "mine.csv"
    assert chosen_history(None) is bundled_history()
