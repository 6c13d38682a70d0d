"""A visitor of the page in a real browser, who notices every error and every call that leaves the page's origin."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "dist" / "screenshots"
"""Kept by CI."""
KEY = "key-of-the-tests"
SIZES = [
    pytest.param({}, "", id="wide"),
    pytest.param({"color_scheme": "dark"}, "_dark", id="dark"),
    pytest.param({"viewport": {"width": 360, "height": 740}}, "_360", id="360px"),
]
"""What each page is looked at with: options of a visit, and the end of the picture's name."""
TAKEN_OVER = """() => [...document.querySelectorAll("button, input, select, textarea")]
    .every((one) => Object.keys(one).some((key) => key.startsWith("__reactProps")))"""
"""React keeps what an element does in such a property.

Source: react-dom 19, ReactDOMComponentTree.js, internalPropsKey."""
ACTION_MS = 15_000
"""Longest wait for anything on the page, a run's progress excepted."""


class Visit:
    """One browser context with one page. Everything that comes to the browser is recorded in `record`, bodies too."""

    def __init__(self, browser: Browser, url: str, record: Path, **options: Any) -> None:
        self.url = url
        self._record = record
        settings = {
            "viewport": {"width": 1280, "height": 900},
            "locale": "en-US",
            "reduced_motion": "reduce",
            "record_har_path": record,
            "record_har_content": "embed",
            **options,
        }
        self._context = browser.new_context(base_url=url, **settings)
        self._context.set_default_timeout(ACTION_MS)
        self.page: Page = self._context.new_page()
        self.errors: list[str] = []
        self.expected: list[str] = []
        """Patterns of errors that the test brings about itself."""
        self.requests: list[Request] = []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108  Playwright marks what it is given

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._context.close()
        if kind is None:
            self.assert_clean()

    def open(self, path: str) -> Response:
        """Open a path of the site and wait until its scripts run."""
        response = self.page.goto(path, wait_until="load")
        assert response is not None
        self.wait_until_alive()
        return response

    def wait_until_alive(self) -> None:
        """Wait until whatever can be used on the page has its script, as after a reload.

        A page is there before React has taken it over; what is pressed in between is lost, on a busy machine the more.
        """
        self.page.wait_for_function(TAKEN_OVER)

    def assert_clean(self) -> None:
        """No error in the console but those expected, no request outside the own origin, no key in the browser.

        Needs a context that is closed: only then is everything recorded.
        """
        unexpected = [text for text in self.errors if not any(re.search(one, text) for one in self.expected)]
        assert not unexpected, unexpected
        foreign = [request.url for request in self.requests if not self._is_own(request.url)]
        assert not foreign, foreign
        assert KEY not in self._record.read_text(encoding="utf-8")

    def assert_accessible(self) -> None:
        """What axe-core calls serious or critical is not there.

        Source: the rules of axe-core for WCAG 2.2 A and AA, and its best practices.
        """
        # A change of the address takes the title away for a moment, so the title is waited for and not left to axe.
        expect(self.page).to_have_title(re.compile("."))
        # Through the protocol, because the page's own policy rightly lets no foreign script in.
        self.page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
        found = self.page.evaluate(
            "async () => (await axe.run({ rules: { 'document-title': { enabled: false } } })).violations"
        )
        serious = [
            {"rule": one["id"], "help": one["help"], "where": [node["html"] for node in one["nodes"]][:3]}
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
        assert not serious, json.dumps(serious, indent=2)

    def assert_fits(self) -> None:
        """Nothing is wider than the screen, so that a page never scrolls sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"the page is {wide} px wider than the screen"

    def shoot(self, name: str) -> None:
        """Keep a picture of the whole page."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    def _is_own(self, address: str) -> bool:
        return urlsplit(address).scheme in {"data", "blob"} or address.startswith(f"{self.url}/")


def import_sample(address: str, sample_portfolio: Path) -> str:
    """Put the sample portfolio into a planner and return its id; twice changes nothing."""
    answer = httpx2.post(
        f"{address}/portfolios/import",
        params={"name": "sample"},
        content=sample_portfolio.read_bytes(),
        headers={"x-api-key": KEY, "content-type": "text/csv"},
    )
    return str(answer.raise_for_status().json()["id"])
