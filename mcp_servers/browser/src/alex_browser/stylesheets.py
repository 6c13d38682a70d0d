"""The outer style sheets of a page that came over plain HTTP, reduced to the rules that could hide something.

They are asked for like a browser does, a few of limited size, and kept for the next page of the site.
"""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from urllib.parse import urljoin

from alex_browser.style_rules import hiding_rules

MAX_SHEETS = 12
"""Style sheets of one page that are looked at, imported ones included."""
KEEP_SECONDS = 3600.0
MAX_KEPT = 300
_HEAD_BYTES = 500_000
_LINK = re.compile(r"<link\b[^>]{1,2000}>", re.IGNORECASE)
_BASE = re.compile(r"""<base\b[^>]{0,500}?\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(rel|href|media|disabled)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"'()\s;]+)["']?\s*\)?\s*([^;]*);""", re.IGNORECASE)


def stylesheet_urls(body: bytes, url: str) -> list[str]:
    """Return the style sheets that the page `body` links to for a screen, as absolute URLs in their order."""
    head = body[:_HEAD_BYTES].decode("latin-1")
    base = found.group(1) if (found := _BASE.search(head)) else ""
    urls = []
    for link in _LINK.findall(head):
        named = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(link)}
        is_sheet = "stylesheet" in named.get("rel", "").lower().split() and "disabled" not in named
        if is_sheet and named.get("href") and _is_for_screens(named.get("media", "")):
            urls.append(_joined(urljoin(url, base), named["href"].replace("&amp;", "&")))
    return [one for one in dict.fromkeys(urls) if one.startswith(("http://", "https://"))][:MAX_SHEETS]


class Stylesheets:
    """The style sheets that were read lately; `fetch` returns the text of one, empty when it cannot be had."""

    def __init__(self, fetch: Callable[[str], Awaitable[str]]) -> None:
        self._fetch = fetch
        self._kept: OrderedDict[str, tuple[float, str, list[str]]] = OrderedDict()

    async def of(self, body: bytes, url: str) -> list[str]:
        """Return the hiding rules of each style sheet of the page `body`, imported ones first."""
        sheets: list[str] = []
        waiting = stylesheet_urls(body, url)
        asked: set[str] = set()
        while waiting and len(asked) < MAX_SHEETS:
            asked.update(waiting)
            read = await asyncio.gather(*map(self._one, waiting))
            sheets = [rules for rules, _ in read if rules] + sheets
            imported = dict.fromkeys(one for _, imports in read for one in imports if one not in asked)
            waiting = list(imported)[: MAX_SHEETS - len(asked)]
        return sheets

    async def _one(self, url: str) -> tuple[str, list[str]]:
        kept = self._kept.get(url)
        if kept is None or time.monotonic() - kept[0] > KEEP_SECONDS:
            css = await self._fetch(url)
            imports = [_joined(url, target) for target, media in _IMPORT.findall(css) if _is_for_screens(media)]
            kept = (time.monotonic(), hiding_rules(_IMPORT.sub("", css)), imports)
            self._kept[url] = kept
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        return kept[1], kept[2]


def _is_for_screens(media: str) -> bool:
    return not media.strip() or media.strip().lower() in ("all", "screen")


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        return ""
