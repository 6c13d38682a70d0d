"""What a worker process does with an HTML page: bytes to text, text to content, whether scripts are missed."""

from dataclasses import dataclass

from alex_browser.decoding import decode
from alex_browser.extraction import Extracted, extract
from alex_browser.html_tree import visible_text
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


def read_html_body(body: bytes, charset: str | None, url: str, sheets: list[str], *, cut: bool) -> HtmlRead:
    """Return the content of a page that came over plain HTTP, with the rules of its outer style sheets."""
    source, note = decode(body, charset, cut=cut)
    page = extract(source, url, sheets)
    need = script_need(page, source)
    if sheets and need is ScriptNeed.NONE and page.scripts:
        shown = len(visible_text(page.tree))
        if shown < (1 - _HIDDEN_SHARE) * len(visible_text(extract(source, url).tree)):
            need = ScriptNeed.SOME
    return HtmlRead(page.extracted, page.scripts, need, note)


def read_shown_html(source: str, url: str) -> HtmlRead:
    """Return the content of a page as Chromium showed it."""
    page = extract(source, url)
    return HtmlRead(page.extracted, page.scripts, ScriptNeed.NONE)
