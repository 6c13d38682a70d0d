"""An MCP server as a process of its own, whose tool changes a folder once per idempotency key, and takes its time."""

import sys
from pathlib import Path
from typing import Any

import anyio
import uvicorn
from alex_mcp_client import IDEMPOTENCY_KEY_META
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse

TOOL_SECONDS = 0.5


class Acted(BaseModel):
    """Result of the tool."""

    step: int


def serve(folder: Path, port: int) -> None:
    """Serve until the process ends."""
    server = MCPServer("effects", version="1", log_level="ERROR")

    @server.tool()
    async def act(step: int, ctx: Context[Any]) -> Acted:
        """Do something in the world."""
        key = str(dict(ctx.request_context.meta or {})[IDEMPOTENCY_KEY_META]).replace(":", "_")
        with (folder / "calls").open("a") as calls:
            calls.write(f"{key}\n")
        await anyio.sleep(TOOL_SECONDS)
        (folder / f"{key}.effect").touch()
        return Acted(step=step)

    @server.custom_route("/health", methods=["GET"])  # type: ignore[untyped-decorator]  # the SDK's own omission
    async def health(_: Request) -> JSONResponse:
        return JSONResponse({})

    app = server.streamable_http_app(streamable_http_path="/mcp", stateless_http=True, json_response=True)
    uvicorn.run(app, port=port, log_level="error")


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
