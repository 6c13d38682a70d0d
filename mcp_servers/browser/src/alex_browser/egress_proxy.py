"""The only way out for a tab of Chromium: a proxy on the loopback that connects to allowed addresses alone.

Chromium resolves no names when it has a proxy, so the address checked here is the address connected to,
for pages, redirects and subresources alike. Every tab has one of its own, so it is known whose requests were refused,
and a tab's connections end with it. It speaks CONNECT (RFC 9110 section 9.3.6) for https and
WebSockets and the absolute form (RFC 9112 section 3.2.2) for http. It does not look into tunnels.
"""

import asyncio
import logging
from contextlib import suppress

from alex_browser.addresses import AddressPolicy, checked_url, port_of
from alex_browser.errors import AddressRefused, ReadFailed

REFUSED_HEADER = "x-alex-refused"
"""Header of the proxy's own 403, which tells it from one of the site."""
MAX_TRANSFER_BYTES = 50_000_000
"""Bytes of one connection after which it is cut: a page that never ends must not fill the memory."""
HEAD_BYTES = 65_536
"""Longest request or response head."""
_CONNECT_SECONDS = 10.0
_IDLE_SECONDS = 60.0
_CHUNK_BYTES = 65_536
_ADDRESSES_TRIED = 3
_CLOSE_SECONDS = 1.0
"""Longest wait for what was written to be taken; then the connection is cut."""
_HOP_HEADERS = (b"connection:", b"proxy-connection:", b"keep-alive:", b"proxy-authorization:")

_log = logging.getLogger(__name__)


class EgressProxy:
    """Listens on a free loopback port while it is open."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.refusals = 0
        self.latest_refusal: AddressRefused | None = None

    async def open(self) -> None:
        """Start listening."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HEAD_BYTES)

    @property
    def url(self) -> str:
        """The proxy's address for `--proxy-server`."""
        assert self._server is not None, "open() comes first"
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def forget(self) -> None:
        """Count refusals anew, for the next page of the tab."""
        self.refusals = 0
        self.latest_refusal = None

    async def close(self) -> None:
        """Stop listening and cut what is open."""
        if self._server is None:
            return
        self._server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The task is known from here on: one that `close` did not know would be left with its socket.
        task = asyncio.create_task(self._one_connection(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _one_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError) as exc:
            _log.debug("connection of the browser ended: %r", exc)
        finally:
            await _close(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(_IDLE_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        request_line, _, headers = head.partition(b"\r\n")
        method, target, _ = request_line.decode("latin-1").split(" ", 2)
        url = f"https://{target}" if method == "CONNECT" else target
        try:
            parts = checked_url(url)
            far_reader, far_writer = await self._connect(parts.hostname or "", port_of(parts))
        except ReadFailed as exc:
            await _refuse(writer, exc)
            return
        try:
            if method != "CONNECT":
                path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
                far_writer.write(_one_request(method, path, headers))
            await _both_ways(reader, writer, far_reader, far_writer, tunnel=method == "CONNECT")
        finally:
            await _close(far_writer)

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            addresses = await self._policy.resolve(host, port)
        except AddressRefused as exc:
            self.refusals += 1
            self.latest_refusal = exc
            raise
        for address in addresses[:_ADDRESSES_TRIED]:
            with suppress(OSError, TimeoutError):
                # Not `wait_for`, which may lose a connection that is made while it is cancelled.
                async with asyncio.timeout(_CONNECT_SECONDS):
                    return await asyncio.open_connection(address, port)
        raise ReadFailed(f"{host}:{port} could not be reached")


async def _both_ways(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    far_reader: asyncio.StreamReader,
    far_writer: asyncio.StreamWriter,
    *,
    tunnel: bool,
) -> None:
    """Copy in both directions until one of them ends: browsers do not close one direction alone."""
    outward = asyncio.create_task(_pump(reader, far_writer))
    inward = asyncio.create_task(_answer(far_reader, writer, tunnel=tunnel))
    try:
        await asyncio.wait((outward, inward), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (outward, inward):
            task.cancel()
        await asyncio.gather(outward, inward, return_exceptions=True)


async def _close(writer: asyncio.StreamWriter) -> None:
    """Close a connection and wait until it is: one that is left to the event loop may outlive it."""
    writer.close()
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await writer.wait_closed()
    except (OSError, TimeoutError):
        writer.transport.abort()
    except asyncio.CancelledError:
        writer.transport.abort()
        raise


def _one_request(method: str, path: str, headers: bytes) -> bytes:
    kept = [line for line in headers.split(b"\r\n") if line and not line.lower().startswith(_HOP_HEADERS)]
    lines = [f"{method} {path} HTTP/1.1".encode("latin-1"), *kept, b"Connection: close", b"", b""]
    return b"\r\n".join(lines)


async def _last_response_head(far_reader: asyncio.StreamReader) -> bytes:
    """Return the head of the final response, saying that no other request may follow on this connection."""
    while True:
        async with asyncio.timeout(_IDLE_SECONDS):
            head = await far_reader.readuntil(b"\r\n\r\n")
        lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
        if not lines[0].split(b" ", 2)[1].startswith(b"1"):
            kept = [line for line in lines if not line.lower().startswith(_HOP_HEADERS)]
            return b"\r\n".join([*kept, b"Connection: close", b"", b""])


async def _refuse(writer: asyncio.StreamWriter, refusal: ReadFailed) -> None:
    status = "403 Forbidden" if isinstance(refusal, AddressRefused) else "502 Bad Gateway"
    body = refusal.message.encode()
    head = f"HTTP/1.1 {status}\r\n{REFUSED_HEADER}: {refusal.code}\r\ncontent-type: text/plain; charset=utf-8\r\n"
    writer.write(head.encode() + f"content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body)
    await writer.drain()


async def _answer(far_reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, tunnel: bool) -> None:
    if tunnel:
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    else:
        writer.write(await _last_response_head(far_reader))
    await _pump(far_reader, writer)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    copied = 0
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(_IDLE_SECONDS) as idle:
        while copied < MAX_TRANSFER_BYTES and (chunk := await reader.read(_CHUNK_BYTES)):
            copied += len(chunk)
            writer.write(chunk)
            await writer.drain()
            idle.reschedule(loop.time() + _IDLE_SECONDS)
