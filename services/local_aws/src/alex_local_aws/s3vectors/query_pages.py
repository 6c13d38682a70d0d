"""Results of queries that do not fit into one page, kept until the client has fetched them.

A token stands for the rest of one result as it was found, so that writes between two pages neither repeat nor lose a
match. Tokens live in memory for a few minutes, as in AWS ("several minutes"), and not beyond a restart.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from alex_local_aws.engine.querying import Match

TOKEN_LIFE_SECONDS = 300.0
MOST_RESULTS = 256
"""Results kept at once; the oldest goes first."""


class _Rest(NamedTuple):
    fingerprint: bytes
    matches: Sequence[Match]
    expires: float


class QueryPages:
    """The unfetched rests of results; safe from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rests: OrderedDict[str, _Rest] = OrderedDict()

    def keep(self, fingerprint: bytes, matches: Sequence[Match]) -> str:
        """Return a token for `matches`; `fingerprint` is of everything in the request that must stay the same."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._rests[token] = _Rest(fingerprint, matches, self._clock() + TOKEN_LIFE_SECONDS)
            while len(self._rests) > MOST_RESULTS:
                self._rests.popitem(last=False)
        return token

    def fetch(self, token: str, fingerprint: bytes) -> Sequence[Match] | None:
        """Return the rest behind `token`, or nothing when it is unknown, too old, or of another request."""
        with self._lock:
            rest = self._rests.get(token)
        if rest is None or rest.fingerprint != fingerprint or rest.expires < self._clock():
            return None
        return rest.matches
