"""What a newcomer's browser loads: the scripts of each page, compressed as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Request

    from tests.frontend.conftest import MakeVisit
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]
LIMIT_BYTES = 200_000
SMALL_BYTES = 1_024
"""Below this nothing is compressed, since it would gain nothing."""


def script_bytes(visit: Visit, path: str) -> int:
    """Return the size of all scripts that a first visit of the path loads, as transferred."""
    scripts: list[Request] = []
    visit.page.on("requestfinished", lambda one: scripts.append(one) if one.resource_type == "script" else None)
    visit.open(path)
    visit.page.wait_for_load_state("networkidle")
    assert scripts, f"{path} loaded no script"
    for one in scripts:
        answer = one.response()
        assert answer is not None
        packed = answer.headers.get("content-encoding") == "gzip"
        assert packed or one.sizes()["responseBodySize"] < SMALL_BYTES, f"{one.url} came uncompressed"
    return sum(one.sizes()["responseBodySize"] for one in scripts)


def test_no_page_loads_more_script_than_200_kb(make_visit: MakeVisit, plan: str) -> None:
    """The issue: first-load JavaScript under 200 KB gzip, for every page that the navigation leads to, and a report."""
    first = make_visit()
    first.open("/")
    links = first.page.get_by_role("navigation", name="Pages").get_by_role("link").all()
    paths = [str(link.get_attribute("href")) for link in links]
    sizes = {path: script_bytes(make_visit(), path) for path in [*paths, f"/plan/{plan}", "/plan/runs/run_none"]}
    assert {path: size for path, size in sizes.items() if size >= LIMIT_BYTES} == {}
