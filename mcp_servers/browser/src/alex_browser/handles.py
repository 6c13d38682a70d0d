"""Handles of sessions: what ties a call to its page, on this instance or on another one.

A handle is `bs_ID.TIME.SEAL.URL`: 128 random bits, when it was given out, and where the session was. The seal is an
HMAC-SHA-256 (RFC 2104) under the caller's own key and owner, so any instance that accepts the caller's key can tell
that the handle is genuine and whose it is, and nobody else can make one. The URL is no secret: its caller has seen it.
"""

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from alex_edge import DEFAULT_OWNER

ID_BYTES = 16
"""128 random bits: a handle cannot be guessed."""
SEAL_BYTES = 16
"""128 bits of the HMAC, as RFC 2104 section 5 allows."""
_PREFIX = "bs_"
_PARTS = 4


@dataclass(frozen=True)
class SessionHandle:
    """What a genuine handle says."""

    id: str
    given_at: float
    """Seconds since the epoch, on the clock of the instance that gave it out."""
    url: str


def new_session_id() -> str:
    """Return the id of a new session."""
    return _PREFIX + secrets.token_urlsafe(ID_BYTES)


def session_id_of(handle: str) -> str:
    """Return the id that `handle` names, genuine or not."""
    return handle.partition(".")[0]


def give_handle(session_id: str, url: str, holder: str) -> str:
    """Return the handle of a session that is at `url` now."""
    given_at = f"{int(time.time()):x}"
    return f"{session_id}.{given_at}.{_seal(session_id, given_at, url, holder)}.{url}"


def read_handle(handle: str, holder: str) -> SessionHandle | None:
    """Return what `handle` says, or None when it was not given to `holder`."""
    parts = handle.split(".", _PARTS - 1)
    if len(parts) != _PARTS:
        return None
    session_id, given_at, seal, url = parts
    if not hmac.compare_digest(seal.encode(), _seal(session_id, given_at, url, holder).encode()):
        return None
    return SessionHandle(session_id, float(int(given_at, 16)), url)


def holder_of(headers: Mapping[str, str]) -> str:
    """Return who a call is from: the caller's key and owner, as a hash, because keys are not kept."""
    named = f"{headers.get('x-api-key', '')}\n{headers.get('x-alex-owner', DEFAULT_OWNER)}"
    return hashlib.sha256(named.encode()).hexdigest()


def _seal(session_id: str, given_at: str, url: str, holder: str) -> str:
    told = f"{session_id}\n{given_at}\n{url}".encode()
    digest = hmac.digest(f"alex-browser session\n{holder}".encode(), told, "sha256")
    return urlsafe_b64encode(digest[:SEAL_BYTES]).rstrip(b"=").decode()
