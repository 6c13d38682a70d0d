"""An HTML page as a tree without what a person cannot see.

Used for pages that no browser has laid out: it goes by attributes, inline styles and the page's own
`<style>` rules and outer style sheets with selectors that cssselect knows. Scripts are not followed; a
page that came from Chromium has lost its invisible parts there already (`visible_dom.js`).
"""

import re
from collections.abc import Mapping, Sequence

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
_HIDDEN_BY_ATTRIBUTE = (
    "descendant::*[(@hidden and @hidden != 'until-found')"
    " or (self::input and @type = 'hidden') or (self::dialog and not(@open))]"
)
_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment)
"""lxml.html asks a Python function for the class of each element it touches, which is a tenth of reading a page."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_INVISIBLE_CHARACTERS = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
"""Soft hyphen, zero-width and direction controls, and the tag characters that can spell hidden instructions."""


def parse(text: str) -> Element:
    """Return the root element of a page; an empty one when there is nothing to parse."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    source = _INVISIBLE_CHARACTERS.sub("", _XML_DECLARATION.sub("", text).replace("\x00", ""))
    try:
        return html.document_fromstring(source or "<html></html>", parser=parser)
    except (etree.ParserError, ValueError):
        return html.document_fromstring("<html><body></body></html>", parser=parser)


def remove_unseen(root: Element, sheets: Sequence[str] = ()) -> None:
    """Take everything out of `root` that a person would not see; the head stays for its metadata."""
    silent: dict[Element, bool] = {}
    waits = _waits_for_scripts(root)
    unseen = [*root.iter(*NEVER_SHOWN), *root.xpath(_HIDDEN_BY_ATTRIBUTE)]
    for element, declared in StyleRules.of(root, sheets).declared():
        if waits and element.tag in ("html", "body"):
            continue
        if hides(declared):
            unseen.append(element)
        elif (said := silences(declared)) is not None:
            silent[element] = said
    for element in unseen:
        if element is not root and not _inside_head(element):
            drop(element)
    if any(silent.values()):
        _silence(root, silent)


def drop(element: Element) -> None:
    """Remove `element` with its content; the text behind it stays."""
    if element.tag != "head" and element.getparent() is not None:
        element.drop_tree()


def visible_text(element: Element) -> str:
    """Return the text of `element` with its white space collapsed."""
    return " ".join(" ".join(element.itertext()).split())


def _waits_for_scripts(root: Element) -> bool:
    """Return whether a page may hide itself as a whole until a script shows it, against flicker."""
    return next(root.iter("script"), None) is not None


def _inside_head(element: Element) -> bool:
    parent = element.getparent()
    return element.tag == "head" or (parent is not None and parent.tag == "head")


def _silence(root: Element, said: Mapping[Element, bool]) -> None:
    """Take the own text of the elements that are `said` to show none, and of those within that say nothing else."""
    silent: set[Element] = set()
    for element in root.iterdescendants(etree.Element):
        if said.get(element, element.getparent() in silent):
            silent.add(element)
    for element in silent:
        element.text = None
        for child in element:
            child.tail = None
