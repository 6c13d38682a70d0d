"""Which elements of a page a CSS selector selects, as the page first stands.

Most selectors of a style sheet are tags, classes and ids, alone or one within another: those are looked up. The
others go through cssselect; what it does not know selects nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from cssselect import SelectorError
from cssselect import parse as parse_selectors
from cssselect.xpath import HTMLTranslator

from alex_browser.elements import Element, XPathError, etree

Specificity: TypeAlias = tuple[int, int, int]
"""Ids, classes and the like, tags: Selectors Level 4, section 17."""
_PASSING = re.compile(
    r"::|:(before|after|hover|focus|active|visited|checked|target|disabled|first-l|placeholder|-)", re.IGNORECASE
)
"""What only a state or a part of an element matches, not the element as it first stands on the page."""
_COMMA = re.compile(r",(?![^(]*\))")
"""A comma within brackets parts no selectors."""
_NEGATED = re.compile(r":not\([^)]*\)")
_NAMED = re.compile(r"([.#])([\w-]+)")
_COMPOUND = re.compile(r"(\*|[a-z][a-z0-9]*)?((?:[.#][\w-]+)*)$", re.IGNORECASE)
_SELECTED = re.compile(r"([^{};@]*)\{[^{}]*\}")
_MAX_KEPT = 5000
_TRANSLATOR = HTMLTranslator()


@dataclass(frozen=True)
class _Compound:
    """A tag, classes and ids that one element must have."""

    tag: str | None
    classes: tuple[str, ...]
    ids: tuple[str, ...]

    def matches(self, element: Element) -> bool:
        if self.tag is not None and element.tag != self.tag:
            return False
        if any(element.get("id") != name for name in self.ids):
            return False
        return not self.classes or set(self.classes).issubset((element.get("class") or "").split())


class PageSelectors:
    """Selects elements of the page `root`, which must stay as it is meanwhile."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._by_class: dict[str, list[Element]] = {}
        self._by_id: dict[str, list[Element]] = {}
        for element in root.xpath("descendant-or-self::*[@class]"):
            for name in set(element.get("class").split()):
                self._by_class.setdefault(name, []).append(element)
        for element in root.xpath("descendant-or-self::*[@id]"):
            self._by_id.setdefault(element.get("id"), []).append(element)

    def of_interest(self, css: str) -> str:
        """Return `css` without the rules that name only what the page does not have."""
        return _SELECTED.sub(lambda rule: rule.group() if self._may_select(rule.group(1)) else "", css)

    def select(self, selectors: str) -> Iterator[tuple[Specificity, list[Element]]]:
        """Yield the elements of each of the `selectors` of a rule, with how specific it is."""
        for one in _COMMA.split(selectors):
            if not self._may_match(one):
                continue
            if compounds := _compounds(one):
                yield _specificity(compounds), self._within_each_other(compounds)
            else:
                for specificity, path in _paths(one):
                    yield specificity, _elements(self._root, path)

    def _may_select(self, selectors: str) -> bool:
        return any(self._may_match(one) for one in _COMMA.split(selectors))

    def _may_match(self, selector: str) -> bool:
        if "\\" in selector:
            return True
        if _PASSING.search(selector):
            return False
        if ":is(" in selector or ":where(" in selector:
            return True
        named = _NAMED.findall(_NEGATED.sub("", selector))
        return all(name in (self._by_class if kind == "." else self._by_id) for kind, name in named)

    def _within_each_other(self, compounds: Sequence[_Compound]) -> list[Element]:
        *outer, last = compounds
        return [element for element in self._candidates(last) if last.matches(element) and _within(element, outer)]

    def _candidates(self, compound: _Compound) -> Iterable[Element]:
        if compound.ids:
            return self._by_id.get(compound.ids[0], ())
        if compound.classes:
            return min((self._by_class.get(name, []) for name in compound.classes), key=len)
        found: Iterable[Element] = self._root.iter(compound.tag or etree.Element)
        return found


def _within(element: Element, outer: Sequence[_Compound]) -> bool:
    """Return whether `outer`, the last first, can be found on the way up; the nearest match leaves the most room."""
    ancestors = element.iterancestors()
    return all(any(compound.matches(ancestor) for ancestor in ancestors) for compound in reversed(outer))


@lru_cache(_MAX_KEPT)
def _compounds(selector: str) -> tuple[_Compound, ...]:
    """Return the parts of a selector that says nothing but what stands within what; empty for any other."""
    found = [_COMPOUND.match(part) for part in selector.split()]
    if not all(found):
        return ()
    return tuple(_compound(match.group(1), match.group(2)) for match in found if match)


def _compound(tag: str | None, names: str) -> _Compound:
    named = _NAMED.findall(names)
    return _Compound(
        tag=None if tag in (None, "*") else tag.lower(),
        classes=tuple(name for kind, name in named if kind == "."),
        ids=tuple(name for kind, name in named if kind == "#"),
    )


def _specificity(compounds: Sequence[_Compound]) -> Specificity:
    ids = sum(len(one.ids) for one in compounds)
    classes = sum(len(one.classes) for one in compounds)
    return ids, classes, sum(one.tag is not None for one in compounds)


@lru_cache(_MAX_KEPT)
def _paths(selector: str) -> list[tuple[Specificity, str]]:
    try:
        return [
            (parsed.specificity(), _TRANSLATOR.selector_to_xpath(parsed))
            for parsed in parse_selectors(selector)
            if parsed.pseudo_element is None
        ]
    except (SelectorError, ValueError):
        return []


def _elements(root: Element, path: str) -> list[Element]:
    try:
        found = root.xpath(path)
    except XPathError:
        return []
    return list(found) if isinstance(found, list) else []
