"""The pages of a plan: its form, its live progress, its report with figures and claims that open."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.visit import KEY, import_sample
from tests.service_process import free_port, kill_tree, wait_until_alive

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]
RUN_MS = 90_000
"""Longest wait for a plan with two researchers; about 5 s on an idle machine."""


def start_plan(visit: Visit, source: str, target: tuple[str, str] = ("70", "30")) -> None:
    """Fill in the form and press the button."""
    visit.open("/plan")
    visit.page.get_by_label("Your goal, in your words").fill("A calm retirement")
    visit.page.get_by_label("Shares").fill(target[0])
    visit.page.get_by_label("Bonds").fill(target[1])
    visit.page.get_by_label("Pages to begin with").fill(source)
    visit.page.get_by_role("button", name="Make the plan").click()


@pytest.fixture
def stocked(site: Site, sample_portfolio: Path) -> Site:
    """The shared stack with the sample portfolio."""
    import_sample(site.service(8003), sample_portfolio)
    return site


def test_a_plan_is_made_watched_and_checked(visit: Visit, stocked: Site) -> None:
    """Start, reload in the middle, watch both researchers, read, open a figure, an input of it, and a claim."""
    start_plan(visit, stocked.newsroom)
    visit.page.wait_for_url("**/plan/runs/*")
    expect(visit.page.get_by_text("Computes the figures")).to_be_visible()
    visit.page.reload()
    expect(visit.page.get_by_role("heading", name="Researcher: ").first).to_be_visible(timeout=RUN_MS)
    read = visit.page.get_by_role("link", name="Read the plan")
    expect(read).to_be_visible(timeout=RUN_MS)
    expect(visit.page.get_by_role("heading", name="Researcher: ")).to_have_count(2)
    visit.assert_accessible()
    visit.shoot("plan_progress")
    read.click()
    expect(visit.page.get_by_role("heading", name="What matters most")).to_be_visible()
    visit.assert_accessible()
    visit.assert_fits()
    visit.shoot("plan")
    open_figure(visit)
    open_claim(visit, stocked)


def open_figure(visit: Visit) -> None:
    """A figure opens its formula, and what it was computed from."""
    visit.page.get_by_role("button", name="100,148.50 USD").first.click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text("sum of quantity")
    visit.assert_accessible()
    visit.shoot("plan_figure")
    dialog.get_by_role("button").filter(has_text="USD").first.click()
    expect(dialog).to_contain_text("quantity")
    visit.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def open_claim(visit: Visit, stocked: Site) -> None:
    """A claim opens the stored passage with the quote marked in it, and a link to the page."""
    visit.page.get_by_title("Show the stored passage").first.click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog.locator("mark")).not_to_be_empty()
    expect(dialog.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    assert str(dialog.get_by_role("link").get_attribute("href")).startswith(stocked.newsroom.rsplit("/", 1)[0])
    visit.assert_accessible()
    visit.shoot("plan_claim")


def test_a_target_that_is_not_whole_is_named_before_anything_starts(visit: Visit, stocked: Site) -> None:
    """The form says what is wrong at the field."""
    start_plan(visit, stocked.newsroom, ("70", "20"))
    expect(visit.page.get_by_text("The target adds up to 90 %")).to_be_visible()
    assert visit.page.url.endswith("/plan")
    visit.assert_accessible()


@pytest.mark.parametrize(
    "options", [{"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}], ids=["dark", "360px"]
)
def test_the_form_is_accessible_and_fits(make_visit: MakeVisit, stocked: Site, options: dict[str, object]) -> None:
    """On every screen."""
    visit = make_visit(stocked.url, **options)
    visit.open("/plan")
    expect(visit.page.get_by_role("button", name="Make the plan")).to_be_visible()
    visit.assert_accessible()
    visit.assert_fits()
    visit.shoot(f"plan_form_{next(iter(options))}")


class SecondPlanner:
    """A planner and a page of its own beside the shared stack, so that it can be killed."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._folder = folder
        self._port, self.page_port = free_port(), free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_", "FRONTEND_"))}
        self._environment = {
            **kept,
            "ALEX_API_KEYS": KEY,
            "ALEX_LOG_LEVEL": "WARNING",
            "PLANNER_RESEARCHER_URL": site.service(8002),
            "PLANNER_VECTOR_STORE_URL": f"{site.service(8011)}/mcp",
            "PLANNER_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'planner.db'}",
            "FRONTEND_PLANNER_URL": self.url,
            "FRONTEND_RESEARCHER_URL": site.service(8002),
            "FRONTEND_VECTOR_STORE_URL": site.service(8011),
        }
        self._processes: list[subprocess.Popen[bytes]] = []
        self.start()
        self._run("alex_tools.web_page", self.page_port)

    @property
    def url(self) -> str:
        """Address of the planner."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start the planner, after a kill on the same port and database."""
        self._planner = self._run("alex_planner", self._port)

    def kill(self) -> None:
        """End the planner as a power cut would."""
        self._planner.kill()
        self._planner.wait()

    def stop(self) -> None:
        """End everything."""
        for process in self._processes:
            if process.poll() is None:
                kill_tree(process)

    def _run(self, module: str, port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", module, "--port", str(port), "--host", "127.0.0.1"]
        process = subprocess.Popen(command, env=self._environment, cwd=self._folder)
        self._processes.append(process)
        wait_until_alive(f"http://127.0.0.1:{port}", process)
        return process


@pytest.fixture
def second(site: Site, tmp_path: Path, sample_portfolio: Path) -> Iterator[SecondPlanner]:
    """A planner of its own with the sample portfolio."""
    with ExitStack() as stack:
        planner = SecondPlanner(site, tmp_path)
        stack.callback(planner.stop)
        import_sample(planner.url, sample_portfolio)
        yield planner


def test_progress_survives_the_death_of_the_planner(make_visit: MakeVisit, site: Site, second: SecondPlanner) -> None:
    """Killed in the middle and started again: the page says so, then goes on to the plan by itself."""
    visit = make_visit(f"http://127.0.0.1:{second.page_port}")
    visit.expected = ["status of 503", "ERR_INCOMPLETE_CHUNKED_ENCODING", "Failed to load resource"]
    start_plan(visit, site.newsroom)
    expect(visit.page.get_by_text("Computes the figures")).to_be_visible()
    second.kill()
    expect(visit.page.get_by_text("The planner does not answer at the moment")).to_be_visible()
    visit.shoot("plan_planner_down")
    second.start()
    expect(visit.page.get_by_role("link", name="Read the plan")).to_be_visible(timeout=RUN_MS)


def test_a_dead_planner_is_named_on_every_page_of_it(make_visit: MakeVisit, second: SecondPlanner) -> None:
    """Where the data would be, the page says what is missing and what to do."""
    second.kill()
    visit = make_visit(f"http://127.0.0.1:{second.page_port}")
    for path in ("/", "/holdings", "/plan"):
        visit.open(path)
        expect(visit.page.get_by_text("The planner does not answer")).to_be_visible()
        visit.assert_accessible()
    visit.shoot("planner_down")


def test_a_run_is_cancelled(make_visit: MakeVisit, site: Site, second: SecondPlanner) -> None:
    """The button ends the run, and the page says that nothing more is spent."""
    visit = make_visit(f"http://127.0.0.1:{second.page_port}")
    start_plan(visit, site.newsroom)
    visit.page.get_by_role("button", name="Cancel").click()
    expect(visit.page.get_by_text("This run was cancelled")).to_be_visible()
