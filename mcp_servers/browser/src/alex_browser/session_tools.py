"""The tools that use a page as a person would, with the names and meaning of `@playwright/mcp`.

The protocol keeps no session, so every tool but the first takes the handle that browser_navigate gave out.
"""

from collections.abc import Awaitable
from typing import Annotated, Literal, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver import Context, Image
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from playwright.async_api import Page
from pydantic import Field

from alex_browser.errors import ActionFailed, ReadFailed
from alex_browser.handles import holder_of
from alex_browser.interaction import Action, Button, FormField, Interaction, Modifier, TabAction
from alex_browser.schemas import SessionView
from alex_browser.session_view import find_element

_Outcome = TypeVar("_Outcome")
MAX_WAIT_SECONDS = 30
"""Longest browser_wait_for."""

Handle = Annotated[str, Field(description="Handle from the latest answer of this session.", max_length=5000)]
Target = Annotated[
    str, Field(description="Ref from the latest snapshot (`e12`), or a unique selector.", max_length=500)
]


def add_session_tools(server: MCPServer, interaction: Interaction) -> None:
    """Add the `browser_` tools to `server`."""
    tools = _SessionTools(interaction)
    looks = ("browser_snapshot", "browser_take_screenshot")
    for name in _NAMES:
        only_looks = name in looks
        annotations = ToolAnnotations(read_only_hint=only_looks, idempotent_hint=only_looks, open_world_hint=True)
        server.tool(name=name, annotations=annotations)(getattr(tools, name))


_NAMES = (
    "browser_navigate",
    "browser_navigate_back",
    "browser_snapshot",
    "browser_click",
    "browser_type",
    "browser_fill_form",
    "browser_select_option",
    "browser_press_key",
    "browser_hover",
    "browser_wait_for",
    "browser_tabs",
    "browser_take_screenshot",
    "browser_handle_dialog",
    "browser_close",
)


