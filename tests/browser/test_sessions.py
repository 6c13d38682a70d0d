"""Sessions: clicking and typing as a person would, under a handle that only its caller can use."""

import asyncio
import re
from collections.abc import AsyncIterator

import httpx2
import pytest
from alex_browser.handles import session_id_of
from alex_browser.schemas import SessionView
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import ImageContent

from tests.browser.running import KEY, MODERN, Reader

WAIT_SECONDS = 5.0
pytestmark = pytest.mark.anyio


class Visitor:
    """One session on a page of the local site."""

    def __init__(self, reader: Reader, view: SessionView) -> None:
        self.reader = reader
        self.view = view

    async def do(self, tool: str, **arguments: object) -> SessionView:
        """Do something that works."""
        result = await self.reader.call(tool, {"session": self.view.session, **arguments})
        assert not result.is_error, result.content
        self.view = SessionView.model_validate(result.structured_content)
        return self.view

    async def fail(self, tool: str, **arguments: object) -> str:
        """Do something that does not work, and return why."""
        result = await self.reader.call(tool, {"session": self.view.session, **arguments})
        assert result.is_error, result.structured_content
        return str(result.content)

    def ref(self, label: str) -> str:
        """Return the ref of the element with `label` in the latest snapshot."""
        found = re.search(rf'"?{re.escape(label)}"?.*?\[ref=(\w+)\]', self.view.snapshot)
        assert found, self.view.snapshot
        return found.group(1)


async def visit(reader: Reader, url: str) -> Visitor:
    """Open a session at `url`."""
    result = await reader.call("browser_navigate", {"url": url})
    assert not result.is_error, result.content
    return Visitor(reader, SessionView.model_validate(result.structured_content))


@pytest.fixture
async def visitor(reader: Reader, site: str) -> AsyncIterator[Visitor]:
    """A session at the order form, closed afterwards."""
    opened = await visit(reader, f"{site}/form.html")
    yield opened
    await reader.call("browser_close", {"session": opened.view.session})


async def test_a_form_is_filled_in_by_refs(visitor: Visitor) -> None:
    """Ours: the refs of a snapshot name what is typed into, chosen and clicked."""
    assert (visitor.view.title, visitor.view.status) == ("Order form", 200)
    fields = [
        {"target": visitor.ref('textbox "Amount"'), "type": "textbox", "value": "12"},
        {"target": visitor.ref('combobox "Kind"'), "type": "combobox", "value": "shares"},
        {"target": visitor.ref('checkbox "Gift"'), "type": "checkbox", "value": "true"},
    ]

    await visitor.do("browser_fill_form", fields=fields)
    view = await visitor.do("browser_click", target="form button")

    assert "Ordered 12 shares as a gift" in view.snapshot


async def test_typing_selecting_and_keys_work_one_by_one(visitor: Visitor) -> None:
    """Ours: the single actions of the anchor's names do what they say."""
    await visitor.do("browser_select_option", target="#kind", values=["shares"])
    await visitor.do("browser_hover", target="#ask")
    await visitor.do("browser_type", target="#n", text="7", slowly=True)
    view = await visitor.do("browser_press_key", key="Enter")

    assert "Ordered 7 shares" in view.snapshot


async def test_going_on_and_back_keeps_the_session(visitor: Visitor, site: str) -> None:
    """Ours: a session is one place with a history."""
    assert (await visitor.do("browser_click", target="text=To the article")).url == f"{site}/article.html"
    assert (await visitor.do("browser_navigate_back")).url == f"{site}/form.html"
    result = await visitor.reader.call(
        "browser_navigate", {"url": f"{site}/quote.html", "session": visitor.view.session}
    )
    assert result.structured_content is not None
    assert session_id_of(result.structured_content["session"]) == session_id_of(visitor.view.session)


async def test_a_dialog_waits_for_an_answer(visitor: Visitor) -> None:
    """Ours: the dialog is shown with the action that opened it, and its answer goes on from there."""
    asked = await visitor.do("browser_click", target="#ask")
    assert asked.dialog == "confirm('Sure?')"
    assert "Confirmed" in (await visitor.do("browser_handle_dialog", accept=True)).snapshot
    assert "no dialog is open" in await visitor.fail("browser_handle_dialog", accept=True)


async def test_a_dialog_that_nobody_answers_does_not_hold_the_session(visitor: Visitor) -> None:
    """Ours: the next action dismisses it and says so; the anchor refuses every action until it is answered."""
    await visitor.do("browser_click", target="#ask")
    view = await visitor.do("browser_snapshot")

    assert "Declined" in view.snapshot
    assert any("was not answered" in note for note in view.notes)


async def test_a_link_to_a_new_window_becomes_a_tab(visitor: Visitor, site: str) -> None:
    """Ours: tabs are listed, selected and closed by index."""
    view = await visitor.do("browser_click", target="text=In a new tab")
    async with asyncio.timeout(WAIT_SECONDS):
        while len(view.tabs) == 1:
            view = await visitor.do("browser_tabs", action="list")
    view = await visitor.do("browser_tabs", action="select", index=1)
    assert view.url == f"{site}/quote.html"
    assert "12.50" in view.snapshot
    view = await visitor.do("browser_tabs", action="close")
    assert [(tab.url, tab.current) for tab in view.tabs] == [(f"{site}/form.html", True)]
    assert "there is no tab 5" in await visitor.fail("browser_tabs", action="select", index=5)


