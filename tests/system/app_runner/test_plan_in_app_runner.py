"""A whole plan in App Runner: no request is long, nothing runs between requests, instances come and go."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from alex_tools.repository import SAMPLE_PORTFOLIO
from alex_tools.stop_signals import StopFlag
from alex_tools.terminal import QuietOnClosedPipe, Terminal
from alex_tools.web_page import NO_NODE, build_page, find_node
from playwright.sync_api import Page, expect, sync_playwright

from tests.system.app_runner.platform import CALLER_KEY, NEW_KEY, PAGE_PASSWORD, Order, Platform, app_runner

if TYPE_CHECKING:
    from tests.system.conftest import MakeAlex

pytestmark = [
    pytest.mark.system,
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(sys.platform == "win32", reason="freezes processes by POSIX signals"),
]
PAGES_ABOUT_HOLDINGS = 6
ACTION_MS = 30_000
"""Longest wait for anything else on the page."""
PLAN_MS = 200_000
"""Longest wait for a plan that a page follows; about 45 s on an idle machine."""


def new_order(environment: Mapping[str, str], folder: Path, *, with_page: bool = False) -> Order:
    """Return an order with a seed that is shown when the test fails."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  as said above
    return Order(environment, folder, seed, with_page)


@pytest.fixture
def platform(environment: Mapping[str, str], tmp_path: Path) -> Iterator[Platform]:
    """Alex behind its gateway."""
    with app_runner(new_order(environment, tmp_path)) as platform:
        yield platform


@pytest.fixture
def platform_with_page(environment: Mapping[str, str], tmp_path: Path) -> Iterator[Platform]:
    """The same with the web page before the gateway."""
    if find_node() is None:
        pytest.skip(NO_NODE)
    quiet = QuietOnClosedPipe(file=sys.stderr)
    build_page(os.environ, StopFlag(), Terminal(quiet, quiet))
    with app_runner(new_order(environment, tmp_path, with_page=True)) as platform:
        yield platform


def test_a_plan_completes_while_instances_freeze_and_go(
    platform: Platform, newsroom: str, make_alex: MakeAlex, tmp_path: Path
) -> None:
    """App Runner: 120 s a request (scaled down), no CPU without one, any instance; the gateway replaces the key."""
    alex = make_alex(ALEX_URL=platform.url, ALEX_API_KEYS=CALLER_KEY)
    command = alex.start("plan", SAMPLE_PORTFOLIO, "--source", newsroom, "--out", "plan.md")
    command.read_until("researcher starts")
    # The agents that work on it go away, and the gateway shows its new key from now on.
    platform.due.extend(["researcher", "planner"])
    platform.gateway.keys.origin = NEW_KEY
    assert command.finish() == 0, command.output
    plan = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert "Nothing that was asked for." in plan
    assert "Varrowmere" in plan
    check_each_thing_was_done_once(platform)
    check_conditions(platform)


def check_each_thing_was_done_once(platform: Platform) -> None:
    """However often a request was cut: one run of each agent's task, each page and each finding stored once."""
    plans = ask(platform, "/planner/runs")["runs"]
    assert [run["status"] for run in plans] == ["completed"]
    research = ask(platform, "/researcher/runs")["runs"]
    assert [run["status"] for run in research] == ["completed", "completed"]
    findings = ask(platform, f"/planner/runs/{plans[0]['id']}")["output"]["findings"]
    documents = ask(platform, "/vector_store/documents?limit=1")["total"]
    assert documents == PAGES_ABOUT_HOLDINGS + len(findings)


def check_conditions(platform: Platform) -> None:
    """The platform was as hard as it should be, and as closed."""
    assert platform.services["planner"].cut >= 1
    assert "researcher" in platform.swapped
    for service in platform.services.values():
        assert service.freezes, service.name
    assert httpx2.get(f"{platform.url}/planner/runs", headers={"x-api-key": NEW_KEY}).status_code == 403
    direct = httpx2.get(f"{platform.addresses['planner']}/runs", headers={"x-api-key": CALLER_KEY})
    assert direct.status_code == 401


def ask(platform: Platform, path: str) -> Any:
    """Return what the gateway answers its caller."""
    return httpx2.get(platform.url + path, headers={"x-api-key": CALLER_KEY}).raise_for_status().json()


def test_the_page_follows_a_plan_through_every_cut(platform_with_page: Platform, newsroom: str) -> None:
    """App Runner: the page alone drives the plan, and asks again from the last event whenever its stream is cut."""
    platform = platform_with_page
    import_portfolio(platform)
    with visitor(platform) as page:
        page.goto("/plan")
        page.get_by_label("Pages to begin with").fill(newsroom)
        page.get_by_role("button", name="Make the plan").click()
        expect(page.get_by_role("heading", name="Researcher: ").first).to_be_visible(timeout=PLAN_MS)
        # The server of the page that the visitor talks to goes away as well.
        platform.due.extend(["frontend", "planner"])
        expect(page.get_by_role("link", name="Read the plan")).to_be_visible(timeout=PLAN_MS)
        expect(page.get_by_text("does not answer at the moment")).to_have_count(0)
        page.get_by_role("link", name="Read the plan").click()
        expect(page.get_by_role("heading", name="What matters most")).to_be_visible()
    assert platform.services["frontend"].cut >= 1
    assert {"frontend", "planner"} <= set(platform.swapped)
    check_each_thing_was_done_once(platform)
    check_the_page_is_closed(platform.addresses["frontend"])


@contextmanager
def visitor(platform: Platform) -> Iterator[Page]:
    """A real Chromium at the page's own address, whose user knows the password."""
    command = [sys.executable, "-m", "alex_browser.chromium", "--install"]
    path = subprocess.run(command, capture_output=True, text=True, check=True, timeout=110).stdout.strip()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = chromium.new_context(
            base_url=platform.addresses["frontend"],
            http_credentials={"username": "anybody", "password": PAGE_PASSWORD},
        )
        context.set_default_timeout(ACTION_MS)
        yield context.new_page()
        chromium.close()


def import_portfolio(platform: Platform) -> None:
    """Store the sample portfolio for the owner whom the gateway names."""
    httpx2.post(
        f"{platform.url}/planner/portfolios/import?name=sample",
        content=SAMPLE_PORTFOLIO.read_bytes(),
        headers={"x-api-key": CALLER_KEY, "content-type": "text/csv"},
        timeout=30,
    ).raise_for_status()


def check_the_page_is_closed(address: str) -> None:
    """Nobody gets anything without the password, and a key is none."""
    tries: tuple[tuple[str, dict[str, str]], ...] = (
        ("/", {}),
        ("/api/planner/portfolios", {}),
        ("/", {"x-api-key": CALLER_KEY}),
    )
    for path, headers in tries:
        refused = httpx2.get(address + path, headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Basic")
