"""Returns, risk, orders and expenses in a plan: each shown figure is a fact, and the plan is made again to the byte."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from alex_planner.analysis.gathering import Sources
from alex_planner.builtin_model import RulePlanner
from alex_planner.instruments.proposing import NameProposer
from alex_planner.plan.blocks import Block, Bullets, Grid, Line, Paragraph
from alex_planner.plan.document import document_of
from alex_planner.plan.gain_blocks import gain_blocks
from alex_planner.plan.measure_blocks import measure_blocks, order_blocks
from alex_planner.plan.schema import Plan
from alex_planner.prices.history import PricePoint, PriceSeries
from alex_planner.prices.provider import Fetched, Wanted

from tests.planner.plan.measured import ACTIVITY, wanted
from tests.planner.plan.test_document import pdf_text
from tests.planner.plan.test_job import PRICED, Planner, plan, planner, replay

pytestmark = pytest.mark.anyio
__all__ = ["planner"]
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?: (?:%|USD)(?!\w))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SECTIONS = (
    "What was paid and gained",
    "unrealised gain",
    "The file says what was paid for 100.0 % of the value without money.",
    "Concentration",
    "What it returned",
    "money-weighted return a year",
    "time-weighted return a year",
    "How it moved",
    "volatility a year",
    "largest fall",
    "value at risk",
    "conditional value at risk",
    "Sharpe ratio",
    "beta against INDEX",
    "correlation",
    "What the funds cost",
    "The way to the target",
    "Orders, a calculation and not advice",
    "Tax lots that are sold",
    "Beside it: doing nothing",
    "tax on the realised gain",
    "Whether it lasts",
    "what would help",
    "blocks of history",
    "every stretch of history",
    "change of the chance that the money lasts",
    "At a glance",
)


async def test_a_plan_has_returns_risk_orders_lots_and_what_doing_nothing_costs(planner: Planner) -> None:
    """Ours: what the analysis and the retirement answer, the plan says too, in Markdown, JSON and PDF."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, ACTIVITY, **wanted())
        path = f"/plans/{run['output']['id']}"
        markdown = (await client.get(f"{path}/plan.md")).text
        pdf = pdf_text((await client.get(f"{path}/plan.pdf")).content)
        compared = await replay(client, run["output"]["id"])
    assert run["status"] == "completed", run["output"]["missing"]
    assert compared["identical"], compared
    for part in SECTIONS:
        assert part in markdown, part
        assert part in pdf, part
    measures = run["output"]["measures"]
    assert Decimal(measures["returns"]["money_weighted"]) > 0
    assert Decimal(measures["risk"]["volatility"]) > 0
    assert [order["side"] for order in measures["trades"]["trades"]] == ["buy", "sell", "sell"]
    lots = [lot for order in measures["trades"]["trades"] for lot in order["lots"]]
    assert {lot["acquired"] for lot in lots} <= {"2025-06-02", "2026-03-02", "2026-11-20"}
    assert measures["doing_nothing"]["cost"] == "0"
    assert "returned" in " ".join(item["text"] for item in run["output"]["standing"])


async def test_each_figure_that_the_tables_show_is_a_fact_of_the_run(planner: Planner) -> None:
    """Ours: nothing stands in a plan that cannot be opened."""
    async with planner(RulePlanner()) as client:
        output = (await plan(client, ACTIVITY, **wanted()))["output"]
        facts = (await client.get(f"/plans/{output['id']}/facts")).json()["facts"]
    made = Plan.model_validate(output)
    assert made.measures is not None
    known = {number for fact in facts for number in _numbers(f"{fact['formatted']} {fact['label']}")}
    known |= {item for fact in facts for item in fact["inputs"].values()}
    shown = [
        *gain_blocks(made.allocation, made.measures.gains),
        *measure_blocks(made.measures, "USD"),
        *order_blocks(made.measures, made.allocation),
    ]
    numbers = {number for text in _texts(shown) for number in _numbers(text)}
    assert len(numbers) > 50
    # What is forgone may be a gain, and a distance is shown in points with its sign.
    known |= {number.lstrip("-") for number in known}
    in_points = {f"{sign}{number.removesuffix(' %').lstrip('-')}" for number in known for sign in "+-"}
    assert numbers - known - in_points <= {"0.0 %"}
    assert len({fact["id"] for fact in facts}) == len(facts)


