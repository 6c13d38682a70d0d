"""Manners towards sites, and patience with them."""

import pytest

from tests.browser.running import Reader

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_a_page_that_robots_may_not_read_is_left_alone(reader: Reader, site: str, render: str) -> None:
    """Spec: RFC 9309, by plain HTTP and through Chromium."""
    assert "robots.txt" in await reader.refusal(f"{site}/members/list", render=render)


async def test_a_redirect_into_an_excluded_place_is_not_followed(reader: Reader, site: str) -> None:
    """Ours: robots.txt counts at every redirect."""
    assert "robots.txt" in await reader.refusal(f"{site}/redirect?to={site}/members/list")


async def test_a_site_that_is_busy_for_a_moment_is_asked_again(reader: Reader, site: str) -> None:
    """Ours: 503 once is no reason to give up."""
    assert (await reader.read(f"{site}/flaky")).title == "Back again"


async def test_a_port_where_nobody_listens_is_named(reader_of_closed_port: tuple[Reader, str]) -> None:
    """Ours: after the new tries the reason is told."""
    reader, url = reader_of_closed_port

    assert f"{url} could not be reached" in await reader.refusal(url)
