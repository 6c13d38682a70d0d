"""RSS 2.0, RSS 1.0 (RDF) and Atom as Markdown: one entry after the other, newest as the feed orders them."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from alex_browser.elements import XmlElement, etree
from alex_browser.html_tree import parse, remove_unseen, visible_text
from alex_browser.metadata import parse_time, without_tracking
from alex_browser.schemas import FeedItem

_ROOTS = ("rss", "feed", "rdf")
_SUMMARY_CHARS = 1000
"""Characters of one entry's summary that are shown; the entry's page has the rest."""


@dataclass(frozen=True)
class Feed:
    """A feed and its entries in the order of the feed."""

    title: str
    language: str | None
    entries: list[FeedItem]


def parse_feed(body: bytes, url: str) -> Feed | None:
    """Return the feed in `body`, or None when it is XML of another kind or none at all."""
    # Entities and outer documents stay unresolved: a feed is input from a stranger.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or _name(root) not in _ROOTS:
        return None
    channel = next((child for child in root if _name(child) == "channel"), root)
    items = [element for element in root.iter() if _name(element) in ("item", "entry")]
    return Feed(
        title=_text(channel, "title"),
        language=_text(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        entries=[_entry(item, url) for item in items],
    )


def feed_to_markdown(feed: Feed) -> str:
    """Return the feed as Markdown, one section for each entry."""
    blocks = [f"# {feed.title}"] if feed.title else []
    for entry in feed.entries:
        lines = [f"## {entry.title or '(without title)'}"]
        if entry.published_at:
            lines.append(entry.published_at.isoformat().replace("+00:00", "Z"))
        lines += [part for part in (entry.url, entry.summary) if part]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _entry(item: XmlElement, url: str) -> FeedItem:
    summary = _text(item, "description") or _text(item, "summary") or _text(item, "content") or _text(item, "encoded")
    when = _text(item, "pubdate") or _text(item, "published") or _text(item, "date") or _text(item, "updated")
    link = _link(item)
    return FeedItem(
        title=_plain(_text(item, "title")),
        url=without_tracking(urljoin(url, link)) if link else None,
        published_at=parse_time(when) if when else None,
        summary=_plain(summary)[:_SUMMARY_CHARS],
    )


def _link(item: XmlElement) -> str | None:
    links = [child for child in item if _name(child) == "link"]
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
    written = next((text for link in links if (text := (link.text or "").strip())), None)
    guid = _text(item, "guid")
    return written or (guid if guid.startswith(("http://", "https://")) else None)


def _text(element: XmlElement, name: str) -> str:
    for child in element:
        if _name(child) == name:
            return " ".join("".join(child.itertext()).split())
    return ""


def _plain(text: str) -> str:
    if not re.search(r"<\w|&\w+;", text):
        return text
    page = parse(text)
    remove_unseen(page)
    return visible_text(page)


def _name(element: XmlElement) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
