"""What a page says about itself: title, author, date, language, canonical address.

Only what the page declares is used. A date guessed from a copyright line or from the URL would be an
invented publication date, so there is none of that here.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from pydantic import JsonValue

from alex_browser.elements import Element
from alex_browser.html_tree import visible_text

_TRACKING = re.compile(r"(utm_.*|gclid|fbclid|msclkid|mc_cid|mc_eid|igshid|yclid|dclid|_ga)$", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
)
_AUTHOR_NAMES = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author")
_DATE_ONLY = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_REFRESH = re.compile(r"\s*(?P<seconds>\d+(\.\d*)?)\s*[;,]\s*url\s*=\s*(?P<target>\S.*)", re.IGNORECASE | re.DOTALL)
_SOON_SECONDS = 10
"""A page that goes on later than this is meant to be read first."""
_MAX_BYLINE_CHARS = 200
_ARTICLE_TYPES = ("Article", "NewsArticle", "BlogPosting", "Report", "WebPage", "LiveBlogPosting")


@dataclass(frozen=True)
class Metadata:
    """The page about itself."""

    title: str
    byline: str | None
    published_at: datetime | None
    language: str | None
    canonical_url: str
    is_article: bool
    """Whether the page says that it is one, by a publication date or the Open Graph protocol's `og:type`."""
    moved_to: str | None
    """Where the page sends its reader by itself, soon after it was opened."""


def read_metadata(root: Element, url: str) -> Metadata:
    """Return the metadata of a page that was read from `url`; reads JSON-LD, so before scripts are removed."""
    named = _meta_tags(root)
    articles = list(_json_ld_articles(root))
    published_at = _published(root, named, articles)
    return Metadata(
        title=_title(root, named),
        byline=_byline(root, named, articles),
        published_at=published_at,
        language=_language(root, named),
        canonical_url=_canonical(root, url),
        is_article=published_at is not None or named.get("og:type") == "article",
        moved_to=_moved_to(root, url),
    )


def parse_time(value: str) -> datetime | None:
    """Return `value` (ISO 8601 or RFC 2822) in UTC; a time without a zone is taken as UTC."""
    text = value.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def without_tracking(url: str) -> str:
    """Return `url` without fragment and without the parameters that only tell where a click came from."""
    if "?" not in url:
        return url.partition("#")[0]
    parts = urlsplit(url)
    if not any(_TRACKING.match(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return urlunsplit(parts._replace(fragment=""))
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(name)
    ]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))


def _meta_tags(root: Element) -> dict[str, str]:
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            named.setdefault(name.lower(), content)
    return named


def _moved_to(root: Element, url: str) -> str | None:
    """Return the target of `<meta http-equiv="refresh">` (HTML, section 4.2.5.3); None when the page renews itself."""
    for meta in root.iter("meta"):
        found = (
            _REFRESH.match(meta.get("content") or "") if (meta.get("http-equiv") or "").lower() == "refresh" else None
        )
        # What stands in a noscript is for readers without scripts: often a page that only says so.
        if found and float(found["seconds"]) <= _SOON_SECONDS and next(meta.iterancestors("noscript"), None) is None:
            target = urljoin(url, found["target"].strip("\"' "))
            return target if target.partition("#")[0] != url.partition("#")[0] else None
    return None


def _title(root: Element, named: dict[str, str]) -> str:
    headings = [visible_text(heading) for heading in root.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    if "og:title" in named:
        return named["og:title"]
    titles = [visible_text(title) for title in root.xpath("//head/title | //title[not(ancestor::svg)]")]
    return next((title for title in (*titles, *headings) if title), "")


def _byline(root: Element, named: dict[str, str], articles: list[dict[str, JsonValue]]) -> str | None:
    for article in articles:
        names = list(_names(article.get("author")))
        if names:
            return ", ".join(names)[:_MAX_BYLINE_CHARS]
    for name in _AUTHOR_NAMES:
        if name in named and not named[name].startswith("http"):
            return named[name][:_MAX_BYLINE_CHARS]
    for element in root.xpath("//*[@rel='author' or @itemprop='author' or contains(@class,'byline')]"):
        text = visible_text(element)
        if text and len(text) < _MAX_BYLINE_CHARS:
            return re.sub(r"^by:?\s+", "", text, flags=re.IGNORECASE)
    return None


def _published(root: Element, named: dict[str, str], articles: list[dict[str, JsonValue]]) -> datetime | None:
    candidates = [value for article in articles if isinstance(value := article.get("datePublished"), str)]
    candidates += [named[name] for name in _DATE_NAMES if name in named]
    candidates += [time.get("datetime", "") for time in root.xpath("//time[@pubdate or @itemprop='datePublished']")]
    if len(articles_shown := root.xpath("//article")) == 1:
        candidates += [time.get("datetime", "") for time in articles_shown[0].xpath(".//time[@datetime]")][:1]
    return next((found for value in candidates if (found := parse_time(value))), None)


def _language(root: Element, named: dict[str, str]) -> str | None:
    declared = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    value = declared or named.get("content-language") or named.get("og:locale", "").replace("_", "-")
    return value.strip() or None


def _canonical(root: Element, url: str) -> str:
    """Return the page's canonical URL, if it names the same site: a page cannot speak for another one."""
    own = without_tracking(url)
    for link in root.xpath("//link[@rel and @href]"):
        if "canonical" in (link.get("rel") or "").lower().split():
            named = urljoin(url, (link.get("href") or "").strip())
            if _site(named) == _site(url) and urlsplit(named).scheme in ("http", "https"):
                return without_tracking(named)
    return own


def _site(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", None
    return re.sub(r"^(www|m|amp|mobile)\.", "", host), port


def _json_ld_articles(root: Element) -> Iterator[dict[str, JsonValue]]:
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            data: JsonValue = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            if any(kind in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield node


def _nodes(data: JsonValue) -> Iterator[dict[str, JsonValue]]:
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"))


def _names(author: JsonValue) -> Iterator[str]:
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            yield name.strip()
