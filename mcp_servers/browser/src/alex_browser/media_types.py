"""What kind of text a response holds, by its declared media type and its first bytes."""

from enum import Enum

from alex_browser.fetching import Fetched

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")
_SNIFFED_BYTES = 512


class Kind(Enum):
    """How a response is to be read."""

    HTML = "html"
    FEED = "feed"
    """RSS or Atom, or other XML until it is parsed."""
    TEXT = "text"
    """JSON, CSV and plain text: given as they are."""
    PDF = "pdf"
    OTHER = "other"


def kind_of(fetched: Fetched) -> Kind:
    """Return how `fetched` is to be read."""
    start = fetched.body[:_SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    declared = fetched.content_type
    if start.startswith(b"%pdf-") or declared == "application/pdf":
        return Kind.PDF
    if declared in _HTML_TYPES:
        return Kind.HTML
    if declared.endswith(("/xml", "+xml")):
        return Kind.FEED
    if declared in ("", "application/octet-stream") and start.startswith(_HTML_STARTS):
        return Kind.HTML
    if declared.startswith("text/") or declared.endswith(("/json", "+json")):
        return Kind.TEXT
    return Kind.TEXT if declared == "" and b"\x00" not in start else Kind.OTHER
