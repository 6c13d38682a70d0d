"""Asking EDGAR: with the name of who asks, slowly enough, and again when it refuses.

The SEC blocks callers without a User-Agent that names them, and callers with more than ten requests a second, for ten
minutes. Source: https://www.sec.gov/os/accessing-edgar-data
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import httpx2
from pydantic import TypeAdapter, ValidationError

from alex_researcher.edgar.errors import EdgarFailed, EdgarNotTried

REQUESTS_PER_SECOND: Final = 8
"""The SEC allows ten to a caller; the browser server reads the filings themselves beside this."""
TRIES: Final = 3
PAUSE_SECONDS: Final = 0.5
"""Wait after the first refusal; it doubles. A block of ten minutes is not waited for."""
LONGEST_PAUSE_SECONDS: Final = 8.0
TIMEOUT_SECONDS: Final = 10.0
MAX_BODY_BYTES: Final = 60_000_000
"""Reported figures of the largest banks are about 10 MB."""
_PASSING: Final = frozenset({403, 408, 429, 500, 502, 503, 504})
"""Refusals that may pass; 403 is how the SEC answers too many requests, and a User-Agent that it does not like."""
NOT_SET: Final = (
    "not tried: set ALEX_SEC_USER_AGENT to your name and e-mail address, such as 'Ann Example ann@example.com'; "
    "the SEC asks every caller for it"
)

_Shape = TypeVar("_Shape")


class EdgarClient:
    """Reads JSON from EDGAR."""

    def __init__(
        self,
        user_agent: str,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._user_agent = user_agent
        self._sleep, self._clock = sleep, clock
        self._http = httpx2.AsyncClient(
            transport=transport, timeout=TIMEOUT_SECONDS, follow_redirects=True, headers={"user-agent": user_agent}
        )
        self._turn = asyncio.Lock()
        self._next_turn = 0.0

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def read(self, url: str, shape: TypeAdapter[_Shape]) -> _Shape | None:
        """Return what is at `url`; None when there is nothing.

        Raises:
            EdgarNotTried: nobody is named who asks.
            EdgarFailed: it does not answer, or something else than `shape`.
        """
        if "@" not in self._user_agent:
            raise EdgarNotTried(NOT_SET)
        body = await self._body(url)
        try:
            return None if body is None else shape.validate_json(body)
        except ValidationError as exc:
            raise EdgarFailed(f"the SEC's answer at {url} is not understood: {exc.error_count()} errors") from exc

    async def _body(self, url: str) -> bytes | None:
        """Return the body, trying again; None for 404.

        Raises:
            EdgarFailed: it does not answer or refuses.
        """
        pause, refusal = PAUSE_SECONDS, ""
        for attempt in range(TRIES):
            if attempt:
                await self._sleep(pause)
            await self._wait_for_turn()
            try:
                response = await self._http.get(url)
            except httpx2.HTTPError as exc:
                refusal, pause = f"does not answer ({type(exc).__name__})", pause * 2
                continue
            if response.status_code == httpx2.codes.NOT_FOUND:
                return None
            if response.is_success:
                return _checked(url, response.content)
            refusal = _refusal(response.status_code)
            if response.status_code not in _PASSING:
                break
            pause = _pause(response, pause * 2)
        raise EdgarFailed(f"the SEC {refusal} at {url}")

    async def _wait_for_turn(self) -> None:
        async with self._turn:
            wait = self._next_turn - self._clock()
            if wait > 0:
                await self._sleep(wait)
            self._next_turn = max(self._clock(), self._next_turn) + 1 / REQUESTS_PER_SECOND


def _checked(url: str, body: bytes) -> bytes:
    if len(body) > MAX_BODY_BYTES:
        raise EdgarFailed(f"the SEC's answer at {url} has {len(body)} bytes, more than is read")
    return body


def _refusal(status: int) -> str:
    why = ": too many requests, or it does not accept ALEX_SEC_USER_AGENT" if status in (403, 429) else ""
    return f"answers {status}{why}"


def _pause(response: httpx2.Response, otherwise: float) -> float:
    """Return how long to wait: what the answer asks for, in seconds, as long as that is bearable."""
    asked = response.headers.get("retry-after", "")
    return min(float(asked) if asked.isdecimal() else otherwise, LONGEST_PAUSE_SECONDS)
