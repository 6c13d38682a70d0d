"""The routes of an MCP server without sessions."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route


def post_only(routes: Iterable[BaseRoute]) -> list[Route]:
    """Return the routes of an MCP application for POST alone; other methods get 405 with `Allow: POST`.

    The application itself would answer GET with a stream on which nothing ever comes, as a server without sessions
    says nothing unasked. Where processors are paid while requests are open, such as in App Runner, each would cost
    money until it is cut, and clients open it again. A server that offers no stream answers 405 (MCP 2025-06-18,
    Streamable HTTP, "Listening for Messages from the Server"); MCP 2026-07-28 has no GET at all.
    `MCPServer(subscriptions=False)` does the same for what replaces it there, `subscriptions/listen`.
    """
    return [Route(route.path, route.endpoint, methods=["POST"]) for route in routes if isinstance(route, Route)]
