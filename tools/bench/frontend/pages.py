"""What a page costs a newcomer: the time to its largest content, and the scripts that the browser loads for it."""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, Request

ROUNDS = 5
LCP_LIMIT_MS = 1_500
SCRIPT_LIMIT_BYTES = 200_000
_WATCH = """
window.largest = 0;
new PerformanceObserver((list) => { window.largest = list.getEntries().at(-1).startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""


@dataclass(frozen=True)
class PageCost:
    """Of one page, each visit with an empty cache."""

    path: str
    lcp_ms: float
    """Median of the visits."""
    worst_lcp_ms: float
    script_bytes: int
    """As transferred, so compressed."""

    @property
    def is_within(self) -> bool:
        """Whether both limits are kept."""
        return self.lcp_ms < LCP_LIMIT_MS and self.script_bytes < SCRIPT_LIMIT_BYTES


def measure_page(browser: Browser, url: str, path: str) -> PageCost:
    """Visit a page a few times, after once to warm up the server."""
    _visit(browser, url, path)
    visits = [_visit(browser, url, path) for _ in range(ROUNDS)]
    times = [largest for largest, _ in visits]
    return PageCost(path, statistics.median(times), max(times), max(size for _, size in visits))


def _visit(browser: Browser, url: str, path: str) -> tuple[float, int]:
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900}, locale="en-US")
    try:
        page = context.new_page()
        page.add_init_script(_WATCH)
        scripts: list[Request] = []
        page.on(
            "requestfinished", lambda request: scripts.append(request) if request.resource_type == "script" else None
        )
        page.goto(path, wait_until="networkidle")
        return float(page.evaluate("window.largest")), sum(one.sizes()["responseBodySize"] for one in scripts)
    finally:
        context.close()
