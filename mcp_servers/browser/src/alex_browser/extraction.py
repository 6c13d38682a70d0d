"""The main content of an HTML page as Markdown, with its metadata and links.

trafilatura chooses the content. It was made for articles, so three things are put right here: a heading
it drops comes back, so do data tables, and a page that is no article (a listing, a quote page) is given
whole, without what frames it.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import trafilatura

from alex_browser.elements import Element
from alex_browser.html_tree import parse, remove_unseen, visible_text
from alex_browser.links import MAX_ARTICLE_LINKS, MAX_LINKS, find_links, is_boilerplate
from alex_browser.markdown import holds_blocks, is_data_table, table_to_markdown, to_markdown
from alex_browser.metadata import Metadata, read_metadata
from alex_browser.schemas import Link

MAX_TREE_CHARS = 1_500_000
"""Longer pages are given whole: trafilatura would take seconds, and a long report is all content."""
_SHORT_CHARS = 1000
"""A longer extract is taken for the article, however much else surrounds it."""
_FRAGMENT_CHARS = 400
"""A shorter extract is one teaser or caption among others, unless it is most of the page."""
_ARTICLE_SHARE = 0.7
"""A short extract with a smaller share of the page's text, frame left off, may mean that the page is no article."""
_WHOLE_SHARE = 0.98
"""With a larger share there was nothing to choose, and the page's own order and headings are the better text."""
_PROSE_SHARE = 0.9
"""A page with a larger share of its text in paragraphs holds nothing that an article must be told from."""
_SMALL_LETTERS = 3000
"""A longer page, of which an article is a small part, has paragraphs of other things too: teasers, comments."""
_PARAGRAPH_CHARS = 60
"""Letters of a block that is a paragraph; shorter ones are labels and buttons."""
_PARAGRAPH_TAGS = ("p", "pre", "blockquote", "li", "dd", "td", "div")
_LISTING_SHARE = 0.4
"""A page with a larger share of its text in links leads to other pages."""
_HEADLINE_CHARS = 15
"""Letters of a link that says something; shorter ones are buttons and page numbers."""
_TABLE_SHARE = 0.6
"""A table with a smaller share of its cells in the extract was dropped."""


@dataclass(frozen=True)
class Extracted:
    """A page as a reader wants it."""

    title: str
    byline: str | None
    published_at: datetime | None
    language: str | None
    canonical_url: str
    text: str
    links: list[Link]


@dataclass(frozen=True)
class HtmlPage:
    """An HTML page read in full: what is extracted, and the cleaned tree it came from."""

    extracted: Extracted
    tree: Element
    scripts: int
    """Scripts that could add text when run, and frames that could hold some."""
    moved_to: str | None
    """Where the page sends its reader."""


def extract(source: str, url: str, sheets: Sequence[str] = ()) -> HtmlPage:
    """Return the content of the page `source` that came from `url`; `sheets` are its outer style sheets."""
    tree = parse(source)
    metadata = read_metadata(tree, url)
    scripts = sum(1 for script in tree.iter("script") if _runs(script))
    scripts += sum(1 for frame in tree.iter("iframe", "frame") if _is_shown(frame))
    remove_unseen(tree, sheets)
    text, listing = _main_text(tree, len(source), metadata)
    extracted = Extracted(
        title=metadata.title,
        byline=metadata.byline,
        published_at=metadata.published_at,
        language=metadata.language,
        canonical_url=metadata.canonical_url,
        text=text,
        links=find_links(tree, url, MAX_LINKS if listing else MAX_ARTICLE_LINKS),
    )
    return HtmlPage(extracted, tree, scripts, metadata.moved_to)


def _runs(script: Element) -> bool:
    kind = (script.get("type") or "").lower()
    return kind in ("", "module", "text/javascript", "application/javascript", "text/babel")


def _is_shown(frame: Element) -> bool:
    size = (frame.get("width"), frame.get("height"))
    return bool(frame.get("src")) and not {"0", "1"}.intersection(size) and not any(frame.iterancestors("noscript"))


