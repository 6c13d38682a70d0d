"""The real stack with the real page, one for all tests of a process, and visitors with real Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx2
import pytest
from alex_tools.client import ServiceClient
from alex_tools.following import follow_run, start_run
from alex_tools.newsroom_server import bundled_newsroom, serving_newsroom
from alex_tools.stack import NEWSROOM_PORT, PAGE_PORT
from alex_tools.web_page import NO_NODE, find_node
from playwright.sync_api import Browser, sync_playwright

from tests.frontend.ferry_page import HOSTILE, LARKMOOR
from tests.frontend.second_planner import SecondPlanner
from tests.frontend.visit import KEY, Visit, import_sample
from tests.service_process import kill_tree
from tests.system.conftest import free_offset
from tests.tools.conftest import Alex

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "portfolio.csv"
START_SECONDS = 300.0
"""A first start builds the page when `alex test` has not: a minute, several beside other work."""


@dataclass(frozen=True)
class Site:
    """A running stack."""

    offset: int
    newsroom: str
    """Address of the newsroom's index page, which the browser service may read."""

    @property
    def url(self) -> str:
        """Address of the web page."""
        return f"http://127.0.0.1:{PAGE_PORT + self.offset}"

    def service(self, port: int) -> str:
        """Address of a service by its usual port."""
        return f"http://127.0.0.1:{port + self.offset}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`alex up` in a folder of its own, and the sample newsroom beside it."""
    if find_node() is None:
        pytest.skip(NO_NODE)
    offset = free_offset()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_", "FRONTEND_"))}
    own = {"ALEX_PORT_OFFSET": str(offset), "ALEX_API_KEYS": KEY, "ALEX_LOG_LEVEL": "WARNING"}
    with serving_newsroom(bundled_newsroom(), NEWSROOM_PORT + offset) as index:
        own["BROWSER_ALLOWED_HOSTS"] = f"127.0.0.1:{NEWSROOM_PORT + offset}"
        alex = Alex(["-m", "alex_tools", "up"], tmp_path_factory.mktemp("site"), {**kept, **own})
        try:
            alex.wait_for("Ctrl-C stops everything", START_SECONDS)
            yield Site(offset, index)
        finally:
            kill_tree(alex.process)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Real Chromium: the one that the browser service uses.

    Closed after each module: Playwright's event loop runs until then, and no asynchronous test could run beside it.
    """
    command = [sys.executable, "-m", "alex_browser.chromium", "--install"]
    path = subprocess.run(command, capture_output=True, text=True, check=True, timeout=110).stdout.strip()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


MakePlanner = Callable[..., SecondPlanner]


@pytest.fixture
def make_planner(site: Site, tmp_path: Path) -> Iterator[MakePlanner]:
    """Start planners of a test's own, each with a page, with nothing in them."""
    with ExitStack() as stack:

        def make(**variables: str) -> SecondPlanner:
            planner = SecondPlanner(site, tmp_path, **variables)
            stack.callback(planner.stop)
            return planner

        yield make


MakeVisit = Callable[..., Visit]


@pytest.fixture
def make_visit(
    site: Site,
    browser: Browser,
    tmp_path: Path,
    make_planner: MakePlanner,  # noqa: ARG001  visits end before the planners that their pages still ask
) -> Iterator[MakeVisit]:
    """Visitors with cookies of their own; at the end each must have seen no error and no key, and left no origin."""
    with ExitStack() as visits:
        numbers = count()

        def make(url: str = site.url, **options: object) -> Visit:
            return visits.enter_context(Visit(browser, url, tmp_path / f"visit{next(numbers)}.har", **options))

        yield make


@pytest.fixture
def visit(make_visit: MakeVisit) -> Visit:
    """A visitor of the shared stack with a wide, light screen."""
    return make_visit()


@pytest.fixture
def sample_portfolio() -> Path:
    """The portfolio of the examples."""
    return SAMPLE


@pytest.fixture
def portfolio(site: Site, sample_portfolio: Path) -> str:
    """The sample portfolio in the stack. Gives its id."""
    return import_sample(site.service(8003), sample_portfolio)


@pytest.fixture(scope="session")
def plan(site: Site) -> str:
    """A finished plan for the sample portfolio, with findings of two researchers. Gives its id."""
    planner = ServiceClient("planner", site.service(8003), KEY)
    body = {
        "portfolio_id": import_sample(site.service(8003), SAMPLE),
        "goals": {
            "text": "A calm retirement",
            "horizon_years": 40,
            "years_to_retirement": 15,
            "annual_spending": "36000",
            "monthly_contribution": "750",
            "incomes": [{"label": "Pension", "annual_amount": "12000", "first_year": 20}],
        },
        "target": {"equity": "0.7", "bond": "0.3"},
        "questions": ["What could go wrong with Varrowmere Storage?"],
        "research": {"holdings": 2, "sources": [site.newsroom]},
    }
    with planner.http:
        run = follow_run(planner, start_run(planner, body), lambda _: None)
    return str(run.output["id"])


@pytest.fixture
def second(make_planner: MakePlanner) -> SecondPlanner:
    """A planner of its own with the sample portfolio."""
    planner = make_planner()
    import_sample(planner.url, SAMPLE)
    return planner


Ingest = Callable[..., str]


@pytest.fixture(scope="session")
def ingest(site: Site) -> Ingest:
    """Store a text, as read on 1 November 2026 unless given; gives the document's id. Twice changes nothing."""

    def store(text: str, **fields: str) -> str:
        body = {"text": text, "fetched_at": "2026-11-01T08:00:00Z"} | fields
        answer = httpx2.post(f"{site.service(8011)}/ingest", json=body, headers={"x-api-key": KEY}, timeout=60)
        return str(answer.raise_for_status().json()["document_id"])

    return store


@pytest.fixture(scope="session")
def larkmoor(ingest: Ingest) -> str:
    """A page that was read twice and had another text the second time."""
    earlier = HOSTILE.replace("three of its boats", "one of its boats")
    ingest(earlier, url=LARKMOOR, title="Larkmoor Ferries news", published_at="2026-10-20", fetched_at="2026-10-21")
    return ingest(HOSTILE, url=LARKMOOR, title="Larkmoor Ferries news", published_at="2026-10-20")


@pytest.fixture(scope="session")
def brief(site: Site) -> str:
    """A question that was researched; gives its run."""
    order = {"topic": "Quillhaven Instruments lawsuit", "sources": [site.newsroom], "max_pages": 3}
    headers = {"x-api-key": KEY, "idempotency-key": "quillhaven"}
    with httpx2.Client(base_url=site.service(8002), headers=headers, timeout=120) as researcher:
        run = researcher.post("/runs", json=order).raise_for_status().json()
        done = researcher.post(f"/runs/{run['id']}/advance", json={"budget_s": 100}).raise_for_status().json()
    assert done["status"] in {"completed", "partial"}, done
    return str(run["id"])
