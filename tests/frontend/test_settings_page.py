"""The settings page: connection, key, model, MCP clients, display."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.frontend.visit import KEY, SIZES, Visit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.second_planner import SecondPlanner

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]
PAGES = ("/", "/import", "/holdings", "/plan", "/retirement", "/runs", "/settings")


def service_named(visit: Visit, name: str) -> Locator:
    """What stands about one service."""
    services = visit.page.get_by_role("list", name="Services").get_by_role("listitem")
    return services.filter(has=visit.page.get_by_role("heading", name=name, exact=True))


@pytest.mark.parametrize(("options", "suffix"), SIZES)
def test_settings_are_accessible_and_fit(
    make_visit: MakeVisit, site: Site, options: dict[str, object], suffix: str
) -> None:
    """Each service with its state, its build and its address; the model; what to do with the key."""
    visit = make_visit(**options)
    visit.open("/settings")
    for name, port, reached in (
        ("Planner", 8003, "its database, the researcher, and the vector store"),
        ("Researcher", 8002, "its database, the browser server, and the vector store"),
        ("Vector store", 8011, "the embedder and S3 Vectors"),
    ):
        service = service_named(visit, name)
        expect(service).to_contain_text("ready")
        expect(service).to_contain_text(f"{site.service(port)}, version 0.1.0")
        expect(service).to_contain_text(f"Reaches {reached}.")
    expect(visit.page.get_by_role("region", name="Model", exact=True)).to_contain_text("built-in model")
    visit.assert_accessible()
    visit.assert_fits()
    expect(visit.page.get_by_role("link", name="Settings")).to_be_in_viewport(ratio=1)
    visit.shoot(f"settings{suffix}")


def test_a_service_that_is_down_is_named_until_it_is_back(make_visit: MakeVisit, second: SecondPlanner) -> None:
    """With what to do; what the others say is still there, and the button looks again."""
    second.kill()
    visit = make_visit(second.page_url)
    visit.open("/settings")
    connection = visit.page.get_by_role("region", name="Connection")
    expect(connection).to_contain_text(f"The planner does not answer at {second.url} (no answer)")
    expect(connection).to_contain_text("uv run alex up")
    expect(service_named(visit, "Planner")).to_contain_text("does not answer")
    expect(service_named(visit, "Researcher")).to_contain_text("ready")
    expect(connection.get_by_role("status")).to_contain_text("1 problem")
    visit.assert_accessible()
    visit.shoot("settings_planner_down")
    second.start()
    connection.get_by_role("button", name="Check again").press("Enter")
    expect(connection.get_by_role("status")).to_contain_text("all is well")


def test_a_key_that_is_refused_is_told_from_a_service_that_is_down(
    make_visit: MakeVisit, second: SecondPlanner
) -> None:
    """The services are there, and say no."""
    visit = make_visit(second.serve_page(ALEX_API_KEYS="another,and-one-more"))
    visit.open("/settings")
    main = visit.page.get_by_role("main")
    for service in ("planner", "researcher", "vector store"):
        expect(main).to_contain_text(f"The {service} refuses the key of this page")
    expect(main).to_contain_text("which holds 2 at the moment")
    visit.assert_accessible()


def test_settings_of_mcp_clients_are_copied_by_the_keyboard(make_visit: MakeVisit, site: Site) -> None:
    """What is copied is what is shown, with the addresses of this stack and a place for the key; it is said aloud."""
    visit = make_visit(permissions=["clipboard-read", "clipboard-write"])
    visit.open("/settings")
    card = visit.page.get_by_role("region", name="Connect an MCP client")
    for before, after in pairwise(("Claude Code", "Claude Desktop", "Cursor and others", "VS Code")):
        card.get_by_role("tab", name=before).press("ArrowRight")
        expect(card.get_by_role("tab", name=after)).to_be_focused()
    card.get_by_role("button", name="Copy the text for VS Code").press("Enter")
    expect(card.get_by_role("status")).to_have_text("Copied")
    copied = json.loads(visit.page.evaluate("navigator.clipboard.readText()"))
    assert {name: server["url"] for name, server in copied["servers"].items()} == {
        "alex-vector-store": f"{site.service(8011)}/mcp",
        "alex-browser": f"{site.service(8012)}/mcp",
    }
    card.get_by_role("tab", name="Claude Code").click()
    card.get_by_role("button", name="Copy the text for Claude Code").press("Enter")
    expect(card.get_by_role("status")).to_have_text("Copied")
    command = visit.page.evaluate("navigator.clipboard.readText()")
    assert f'{site.service(8012)}/mcp --header "x-api-key: THE-KEY"' in command
    visit.assert_accessible()


def test_a_browser_that_lets_nothing_be_copied_says_what_to_do(visit: Visit) -> None:
    """Outside of HTTPS and this machine there is no clipboard for pages."""
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    visit.open("/settings")
    card = visit.page.get_by_role("region", name="Connect an MCP client")
    card.get_by_role("button", name="Copy the text for Claude Code").click()
    expect(card.get_by_role("status")).to_contain_text("select the text and copy it yourself")


def test_colours_are_chosen_and_stay(visit: Visit) -> None:
    """The switch at the top shows the same choice, and the next page arrives in it."""
    visit.open("/settings")
    root = visit.page.locator("html")
    visit.page.get_by_role("radio", name="Dark").check()
    expect(visit.page.get_by_role("button", name="Colours: dark")).to_be_visible()
    visit.open("/")
    assert "dark" in str(root.get_attribute("class")).split()
    visit.open("/settings")
    expect(visit.page.get_by_role("radio", name="Dark")).to_be_checked()


def test_numbers_and_dates_are_shown_as_they_are_written(make_visit: MakeVisit) -> None:
    """In the first language of the browser."""
    visit = make_visit(locale="de-DE")
    visit.open("/settings")
    display = visit.page.get_by_role("region", name="Display")
    expect(display).to_contain_text("German (Germany)")
    expect(display).to_contain_text("1.234.567,89")


def test_the_browser_never_sees_the_key(site: Site, browser: Browser, tmp_path: Path, portfolio: str) -> None:
    """Neither a page, nor a script, nor an answer has it, nor a part of it: the route handlers add it.

    Every other visit is looked at in the same way; this one shows that the record has the bodies.
    """
    assert portfolio
    record = tmp_path / "all.har"
    with Visit(browser, site.url, record) as visit:
        for path in PAGES:
            visit.open(path)
        visit.page.evaluate("fetch('/api/planner/portfolios').then((answer) => answer.text())")
    recorded = record.read_text(encoding="utf-8")
    for text in ("Connect an MCP client", "created_at", "createElement"):
        assert text in recorded
    assert KEY[-6:] not in recorded
    assert KEY[:6] not in recorded
