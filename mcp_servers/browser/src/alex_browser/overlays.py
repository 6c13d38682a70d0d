"""Consent banners and other windows in front of a page, answered or closed; the choosing is in the two scripts."""

import asyncio
from importlib.resources import files

from playwright.async_api import Error, Frame, Page

LOOK_SECONDS = 2.0
"""Longest wait for one frame to look at itself."""
MAX_FRAMES = 6
"""The page itself and the frames in which consent managers keep their banner."""
_CONSENT = files("alex_browser").joinpath("consent.js").read_text(encoding="utf-8")
_OVERLAY = files("alex_browser").joinpath("overlay.js").read_text(encoding="utf-8")


async def answer_consent(page: Page) -> str | None:
    """Refuse or accept what a consent banner asks, in the page or a frame; return a note when there was one."""
    for frame in page.frames[:MAX_FRAMES]:
        if clicked := await _run(frame, _CONSENT):
            return f"a consent banner was answered with {clicked!r}"
    return None


async def close_overlay(page: Page) -> str | None:
    """Close the window that lies over the page; return a note when there was one."""
    clicked = await _run(page.main_frame, _OVERLAY)
    return f"a window in front of the page was closed with {clicked!r}" if clicked else None


async def _run(frame: Frame, script: str) -> str:
    try:
        clicked = await asyncio.wait_for(frame.evaluate(script), LOOK_SECONDS)
    except (Error, TimeoutError):
        return ""
    return str(clicked or "")[:60]
