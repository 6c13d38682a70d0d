"""Plans over HTTP: lists, figures and claims that open, and that nobody sees another owner's."""

from pathlib import Path

import pytest
from alex_planner.builtin_model import RulePlanner

from tests.planner.plan.researcher_standin import researcher
from tests.planner.plan.test_job import PRICED, Planner, plan, planner

pytestmark = pytest.mark.anyio
__all__ = ["planner"]


async def test_a_figure_opens_down_to_the_file(planner: Planner) -> None:
    """Ours: each figure of a plan opens its calculation."""
    async with planner(RulePlanner()) as client:
        run = await plan(client, PRICED)
        base = f"/plans/{run['output']['id']}"
        listed = (await client.get(f"{base}/facts")).json()["facts"]
        opened = (await client.get(f"{base}/facts/concentration.AAA.excess")).json()
        missing = await client.get(f"{base}/facts/nothing/here")
        for fact in listed:
            assert (await client.get(f"{base}/facts/{fact['id']}")).status_code == 200, fact
    assert opened["fact"]["formatted"] == "810.00 USD"
    assert opened["fact"]["source"].startswith("value - limit x total")
    assert [item["id"] for item in opened["inputs"]] == ["concentration.AAA.share", "concentration.limit", "total"]
    assert opened["used_in"] == ["concentration.AAA"]
    assert missing.status_code == 404
    assert missing.json()["error"]["code"] == "fact_not_found"


async def test_a_claim_opens_with_its_place_even_when_the_store_is_away(planner: Planner, tmp_path: Path) -> None:
    """Ours: quote, document, version and offsets are in the plan; what cannot be read is said."""
    async with researcher(tmp_path) as desk, planner(RulePlanner(), researcher_url=desk.url) as client:
        run = await plan(client, PRICED, holdings=1)
        (found,) = run["output"]["findings"]
        opened = (await client.get(f"/plans/{run['output']['id']}/claims/{found['id']}")).json()
        missing = await client.get(f"/plans/{run['output']['id']}/claims/f_0")
    assert opened["finding"]["quote_end"] - opened["finding"]["quote_start"] == len(found["quote"])
    assert opened["finding"]["version_id"].startswith(opened["finding"]["document_id"])
    assert opened["context"] is None
    assert "vector_store does not answer" in opened["not_read"]
    assert opened["used_in"] == ["concentration.AAA"]
    assert missing.json()["error"]["code"] == "claim_not_found"


async def test_plans_are_listed_newest_first_to_their_owner_alone(planner: Planner) -> None:
    """Ours: pages by the id of the last plan; another owner's plan does not exist."""
    async with planner(RulePlanner()) as client:
        made = [(await plan(client, PRICED))["output"]["id"] for _ in range(3)]
        first = (await client.get("/plans", params={"limit": 2})).json()
        second = (await client.get("/plans", params={"limit": 2, "before": first["next_before"]})).json()
        other = {"x-alex-owner": "somebody"}
        listed_by_other = (await client.get("/plans", headers=other)).json()
        answers = [
            await client.request(method, f"/plans/{made[0]}{path}", headers=other)
            for method, path in (
                ("GET", ""),
                ("GET", "/plan.md"),
                ("GET", "/plan.pdf"),
                ("GET", "/facts"),
                ("POST", "/replay"),
            )
        ]
    assert [item["id"] for page in (first, second) for item in page["plans"]] == made[::-1]
    assert second["next_before"] is None
    assert listed_by_other["plans"] == []
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["error"]["code"] for answer in answers} == {"plan_not_found"}
