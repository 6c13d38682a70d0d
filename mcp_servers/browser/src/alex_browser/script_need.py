"""Whether a page that came over plain HTTP needs a browser to show its text."""

import re
from enum import Enum

from alex_browser.elements import Element
from alex_browser.extraction import HtmlPage
from alex_browser.html_tree import visible_text

SHELL_CHARS = 80
"""A page with scripts and less visible text than this is an empty shell."""
THIN_CHARS = 400
"""A page with scripts and less main text than this may be completed by them."""
_PLACE_CHARS = 60
"""A content element with scripts on the page and less text than this waits to be filled."""
_ROOT_IDS = ("root", "app", "__next", "__nuxt", "svelte", "___gatsby", "main-app", "react-root", "app-root")
_ASKS = re.compile(
    r"(enable|requires?|needs?|turn on|activate)\s+(\w+\s+)?java\s?script|java\s?script\s+(is\s+)?(required|disabled)"
    r"|just a moment|checking your browser|verify (that )?you are (a )?human",
    re.IGNORECASE,
)
_WAITS = re.compile(r"^\W*(loading|please wait|one moment)\b.{0,40}$", re.IGNORECASE)
CHALLENGE_STATUSES = (401, 403, 429, 503)
"""Answers with which sites put a script before a page that a browser would be shown."""
_CHALLENGE = re.compile(
    r"cf-chl|cf_chl|challenge-platform|_Incapsula_|datadome|px-captcha|just a moment", re.IGNORECASE
)


class ScriptNeed(Enum):
    """How much of the page its scripts still have to bring."""

    NONE = "none"
    SOME = "some"
    """The text is short and scripts may add to it; readable as it is."""
    ALL = "all"
    """There is no content without scripts."""


def script_need(page: HtmlPage, source: str) -> ScriptNeed:
    """Return whether `page`, parsed from `source`, is complete without its scripts."""
    if not page.scripts:
        return ScriptNeed.NONE
    body = page.tree.find("body")
    seen = visible_text(body) if body is not None else ""
    if len(seen) < SHELL_CHARS or (len(seen) < THIN_CHARS and _asks_for_scripts(seen, source)):
        return ScriptNeed.ALL
    if _has_empty_place(page.tree):
        return ScriptNeed.ALL
    return ScriptNeed.SOME if len(page.extracted.text) < THIN_CHARS else ScriptNeed.NONE


def is_challenge(status: int, source: str) -> bool:
    """Return whether an HTTP error is a check that a browser passes by itself."""
    return status in CHALLENGE_STATUSES and bool(_CHALLENGE.search(source[:50_000]))


def _asks_for_scripts(seen: str, source: str) -> bool:
    unscripted = " ".join(re.findall(r"<noscript[^>]*>(.*?)</noscript>", source[:500_000], re.IGNORECASE | re.DOTALL))
    return bool(_ASKS.search(seen) or _ASKS.search(unscripted) or _WAITS.match(seen))


def _has_empty_place(tree: Element) -> bool:
    """Return whether the place of the main content is there and (nearly) empty."""
    places = [*tree.iter("main"), *tree.xpath("//*[@role='main']")]
    if not places:
        articles = list(tree.iter("article"))
        places = articles if len(articles) == 1 else []
    places += [place for place in tree.iter("div", "section") if (place.get("id") or "") in _ROOT_IDS]
    return any(_is_waiting(place) for place in places)


def _is_waiting(place: Element) -> bool:
    beside_headings = [visible_text(child) for child in place if child.tag not in ("h1", "header")]
    text = " ".join([place.text or "", *beside_headings]).strip()
    return len(text) < _PLACE_CHARS or bool(_WAITS.match(text))
