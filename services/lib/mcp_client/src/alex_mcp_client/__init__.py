"""A client for our MCP servers that keeps no session and survives their restart.

`McpService` is for code that calls a tool; `McpToolset` gives the same service to an agent of the Agents SDK.
"""

from alex_mcp_client.service import IDEMPOTENCY_KEY_META, McpService, McpToolFailed
from alex_mcp_client.toolset import McpToolset

__all__ = ["IDEMPOTENCY_KEY_META", "McpService", "McpToolFailed", "McpToolset"]
