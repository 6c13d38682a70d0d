"""How long a page takes to show what a hand did: from the event to the next paint, by the browser's own Event Timing.

Source: "Interaction to Next Paint", web.dev, and the Event Timing API of the W3C, which rounds to 8 ms and leaves out
what takes less than 16.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

LIMIT_MS = 200
SHORTEST_MS = 16
_WATCH = """
window.interactions = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.interactionId) window.interactions.push(entry.duration);
}).observe({ type: "event", buffered: true, durationThreshold: 16 });
"""
_SETTLE = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done), 100)))"


@dataclass(frozen=True)
class Interaction:
    """One way of using a page, done several times."""

    name: str
    count: int
    worst_ms: float | None
    """`None`: each took less than 16 ms."""

    @property
    def is_within(self) -> bool:
        """Whether the limit is kept."""
        return self.worst_ms is None or self.worst_ms < LIMIT_MS


def measure_interactions(browser: Browser, url: str, plan: str) -> Iterator[Interaction]:
    """Use the pages as a reader does, and yield what each way took at the worst."""
    for name, path, use in (
        ("holdings: sort", "/holdings", _sort),
        ("holdings: type in the search", "/holdings", _search),
        ("retirement: move a slider", "/retirement", _slide),
        ("overview: switch tabs", "/", _switch_tabs),
        ("report: switch tabs", f"/plan/{plan}", _switch_tabs),
        ("report: open and close a figure", f"/plan/{plan}", _open_figures),
        ("any page: change the colours", "/holdings", _change_colours),
    ):
        context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900}, locale="en-US")
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto(path, wait_until="networkidle")
        count = _repeat(page, use)
        times = page.evaluate("window.interactions")
        yield Interaction(name, count, max(times) if times else None)
        context.close()


def _repeat(page: Page, use: Callable[[Page], Iterator[None]]) -> int:
    count = 0
    for _ in use(page):
        page.evaluate(_SETTLE)
        count += 1
    return count


def _sort(page: Page) -> Iterator[None]:
    heads = page.get_by_role("columnheader").get_by_role("button")
    for index in [*range(heads.count()), 0]:
        heads.nth(index).click()
        yield


def _search(page: Page) -> Iterator[None]:
    field = page.get_by_label("Find a holding")
    for letter in "h12":
        field.press(letter)
        yield
    for _ in range(3):
        field.press("Backspace")
        yield


def _slide(page: Page) -> Iterator[None]:
    sliders = page.get_by_role("slider")
    for index in range(sliders.count()):
        for key in ("ArrowRight", "ArrowRight", "PageUp"):
            sliders.nth(index).press(key)
            yield
        page.get_by_text("The outcomes are of these values.").wait_for()


def _switch_tabs(page: Page) -> Iterator[None]:
    tabs = page.get_by_role("tab")
    for index in [*range(tabs.count()), 0]:
        tabs.nth(index).click()
        yield


def _open_figures(page: Page) -> Iterator[None]:
    figures = page.get_by_title("Show how this is computed")
    for index in range(min(figures.count(), 5)):
        figures.nth(index).click()
        yield
        page.get_by_role("dialog").get_by_text("Formula or source").first.wait_for()
        page.keyboard.press("Escape")
        yield


def _change_colours(page: Page) -> Iterator[None]:
    for _ in range(3):
        page.get_by_role("button", name="Colours:").click()
        yield
