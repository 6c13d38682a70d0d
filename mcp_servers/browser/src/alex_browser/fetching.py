"""A plain HTTP download of one page: no browser, no cookies kept, nothing trusted.

It connects to the address that was checked, at every redirect, keeps to the site's robots.txt, waits for
its turn at the host, tries again when a connection breaks, and stops at limits of time, size and redirects.
What the bytes mean is not its business.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import Message

import httpx2

from alex_browser.addresses import AddressPolicy, checked_url, port_of
from alex_browser.errors import (
    NotReadable,
    PageTooSlow,
    PageUnreachable,
    ReadFailed,
    RobotsRefused,
    TooManyRedirects,
    UrlRefused,
)
from alex_browser.politeness import HostTurns, retry_pause
from alex_browser.robots import ROBOTS_BYTES, RobotsRules
from alex_browser.settings import BrowserSettings

CONNECT_SECONDS = 5.0
"""Longest wait for one connection, TLS included."""
ROBOTS_SECONDS = 5.0
"""Longest wait for a robots.txt."""
LONGEST_RETRY_AFTER_SECONDS = 3
"""A site that asks for a longer pause is not asked again within the same call."""
BODY_SHARE = 0.9
"""Share of the time of a download after which a page that never ends is taken as it is."""
STYLE_SECONDS = 3.0
"""Longest wait for a style sheet; the page is read without it then."""
STYLE_BYTES = 1_000_000
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,text/plain;q=0.8,*/*;q=0.5"
_ADDRESSES_TRIED = 3
_OF_THE_SEC = ".sec.gov"
_TEXTUAL = ("text/", "application/json", "application/xml", "application/xhtml", "application/pdf")
_TRY_AGAIN_STATUSES = (502, 503, 504)
_BROKEN = (httpx2.ConnectError, httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError)


@dataclass(frozen=True)
class Fetched:
    """What the site sent for a URL."""

    url: str
    status: int
    content_type: str
    charset: str | None
    file_name: str | None
    retry_after: str | None
    body: bytes
    truncated: bool
    """Whether the page is longer than the part in `body`."""
    unfinished: bool = False
    """Whether it was still coming when the time was over."""


class _CheckedTransport(httpx2.AsyncBaseTransport):
    """Connects each request, redirects too, to an address that the policy allowed for its host."""

    def __init__(self, policy: AddressPolicy, sec_user_agent: str) -> None:
        self._policy = policy
        self._sec_user_agent = sec_user_agent
        # A connection is known by its address here, so it must not be kept: another host on the same
        # address would be spoken to under the first host's certificate.
        limits = httpx2.Limits(max_connections=100, max_keepalive_connections=0)
        self._inner = httpx2.AsyncHTTPTransport(limits=limits, trust_env=False)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        parts = checked_url(str(request.url))
        host = parts.hostname or ""
        addresses = await self._policy.resolve(host, port_of(parts))
        extensions = {**request.extensions, "sni_hostname": host}
        if self._sec_user_agent and f".{host}".endswith(_OF_THE_SEC):
            request.headers["user-agent"] = self._sec_user_agent
        failure: httpx2.TransportError | None = None
        for address in addresses[:_ADDRESSES_TRIED]:
            to_address = httpx2.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions=extensions,
            )
            try:
                return await self._inner.handle_async_request(to_address)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as exc:
                failure = exc
        assert failure is not None, "a name that resolves has at least one address"
        raise failure

    async def aclose(self) -> None:
        await self._inner.aclose()


class PageFetcher:
    """Downloads pages; one for the whole process."""

    def __init__(self, policy: AddressPolicy, settings: BrowserSettings, sec_user_agent: str = "") -> None:
        """`sec_user_agent` is the User-Agent for the SEC, which refuses readers without name and e-mail address."""
        self._transport = _CheckedTransport(policy, sec_user_agent)
        self._settings = settings
        self._turns = HostTurns(settings.max_per_host)
        self._robots = RobotsRules(self._robots_text)

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def check_robots(self, url: str) -> None:
        """Let a page pass that its site lets robots read.

        Raises:
            RobotsRefused: it does not.
        """
        if self._settings.obey_robots and not await self._robots.allows(url):
            raise RobotsRefused(url)

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for a turn at the host of `url`, with the pause between two requests that its robots.txt asks for."""
        delay = await self._robots.delay_seconds(url) if self._settings.obey_robots else 0.0
        async with self._turns.turn(url, delay):
            yield

    async def fetch(self, url: str) -> Fetched:
        """Return what `url` holds, an HTTP error included.

        Raises:
            ReadFailed: the URL or an address on the way is refused, the site cannot be reached, it redirects
                without end, it is too slow, or it sends something that is no text.
        """
        seconds = self._settings.fetch_seconds
        async with self.turn(url):
            try:
                async with asyncio.timeout(seconds):
                    return await self._persistently(url)
            except (TimeoutError, httpx2.TimeoutException) as exc:
                raise PageTooSlow(url, seconds) from exc
            except httpx2.TooManyRedirects as exc:
                raise TooManyRedirects(url, self._settings.max_redirects) from exc
            except (httpx2.UnsupportedProtocol, httpx2.InvalidURL) as exc:
                raise UrlRefused(url, str(exc)) from exc
            except (httpx2.HTTPError, ssl.SSLError) as exc:
                raise PageUnreachable(url, str(exc) or type(exc).__name__) from exc

    async def _persistently(self, url: str) -> Fetched:
        """Fetch, and try again what may work the next time."""
        for tried in range(self._settings.max_retries):
            pause = retry_pause(tried)
            try:
                fetched = await self._fetch(url)
            except _BROKEN:
                await asyncio.sleep(pause)
                continue
            asked = fetched.retry_after if (fetched.retry_after or "0").isdigit() else "0"
            if fetched.status not in _TRY_AGAIN_STATUSES or int(asked or 0) > LONGEST_RETRY_AFTER_SECONDS:
                return fetched
            await asyncio.sleep(max(pause, int(asked or 0)))
        return await self._fetch(url)

    async def _fetch(self, url: str) -> Fetched:
        ends = asyncio.get_running_loop().time() + BODY_SHARE * self._settings.fetch_seconds
        client = self._client(self._settings.fetch_seconds)
        client.event_hooks = {"request": [self._ask_robots]}
        async with client.stream("GET", url) as response:
            header = _content_header(response)
            _refuse_download(response, header)
            is_pdf = header.get_content_type() == "application/pdf"
            limit = self._settings.max_pdf_bytes if is_pdf else self._settings.max_body_bytes
            body, truncated, unfinished = await _read_up_to(response, limit, None if is_pdf else ends)
            return Fetched(
                url=str(response.url),
                status=response.status_code,
                content_type=header.get_content_type() if "content-type" in header else "",
                charset=header.get_content_charset(),
                file_name=header.get_filename(),
                retry_after=response.headers.get("retry-after"),
                body=body,
                truncated=truncated or unfinished,
                unfinished=unfinished,
            )

    async def stylesheet(self, url: str) -> str:
        """Return the style sheet `url`; empty when it cannot be had, as in a browser."""
        try:
            checked_url(url)
            async with (
                asyncio.timeout(STYLE_SECONDS),
                self._client(STYLE_SECONDS).stream("GET", url) as response,
            ):
                if not response.is_success or "css" not in response.headers.get("content-type", ""):
                    return ""
                body, _, _ = await _read_up_to(response, STYLE_BYTES)
                return body.decode("utf-8", errors="replace")
        except (ReadFailed, httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ssl.SSLError):
            return ""

    def _client(self, seconds: float) -> httpx2.AsyncClient:
        # Never closed: closing a client closes its transport, which all reads share. A client per read keeps
        # the cookies of one read from the next.
        return httpx2.AsyncClient(
            transport=self._transport,
            follow_redirects=True,
            max_redirects=self._settings.max_redirects,
            timeout=httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds)),
            headers={"user-agent": self._settings.user_agent, "accept": _ACCEPT, "accept-language": "en, *;q=0.5"},
            trust_env=False,
        )

    async def _ask_robots(self, request: httpx2.Request) -> None:
        await self.check_robots(str(request.url))

    async def _robots_text(self, url: str) -> str | None:
        try:
            async with (
                asyncio.timeout(ROBOTS_SECONDS),
                self._client(ROBOTS_SECONDS).stream("GET", url) as response,
            ):
                if response.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR:
                    return None
                if not response.is_success:
                    return ""
                body, _, _ = await _read_up_to(response, ROBOTS_BYTES)
                return body.decode("utf-8", errors="replace")
        except (ReadFailed, httpx2.TooManyRedirects, httpx2.UnsupportedProtocol, httpx2.InvalidURL):
            # No such host, or a redirect that is refused: the request for the page itself will say so.
            return ""
        except (httpx2.HTTPError, TimeoutError, ssl.SSLError):
            return ""


