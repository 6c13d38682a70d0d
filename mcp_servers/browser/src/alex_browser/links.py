"""Links of a page that are worth following: of the main content first, then headline-like ones elsewhere.

Menus, footers, share buttons and the like are left out.
"""

import re
from dataclasses import dataclass
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
_HEADINGS = ("h1", "h2", "h3", "h4")
_TEXT = ("p", "li", "td", "dd")
_BOILERPLATE = ("nav", "footer", "aside", "form", "header")
_BOILERPLATE_ROLES = ("navigation", "banner", "contentinfo", "search", "menu", "complementary")
_NAMED = ("div", "ul", "section")
"""Elements that say nothing by themselves, and may by their class or id."""
_MAY_FRAME = f"descendant::*[@role or {' or '.join(f'self::{tag}' for tag in (*_BOILERPLATE, *_NAMED))}]"
_BOILERPLATE_NAMES = re.compile(
    r"(^|[-_ ])(nav|navbar|menu|footer|breadcrumbs?|share|social|cookie|consent)([-_ ]|$)", re.IGNORECASE
)


def find_links(root: Element, url: str, most: int) -> list[Link]:
    """Return up to `most` links of the cleaned page `root`, as absolute URLs, each once."""
    base_url = _base_url(root, url)
    own = without_tracking(url)
    ranked: dict[str, tuple[int, str]] = {}
    places: dict[Element, _Place] = {}
    for anchor in root.iter("a"):
        text = visible_text(anchor)[:_MAX_TEXT_CHARS]
        rank = _rank(_place(anchor.getparent(), places), text) if text else None
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


def boilerplate_in(root: Element) -> list[Element]:
    """Return the elements within `root` that frame the page, in their order."""
    return [element for element in root.xpath(_MAY_FRAME) if is_boilerplate(element)]


def is_boilerplate(element: Element) -> bool:
    """Return whether `element` frames the page instead of being its content."""
    if element.tag in _BOILERPLATE or element.get("role") in _BOILERPLATE_ROLES:
        return not (element.tag == "header" and any(parent.tag in _MAIN for parent in element.iterancestors()))
    if element.tag not in _NAMED:
        return False
    return any(_BOILERPLATE_NAMES.search(element.get(name) or "") for name in ("class", "id"))


@dataclass(frozen=True)
class _Place:
    """What a link stands in, all the way up to the body."""

    framed: bool = False
    main: bool = False
    heading: bool = False
    text: bool = False


def _place(element: Element | None, known: dict[Element, _Place]) -> _Place:
    """Return what an element and its ancestors are; `known` keeps the answers, as the links of a list share theirs."""
    path = []
    while element is not None and element.tag != "body" and element not in known:
        path.append(element)
        element = element.getparent()
    place = _Place() if element is None or element.tag == "body" else known[element]
    for one in reversed(path):
        place = known[one] = _Place(
            framed=place.framed or is_boilerplate(one),
            main=place.main or one.tag in _MAIN or one.get("role") == "main",
            heading=place.heading or one.tag in _HEADINGS,
            text=place.text or one.tag in _TEXT,
        )
    return place


def _rank(place: _Place, text: str) -> int | None:
    """Return 0 for main content, 1 for a headline elsewhere, None for what is not worth following."""
    if place.framed:
        return None
    if place.main:
        return 0
    return 1 if len(text.split()) >= _HEADLINE_WORDS or place.heading or place.text else None


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