async def test_waiting_for_text_ends_with_it(visitor: Visitor) -> None:
    """Ours: text that comes late is waited for."""
    await visitor.do("browser_click", target="#late")

    assert "Late words" in (await visitor.do("browser_wait_for", text="Late words")).snapshot


async def test_a_script_that_never_ends_leaves_the_session_usable(visitor: Visitor) -> None:
    """Ours: it is stopped within the time of one action; the anchor's session is lost."""
    await visitor.reader.call("browser_click", {"session": visitor.view.session, "target": "#loop"})

    await visitor.do("browser_type", target="#n", text="7")
    assert "Ordered 7" in (await visitor.do("browser_press_key", key="Enter")).snapshot


async def test_windows_without_end_are_closed(visitor: Visitor) -> None:
    """Ours: the tabs of a session are bounded."""
    await visitor.do("browser_click", target="#windows")
    view = await visitor.do("browser_wait_for", time=0.5)

    assert len(view.tabs) <= 8


async def test_a_tab_is_opened_at_a_url(visitor: Visitor, site: str) -> None:
    """Ours: as in the anchor, a new tab may go somewhere at once."""
    view = await visitor.do("browser_tabs", action="new", url=f"{site}/quote.html")

    assert "12.50" in view.snapshot
    assert [tab.url for tab in view.tabs] == [f"{site}/form.html", f"{site}/quote.html"]


async def test_what_stands_before_a_page_is_put_away(reader: Reader, site: str) -> None:
    """Ours: a session begins at the page, not at its consent banner or its newsletter."""
    view = (await visit(reader, f"{site}/newsletter.html")).view

    assert "Sign up for our newsletter" not in view.snapshot
    assert "The story itself" in view.snapshot
    assert view.notes == [
        "a consent banner was answered with 'Reject all'",
        "a window in front of the page was closed with 'No thanks'",
    ]


async def test_a_download_in_a_session_is_refused_by_name_and_size(visitor: Visitor, site: str) -> None:
    """Ours: the page stays, and the note tells what was offered."""
    assert "the download" in await visitor.fail("browser_navigate", url=f"{site}/download")
    view = await visitor.do("browser_snapshot")

    assert any("'model.xlsx' (application/vnd.ms-excel, 5 bytes)" in note for note in view.notes)


async def test_a_ref_that_is_not_there_fails_at_once(visitor: Visitor) -> None:
    """Ours: an old ref is told apart from an element that does not react."""
    assert "not in the latest snapshot" in await visitor.fail("browser_click", target="e999")


async def test_a_screenshot_is_a_picture(visitor: Visitor) -> None:
    """Ours: the answer is an image, not its text."""
    result = await visitor.reader.call("browser_take_screenshot", {"session": visitor.view.session})

    assert isinstance(result.content[0], ImageContent)
    assert result.content[0].mime_type == "image/png"


async def test_a_long_snapshot_is_read_in_parts(visitor: Visitor) -> None:
    """Ours: a snapshot never floods the model's context."""
    first = await visitor.do("browser_snapshot", max_chars=100)
    rest = await visitor.do("browser_snapshot", start=first.end)

    assert (len(first.snapshot), first.total_chars) == (100, rest.end)


async def test_a_session_belongs_to_its_caller(visitor: Visitor) -> None:
    """Ours: a handle is worth nothing without the owner it was given to."""
    headers = {"x-api-key": KEY, "x-alex-owner": "somebody-else"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{visitor.reader.url}/mcp", http_client=http), mode=MODERN) as client,
    ):
        result = await client.call_tool("browser_snapshot", {"session": visitor.view.session})

    assert result.is_error
    assert "is not open any more" in str(result.content)
    assert "Order form" not in str(result.content)


async def test_a_closed_session_says_how_to_go_on(reader: Reader, site: str) -> None:
    """Ours: the model is told what to call next."""
    opened = await visit(reader, f"{site}/form.html")
    await reader.call("browser_close", {"session": opened.view.session})

    assert "browser_navigate" in await opened.fail("browser_snapshot")


async def test_sessions_are_bounded_and_the_oldest_yields(reader: Reader, site: str) -> None:
    """Ours: memory is bounded; the session unused for longest is closed for a new one, and begins again when used."""
    visitors = [await visit(reader, f"{site}/form.html") for _ in range(4)]

    assert "was opened anew" in await visitors[0].fail("browser_type", target="#n", text="7")
    assert "Ordered 7" in (await visitors[0].do("browser_type", target="#n", text="7", submit=True)).snapshot
    for kept in visitors:
        await reader.call("browser_close", {"session": kept.view.session})


async def test_a_session_goes_nowhere_private(visitor: Visitor) -> None:
    """Ours: neither a call nor a page leads a session inside."""
    assert "not a public address" in await visitor.fail("browser_navigate", url="http://169.254.169.254/")
    assert "only http:// and https://" in await visitor.fail("browser_navigate", url="file:///etc/passwd")
