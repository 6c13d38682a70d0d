"""What a person sees of a page, taken out of it as HTML.

The page is looked at from an isolated world: a script of it that replaces what the browser tells about visibility
changes nothing here. Frames of other sites are looked at one by one.
"""

from dataclasses import dataclass
from importlib.resources import files

from playwright.async_api import Error, Frame, Page
from pydantic import BaseModel, ConfigDict, Field

from alex_browser.tabs import Tab

MAX_FOREIGN_FRAMES = 5
MIN_FRAME_PIXELS = 20_000
"""Smaller frames are buttons and counters."""
MAX_VISIBLE_CHARS = 10_000_000
"""Characters of text taken out of one page."""
_END = "</body></html>"
_VISIBLE_DOM = files("alex_browser").joinpath("visible_dom.js").read_text(encoding="utf-8")


class _Seen(BaseModel):
    """The answer of `visible_dom.js`."""

    model_config = ConfigDict(frozen=True)

    html: str
    cut: bool
    status: int
    content_type: str = Field(alias="contentType")


@dataclass(frozen=True)
class VisiblePage:
    """A page as it is shown."""

    html: str
    cut: bool
    status: int
    content_type: str


async def visible_page(tab: Tab) -> VisiblePage:
    """Return what a person sees in `tab`.

    Raises:
        Error: the tab is gone, or its content cannot be read.
    """
    tree = await tab.debugger.send("Page.getFrameTree")
    world = await tab.debugger.send(
        "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "alex"}
    )
    found = await tab.debugger.send(
        "Runtime.evaluate",
        {
            "expression": f"({_VISIBLE_DOM})({MAX_VISIBLE_CHARS})",
            "contextId": world["executionContextId"],
            "returnByValue": True,
        },
    )
    if "exceptionDetails" in found:
        raise Error(f"the page could not be looked at: {found['exceptionDetails'].get('text')}")
    seen = _Seen.model_validate(found["result"]["value"])
    frames = [frame for frame in tab.page.frames if _is_foreign(frame, tab.page)][:MAX_FOREIGN_FRAMES]
    parts = [await _frame_html(frame) for frame in frames]
    html = seen.html.removesuffix(_END) + "".join(parts) + _END
    return VisiblePage(html, seen.cut, seen.status, seen.content_type)


async def _frame_html(frame: Frame) -> str:
    """Return the visible body of a frame that a person can see, as a section; empty for the others."""
    try:
        holder = await frame.frame_element()
        box = await holder.bounding_box()
        if box is None or box["width"] * box["height"] < MIN_FRAME_PIXELS or not await holder.is_visible():
            return ""
        seen = _Seen.model_validate(await frame.evaluate(_VISIBLE_DOM, MAX_VISIBLE_CHARS))
    except Error:
        # The frame went away in between, and its text with it.
        return ""
    return f"<section>{seen.html.removesuffix(_END).partition('<body>')[2]}</section>"


def _is_foreign(frame: Frame, page: Page) -> bool:
    """Return whether `frame` is a document of another site within the page, whose text the page cannot read."""
    origin, own = frame.url.split("/")[:3], page.url.split("/")[:3]
    return frame.parent_frame is not None and frame.url.startswith("http") and origin != own
