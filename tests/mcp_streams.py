"""That an MCP server of ours offers no stream on which nothing would ever come."""

import httpx2

STATELESS = "2026-07-28"


async def assert_no_stream(url: str, key: str, method: str, version: str) -> None:
    """Spec: a server that offers no stream answers 405; in App Runner each open one would cost money."""
    headers = {"x-api-key": key, "accept": "text/event-stream", "mcp-protocol-version": version}
    async with httpx2.AsyncClient(timeout=30) as http:
        answer = await http.request(method, f"{url}/mcp", headers=headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["error"]["code"] == "method_not_allowed"


async def assert_changes_of_tools_are_not_told(url: str, key: str) -> None:
    """Spec, 2026-07-28: a method that is not offered is a 404; clients keep the list for as long as its answer says."""
    meta = {"io.modelcontextprotocol/protocolVersion": STATELESS, "io.modelcontextprotocol/clientCapabilities": {}}
    parameters = {"_meta": meta, "notifications": {"toolsListChanged": True}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": parameters}
    headers = {
        "x-api-key": key,
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": STATELESS,
        "mcp-method": "subscriptions/listen",
    }
    async with httpx2.AsyncClient(timeout=30) as http:
        answer = await http.post(f"{url}/mcp", json=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Method not found")
