"""Which addresses a run may read: those it was given or has found, as they stand, and never one that a model composed.

A page can ask a model to put what it knows into an address. An address that was not given and does not stand
word for word among the links of something read in this run is therefore not read, and neither is one that
carries what the owner holds.
"""

from collections.abc import Iterable
from typing import cast
from urllib.parse import parse_qsl, unquote_plus, urlsplit, urlunsplit

from pydantic import JsonValue

from alex_researcher.private_terms import PrivateTerms

_TELLING_PARAMETERS = frozenset(
    "account accounts amount balance email exfil holding holdings iban leak note notes owner owns portfolio position "
    "positions quantity secret shares units wealth".split()
)
"""Query parameters by which an address asks for the owner's affairs; no news page needs them."""
_MAX_ENCODINGS = 4
"""An address may be encoded inside of an address; this deep, it is so to hide something."""
_KEY = "addresses"


class AddressBook:
    """The addresses of one run, kept in the run's data so that they survive with it."""

    def __init__(self, data: dict[str, JsonValue], given: Iterable[str], private: PrivateTerms) -> None:
        self._data = data
        self._given = frozenset(normalise(url) for url in given)
        self._private = private

    def is_given(self, url: str) -> bool:
        """Say whether the owner named this address; then nothing in it is news to the owner."""
        return normalise(url) in self._given

    def allows(self, url: str) -> bool:
        """Say whether `url` was given or found, letter for letter but for its fragment."""
        return self.is_given(url) or normalise(url) in self._found()

    def add(self, urls: Iterable[str]) -> list[str]:
        """Note the addresses that something read in this run names, and return those that may be read."""
        accepted = [url for url in urls if not self.tells(url)]
        found = self._found()
        found.extend(url for url in dict.fromkeys(map(normalise, accepted)) if url not in found)
        return accepted

    def tells(self, url: str) -> bool:
        """Say whether an address would carry the owner's affairs to its host, or is made to."""
        try:
            parts = urlsplit(url)
            names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        except ValueError:
            return True
        if parts.scheme not in ("http", "https") or "@" in parts.netloc or names & _TELLING_PARAMETERS:
            return True
        plain = _decoded(url)
        return plain is None or self._private.stand_in(plain)

    def _found(self) -> list[str]:
        return cast("list[str]", self._data.setdefault(_KEY, []))


def _decoded(url: str) -> str | None:
    """Return an address without percent signs; None when it is encoded deeper than any honest one."""
    for _ in range(_MAX_ENCODINGS):
        plain = unquote_plus(url)
        if plain == url:
            return plain
        url = plain
    return None


def normalise(url: str) -> str:
    """Return an address without its fragment, with a lower-case host and a path: what makes two addresses one page."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))


def name_of_document(final_url: str, canonical_url: str | None) -> str:
    """Return the address under which a page is stored.

    A page names its own canonical address, and could name another page's to replace what is stored of that
    one. It is believed about its query (tracking parameters) and its scheme, not about host or path.
    """
    if canonical_url is None:
        return final_url
    final, canonical = urlsplit(final_url), urlsplit(canonical_url)
    same = (final.netloc.lower(), final.path or "/") == (canonical.netloc.lower(), canonical.path or "/")
    return canonical_url if same else final_url


def host_of(url: str | None) -> str:
    """Return the host of an address, empty when there is none."""
    return urlsplit(url or "").netloc.lower()