def _main_text(tree: Element, size: int, metadata: Metadata) -> tuple[str, bool]:
    """Return the text of the page, and whether it is one that leads to others."""
    whole = _without_frame(tree)
    article = _article_text(tree) if size <= MAX_TREE_CHARS else ""
    letters = len(_letters(visible_text(whole)))
    share = len(_letters(article)) / max(letters, 1)
    short = len(article) < _SHORT_CHARS
    listing = not metadata.is_article and _is_listing(whole, letters)
    if share > _WHOLE_SHARE or (short and (listing or _is_fragment(article, share, whole, letters))):
        return to_markdown(whole), listing
    return _with_tables(_with_heading(article, tree, metadata.title), whole), listing and short


def _is_fragment(article: str, share: float, whole: Element, letters: int) -> bool:
    """Return whether a short extract leaves out what a reader came for."""
    if share >= _ARTICLE_SHARE:
        return False
    if len(article) < _FRAGMENT_CHARS:
        return True
    return letters <= _SMALL_LETTERS and _prose_letters(whole) > _PROSE_SHARE * letters


def _article_text(tree: Element) -> str:
    # trafilatura changes the tree that it is given, and takes what is hidden from screen readers for hidden from all.
    own = copy.deepcopy(tree)
    for element in own.xpath("//*[@aria-hidden]"):
        del element.attrib["aria-hidden"]
    found = trafilatura.extract(
        own, output_format="markdown", include_comments=False, include_tables=True, favor_recall=True
    )
    return (found or "").strip()


def _without_frame(tree: Element) -> Element:
    """Return a copy of the body without menus, footers and the like."""
    body = tree.find("body")
    whole = copy.deepcopy(body if body is not None else tree)
    size = len(visible_text(whole))
    for element in list(whole.iterdescendants()):
        if isinstance(element.tag, str) and is_boilerplate(element):
            held = len(visible_text(element))
            # What holds most of the page is no frame, whatever it calls itself: old sites put all in one form.
            if 2 * held <= size:
                element.drop_tree()
                size -= held
    return whole


def _with_heading(article: str, tree: Element, title: str) -> str:
    """Return `article` with the heading of the page, unless it is the title, which is given beside the text."""
    heading = next((text for h1 in tree.iter("h1") if (text := visible_text(h1)) and not _framed(h1)), "")
    start = article[: 2 * len(heading) + 200]
    if not heading or any(_letters(heading) in _letters(held) for held in (title, start)):
        return article
    return f"# {heading}\n\n{article}"


def _is_listing(whole: Element, letters: int) -> bool:
    """Return whether most of what the page says is the text of its links, as on an index page."""
    linked = sum(
        len(text) for anchor in whole.iter("a") if len(text := _letters(visible_text(anchor))) >= _HEADLINE_CHARS
    )
    return linked > _LISTING_SHARE * letters


def _prose_letters(whole: Element) -> int:
    """Return how many letters stand in paragraphs that are not made of links."""
    found = 0
    for block in whole.iter(*_PARAGRAPH_TAGS):
        if holds_blocks(block) or (size := len(_letters(visible_text(block)))) < _PARAGRAPH_CHARS:
            continue
        linked = sum(len(_letters(visible_text(anchor))) for anchor in block.iter("a"))
        found += size if linked <= _LISTING_SHARE * size else 0
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _framed(element: Element) -> bool:
    return any(parent.tag in ("nav", "footer", "aside") for parent in element.iterancestors())


def _with_tables(article: str, whole: Element) -> str:
    dropped = [
        markdown
        for table in whole.iter("table")
        if is_data_table(table) and not _has_table(article, table) and (markdown := table_to_markdown(table))
    ]
    return "\n\n".join([article, *dropped])


def _has_table(article: str, table: Element) -> bool:
    cells = [text for cell in table.iter("td", "th") if (text := _letters(visible_text(cell)))]
    letters = _letters(article)
    found = sum(1 for cell in cells if cell in letters)
    return not cells or found >= _TABLE_SHARE * len(cells)
