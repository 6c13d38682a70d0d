"""Numbers, amounts, days and times are written as the reader's browser asks for, on every page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180), pytest.mark.usefixtures("portfolio")]
EXPECTED = {
    "en-US": {
        "/": ["$100,149", "25.7%", "Oct 30, 2026"],
        "/holdings": ["$25,788", "$61.40", "Oct 30, 2026", "8,200"],
        "/retirement": ["$36,000", "$100,149", "2,000 paths"],
        "/plan/{plan}": ["$100,149", "100,148.50 USD", "Oct 30, 2026"],
    },
    "de-DE": {
        "/": ["100.149 $", "25,7 %", "30.10.2026"],
        "/holdings": ["25.788 $", "61,40 $", "30.10.2026", "8.200"],
        "/retirement": ["36.000 $", "100.149 $", "2.000 paths"],
        "/plan/{plan}": ["100.149 $", "100.148,50 USD", "30.10.2026"],
    },
}


@pytest.mark.parametrize("locale", EXPECTED)
def test_pages_are_written_in_the_readers_way(make_visit: MakeVisit, plan: str, locale: str) -> None:
    """Also what the server writes before a script runs: no text changes when the page wakes up."""
    visit = make_visit(locale=locale)
    for path, texts in EXPECTED[locale].items():
        visit.open(path.format(plan=plan))
        main = visit.page.get_by_role("main")
        for text in texts:
            expect(main).to_contain_text(text.replace(" $", "\u00a0$").replace(" %", "\u00a0%"))


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_times_are_those_of_the_readers_clock(make_visit: MakeVisit, plan: str, zone: str) -> None:
    """The list of plans says when each was made, in the zone of the browser."""
    visit = make_visit(timezone_id=zone)
    visit.open("/plan")
    made = visit.page.locator(f"a[href='/plan/{plan}'] time")
    moment = datetime.fromisoformat(str(made.get_attribute("datetime"))).astimezone(ZoneInfo(zone))
    expect(made).to_contain_text(f"{moment:%b} {moment.day}, {moment.year}")
    expect(made).to_contain_text(f"{moment.hour % 12 or 12}:{moment:%M}")
