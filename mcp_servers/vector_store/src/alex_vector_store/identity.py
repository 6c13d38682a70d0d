"""What makes two documents the same: canonical URL, content hash, document id, version.

Nothing here looks anything up; all are functions of what was sent.
"""

import hashlib
import json
import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from alex_vector_store.errors import InvalidField

MAX_URL_CHARACTERS = 1000
"""With the other filterable metadata it must stay under the 2 KB that S3 Vectors allows per vector."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_.*|_hs(enc|mi)|mc_[ce]id|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid"
    r"|igshid|ref_src|ref_url|cmpid|s_kwcid|vero_id|_ga|_gl",
    re.IGNORECASE,
)
"""Query parameters that say where a reader came from, not what is shown. Source: the parameters documented by
Google Analytics and Ads, Matomo, Meta, Microsoft Advertising, Mailchimp, HubSpot, Yandex and X."""
_DOCUMENT_ID = re.compile(r"(doc_[0-9a-f]{32})(?:@([0-9a-f]{16}))?")


def canonical_url(url: str) -> str:
    """Return `url` with lower-case host, without default port, fragment and tracking, its query sorted.

    A `file` URL names a document on a disk, so that its next edition supersedes it as a page's does.

    Raises:
        InvalidField: not an absolute http, https or file URL, or longer than 1000 bytes.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError as exc:
        raise InvalidField("url", f"{url[:200]!r} is not a URL ({exc})") from None
    if parts.scheme == "file" and len(parts.path) > 1:
        canonical = urlunsplit(("file", "" if host in (None, "localhost") else host, parts.path, "", ""))
    elif parts.scheme in _DEFAULT_PORTS and host:
        canonical = urlunsplit((parts.scheme, _netloc(parts, host, port), parts.path or "/", _query(parts.query), ""))
    else:
        raise InvalidField("url", f"{url[:200]!r} is not an absolute http, https or file URL")
    if len(canonical.encode()) > MAX_URL_CHARACTERS:
        raise InvalidField("url", f"is longer than {MAX_URL_CHARACTERS} bytes")
    return canonical


def _netloc(parts: SplitResult, host: str, port: int | None) -> str:
    # User and password are dropped: they are not part of the page's name, and must not be stored.
    shown = f"[{host}]" if ":" in host else host.rstrip(".")
    return shown if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{shown}:{port}"


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted((key, value) for key, value in pairs if not _TRACKING.fullmatch(key)))


def hash_of_text(text: str) -> str:
    """Return `sha256:` and the hexadecimal SHA-256 of the UTF-8 text."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def identify_document(owner: str, url: str | None, content_hash: str) -> str:
    """Return the document id: of the owner and the canonical URL, or of the content when there is no URL."""
    identity = f"{owner}\n{url or content_hash}"
    return f"doc_{hashlib.sha256(identity.encode()).hexdigest()[:32]}"


def identify_version(content_hash: str, title: str, kind: str, published: int | None) -> str:
    """Return 16 hexadecimal digits that change with everything that a passage shows."""
    identity = json.dumps([content_hash, title, kind, published])
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def parse_document_id(given: str) -> tuple[str, str | None]:
    """Split `doc_...` or `doc_...@version` into document id and version.

    Raises:
        InvalidField: neither of the two forms.
    """
    match = _DOCUMENT_ID.fullmatch(given)
    if match is None:
        raise InvalidField(
            "document_id", f"{given[:80]!r} is not 'doc_' and 32 hexadecimal digits, with or without '@' and a version"
        )
    return match[1], match[2]
