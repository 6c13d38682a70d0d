"""What stands in front of instances in AWS: App Runner's own proxy, and API Gateway before it, as ASGI applications."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import httpx2
from starlette.types import Receive, Scope, Send

from tests.system.app_runner.instances import AppRunnerService

_HOP_BY_HOP = frozenset({b"connection", b"keep-alive", b"transfer-encoding", b"upgrade", b"te"})

Headers = Iterable[tuple[bytes, bytes]]


class _Cut(Exception):
    """A response that began ends without its end; the server then closes the connection."""


@dataclass
class Front:
    """App Runner's proxy of one service: any instance, and no request longer than the limit."""

    service: AppRunnerService
    limit_seconds: float
    """120 in App Runner, "including the time to read the request and to write the response" (developer guide)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.forward(scope, receive, send, path=scope["path"], headers=scope["headers"])

    async def forward(self, scope: Scope, receive: Receive, send: Send, *, path: str, headers: Headers) -> None:
        """Answer a request with what any instance answers, for as long as the limit allows and the caller stays."""
        answer = _Answer(send)
        try:
            async with asyncio.timeout(self.limit_seconds):
                body = await _body(receive)
                exchange = asyncio.create_task(self._exchange(scope, path, headers, body, answer))
                leaving = asyncio.create_task(_until_gone(receive))
                try:
                    await asyncio.wait([exchange, leaving], return_when=asyncio.FIRST_COMPLETED)
                    if exchange.done():
                        await exchange
                finally:
                    exchange.cancel()
                    leaving.cancel()
                    await asyncio.gather(exchange, leaving, return_exceptions=True)
        except TimeoutError:
            self.service.cut += 1
            await answer.refuse(504, b"upstream request timeout")
        except httpx2.HTTPError as exc:
            await answer.refuse(502, f"upstream connect error: {type(exc).__name__}".encode())

    async def _exchange(self, scope: Scope, path: str, headers: Headers, body: bytes, answer: _Answer) -> None:
        instance = self.service.any_instance()
        query = scope["query_string"].decode()
        async with instance.request():
            request = self.service.http.build_request(
                scope["method"],
                f"{instance.url}{path}{'?' if query else ''}{query}",
                headers=[(name, value) for name, value in headers if name not in _HOP_BY_HOP],
                content=body,
            )
            response = await self.service.http.send(request, stream=True)
            try:
                await answer.begin(response)
                async for chunk in response.aiter_raw():
                    await answer.go_on(chunk)
            finally:
                await response.aclose()
        await answer.end()


@dataclass
class GatewayKeys:
    """What the gateway asks of a caller, and what it shows the services instead."""

    caller: str
    origin: str
    owner: str


@dataclass
class Gateway:
    """API Gateway as `terraform/modules/api_gateway` makes it: a key is needed, and replaced; the owner is written."""

    fronts: Mapping[str, Front]
    keys: GatewayKeys
    refused: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        given = dict(scope["headers"]).get(b"x-api-key", b"").decode()
        name, _, rest = scope["path"].removeprefix("/").partition("/")
        if given != self.keys.caller or name not in self.fronts:
            self.refused += 1
            await _Answer(send).refuse(403, b'{"error":{"code":"gateway_refused","message":"Forbidden"}}')
            return
        kept = [(k, v) for k, v in scope["headers"] if k not in {b"x-api-key", b"x-alex-owner"}]
        written = [(b"x-api-key", self.keys.origin.encode()), (b"x-alex-owner", self.keys.owner.encode())]
        await self.fronts[name].forward(scope, receive, send, path=f"/{rest}", headers=[*kept, *written])


class _Answer:
    """A response on its way to the caller."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = False

    async def begin(self, response: httpx2.Response) -> None:
        headers = [(k.lower(), v) for k, v in response.headers.raw if k.lower() not in _HOP_BY_HOP]
        self._begun = True
        await self._send({"type": "http.response.start", "status": response.status_code, "headers": headers})

    async def go_on(self, chunk: bytes) -> None:
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def end(self) -> None:
        await self._send({"type": "http.response.body", "body": b""})

    async def refuse(self, status: int, body: bytes) -> None:
        if self._begun:
            raise _Cut
        headers = [(b"content-type", b"application/json" if body.startswith(b"{") else b"text/plain")]
        with suppress(OSError):
            await self._send({"type": "http.response.start", "status": status, "headers": headers})
            await self._send({"type": "http.response.body", "body": body})


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
