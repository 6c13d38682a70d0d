"""Figures that a company reported to the SEC, in a report: the stand-in is EDGAR, all else is real."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from alex_tools.client import ServiceClient
from alex_tools.following import follow_run, start_run
from playwright.sync_api import expect

from tests.frontend.own_processes import OwnProcesses
from tests.frontend.visit import KEY, import_sample
from tests.researcher.sec_standin import ANNUAL, SecStandIn, serving
from tests.service_process import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.frontend.conftest import MakePlanner, MakeVisit, Site
    from tests.frontend.second_planner import SecondPlanner

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]
HOLDING = """account,symbol,name,quantity,price,currency,price_date,asset_class,region
Home,TRNF,Tarnfield Rail,100,40,USD,2026-10-30,equity,North America
"""


@pytest.fixture
def researcher(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a researcher that may ask the SEC, and reads none of its pages."""
    folder = tmp_path_factory.mktemp("researcher")
    processes, port = OwnProcesses(site, folder), free_port()
    with ExitStack() as stack:
        sec = stack.enter_context(serving(SecStandIn()))
        stack.callback(processes.stop)
        processes.run(
            "alex_researcher",
            port,
            ALEX_SEC_USER_AGENT="Ann Example ann@example.com",
            ALEX_SEC_URL=sec.url,
            ALEX_SEC_DATA_URL=sec.url,
            RESEARCHER_BROWSER_URL=f"{site.service(8012)}/mcp",
            RESEARCHER_VECTOR_STORE_URL=f"{site.service(8011)}/mcp",
            RESEARCHER_DATABASE_URL=f"sqlite:///{folder / 'researcher.db'}",
        )
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def railway(researcher: str, make_planner: MakePlanner, tmp_path: Path) -> tuple[SecondPlanner, str]:
    """A planner, and the id of its plan for a portfolio whose only company reports to the SEC."""
    planner = make_planner(PLANNER_RESEARCHER_URL=researcher)
    file = tmp_path / "railway.csv"
    file.write_text(HOLDING, encoding="utf-8")
    client = ServiceClient("planner", planner.url, KEY)
    body = {"portfolio_id": import_sample(planner.url, file), "research": {"holdings": 1}}
    with client.http:
        run = follow_run(client, start_run(client, body), lambda _: None)
    assert run.output, run.error
    return planner, str(run.output["id"])


def test_a_reported_figure_has_its_period_unit_and_filing_and_opens(
    make_visit: MakeVisit, railway: tuple[SecondPlanner, str]
) -> None:
    """Issue: each figure opens its calculation, each claim the stored passage with its quote marked, and a link."""
    planner, plan = railway
    visit = make_visit(planner.page_url)
    visit.open(f"/plan/{plan}")
    figures = visit.page.get_by_role("region", name="Figures that companies reported")
    row = figures.get_by_role("row", name="1,012,500,000 USD")
    for text in ("TRNF: Revenue", "Jan 1, 2025 to Dec 31, 2025", "10-K of Feb 20, 2026"):
        expect(row).to_contain_text(text)
    link = row.get_by_role("link", name=ANNUAL)
    assert str(link.get_attribute("href")).endswith(f"{ANNUAL}-index.htm")
    row.get_by_role("button", name="1,012,500,000 USD").click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text(ANNUAL)
    visit.page.keyboard.press("Escape")
    row.get_by_title("Show the stored passage").click()
    expect(dialog.get_by_role("blockquote").locator("mark")).to_contain_text("1,012,500,000")
    visit.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    visit.assert_accessible()
    visit.shoot("report_sec")
    visit.page.set_viewport_size({"width": 360, "height": 740})
    visit.assert_fits()
