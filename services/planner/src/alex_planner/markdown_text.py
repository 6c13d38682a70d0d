"""Text of others inside a Markdown document: shown as it is, never as markup.

Written for CommonMark 0.31 and GitHub's extensions (tables, strikethrough, bare links, mathematics).
"""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

_SPECIAL = re.compile(r"([\\`*_\[\]{}#|~!$])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_LINKED_SCHEMES = frozenset({"http", "https"})


def escape(text: str) -> str:
    """Return `text` as one line that a renderer shows character by character.

    Line ends become spaces; control, direction and zero-width characters are dropped. Bare addresses do not turn into
    links, and the text may stand at the beginning of a line or in a cell of a table.
    """
    escaped = "".join(_ENTITIES.get(char, char) for char in _SPECIAL.sub(r"\\\1", visible(text)))
    escaped = escaped.replace("://", r":\/\/")
    escaped = re.sub(r"(?i)\b(www|mailto|ftp|xmpp)([.:])", r"\1\\\2", escaped)
    escaped = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", escaped)
    return re.sub(r"^([-+=])", r"\\\1", escaped)


def visible(text: str) -> str:
    """Return `text` in one line, without control, direction and zero-width characters."""
    shown = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in _INVISIBLE)
    return " ".join(shown.split())


def link(text: str, url: str) -> str:
    """Return a link that shows `text`; an address that is not http or https is shown as text beside it."""
    target = link_target(url)
    label = escape(text) or escape(url)
    return f"[{label}](<{target}>)" if target else f"{label} ({escape(url)})"


def link_target(url: str) -> str | None:
    """Return the address as it may stand in a link, or `None` when it is not one of the web."""
    if any(unicodedata.category(char) in _INVISIBLE for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in _LINKED_SCHEMES or not parts.netloc:
        return None
    return quote(url, safe=":/?#[]@!$&'()*+,;=%-._~")


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], numbers_from: int = 1) -> list[str]:
    """Return the lines of a table whose cells are Markdown already; columns from `numbers_from` on are set right."""
    rule = ["---" if column < numbers_from else "---:" for column in range(len(header))]
    return [f"| {' | '.join(cells)} |" for cells in (header, tuple(rule), *rows)]
