"""Which addresses may be connected to: public ones, and those that a setting names.

The answer of `resolve` is what the caller must connect to. Resolving a second time would let a name
point elsewhere between check and connection. The module opens no connection.
"""

import asyncio
import socket
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from alex_browser.errors import AddressRefused, PageUnreachable, UrlRefused

RESOLVE_SECONDS = 5.0
"""Longest wait for a name server."""
KEEP_SECONDS = 20.0
"""How long the addresses of a name are kept; browsers keep them for a minute."""
KEEP_FAILURE_SECONDS = 5.0
"""How long it is kept that a name has none: the name server may only have been busy."""
MAX_NAMES = 2000
MAX_URL_CHARS = 4096
"""Longer URLs carry data out rather than name a page."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052 well-known prefix: the last 32 bits are the IPv4 address that is really reached."""
_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""RFC 4291 section 2.4 as allocated by IANA: no other IPv6 range is in public use."""
_NOT_WEB = (IPv6Network("2001::/23"), IPv6Network("2001:db8::/32"), IPv6Network("3fff::/20"))
"""IETF protocol assignments with Teredo (RFC 2928, 4380) and documentation (RFC 3849, 9637)."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether `address` belongs to the public internet, looking through IPv4 held in IPv6."""
    if isinstance(address, IPv4Address):
        special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
        return address.is_global and not special
    inner = address.ipv4_mapped or address.sixtofour
    if address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(inner)
    return address in _GLOBAL_UNICAST and not any(address in network for network in _NOT_WEB)


def checked_url(url: str) -> SplitResult:
    """Return `url` in parts when it is one that may be read at all.

    Raises:
        UrlRefused: another scheme than http or https, no host, credentials in it, or too long.
    """
    if len(url) > MAX_URL_CHARS:
        raise UrlRefused(url[:80] + "...", f"it is longer than {MAX_URL_CHARS} characters")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as exc:
        raise UrlRefused(url, str(exc)) from exc
    if parts.scheme not in _DEFAULT_PORTS:
        raise UrlRefused(url, "only http:// and https:// are read")
    if not parts.hostname or port == 0:
        raise UrlRefused(url, "it names no host")
    if parts.username is not None or parts.password is not None:
        raise UrlRefused(url, "it carries a user name or password")
    return parts


def port_of(parts: SplitResult) -> int:
    """Return the port of a URL that `checked_url` let through."""
    return parts.port or _DEFAULT_PORTS[parts.scheme]


class AddressPolicy:
    """Decides for a host and port which addresses may be connected to.

    What a name server said is kept for a moment, failures too, because a page asks for the same hosts many times. What
    is kept is checked at every use, and it is what gets connected to.
    """

    def __init__(self, allowed_hosts: Iterable[str] = ()) -> None:
        self._kept: OrderedDict[str, _LookUp] = OrderedDict()
        self._allowed = frozenset(host.lower().replace("[", "").replace("]", "") for host in allowed_hosts)

    async def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of `host` in the order to try, each one allowed.

        Raises:
            AddressRefused: one of them is not public; a name with both kinds is an attack or a mistake.
            PageUnreachable: the name does not resolve.
        """
        name = host.lower().strip("[]").rstrip(".")
        addresses = await self._addresses(name)
        if name in self._allowed or f"{name}:{port}" in self._allowed:
            return addresses
        for address in addresses:
            if not is_public(ip_address(address.partition("%")[0])):
                raise AddressRefused(host, port, address)
        return addresses

    async def _addresses(self, name: str) -> list[str]:
        kept = self._kept.get(name)
        if kept is None or time.monotonic() > kept.until:
            kept = self._kept[name] = await _kept_look_up(name)
            while len(self._kept) > MAX_NAMES:
                self._kept.popitem(last=False)
        if kept.failure:
            raise PageUnreachable(name, kept.failure)
        return kept.addresses


@dataclass(frozen=True)
class _LookUp:
    addresses: list[str]
    failure: str
    until: float
    """On the monotonic clock."""


async def _kept_look_up(name: str) -> _LookUp:
    try:
        return _LookUp(await _look_up(name), "", time.monotonic() + KEEP_SECONDS)
    except PageUnreachable as exc:
        return _LookUp([], exc.reason, time.monotonic() + KEEP_FAILURE_SECONDS)


async def _look_up(name: str) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            found = await loop.getaddrinfo(name, None, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except TimeoutError as exc:
        raise PageUnreachable(name, f"its name was not resolved within {RESOLVE_SECONDS:g} s") from exc
    except (OSError, UnicodeError) as exc:
        raise PageUnreachable(name, "there is no such host") from exc
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
