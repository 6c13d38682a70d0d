"""What a person needs to connect to a running stack: addresses, key, and a snippet for an MCP client."""

import json

from rich.table import Table

from alex_tools.environment import Stack


def address_table(stack: Stack) -> Table:
    """Return a table with one row per service."""
    table = Table(title="Alex is up", title_justify="left")
    table.add_column("service", style="bold", no_wrap=True)
    table.add_column("address", no_wrap=True)
    table.add_column("what it is")
    for service in stack.services:
        table.add_row(service.name, service.url + ("/mcp" if service.is_mcp else ""), service.purpose)
    return table


def mcp_client_settings(stack: Stack) -> str:
    """Return the JSON that common MCP clients take, ready to be copied."""
    servers = {
        f"alex-{service.name.replace('_', '-')}": {
            "type": "http",
            "url": f"{service.url}/mcp",
            "headers": {"x-api-key": stack.api_key},
        }
        for service in stack.services
        if service.is_mcp
    }
    return json.dumps({"mcpServers": servers}, indent=2)
