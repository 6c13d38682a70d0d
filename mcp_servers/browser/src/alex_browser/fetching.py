"""A plain HTTP download of one page: no browser, no cookies kept, nothing trusted.

It connects to the address that was checked, at every redirect, and it stops at limits of time, size
and redirects. What the bytes mean is not its business.
"""

import asyncio
import ssl
from dataclasses import dataclass
from email.message import Message

import httpx2

from alex_browser.addresses import AddressPolicy, checked_url, port_of
from alex_browser.errors import NotReadable, PageTooSlow, PageUnreachable, TooManyRedirects, UrlRefused
from alex_browser.settings import BrowserSettings

CONNECT_SECONDS = 5.0
"""Longest wait for one connection, TLS included."""
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,text/plain;q=0.8,*/*;q=0.5"
_ADDRESSES_TRIED = 3
_TEXTUAL = ("text/", "application/json", "application/xml", "application/xhtml", "application/pdf")


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


class _CheckedTransport(httpx2.AsyncBaseTransport):
    """Connects each request, redirects too, to an address that the policy allowed for its host."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        # A connection is known by its address here, so it must not be kept: another host on the same
        # address would be spoken to under the first host's certificate.
        limits = httpx2.Limits(max_connections=100, max_keepalive_connections=0)
        self._inner = httpx2.AsyncHTTPTransport(limits=limits, trust_env=False)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        parts = checked_url(str(request.url))
        host = parts.hostname or ""
        addresses = await self._policy.resolve(host, port_of(parts))
        extensions = {**request.extensions, "sni_hostname": host}
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

    def __init__(self, policy: AddressPolicy, settings: BrowserSettings) -> None:
        self._transport = _CheckedTransport(policy)
        self._settings = settings

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def fetch(self, url: str) -> Fetched:
        """Return what `url` holds, an HTTP error included.

        Raises:
            ReadFailed: the URL or an address on the way is refused, the site cannot be reached, it redirects
                without end, it is too slow, or it sends something that is no text.
        """
        seconds = self._settings.fetch_seconds
        try:
            async with asyncio.timeout(seconds):
                return await self._fetch(url)
        except (TimeoutError, httpx2.TimeoutException) as exc:
            raise PageTooSlow(url, seconds) from exc
        except httpx2.TooManyRedirects as exc:
            raise TooManyRedirects(url, self._settings.max_redirects) from exc
        except (httpx2.UnsupportedProtocol, httpx2.InvalidURL) as exc:
            raise UrlRefused(url, str(exc)) from exc
        except (httpx2.HTTPError, ssl.SSLError) as exc:
            raise PageUnreachable(url, str(exc) or type(exc).__name__) from exc

    async def _fetch(self, url: str) -> Fetched:
        # Not closed: closing a client closes its transport, which all reads share. A client per read keeps
        # the cookies of one read from the next.
        client = httpx2.AsyncClient(
            transport=self._transport,
            follow_redirects=True,
            max_redirects=self._settings.max_redirects,
            timeout=httpx2.Timeout(self._settings.fetch_seconds, connect=CONNECT_SECONDS),
            headers={"user-agent": self._settings.user_agent, "accept": _ACCEPT, "accept-language": "en, *;q=0.5"},
            trust_env=False,
        )
        async with client.stream("GET", url) as response:
            header = _content_header(response)
            _refuse_download(response, header)
            body, truncated = await _read_up_to(response, self._settings.max_body_bytes)
            return Fetched(
                url=str(response.url),
                status=response.status_code,
                content_type=header.get_content_type() if "content-type" in header else "",
                charset=header.get_content_charset(),
                file_name=header.get_filename(),
                retry_after=response.headers.get("retry-after"),
                body=body,
                truncated=truncated,
            )


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


async def _read_up_to(response: httpx2.Response, limit: int) -> tuple[bytes, bool]:
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            return b"".join(chunks)[:limit], True
    return b"".join(chunks), False
