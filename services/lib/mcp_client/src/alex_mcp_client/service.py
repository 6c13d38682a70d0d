"""One MCP server, called over HTTP without a session.

The Agents SDK's own client keeps one connection: a single refused connection kills it for good, and it runs
calls one after the other. Here every call opens a client pinned to the stateless protocol on a shared HTTP
pool, so calls run side by side and the next call after a restart works.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeVar

import httpx2
from alex_edge import DEFAULT_OWNER, ServiceError, UpstreamUnavailable, create_http_client
from alex_edge.owner import OWNER_HEADER
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolRequest, CallToolRequestParams, CallToolResult, TextContent, Tool
from pydantic import JsonValue

PROTOCOL_VERSION: Final = "2026-07-28"
"""The first protocol version without sessions; pinning it saves the negotiation request of every call."""
IDEMPOTENCY_KEY_META: Final = "alex/idempotency-key"
"""Key in a call's `_meta` under which a server finds the caller's idempotency key."""
TOOLS_TTL_SECONDS: Final = 300.0
"""How long a list of tools is kept: the time our servers name in their cache hints."""

_Result = TypeVar("_Result")


class McpToolFailed(ServiceError):
    """The tool answered that it could not do what was asked; the message is the server's, for the model to read."""

    status = 502
    code = "tool_failed"

    def __init__(self, service: str, tool: str, message: str) -> None:
        super().__init__(message, upstream=service, tool=tool)


class McpServerFailed(UpstreamUnavailable):
    """The server, or the gateway in front of it, answers that it cannot or will not; the words are its own."""

    def __init__(self, service: str, message: str) -> None:
        ServiceError.__init__(self, f"{service}: {message}", upstream=service)
        self.upstream = service


class McpService:
    """A named MCP server, as one owner sees it."""

    def __init__(
        self,
        name: str,
        url: str,
        *,
        api_key: str,
        timeout_seconds: float,
        owner: str = DEFAULT_OWNER,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self.name = name
        self._url = url
        self._api_key = api_key
        self._timeout_seconds = timeout_seconds
        self._transport = transport or httpx2.AsyncHTTPTransport()
        self._http = create_http_client(
            "",
            api_key,
            timeout_seconds=timeout_seconds,
            headers={OWNER_HEADER: owner},
            transport=self._transport,
        )
        self._http.event_hooks["response"].append(self._raise_if_refused)
        self._tools: list[Tool] = []
        self._tools_fresh_until = 0.0

    def for_owner(self, owner: str) -> "McpService":
        """Return the same server for another owner, over the same connections; only the first one is closed."""
        return McpService(
            self.name,
            self._url,
            api_key=self._api_key,
            timeout_seconds=self._timeout_seconds,
            owner=owner,
            transport=self._transport,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def ping(self) -> None:
        """Ask the server's `GET /health`.

        Raises:
            UpstreamUnavailable: it does not answer.
        """
        try:
            (await self._http.get(httpx2.URL(self._url).join("/health"))).raise_for_status()
        except httpx2.HTTPError as exc:
            raise UpstreamUnavailable(self.name, type(exc).__name__) from exc

    async def list_tools(self) -> list[Tool]:
        """Return the server's tools, at most `TOOLS_TTL_SECONDS` old.

        Raises:
            UpstreamUnavailable: the server does not answer.
        """
        if time.monotonic() > self._tools_fresh_until:
            self._tools = (await self._run(lambda client: client.list_tools())).tools
            self._tools_fresh_until = time.monotonic() + TOOLS_TTL_SECONDS
        return [tool.model_copy(deep=True) for tool in self._tools]

    async def call_raw(
        self, tool: str, arguments: Mapping[str, JsonValue] | None, meta: Mapping[str, JsonValue] | None = None
    ) -> CallToolResult:
        """Call `tool` and return the server's answer as it is, also one that says that the tool failed.

        Raises:
            UpstreamUnavailable: the server does not answer or refuses the call.
        """
        # Client.call_tool would list the tools again in every new client, to check the output schema.
        request = CallToolRequest(
            params=CallToolRequestParams.model_validate(
                {"name": tool, "arguments": dict(arguments or {}), "_meta": dict(meta) if meta else None}
            )
        )
        return await self._run(lambda client: client.session.send_request(request, CallToolResult))

    async def call(
        self, tool: str, arguments: Mapping[str, JsonValue], *, idempotency_key: str | None = None
    ) -> dict[str, JsonValue]:
        """Call `tool` and return its structured result.

        Raises:
            McpToolFailed: the tool says that it could not do it.
            UpstreamUnavailable: the server does not answer.
        """
        meta = {IDEMPOTENCY_KEY_META: idempotency_key} if idempotency_key else None
        result = await self.call_raw(tool, arguments, meta)
        if result.is_error:
            # The SDK's server puts its own words in front of what the tool says; people read these messages too.
            raise McpToolFailed(self.name, tool, _text_of(result).removeprefix(f"Error executing tool {tool}: "))
        if not isinstance(result.structured_content, dict):
            raise McpToolFailed(self.name, tool, f"{tool} of {self.name} gave no structured result")
        return result.structured_content

    async def _run(self, work: Callable[[Client], Awaitable[_Result]]) -> _Result:
        failure: BaseException
        try:
            async with Client(
                streamable_http_client(self._url, http_client=self._http),
                mode=PROTOCOL_VERSION,
                cache=None,
                read_timeout_seconds=self._timeout_seconds,
            ) as client:
                return await work(client)
        except* (McpServerFailed, MCPError, httpx2.HTTPError, OSError, TimeoutError) as group:
            failure = _first(group)
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            # The task groups below give a failure of the connection precedence, and forget that they were cancelled.
            raise asyncio.CancelledError from failure
        if isinstance(failure, McpServerFailed):
            raise failure
        if isinstance(failure, MCPError) and _is_explained(failure):
            raise McpServerFailed(self.name, failure.message) from failure
        raise UpstreamUnavailable(self.name, _reason(failure)) from failure

    async def _raise_if_refused(self, response: httpx2.Response) -> None:
        """Raise for a wrong key or a used-up quota: the SDK's client would say only that there was an error."""
        if response.is_error:
            await response.aread()
            message = _refusal(response)
            if message is not None:
                raise McpServerFailed(self.name, message)


def _refusal(response: httpx2.Response) -> str | None:
    """Return what the edge of our services, or API Gateway, says; None for an error of the protocol itself."""
    try:
        body = response.json()
    except ValueError:
        return None
    if not isinstance(body, dict) or "jsonrpc" in body:
        return None
    error = body.get("error", body)
    message = error.get("message") if isinstance(error, dict) else None
    return message if isinstance(message, str) else None


def _is_explained(error: MCPError) -> bool:
    """Whether the error is one that our servers raise, with a code of its own and words for people."""
    return isinstance(error.data, dict) and "code" in error.data


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _reason(error: BaseException) -> str:
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _text_of(result: CallToolResult) -> str:
    texts = [part.text for part in result.content if isinstance(part, TextContent)]
    return "\n".join(texts) or "the tool failed without a message"