async def test_what_cannot_be_measured_stands_in_the_plan_by_figure_with_its_reason(planner: Planner) -> None:
    """Ours: without activity and prices there is no return and no risk, and nothing is made up in their place."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, PRICED)
        markdown = (await client.get(f"/plans/{run['output']['id']}/plan.md")).text
    measures = run["output"]["measures"]
    reasons = {item["figure"]: item["reason"] for item in measures["missing"]}
    assert (measures["risk"], measures["returns"]["money_weighted"], measures["trades"]) == (None, None, None)
    assert "no purchases or sales" in reasons["returns"]
    assert "no holding has a price history" in reasons["risk"]
    assert "| returns | The file has no purchases or sales" in markdown
    assert "How it moved" not in markdown
    assert run["status"] == "completed"


class Feed:
    """A provider that has one fund, and counts how often it is asked."""

    name = "a stand-in"

    def __init__(self) -> None:
        self.calls = 0

    def fetch(self, wanted: Sequence[Wanted], pairs: Sequence[tuple[str, str]], start: date, end: date) -> Fetched:
        """Answer with another price each time."""
        self.calls += 1
        assert not pairs
        assert start < end
        points = (PricePoint(day=end, price=Decimal(100 + self.calls)),)
        found = PriceSeries(symbol="AAA", currency="USD", source=self.name, points=points)
        return Fetched((found,), tuple(f"no price of {item.symbol}" for item in wanted if item.symbol != "AAA"))


async def test_prices_of_a_provider_are_asked_for_once_and_kept_with_the_plan(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours: a plan is made again from its rows, whatever the provider says today; what it did not have is missing."""
    feed = Feed()
    monkeypatch.setattr("alex_planner.app.Sources", lambda *_: Sources(feed, NameProposer()))
    async with planner(RulePlanner()) as client:
        run = await plan(client, PRICED, analysis={"online": True})
        compared = await replay(client, run["output"]["id"])
    positions = {item["symbol"]: item["price"] for item in run["output"]["allocation"]["positions"]}
    assert (feed.calls, positions["AAA"]) == (1, "101")
    assert compared["identical"], compared
    assert run["status"] == "partial"
    assert "Prices were asked for: no price of BBB." in run["output"]["missing"]


async def test_a_plan_keeps_the_history_that_its_projection_rests_on(
    planner: Planner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ours: another PLANNER_RETURN_HISTORY makes other plans, and changes none that was made before."""
    rows = ["year,inflation,equity,bond,cash", *(f"{1950 + n},2,{7 + n % 9},{3 + n % 4},2" for n in range(40))]
    file = tmp_path / "years.csv"
    file.write_text("\n".join(rows) + "\n")
    monkeypatch.setenv("PLANNER_RETURN_HISTORY", str(file))
    async with planner(RulePlanner()) as client:
        first = await plan(client, PRICED, goals={"horizon_years": 10})
    monkeypatch.delenv("PLANNER_RETURN_HISTORY")
    async with planner(RulePlanner()) as client:
        compared = await replay(client, first["output"]["id"])
        second = await plan(client, PRICED, goals={"horizon_years": 10})
    assert first["output"]["projection"]["history"]["first_year"] == 1950
    assert second["output"]["projection"]["history"]["first_year"] < 1930
    assert compared["identical"], compared


@pytest.mark.parametrize(
    ("options", "code"),
    [
        pytest.param({"prices": "nothing"}, "invalid_prices", id="prices"),
        pytest.param({"prices": "x" * 2_000_001}, "invalid_input", id="too long"),
        pytest.param({"online": True}, "invalid_input", id="no provider"),
        pytest.param({"tax_rate": "2"}, "invalid_input", id="tax"),
    ],
)
async def test_prices_that_cannot_be_used_are_refused_before_a_run_exists(
    planner: Planner, options: dict[str, object], code: str
) -> None:
    """Ours: 422 with what to mend."""
    async with planner(RulePlanner()) as client:
        answer = await client.post("/portfolios/import?name=test", content=PRICED)
        body = {"portfolio_id": answer.json()["id"], "analysis": options}
        refused = await client.post("/runs", json=body, headers={"Idempotency-Key": "k"})
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == code


async def test_a_plan_that_was_stored_without_measures_is_still_read(planner: Planner) -> None:
    """Ours: rows are never changed, so that a plan of an earlier version is shown without them."""
    async with planner(RulePlanner()) as client:
        output = (await plan(client, PRICED))["output"]
    made = Plan.model_validate({name: value for name, value in output.items() if name != "measures"})
    assert made.measures is None
    assert document_of(made, ())


def _texts(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(_text(block.line))
        elif isinstance(block, Bullets):
            found += [_text(item) for item in block.items]
        elif isinstance(block, Grid):
            found += [*block.header, *(_text(cell) for row in block.rows for cell in row)]
    return found


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _numbers(text: str) -> list[str]:
    days = _DAY.findall(text)
    return [*days, *(number for number in _NUMBER.findall(_DAY.sub(" ", text)))]
