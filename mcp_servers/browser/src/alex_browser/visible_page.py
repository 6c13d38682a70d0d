"""What a person sees of a page, taken out of it as HTML.

The page is looked at from an isolated world: a script of it that replaces what the browser tells about visibility
changes nothing here. Frames of other sites are looked at one by one.
"""

import asyncio
from importlib.resources import files

from playwright.async_api import Error
from pydantic import BaseModel, ConfigDict, Field

from alex_browser.reading_tab import PageFrame, ReadingTab

MAX_FOREIGN_FRAMES = 5
MIN_FRAME_PIXELS = 20_000
"""Smaller frames are buttons and counters."""
MAX_VISIBLE_CHARS = 10_000_000
"""Characters of text taken out of one page."""
_END = "</body></html>"
_VISIBLE_DOM = files("alex_browser").joinpath("visible_dom.js").read_text(encoding="utf-8")
_LOOK = f"() => ({_VISIBLE_DOM})({MAX_VISIBLE_CHARS})"


class VisiblePage(BaseModel):
    """A page, or a frame, as it is shown: the answer of `visible_dom.js`."""

    model_config = ConfigDict(frozen=True)

    url: str
    html: str
    cut: bool
    status: int
    content_type: str = Field(alias="contentType")


async def visible_page(tab: ReadingTab) -> VisiblePage:
    """Return what a person sees in `tab`.

    Raises:
        Error: the tab is gone, or its content cannot be read.
    """
    page = VisiblePage.model_validate(await tab.look(_LOOK))
    frames = tab.frames_of_other_origins(MAX_FOREIGN_FRAMES)
    parts = await asyncio.gather(*(_frame_html(tab, frame) for frame in frames))
    if not any(parts):
        return page
    return page.model_copy(update={"html": page.html.removesuffix(_END) + "".join(parts) + _END})


async def _frame_html(tab: ReadingTab, frame: PageFrame) -> str:
    """Return the visible body of a frame that a person can see, as a section; empty for the others."""
    try:
        if not await tab.shows(frame, MIN_FRAME_PIXELS):
            return ""
        seen = VisiblePage.model_validate(await tab.look(_LOOK, frame))
    except Error:
        # The frame went away in between, and its text with it.
        return ""
    return f"<section>{seen.html.removesuffix(_END).partition('<body>')[2]}</section>"
