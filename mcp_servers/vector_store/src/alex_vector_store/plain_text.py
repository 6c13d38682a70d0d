"""What text may hold: no control characters, no lone surrogates, not only white space."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

MAX_TEXT_CHARACTERS = 2_000_000
"""About 400 pages; its 2,500 passages are embedded within the 120 s that a request may last, also where a text of
figures makes twice as many."""
MAX_TITLE_CHARACTERS = 500
MAX_QUERY_CHARACTERS = 2000
FIRST_LINE_CHARACTERS = 80
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
"""All of Unicode's category Cc but tab and line feed, the two separators that split lines in some readers only,
surrogates, which have no UTF-8 form, and the byte order mark."""


def clean_text(text: str) -> str:
    """Return `text` with line feeds as its only line ends and without control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def first_line(text: str) -> str:
    """Return the first line of `text` that says something, at most `FIRST_LINE_CHARACTERS` of it."""
    line = next(line for line in text.splitlines() if line.strip())
    return " ".join((line.strip("# \t") or line).split())[:FIRST_LINE_CHARACTERS].rstrip()


def _clean_body(text: str) -> str:
    return _not_blank(clean_text(text))


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty or only white space")
    return text


def _one_line(text: str) -> str:
    if _CONTROL.search(text) or "\n" in text or "\t" in text:
        raise ValueError("must be one line without control characters")
    return _not_blank(text).strip()


BodyText = Annotated[str, Field(max_length=MAX_TEXT_CHARACTERS), AfterValidator(_clean_body)]
"""A document's text, cleaned."""
TitleText = Annotated[str, Field(max_length=MAX_TITLE_CHARACTERS), AfterValidator(_one_line)]
"""One line that names a document."""
QueryText = Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS), AfterValidator(_clean_body)]
"""What is looked for, in words."""
KindText = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
"""One lower-case word that sorts documents."""
