"""Bytes to text, when the declared charset may be wrong or missing."""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEAD_BYTES = 4096
"""HTML wants the declaration in the first 1024 bytes; sites are less tidy."""
_SAMPLE_BYTES = 50_000


def decode(body: bytes, declared: str | None, *, cut: bool = False) -> tuple[str, str | None]:
    """Return the text of `body` and, when its declared charset was not the right one, a note that says so.

    Valid UTF-8 wins over any declaration, because text in another charset is practically never valid UTF-8.
    A body that was `cut` at the size limit may end within a character.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace"), None
    if (text := _strictly(body, "utf-8", cut=cut)) is not None:
        return text, None
    in_page = _XML.search(body[:_HEAD_BYTES]) or _META.search(body[:_HEAD_BYTES])
    for candidate in (declared, in_page and in_page.group(1).decode("ascii")):
        if candidate and (text := _strictly(body, candidate, cut=cut)) is not None:
            return text, _note(declared, candidate)
    best = from_bytes(body[:_SAMPLE_BYTES]).best()
    guess = best.encoding if best else "utf-8"
    return body.decode(guess, errors="replace"), _note(declared, guess)


def _strictly(body: bytes, encoding: str, *, cut: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(body, final=not cut)
    except (LookupError, UnicodeError):
        return None


def _note(declared: str | None, used: str) -> str | None:
    if declared and declared.lower() != used.lower():
        return f"the page declares the charset {declared!r} but was read as {used!r}"
    return None
