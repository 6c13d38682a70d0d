"""What a worker process does with an HTML page: bytes to text, text to content, whether scripts are missed."""

from dataclasses import dataclass

from alex_browser.decoding import decode
from alex_browser.elements import Element
from alex_browser.extraction import Extracted, extract
from alex_browser.html_tree import parse, remove_unseen, visible_text
from alex_browser.script_need import ScriptNeed, script_need

_HIDDEN_SHARE = 0.4
"""When outer style sheets hide more of the text than this, scripts are likely to show it again."""


@dataclass(frozen=True)
class HtmlRead:
    """An HTML page without its tree, which does not leave the process."""

    extracted: Extracted
    scripts: int
    need: ScriptNeed
    note: str | None = None
    """That the declared charset was not the right one."""
    moved_to: str | None = None
    """Where the page sends its reader."""


def read_html_body(body: bytes, charset: str | None, url: str, sheets: list[str], *, cut: bool) -> HtmlRead:
    """Return the content of a page that came over plain HTTP, with the rules of its outer style sheets."""
    source, note = decode(body, charset, cut=cut)
    page = extract(source, url, sheets)
    need = script_need(page, source)
    if sheets and need is ScriptNeed.NONE and page.scripts and _hide_much(page.tree, source):
        need = ScriptNeed.SOME
    return HtmlRead(page.extracted, page.scripts, need, note, page.moved_to)


def _hide_much(shown: Element, source: str) -> bool:
    """Return whether the outer style sheets took much of what `source` would show without them."""
    without_sheets = parse(source)
    remove_unseen(without_sheets)
    return len(_body_text(shown)) < (1 - _HIDDEN_SHARE) * len(_body_text(without_sheets))


def _body_text(tree: Element) -> str:
    body = tree.find("body")
    return visible_text(body) if body is not None else ""


def read_shown_html(source: str, url: str) -> HtmlRead:
    """Return the content of a page as Chromium showed it."""
    page = extract(source, url)
    return HtmlRead(page.extracted, page.scripts, ScriptNeed.NONE)
