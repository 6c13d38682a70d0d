"""The MCP client that keeps no session, against a real server of the SDK on a real port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any, cast

import httpx2
import pytest
from agents import Agent, Runner, RunState
from agents.testing import ScriptedModel, assistant_message, function_call
from alex_edge import UpstreamUnavailable
from alex_edge.errors import error_body
from alex_mcp_client import McpService, McpToolFailed
from alex_mcp_client.toolset import McpToolset
from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import INTERNAL_ERROR
from pydantic import BaseModel, JsonValue
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.served_app import served
from tests.service_process import free_port

pytestmark = pytest.mark.anyio


class Echo(BaseModel):
    """Result of the test tools."""

    text: str
    owner: str
    idempotency_key: str | None


class Probe:
    """A server with tools that echo, refuse and wait for each other."""

    def __init__(self) -> None:
        self.mcp = MCPServer("probe", version="1", log_level="ERROR")
        self.meeting = asyncio.Barrier(2)
        self.mcp.tool()(self.echo)
        self.mcp.tool()(self.refuse)
        self.mcp.tool()(self.meet)
        self.mcp.tool()(self.miss_a_service)

    async def echo(self, text: str, ctx: Context[Any]) -> Echo:
        """Return the text."""
        meta = dict(ctx.request_context.meta or {})
        headers = ctx.headers or {}
        key = cast("str | None", meta.get("alex/idempotency-key"))
        return Echo(text=text, owner=headers["x-alex-owner"], idempotency_key=key)

    async def refuse(self) -> Echo:
        """Fail for a reason that the caller can mend."""
        raise ToolError("the page answered HTTP 404")

    async def miss_a_service(self) -> Echo:
        """Fail for a reason that only the operator can mend."""
        raise MCPError(INTERNAL_ERROR, "the index does not answer; start it", {"code": "upstream_unavailable"})

    async def meet(self, ctx: Context[Any]) -> Echo:
        """Return once a second call is there."""
        async with asyncio.timeout(5):
            await self.meeting.wait()
        return await self.echo("met", ctx)


def probing(port: int) -> AbstractAsyncContextManager[str]:
    """Serve a new probe on `port`."""
    app = Probe().mcp.streamable_http_app(streamable_http_path="/mcp", stateless_http=True, json_response=True)
    return served(app, port)


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    return free_port()


@pytest.fixture
async def service(port: int) -> AsyncIterator[McpService]:
    """A client of the probe, for owner ann."""
    service = McpService("probe", f"http://127.0.0.1:{port}/mcp", api_key="k", timeout_seconds=10, owner="ann")
    yield service
    await service.aclose()


async def test_a_call_gives_the_structured_result_with_owner_and_key(port: int, service: McpService) -> None:
    """Ours: owner and idempotency key reach the server."""
    async with probing(port):
        assert await service.call("echo", {"text": "hello"}, idempotency_key="run:call") == {
            "text": "hello",
            "owner": "ann",
            "idempotency_key": "run:call",
        }
        assert (await service.for_owner("bob").call("echo", {"text": "hi"}))["owner"] == "bob"


async def test_the_next_call_works_after_the_server_was_gone(port: int, service: McpService) -> None:
    """Known gap of the SDK's own client: one refused connection kills it for good."""
    async with probing(port):
        await service.call("echo", {"text": "one"})
    with pytest.raises(UpstreamUnavailable, match="probe does not answer"):
        await service.call("echo", {"text": "two"})
    async with probing(port):
        assert (await service.call("echo", {"text": "three"}))["text"] == "three"


class FailingWhenCancelled(httpx2.AsyncBaseTransport):
    """A connection whose attempt fails just when nobody waits for it any more."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Wait until cancelled, and then fail."""
        self.asked.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as exc:
            raise httpx2.ConnectError("refused", request=request) from exc
        raise AssertionError


async def test_a_call_that_is_cancelled_while_its_connection_fails_is_cancelled() -> None:
    """Ours: an agent that gives up its tools is not told that one of them failed."""
    transport = FailingWhenCancelled()
    service = McpService("probe", "http://probe/mcp", api_key="k", timeout_seconds=10, transport=transport)
    calling = asyncio.create_task(service.call("echo", {"text": "x"}))
    async with asyncio.timeout(5):
        await transport.asked.wait()
        calling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calling


