"""An HTML page as a tree without what a person cannot see.

Used for pages that no browser has laid out: it goes by attributes, inline styles and the page's own
`<style>` rules and outer style sheets with selectors that cssselect knows. Scripts are not followed; a
page that came from Chromium has lost its invisible parts there already (`visible_dom.js`).
"""

import re
from collections.abc import Sequence

from alex_browser.elements import Element, etree, html
from alex_browser.style_rules import StyleRules, hides, silences

NEVER_SHOWN = (
    "script",
    "style",
    "template",
    "noscript",
    "head",
    "datalist",
    "object",
    "embed",
    "svg",
    "canvas",
    "iframe",
)
"""Elements whose content is not the page's text."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_INVISIBLE_CHARACTERS = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
"""Soft hyphen, zero-width and direction controls, and the tag characters that can spell hidden instructions."""


def parse(text: str) -> Element:
    """Return the root element of a page; an empty one when there is nothing to parse."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    source = _INVISIBLE_CHARACTERS.sub("", _XML_DECLARATION.sub("", text).replace("\x00", ""))
    try:
        return html.document_fromstring(source or "<html></html>", parser=parser)
    except (etree.ParserError, ValueError):
        return html.document_fromstring("<html><body></body></html>", parser=parser)


def remove_unseen(root: Element, sheets: Sequence[str] = ()) -> None:
    """Take everything out of `root` that a person would not see; the head stays for its metadata."""
    rules = StyleRules.of(root, sheets)
    silent: set[Element] = set()
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        if not isinstance(element.tag, str) or parent is None or _inside_head(element):
            continue
        declared = rules.declarations(element)
        if element.tag in NEVER_SHOWN or _is_hidden(element) or hides(declared):
            drop(element)
            continue
        said = silences(declared)
        if said or (said is None and parent in silent):
            silent.add(element)
    for element in silent:
        _silence(element)


def drop(element: Element) -> None:
    """Remove `element` with its content; the text behind it stays."""
    if element.tag != "head" and element.getparent() is not None:
        element.drop_tree()


def visible_text(element: Element) -> str:
    """Return the text of `element` with its white space collapsed."""
    return " ".join(" ".join(element.itertext()).split())


def _inside_head(element: Element) -> bool:
    parent = element.getparent()
    return element.tag == "head" or (parent is not None and parent.tag == "head")


def _silence(element: Element) -> None:
    """Take the own text of `element`; what it contains is judged by itself."""
    element.text = None
    for child in element:
        child.tail = None


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    if element.tag == "input" and element.get("type") == "hidden":
        return True
    return element.tag == "dialog" and element.get("open") is None
