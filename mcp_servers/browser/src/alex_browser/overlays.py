"""Consent banners and other windows in front of a page, answered or closed; the choosing is in the two scripts."""

import asyncio
from importlib.resources import files

from playwright.async_api import Error

from alex_browser.tabs import Tab

LOOK_SECONDS = 2.0
"""Longest wait for a page, and for its frames, to look at itself."""
MAX_FRAMES = 5
"""The frames in which consent managers keep their banner are among the first ones."""
_CONSENT = files("alex_browser").joinpath("consent.js").read_text(encoding="utf-8")
_OVERLAY = files("alex_browser").joinpath("overlay.js").read_text(encoding="utf-8")
_EITHER = f"() => {{ const label = ({_CONSENT})(); return label ? [label, null] : [null, ({_OVERLAY})()]; }}"


async def clear_away(tab: Tab) -> list[str]:
    """Take away what stands before the page; return a note about each thing, none when there was nothing.

    A consent banner, in the page or a frame, is refused or else accepted; another window is closed.
    """
    asked, closed = await _in_page(tab)
    notes = []
    if asked := asked or await _in_frames(tab):
        notes.append(f"a consent banner was answered with {asked!r}")
    if closed:
        notes.append(f"a window in front of the page was closed with {closed!r}")
    return notes


async def _in_page(tab: Tab) -> tuple[str, str]:
    """Return the labels that were clicked in a banner and in another window."""
    try:
        found = await asyncio.wait_for(tab.evaluate(_EITHER), LOOK_SECONDS)
    except (Error, TimeoutError):
        return "", ""
    asked, closed = found if isinstance(found, list) else (None, None)
    return _label(asked), _label(closed)


async def _in_frames(tab: Tab) -> str:
    try:
        found = await asyncio.wait_for(tab.evaluate_in_frames(_CONSENT, MAX_FRAMES), LOOK_SECONDS)
    except (Error, TimeoutError):
        return ""
    return next((label for one in found if (label := _label(one))), "")


def _label(clicked: object) -> str:
    return str(clicked or "")[:60]
