"""Tools of an `McpService` for an agent of the OpenAI Agents SDK."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from agents import AgentBase, RunContextWrapper, UserError
from agents.mcp import MCPServer
from agents.mcp.util import MCPToolMetaContext
from mcp.types import CallToolResult, GetPromptResult, ListPromptsResult, Tool
from typing_extensions import override

from alex_mcp_client.service import IDEMPOTENCY_KEY_META, McpService


class McpToolset(MCPServer):
    """Some tools of one service.

    Every call waits for approval, which the run engine gives after it has committed the model's answer. A
    server that does not answer raises `UpstreamUnavailable` instead of telling the model a tale: the engine
    retries, and in the end names the server. A tool that says no is read by the model.
    """

    def __init__(self, service: McpService, tools: Collection[str]) -> None:
        super().__init__(
            use_structured_content=True,
            require_approval="always",
            failure_error_function=None,
            tool_meta_resolver=_idempotency_meta,
        )
        self._service = service
        self._allowed = frozenset(tools)

    @property
    @override
    def name(self) -> str:
        return self._service.name

    @override
    async def connect(self) -> None:
        """Nothing to do: there is no session."""

    @override
    async def cleanup(self) -> None:
        """Nothing to do: the service's owner closes it."""

    @override
    async def list_tools(
        self,
        run_context: RunContextWrapper[Any] | None = None,
        agent: AgentBase | None = None,
    ) -> list[Tool]:
        return [tool for tool in await self._service.list_tools() if tool.name in self._allowed]

    @override
    async def call_tool(
        self, tool_name: str, arguments: dict[str, Any] | None, meta: dict[str, Any] | None = None
    ) -> CallToolResult:
        return await self._service.call_raw(tool_name, arguments, meta)

    @override
    async def list_prompts(self) -> ListPromptsResult:
        return ListPromptsResult(prompts=[])

    @override
    async def get_prompt(self, name: str, arguments: dict[str, Any] | None = None) -> GetPromptResult:
        raise UserError(f"{self.name} offers no prompt {name!r}")


def _idempotency_meta(context: MCPToolMetaContext) -> dict[str, Any]:
    run_id = cast("Mapping[str, object]", context.run_context.context or {}).get("run_id", "")
    call_id = getattr(context.run_context, "tool_call_id", "")
    return {IDEMPOTENCY_KEY_META: f"{run_id}:{call_id}"}
