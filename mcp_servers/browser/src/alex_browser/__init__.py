"""An MCP server that reads the web: plain HTTP first, Chromium when the page needs it."""
