"""Tabs that are used again: whose they are, and what is left in them."""

from collections.abc import AsyncIterator

import pytest
from alex_browser.addresses import AddressPolicy
from alex_browser.chromium_browser import ChromiumBrowser
from alex_browser.reading_tabs import MAX_READS, Place
from alex_browser.rendering import PageRenderer

from tests.browser.conftest import settings_for

pytestmark = pytest.mark.anyio
MINE = Place("one", "a.example")
FIRST = "This is your first visit to the site."


async def test_a_site_does_not_know_its_reader_again(browser: ChromiumBrowser, site: str, chromium: str) -> None:
    """Ours: cookies and storage of one page reach no other, whether the same caller reads it or another one."""
    settings = settings_for(site, chromium)
    renderer = PageRenderer(browser, AddressPolicy(settings.allowed_hosts), settings)

    shown = [await renderer.render(f"{site}/remembers.html", holder) for holder in ("one", "one", "other", "one")]

    assert all(FIRST in page.html for page in shown)


@pytest.fixture
async def one_at_a_time(site: str, chromium: str) -> AsyncIterator[ChromiumBrowser]:
    """A Chromium that gives out a tab when the one before it was given back."""
    settings = settings_for(site, chromium).model_copy(update={"max_contexts": 1})
    opened = ChromiumBrowser(settings, AddressPolicy(settings.allowed_hosts))
    yield opened
    await opened.close()


@pytest.mark.parametrize("another", [Place("other", "a.example"), Place("one", "b.example")], ids=["caller", "host"])
async def test_a_tab_is_used_again_for_its_caller_and_host_alone(
    one_at_a_time: ChromiumBrowser, another: Place
) -> None:
    """Ours: nothing that is left in a process can reach another caller or another host."""
    used = []
    for place in (MINE, another, MINE):
        async with one_at_a_time.tab(place) as tab:
            used.append(tab)

    assert used[0] is used[2]
    assert used[1].context_id != used[0].context_id


async def test_a_tab_that_failed_is_not_used_again(one_at_a_time: ChromiumBrowser) -> None:
    """Ours: what a page broke is closed with it."""
    with pytest.raises(ValueError, match="the page is bad"):
        async with one_at_a_time.tab(MINE) as failed:
            raise ValueError("the page is bad")
    async with one_at_a_time.tab(MINE) as next_one:
        assert next_one is not failed


async def test_a_tab_that_is_worn_out_is_not_used_again(one_at_a_time: ChromiumBrowser) -> None:
    """Ours: the memory of a process does not grow without end."""
    used = []
    for _ in range(MAX_READS + 1):
        async with one_at_a_time.tab(MINE) as tab:
            used.append(tab)

    assert used[0] is used[MAX_READS - 1]
    assert used[0] is not used[MAX_READS]


async def test_a_frame_of_another_site_is_part_of_the_page(site: str, chromium: str) -> None:
    """Ours: a frame in a process of its own is read as a person sees it."""
    settings = settings_for(site, chromium)
    policy = AddressPolicy((*settings.allowed_hosts, site.removeprefix("http://").replace("127.0.0.1", "localhost")))
    browser = ChromiumBrowser(settings, policy)

    shown = await PageRenderer(browser, policy, settings).render(f"{site}/embeds-another-site", "one")
    await browser.close()

    assert "Around the article" in shown.html
    assert "Northwind Foods raised its quarterly dividend" in shown.html.partition("<section>")[2]


async def test_a_window_that_a_page_opens_is_closed(browser: ChromiumBrowser, site: str, chromium: str) -> None:
    """Ours: the page is read, and the reader is told."""
    settings = settings_for(site, chromium)
    renderer = PageRenderer(browser, AddressPolicy(settings.allowed_hosts), settings)

    shown = await renderer.render(f"{site}/opens-window.html", "one")

    assert "Fabrikam Energy doubled" in shown.html
    assert "the page opened another window; it was closed" in shown.notes
