"""What a saved web page says, as Markdown, and what it says of itself: title, address, date of publication.

trafilatura tells the article from the menus around it. It was made for articles, so a short page and a long report,
which are all content, are given whole.
"""

import copy
import re
from dataclasses import dataclass

from lxml.html import HtmlElement, tostring  # type: ignore[import-untyped]  # ships no types
from markdownify import ATX, markdownify
from trafilatura import extract, load_html
from trafilatura.metadata import extract_metadata

_LONG_PAGE_CHARS = 1_500_000
"""Beyond it trafilatura takes seconds, and leaves out tables."""
_SHORT_ARTICLE_CHARS = 400
_STYLE = "translate(@style, ' ', '')"
_UNSEEN = (
    "//script | //style | //noscript | //template | //comment() | //*[@hidden or @aria-hidden='true']"
    f" | //*[contains({_STYLE}, 'display:none') or contains({_STYLE}, 'visibility:hidden')]"
)
"""What a reader of the page does not see must not be stored as what it says."""
_FRAME = "//nav | //footer | //aside | //form | //button"


@dataclass(frozen=True)
class ReadPage:
    """A page's content; what the page does not tell is empty."""

    text: str
    title: str = ""
    url: str = ""
    published: str = ""


def read_html(content: bytes) -> ReadPage:
    """Return what the page says; an empty text where there is no page in `content`."""
    tree = load_html(content)
    if tree is None:
        tree = load_html(_completed(content))
    if tree is None:
        return ReadPage("")
    # Dates that the page states, not dates that its text mentions.
    about = extract_metadata(copy.deepcopy(tree), date_config={"extensive_search": False, "original_date": True})
    _drop(tree, _UNSEEN)
    text = _article(tree) if len(content) <= _LONG_PAGE_CHARS else ""
    if len(text) < _SHORT_ARTICLE_CHARS:
        text = _whole(tree)
    url = about.url if about.url and re.match(r"https?://[^/]", about.url) else ""
    return ReadPage(text, about.title or "", url, about.date or "")


def _completed(content: bytes) -> str:
    """Return a part of a page as a page, since trafilatura takes nothing for HTML that has no `<html>`."""
    try:
        part = content.decode()
    except UnicodeDecodeError:
        return ""
    return f"<html><body>{part}</body></html>" if "\0" not in part else ""


def _article(tree: HtmlElement) -> str:
    # trafilatura changes the tree that it is given.
    return extract(copy.deepcopy(tree), output_format="markdown", include_comments=False, favor_recall=True) or ""


def _whole(tree: HtmlElement) -> str:
    _drop(tree, _FRAME)
    body = tree.find("body")
    html = tostring(tree if body is None else body, encoding="unicode")
    markdown = str(markdownify(html, heading_style=ATX, strip=["a", "img"]))
    return re.sub(r"\n\s*\n\s*", "\n\n", markdown).strip()


def _drop(tree: HtmlElement, path: str) -> None:
    for element in tree.xpath(path):
        element.drop_tree()
