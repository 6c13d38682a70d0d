"""Links of a page that are worth following: of the main content first, then headline-like ones elsewhere.

Menus, footers, share buttons and the like are left out.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from alex_browser.elements import Element
from alex_browser.html_tree import visible_text
from alex_browser.metadata import without_tracking
from alex_browser.schemas import Link

MAX_LINKS = 60
"""Links of a page that leads to others: an index has about this many headlines, and each costs some 30 tokens."""
MAX_ARTICLE_LINKS = 12
"""Links of a page that is read for itself: what it refers to, and little of what stands around it."""
_MAX_TEXT_CHARS = 160
_HEADLINE_WORDS = 4
_MAIN = ("main", "article")
_BOILERPLATE = ("nav", "footer", "aside", "form", "header")
_BOILERPLATE_ROLES = ("navigation", "banner", "contentinfo", "search", "menu", "complementary")
_BOILERPLATE_NAMES = re.compile(
    r"(^|[-_ ])(nav|navbar|menu|footer|breadcrumbs?|share|social|cookie|consent)([-_ ]|$)", re.IGNORECASE
)


def find_links(root: Element, url: str, most: int) -> list[Link]:
    """Return up to `most` links of the cleaned page `root`, as absolute URLs, each once."""
    base_url = _base_url(root, url)
    own = without_tracking(url)
    ranked: dict[str, tuple[int, str]] = {}
    for anchor in root.iter("a"):
        text = visible_text(anchor)[:_MAX_TEXT_CHARS]
        rank = _rank(anchor, text) if text else None
        target = _target(anchor, base_url) if rank is not None else None
        if rank is None or target is None or target == own:
            continue
        held = ranked.get(target)
        if held is None:
            ranked[target] = (rank, text)
        elif len(text) > len(held[1]):
            ranked[target] = (min(rank, held[0]), text)
    ordered = sorted(ranked.items(), key=lambda item: item[1][0])
    return [Link(text=text, url=target) for target, (_, text) in ordered[:most]]


def is_boilerplate(element: Element) -> bool:
    """Return whether `element` frames the page instead of being its content."""
    if element.tag in _BOILERPLATE or element.get("role") in _BOILERPLATE_ROLES:
        return not (element.tag == "header" and any(parent.tag in _MAIN for parent in element.iterancestors()))
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("div", "ul", "section") and bool(_BOILERPLATE_NAMES.search(names))


def _rank(anchor: Element, text: str) -> int | None:
    """Return 0 for main content, 1 for a headline elsewhere, None for what is not worth following."""
    in_main = False
    for element in _upwards(anchor):
        if is_boilerplate(element):
            return None
        in_main = in_main or element.tag in _MAIN or element.get("role") == "main"
    if in_main:
        return 0
    headline = len(text.split()) >= _HEADLINE_WORDS or any(e.tag in ("h1", "h2", "h3", "h4") for e in _upwards(anchor))
    in_text = any(element.tag in ("p", "li", "td", "dd") for element in _upwards(anchor))
    return 1 if headline or in_text else None


def _upwards(anchor: Element) -> Iterator[Element]:
    for element in anchor.iterancestors():
        if element.tag == "body":
            return
        yield element


def _target(anchor: Element, base_url: str) -> str | None:
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        target = urljoin(base_url, href)
        parts = urlsplit(target)
    except ValueError:
        return None
    return without_tracking(target) if parts.scheme in ("http", "https") and parts.hostname else None


def _base_url(root: Element, url: str) -> str:
    found = next((base.get("href") for base in root.iter("base") if base.get("href")), None)
    return urljoin(url, found.strip()) if found else url
