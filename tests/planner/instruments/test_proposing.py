"""Proposals: marked, only about what was asked, only in known labels, and no amount in the question."""

import json
from decimal import Decimal

import pytest
from agents.exceptions import AgentsException
from agents.testing import ScriptedModel, assistant_message
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.instruments.proposing import ModelProposer, NameProposer, Unknown, unknown_of
from alex_planner.portfolio import Position

pytestmark = pytest.mark.anyio


def answering(*holdings: dict[str, str | None]) -> ScriptedModel:
    """A model that answers with these."""
    return ScriptedModel([[assistant_message(json.dumps({"holdings": list(holdings)}))]])


async def test_a_models_answer_is_a_proposal_with_its_source() -> None:
    """Ours: a sector that is none is left out, as is a holding that was not asked about."""
    model = answering(
        {"symbol": "X", "asset_class": "equity", "region": "Europe", "sector": "Shoes"},
        {"symbol": "OTHER", "asset_class": "bond"},
    )
    found = await ModelProposer(model, "test model").propose([Unknown("X", "Xantippe"), Unknown("Y", None)])
    assert set(found) == {"X"}
    assert (found["X"].main_class, found["X"].asset_class.origin) == ("equity", "proposal")
    assert found["X"].asset_class.source == "a proposal of the test model, checked by nobody"
    assert found["X"].sector.origin == "nothing"
    assert found["X"].expense is None
    question = str(model.calls[0].input)
    assert '"Xantippe"' in question.replace("\\", "")


async def test_a_class_that_does_not_exist_is_no_proposal() -> None:
    """Ours: the answer is checked against its form."""
    with pytest.raises(AgentsException):
        await ModelProposer(answering({"symbol": "X", "asset_class": "rocket"}), "m").propose([Unknown("X", None)])


@pytest.mark.parametrize(
    ("name", "asset_class", "region"),
    [
        ("Acme Europe Government Bond UCITS ETF", "bond", "Europe"),
        ("Acme MSCI World ex USA", "equity", None),
        ("Acme MSCI Emerging Markets", "equity", "Emerging markets"),
        ("Acme S&P 500 ETF", "equity", "North America"),
        ("Acme Physical Gold", "commodity", None),
        ("Acme US Real Estate", "real_estate", "North America"),
        ("Acme Money Market Fund", "cash", None),
        ("Goldman Industries", None, None),
        ("Bondi Beach Holdings", None, None),
    ],
)
async def test_words_of_a_name_propose_where_there_is_no_model(
    name: str, asset_class: str | None, region: str | None
) -> None:
    """Ours: whole words alone, and no region for what is spread."""
    found = (await NameProposer().propose([Unknown("X", name)])).get("X")
    assert (found.main_class if found else None) == asset_class
    assert next(iter(found.region.shares), None) == region if found else region is None


def test_only_what_nobody_has_said_is_asked_about() -> None:
    """Ours: each symbol once; a share of the table is known, a fund without a sector split is not."""
    positions = [
        Position(symbol=symbol, quantity=Decimal(1), currency="USD", name=name)
        for symbol, name in (("AAPL", None), ("NOSUCH", "No such"), ("NOSUCH", "No such"))
    ]
    assert unknown_of(positions, bundled_catalog().classify) == [Unknown("NOSUCH", "No such")]