class _SessionTools:
    """Each method is a tool; its docstring is what a model reads."""

    def __init__(self, interaction: Interaction) -> None:
        self._do = interaction

    async def browser_navigate(
        self,
        url: Annotated[str, Field(description="Absolute http or https URL of a public page.", min_length=1)],
        ctx: Context,
        session: Annotated[str | None, Field(description="Session to go on in; leave out for a new one.")] = None,
    ) -> SessionView:
        """Go to a page in a browser session and see it. To only read a page, read_page is faster and shorter."""
        return await _told(self._do.navigate(url, session, _holder(ctx)))

    async def browser_navigate_back(self, session: Handle, ctx: Context) -> SessionView:
        """Go back to the page before."""
        return await self._act("browser_navigate_back", session, ctx, lambda page: page.go_back(wait_until="commit"))

    async def browser_snapshot(
        self,
        session: Handle,
        ctx: Context,
        target: Annotated[str | None, Field(description="Show only this element: a ref or a selector.")] = None,
        start: Annotated[int, Field(description="Offset to read from; `end` of the answer before.", ge=0)] = 0,
        max_chars: Annotated[int, Field(description="Characters of the snapshot at most.", ge=1, le=100_000)] = 20_000,
    ) -> SessionView:
        """See the page as an accessibility tree whose refs name the targets of actions."""
        return await _told(self._do.snapshot(session, _holder(ctx), target, start, max_chars))

    async def browser_click(  # noqa: PLR0917  the arguments of the tool
        self,
        session: Handle,
        target: Target,
        ctx: Context,
        doubleClick: bool = False,  # noqa: FBT001, FBT002, N803  named as in @playwright/mcp
        button: Button = "left",
        modifiers: list[Modifier] | None = None,
    ) -> SessionView:
        """Click an element."""

        async def click(page: Page) -> None:
            element = await find_element(page, target)
            await element.click(
                button=button, modifiers=modifiers, click_count=2 if doubleClick else 1, timeout=self._do.milliseconds
            )

        return await self._act("browser_click", session, ctx, click)

    async def browser_type(  # noqa: PLR0917  the arguments of the tool
        self,
        session: Handle,
        target: Target,
        text: Annotated[str, Field(description="Text to type.", max_length=10_000)],
        ctx: Context,
        submit: Annotated[bool, Field(description="Press Enter afterwards.")] = False,  # noqa: FBT002  as above
        slowly: Annotated[bool, Field(description="Type key by key, for pages that listen to keys.")] = False,  # noqa: FBT002
    ) -> SessionView:
        """Type text into a field."""

        async def type_text(page: Page) -> None:
            element = await find_element(page, target)
            if slowly:
                await element.press_sequentially(text, timeout=self._do.milliseconds)
            else:
                await element.fill(text, timeout=self._do.milliseconds)
            if submit:
                await element.press("Enter", timeout=self._do.milliseconds)

        return await self._act("browser_type", session, ctx, type_text)

    async def browser_fill_form(
        self, session: Handle, fields: Annotated[list[FormField], Field(min_length=1, max_length=50)], ctx: Context
    ) -> SessionView:
        """Fill in several fields of a form at once."""

        async def fill(page: Page) -> None:
            for form_field in fields:
                await self._fill_one(page, form_field)

        return await self._act("browser_fill_form", session, ctx, fill)

    async def browser_select_option(
        self, session: Handle, target: Target, values: Annotated[list[str], Field(min_length=1)], ctx: Context
    ) -> SessionView:
        """Select one or more options of a dropdown."""

        async def select(page: Page) -> None:
            element = await find_element(page, target)
            await element.select_option(values, timeout=self._do.milliseconds)

        return await self._act("browser_select_option", session, ctx, select)

    async def browser_press_key(
        self,
        session: Handle,
        key: Annotated[str, Field(description="A key such as `ArrowLeft` or `Enter`, or a character.", max_length=50)],
        ctx: Context,
    ) -> SessionView:
        """Press a key."""
        return await self._act("browser_press_key", session, ctx, lambda page: page.keyboard.press(key))

    async def browser_hover(self, session: Handle, target: Target, ctx: Context) -> SessionView:
        """Move the mouse over an element."""

        async def hover(page: Page) -> None:
            element = await find_element(page, target)
            await element.hover(timeout=self._do.milliseconds)

        return await self._act("browser_hover", session, ctx, hover)

    async def browser_wait_for(
        self,
        session: Handle,
        ctx: Context,
        time: Annotated[float | None, Field(description="Seconds to wait.", gt=0, le=MAX_WAIT_SECONDS)] = None,
        text: Annotated[str | None, Field(description="Text to appear.")] = None,
        textGone: Annotated[str | None, Field(description="Text to go away.")] = None,  # noqa: N803  as above
    ) -> SessionView:
        """Wait for a time, for a text to appear, or for a text to go away."""

        async def wait(page: Page) -> None:
            if time is not None:
                await page.wait_for_timeout(time * 1000)
            if textGone is not None:
                await page.get_by_text(textGone).first.wait_for(state="hidden", timeout=MAX_WAIT_SECONDS * 1000)
            if text is not None:
                await page.get_by_text(text).first.wait_for(state="visible", timeout=MAX_WAIT_SECONDS * 1000)

        return await self._act("browser_wait_for", session, ctx, wait)

    async def browser_tabs(
        self,
        session: Handle,
        action: TabAction,
        ctx: Context,
        index: Annotated[int | None, Field(description="Tab to close or select; left out: the current one.")] = None,
        url: Annotated[str | None, Field(description="Page to open in a new tab.")] = None,
    ) -> SessionView:
        """List, open, close or select a tab."""
        return await _told(self._do.tabs(session, _holder(ctx), action, index, url))

    async def browser_take_screenshot(
        self,
        session: Handle,
        ctx: Context,
        target: Annotated[str | None, Field(description="Only this element: a ref or a selector.")] = None,
        type: Literal["png", "jpeg"] = "png",  # noqa: A002  named as in @playwright/mcp
        fullPage: bool = False,  # noqa: FBT001, FBT002, N803  as above
    ) -> Image:
        """Take a picture of the page. It shows no images of the page; to act on it, use browser_snapshot."""
        data = await _told(self._do.screenshot(session, _holder(ctx), target, type, full=fullPage))
        return Image(data=data, format=type)

    async def browser_handle_dialog(
        self,
        session: Handle,
        accept: bool,  # noqa: FBT001  as above
        ctx: Context,
        promptText: str | None = None,  # noqa: N803  as above
    ) -> SessionView:
        """Accept or dismiss the dialog that the page opened."""
        return await _told(self._do.answer_dialog(session, _holder(ctx), promptText, accept=accept))

    async def browser_close(self, session: Handle, ctx: Context) -> str:
        """Close the session."""
        await self._do.close(session, _holder(ctx))
        return "closed"

    async def _act(self, name: str, session: str, ctx: Context, action: Action) -> SessionView:
        return await _told(self._do.act(name, session, _holder(ctx), action))

    async def _fill_one(self, page: Page, form_field: FormField) -> None:
        element = await find_element(page, form_field.target)
        milliseconds = self._do.milliseconds
        if form_field.type in ("checkbox", "radio"):
            if form_field.value not in ("true", "false"):
                raise ActionFailed("browser_fill_form", f"{form_field.name!r} takes true or false")
            await element.set_checked(form_field.value == "true", timeout=milliseconds)
        elif form_field.type == "combobox":
            await element.select_option(label=form_field.value, timeout=milliseconds)
        else:
            await element.fill(form_field.value, timeout=milliseconds)


async def _told(outcome: Awaitable[_Outcome]) -> _Outcome:
    try:
        return await outcome
    except ReadFailed as exc:
        raise ToolError(exc.message) from exc


def _holder(ctx: Context) -> str:
    return holder_of(ctx.headers or {})
