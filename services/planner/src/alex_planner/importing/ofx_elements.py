"""OFX and QFX text as a tree of elements with their lines, for both the SGML of OFX 1 and the XML of OFX 2.

No document type and no entity of its own is allowed, so that nothing can expand. It knows no meaning of an element.
Source: Open Financial Exchange 1.6 and 2.2, chapter 2 (structure): elements with a value may have no end tag.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from alex_planner.importing.decoding import refuse

_TAG = re.compile(r"<(/?)([A-Za-z0-9_.]+)(?:\s[^<>]*)?>([^<]*)")
MAX_DEPTH = 60


@dataclass(slots=True)
class Element:
    """One aggregate (with children) or one element with a value."""

    name: str
    line: int
    value: str = ""
    children: list["Element"] = field(default_factory=list)
    _values: dict[str, str] | None = None

    def all(self, *names: str) -> Iterator["Element"]:
        """Yield the descendants of these names, in order of the file."""
        waiting = self.children[::-1]
        while waiting:
            child = waiting.pop()
            if child.name in names:
                yield child
            if child.children:
                waiting.extend(reversed(child.children))

    def first(self, *names: str) -> "Element | None":
        """Return the first descendant of these names."""
        for child in self.children:
            found = child if child.name in names else child.first(*names) if child.children else None
            if found is not None:
                return found
        return None

    def text(self, *names: str) -> str:
        """Return the value of the first of these descendants, or nothing."""
        if self._values is None:
            self._values = {}
            for child in self.all_of_value():
                self._values.setdefault(child.name, child.value)
        return next((self._values[name] for name in names if name in self._values), "")

    def all_of_value(self) -> Iterator["Element"]:
        """Yield the descendants that have a value, in order of the file."""
        waiting = self.children[::-1]
        while waiting:
            child = waiting.pop()
            if child.value:
                yield child
            waiting.extend(reversed(child.children))


def read_elements(text: str) -> Element:
    """Return the tree under `<OFX>`.

    Raises:
        InvalidPortfolio: there is no such element, or the file declares a document type or entity.
    """
    start = text.upper().find("<OFX>")
    declared = re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE)
    if declared:
        refuse(
            text.count("\n", 0, declared.start()) + 1, "the file declares entities or a document type, which is refused"
        )
    if start < 0:
        refuse(1, "the file has an OFX header but no <OFX> element; it is cut off")
    breaks = [match.start() for match in re.finditer("\n", text)]
    root = Element("OFX", bisect_right(breaks, start) + 1)
    open_elements = [root]
    for tag in _TAG.finditer(text, start + len("<OFX>")):
        closing, name, value = tag[1], tag[2].upper(), tag[3].strip()
        value = html.unescape(value) if "&" in value else value
        if closing:
            _close(open_elements, name)
            continue
        element = Element(name, bisect_right(breaks, tag.start()) + 1, value)
        open_elements[-1].children.append(element)
        if not value:
            open_elements.append(element)
        if len(open_elements) > MAX_DEPTH:
            refuse(element.line, f"elements are nested deeper than {MAX_DEPTH} levels")
    return root


def _close(open_elements: list[Element], name: str) -> None:
    """Close the innermost open element of this name and all in it; an end tag of a value closes nothing."""
    for depth in range(len(open_elements) - 1, 0, -1):
        if open_elements[depth].name == name:
            del open_elements[depth:]
            return
