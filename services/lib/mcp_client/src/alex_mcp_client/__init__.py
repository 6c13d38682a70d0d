"""A client for our MCP servers that keeps no session and survives their restart."""
