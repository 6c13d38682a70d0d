"""What the web page costs its reader: largest contentful paint, interactions, and scripts, with 500 holdings.

uv run python -m tools.bench.frontend.run
"""

import os
import subprocess
import sys

from playwright.sync_api import Browser, sync_playwright

from tools.bench.frontend.interactions import LIMIT_MS, SHORTEST_MS, measure_interactions
from tools.bench.frontend.pages import LCP_LIMIT_MS, ROUNDS, SCRIPT_LIMIT_BYTES, measure_page
from tools.bench.frontend.site import HOLDINGS, Site, running_site


def main() -> int:
    """Print a line for each page and each way of using one; the exit code is 1 when a limit is missed."""
    command = [sys.executable, "-m", "alex_browser.chromium", "--install"]
    chromium = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout.strip()  # noqa: S603  our own package
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Chromium {browser.version}, {HOLDINGS} holdings")
        pages, uses = print_pages(browser, site), print_interactions(browser, site)
        browser.close()
    return 0 if pages and uses else 1


def print_pages(browser: Browser, site: Site) -> bool:
    """Print a line for each page that the navigation leads to, and for a report; return whether all are in limits."""
    print(f"\n{'page':<14}{'LCP, median of ' + str(ROUNDS):>22}{'worst':>10}{'scripts, compressed':>22}")
    print(f"{'limit':<14}{LCP_LIMIT_MS:>19} ms{'':>10}{SCRIPT_LIMIT_BYTES / 1000:>19.1f} kB")
    kept = True
    for path in [*places(browser, site), f"/plan/{site.plan}"]:
        cost = measure_page(browser, site.url, path)
        shown = path if len(path) < 14 else "/plan/{id}"  # noqa: PLR2004  width of the column
        print(f"{shown:<14}{cost.lcp_ms:>19.0f} ms{cost.worst_lcp_ms:>7.0f} ms{cost.script_bytes / 1000:>19.1f} kB")
        kept = kept and cost.is_within
    return kept


def places(browser: Browser, site: Site) -> list[str]:
    """Return the addresses in the navigation."""
    page = browser.new_page(base_url=site.url)
    page.goto("/")
    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    found = [str(link.get_attribute("href")) for link in links.all()]
    page.close()
    return found


def print_interactions(browser: Browser, site: Site) -> bool:
    """Print a line for each way of using a page; return whether all are in the limit."""
    print(f"\n{'interaction':<34}{'times':>6}{'worst':>12}\n{'limit':<34}{'':>6}{LIMIT_MS:>9} ms")
    kept = True
    for one in measure_interactions(browser, site.url, site.plan):
        worst = f"under {SHORTEST_MS} ms" if one.worst_ms is None else f"{one.worst_ms:.0f} ms"
        print(f"{one.name:<34}{one.count:>6}{worst:>12}")
        kept = kept and one.is_within
    return kept


if __name__ == "__main__":
    sys.exit(main())
