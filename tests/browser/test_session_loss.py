"""Sessions whose page is lost: on another instance, by expiry, by a crash. The caller can always go on."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpx2
import psutil  # type: ignore[import-untyped]  # has no types
import pytest
from alex_browser.addresses import AddressPolicy
from alex_browser.chromium_browser import ChromiumBrowser
from alex_browser.errors import SessionUnknown
from alex_browser.handles import give_handle, holder_of, new_session_id
from alex_browser.rendering import PageRenderer
from alex_browser.sessions import BrowserSessions

from tests.browser.conftest import serve_reader, settings_for
from tests.browser.running import KEY, Reader
from tests.browser.test_sessions import Visitor, visit

pytestmark = pytest.mark.anyio
WAIT_SECONDS = 8.0


@pytest.fixture(scope="module")
def another(site: str, chromium: str) -> Iterator[Reader]:
    """Another instance for the same callers."""
    yield from serve_reader(settings_for(site, chromium))


@pytest.fixture
def forgetful(site: str, chromium: str) -> Iterator[Reader]:
    """An instance where sessions expire after a second."""
    yield from serve_reader(settings_for(site, chromium).model_copy(update={"session_idle_seconds": 1.0}))


async def test_another_instance_opens_the_session_at_its_last_url(reader: Reader, another: Reader, site: str) -> None:
    """Ours: the handle says where the session was; an action waits until the caller has seen the page."""
    opened = await visit(reader, f"{site}/form.html")
    await opened.do("browser_click", target="text=To the article")
    elsewhere = Visitor(another, opened.view)

    assert "was opened anew" in await elsewhere.fail("browser_click", target="e2")
    view = await elsewhere.do("browser_snapshot")

    assert view.url == f"{site}/article.html"
    assert "Northwind raises its dividend" in view.snapshot


async def test_a_look_at_a_session_on_another_instance_is_noted(reader: Reader, another: Reader, site: str) -> None:
    """Ours: a caller is told that what it typed is gone."""
    opened = await visit(reader, f"{site}/form.html")
    view = await Visitor(another, opened.view).do("browser_snapshot")

    assert "Order form" in view.title
    assert any("typed or chosen there, are gone" in note for note in view.notes)


async def test_an_idle_session_expires(forgetful: Reader, site: str) -> None:
    """Ours: the answer names the page to go on from."""
    opened = await visit(forgetful, f"{site}/form.html")
    await until(lambda: not httpx2.get(f"{forgetful.url}/browser", headers={"x-api-key": KEY}).json()["sessions"])

    assert f"browser_navigate with url={site}/form.html" in await opened.fail("browser_snapshot")


async def test_a_handle_that_was_not_given_out_opens_nothing(reader: Reader, site: str) -> None:
    """Ours: neither a guess, nor a changed URL, nor another caller's handle is a session."""
    mine, other = holder_of({"x-api-key": KEY}), holder_of({"x-api-key": "another"})
    genuine = give_handle(new_session_id(), f"{site}/form.html", mine)

    for handle in ("bs_guess", f"{genuine}x", give_handle(new_session_id(), f"{site}/form.html", other), ""):
        result = await reader.call("browser_snapshot", {"session": handle})
        assert "is not open any more" in str(result.content)


async def test_a_killed_browser_costs_sessions_only_what_was_typed(reader: Reader, site: str) -> None:
    """Ours: the sessions go on in a new browser, each at its page."""
    visitors = [await visit(reader, f"{site}/{name}") for name in ("form.html", "quote.html")]
    browsers = [one for one in _chromiums() if "--type=" not in str(one[1])]
    assert browsers
    for process, _ in browsers:
        process.kill()

    titles = [(await visitor.do("browser_snapshot")).title for visitor in visitors]

    assert titles == ["Order form", "NWF quote"]
    for visitor in visitors:
        await reader.call("browser_close", {"session": visitor.view.session})


async def test_a_crashed_tab_takes_nothing_along(browser: ChromiumBrowser, site: str, chromium: str) -> None:
    """Ours: the crashed session gets a new tab; the other one keeps its page as it was."""
    settings = settings_for(site, chromium)
    sessions = BrowserSessions(browser, settings)
    crashed, other = await sessions.open("holder"), await sessions.open("holder")
    await other.tab.page.goto(f"{site}/form.html")
    await other.tab.page.fill("#n", "7")

    await crashed.tab.kill()
    await until(lambda: crashed.lost)
    async with sessions.use(crashed.id, "holder") as session:
        assert session.lost == "its tab crashed"
        await sessions.replace_tab(session)
        await session.tab.page.goto(f"{site}/quote.html")

    assert await other.tab.page.input_value("#n") == "7"
    with pytest.raises(SessionUnknown):
        async with sessions.use(crashed.id, "somebody else"):
            pass
    await sessions.stop()


async def test_a_tab_that_crashes_while_it_is_read_is_read_anew(
    browser: ChromiumBrowser, site: str, chromium: str
) -> None:
    """Ours: the reader gets the page, not the crash."""
    settings = settings_for(site, chromium)
    renderer = PageRenderer(browser, AddressPolicy(settings.allowed_hosts), settings)
    reading = asyncio.create_task(renderer.render(f"{site}/late.html", "holder"))
    await until(_renderers)
    for process in _renderers():
        process.kill()

    assert "Contoso Rail won an order" in (await reading).html


async def until(happened: Callable[[], object]) -> None:
    """Wait, not for ever, until something has happened that gives no sign of itself."""
    async with asyncio.timeout(WAIT_SECONDS):
        while not happened():  # noqa: ASYNC110  there is no event to wait for
            await asyncio.sleep(0.05)


def _renderers() -> list[psutil.Process]:
    return [process for process, command in _chromiums() if "--type=renderer" in command]


def _chromiums() -> list[tuple[psutil.Process, list[str]]]:
    found = []
    for process in psutil.Process().children(recursive=True):
        # A process may end while it is looked at.
        with suppress(psutil.Error):
            command = process.cmdline()
            if "--headless" in command or "--type=renderer" in command:
                found.append((process, command))
    return found
