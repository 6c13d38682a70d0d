"""A client for our MCP servers that keeps no session and survives their restart.

`McpService` is for code that calls a tool. `toolset.McpToolset` gives the same service to an agent of the Agents SDK;
it is imported by its own name, because that SDK takes seconds to load.
"""

from alex_mcp_client.service import IDEMPOTENCY_KEY_META, McpService, McpToolFailed

__all__ = ["IDEMPOTENCY_KEY_META", "McpService", "McpToolFailed"]