async def test_calls_run_side_by_side(port: int, service: McpService) -> None:
    """Known gap of the SDK's own client: it runs calls one after the other, which would wait for ever here."""
    async with probing(port):
        results = await asyncio.gather(service.call("meet", {}), service.call("meet", {}))
    assert [result["text"] for result in results] == ["met", "met"]


async def test_what_a_tool_refuses_is_told_in_its_own_words(port: int, service: McpService) -> None:
    """SDK: the text of a ToolError reaches the caller; ours: without what the SDK's server puts in front of it."""
    async with probing(port):
        with pytest.raises(McpToolFailed, match=r"^the page answered HTTP 404$"):
            await service.call("refuse", {})


async def test_what_a_server_misses_is_told_in_its_own_words(port: int, service: McpService) -> None:
    """Ours: not that the server itself does not answer, as it does."""
    async with probing(port):
        with pytest.raises(UpstreamUnavailable) as raised:
            await service.call("miss_a_service", {})
    assert raised.value.message == "probe: the index does not answer; start it"
    assert raised.value.upstream == "probe"


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (401, error_body("unauthorized", "unknown x-api-key; send another"), "probe: unknown x-api-key; send another"),
        (429, {"message": "Limit Exceeded"}, "probe: Limit Exceeded"),
        (502, None, "probe does not answer (MCPError: Server returned an error response); start it or try again later"),
    ],
    ids=["wrong-key", "gateway", "no-words"],
)
async def test_a_call_that_is_refused_is_told_in_its_own_words(
    port: int, service: McpService, status: int, body: dict[str, JsonValue] | None, message: str
) -> None:
    """Known gap of the SDK's own client: a wrong key looks to it like any failure of the server."""

    async def refuse(_: Request) -> Response:
        return Response("<html>", status) if body is None else JSONResponse(body, status)

    async with served(Starlette(routes=[Route("/mcp", refuse, methods=["POST"])]), port):
        with pytest.raises(UpstreamUnavailable) as raised:
            await service.call("echo", {"text": "x"})
    assert raised.value.message == message


async def test_ping_says_when_nobody_is_there(service: McpService) -> None:
    """Ours: readiness names the server."""
    with pytest.raises(UpstreamUnavailable, match="probe"):
        await service.ping()


def agent_with(service: McpService, *calls: Any) -> Agent[Any]:
    """An agent that makes these calls and ends."""
    model = ScriptedModel([list(calls), [assistant_message("end")]])
    return Agent(name="a", model=model, mcp_servers=[McpToolset(service, ["echo", "refuse"])])


async def think_and_approve(agent: Agent[Any]) -> RunState[Any, Agent[Any]]:
    """Run the agent's first model call and approve what it asked for."""
    state = (await Runner.run(agent, "go", context={"run_id": "run_1"})).to_state()
    for item in state.get_interruptions():
        state.approve(item)
    return state


async def test_an_agent_sees_only_the_allowed_tools_and_reads_refusals(port: int, service: McpService) -> None:
    """Ours: a toolset is an allow-list; a refusal is for the model, not an exception."""
    agent = agent_with(
        service, function_call("echo", {"text": "x"}, call_id="c1"), function_call("refuse", {}, call_id="c2")
    )
    async with probing(port):
        result = await Runner.run(agent, await think_and_approve(agent))
    model = agent.model
    assert isinstance(model, ScriptedModel)
    assert [tool.name for tool in model.calls[0].tools] == ["echo", "refuse"]
    seen = str(model.calls[1].input)
    assert "run_1:c1" in seen
    assert "the page answered HTTP 404" in seen
    assert result.final_output == "end"


async def test_a_server_that_is_gone_raises_instead_of_telling_the_model(port: int, service: McpService) -> None:
    """Ours: the run engine retries; the model must not be told that a page does not exist."""
    agent = agent_with(service, function_call("echo", {"text": "x"}, call_id="c1"))
    async with probing(port):
        state = await think_and_approve(agent)
    with pytest.raises(Exception, match=r".") as raised:
        await Runner.run(agent, state)
    failure: BaseException | None = raised.value
    while failure is not None and not isinstance(failure, UpstreamUnavailable):
        failure = failure.__cause__ or failure.__context__
    assert isinstance(failure, UpstreamUnavailable)
    assert failure.upstream == "probe"
