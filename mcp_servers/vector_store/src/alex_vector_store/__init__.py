"""Knowledge over S3 Vectors: an MCP server that stores documents once and finds their passages."""
