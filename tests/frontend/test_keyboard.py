"""The page without a mouse, and without motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]
OUTLINE = "(one) => getComputedStyle(one).outlineStyle"


def open_settled(visit: Visit, path: str) -> None:
    """Open a path and wait until its scripts are there: a key that is pressed before them is lost, unlike a click."""
    visit.open(path)
    visit.page.wait_for_load_state("networkidle")


def focused(visit: Visit) -> str:
    """Return what has the focus, in words."""
    script = "() => document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || ''"
    return str(visit.page.evaluate(script)).strip()


@pytest.mark.usefixtures("portfolio")
def test_the_first_key_leads_past_the_navigation(visit: Visit) -> None:
    """The skip link shows itself and puts the focus into the content."""
    open_settled(visit, "/holdings")
    visit.page.keyboard.press("Tab")
    skip = visit.page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#main")).to_be_focused()
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("() => document.querySelector('#main').contains(document.activeElement)")


@pytest.mark.usefixtures("portfolio")
def test_every_stop_on_the_way_is_seen(visit: Visit) -> None:
    """From the top to the first cells: in order, each with an outline, and none of them a trap."""
    open_settled(visit, "/holdings")
    seen = []
    for _ in range(18):
        visit.page.keyboard.press("Tab")
        seen.append(focused(visit))
        assert visit.page.evaluate(f"() => ({OUTLINE})(document.activeElement)") == "solid"
    order = [seen.index(name) for name in ("Alex", "Overview", "Import", "Holdings", "Plan", "Retirement")]
    assert order == sorted(order)
    assert len(set(seen)) > 12


def test_a_dialog_keeps_the_focus_and_gives_it_back(visit: Visit, plan: str) -> None:
    """Opened, walked round in and closed by keys; a figure inside of it leads back to the first one."""
    open_settled(visit, f"/plan/{plan}")
    for what in ("Show how this is computed", "Show the stored passage"):
        opener = visit.page.get_by_title(what).first
        opener.focus()
        visit.page.keyboard.press("Enter")
        dialog = visit.page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name="Close")).to_be_visible()
        for _ in range(12):
            visit.page.keyboard.press("Tab")
            assert visit.page.evaluate("() => !!document.activeElement.closest('[role=dialog]')")
        visit.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(opener).to_be_focused()


@pytest.mark.usefixtures("portfolio")
def test_views_are_chosen_by_arrows(visit: Visit) -> None:
    """Tabs are one stop; arrows change the view."""
    open_settled(visit, "/")
    visit.page.get_by_role("tab", name="Class").focus()
    visit.page.keyboard.press("ArrowRight")
    expect(visit.page.get_by_role("tab", name="Region")).to_have_attribute("aria-selected", "true")
    expect(visit.page.get_by_role("list", name="Allocation by region")).to_be_visible()
    expect(visit.page.get_by_role("list", name="Allocation by class")).to_be_hidden()


def test_a_file_is_chosen_by_keys(visit: Visit) -> None:
    """The place for a file is a field like any other."""
    visit.open("/import")
    field = visit.page.get_by_label("File of your broker")
    field.focus()
    assert visit.page.evaluate(f"() => ({OUTLINE})(document.activeElement.closest('label'))") == "solid"
    with visit.page.expect_file_chooser():
        field.press("Enter")


@pytest.mark.parametrize(("motion", "still"), [("reduce", True), ("no-preference", False)], ids=["reduced", "usual"])
def test_nothing_moves_for_who_wants_no_motion(make_visit: MakeVisit, motion: str, *, still: bool) -> None:
    """Waiting shapes and changes of colour take no time; for others they do, so that this test can fail."""
    visit = make_visit(reduced_motion=motion)
    visit.open("/import")
    lasting = visit.page.evaluate(
        """() => {
          const one = document.createElement("div");
          one.className = "animate-pulse transition-colors";
          document.body.append(one);
          const { animationDuration, transitionDuration } = getComputedStyle(one);
          return [animationDuration, transitionDuration].map((text) => 1000 * parseFloat(text));
        }"""
    )
    assert (max(lasting) < 1) is still