def _content_header(response: httpx2.Response) -> Message:
    header = Message()
    for name in ("content-type", "content-disposition"):
        if value := response.headers.get(name):
            header[name] = value
    return header


def _refuse_download(response: httpx2.Response, header: Message) -> None:
    """Refuse what is no text before its bytes are transferred."""
    kind = header.get_content_type() if "content-type" in header else "text/html"
    attached = header.get_content_disposition() == "attachment"
    if (
        response.status_code >= httpx2.codes.BAD_REQUEST
        or kind.startswith(_TEXTUAL)
        or kind.endswith(("+xml", "+json"))
    ):
        return
    if attached or kind.startswith(("image/", "audio/", "video/", "font/", "application/")):
        name = header.get_filename() or response.url.path.rsplit("/", 1)[-1] or "a file"
        size = response.headers.get("content-length")
        size_text = f"{int(size):,} bytes" if size and size.isdigit() else "size unknown"
        raise NotReadable(str(response.url), f"it is the download {name!r} ({kind}, {size_text}), which is refused")


async def _read_up_to(response: httpx2.Response, limit: int, ends: float | None = None) -> tuple[bytes, bool, bool]:
    """Return the body up to `limit` bytes, whether it is longer, and whether it was cut at the loop's time `ends`."""
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout_at(ends):
            async for chunk in response.aiter_bytes():
                chunks.append(chunk)
                size += len(chunk)
                if size > limit:
                    return b"".join(chunks)[:limit], True, False
    except TimeoutError:
        if not chunks:
            raise
        return b"".join(chunks), False, True
    return b"".join(chunks), False, False
