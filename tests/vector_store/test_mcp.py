"""The MCP server as a process of its own, asked by the SDK's own client in both eras of the protocol."""

import json
import re
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp.types import RequestParamsMeta, TextContent, TextResourceContents
from pydantic import JsonValue

from tests.mcp_streams import assert_changes_of_tools_are_not_told, assert_no_stream
from tests.service_process import KEY, free_port, running

pytestmark = pytest.mark.anyio
ERAS = ["2025-06-18", "2026-07-28"]
TEXT = "Halcyon Grid won a contract for 300 substations. The order is worth 1.2 billion dollars.\n"


@pytest.fixture(params=ERAS)
async def client(
    request: pytest.FixtureRequest, vector_store_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    """Connect as a fresh owner, by handshake or per request."""
    if request.param == "2025-06-18":
        # The client offers its newest handshake version; this makes it a client of that year.
        monkeypatch.setattr("mcp.client.session.LATEST_HANDSHAKE_VERSION", request.param)
    mode = "legacy" if request.param == "2025-06-18" else request.param
    headers = {"x-api-key": KEY, "x-alex-owner": f"owner-{uuid4().hex[:8]}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{vector_store_url}/mcp", http_client=http), mode=mode) as connected,
    ):
        assert connected.session.protocol_version == request.param
        yield connected


async def call(client: Client, tool: str, **arguments: JsonValue) -> dict[str, JsonValue]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    content: dict[str, JsonValue] = result.structured_content
    return content


async def refusal(client: Client, tool: str, **arguments: JsonValue) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


async def test_a_document_is_stored_found_read_listed_and_deleted(client: Client) -> None:
    """The five tools, with structured output, in the shapes other services rely on."""
    stored = await call(client, "ingest_document", title="Halcyon", text=TEXT, url="https://n.example/halcyon")
    assert stored["status"] == "created"
    assert stored["content_hash"] == f"sha256:{sha256(TEXT.encode()).hexdigest()}"
    found = await call(client, "search", query="substation contract", limit=3)
    assert isinstance(found["passages"], list)
    passage = found["passages"][0]
    assert isinstance(passage, dict)
    assert (passage["text"], passage["start"], passage["end"], passage["chunk"]) == (TEXT, 0, len(TEXT), 0)
    assert (passage["document_id"], passage["published_at"]) == (stored["document_id"], None)
    read = await call(client, "get_document", document_id=stored["document_id"], start=8, max_chars=4)
    assert (read["text"], read["end"], read["total_chars"]) == (TEXT[8:12], 12, len(TEXT))
    listed = await call(client, "list_documents")
    assert (listed["total"], listed["next_cursor"]) == (1, None)
    deleted = await call(client, "delete_document", document_id=stored["document_id"])
    assert deleted == {"document_id": stored["document_id"], "deleted": True}
    assert (await call(client, "list_documents"))["total"] == 0


async def test_a_repeated_call_gets_its_first_answer(client: Client) -> None:
    """A durable caller sends its call's id in `_meta`; repeating it never brings an old text back."""
    old = {"title": "Halcyon", "text": TEXT, "url": "https://n.example/halcyon"}
    meta: RequestParamsMeta = {"alex/idempotency-key": f"call-{uuid4().hex}"}  # type: ignore[typeddict-unknown-key]
    first = await client.call_tool("ingest_document", old, meta=meta)
    await call(client, "ingest_document", **old | {"text": "Corrected."})
    again = await client.call_tool("ingest_document", old, meta=meta)
    assert again.structured_content == first.structured_content
    found = await call(client, "search", query="Halcyon")
    assert isinstance(found["passages"], list)
    assert [p["text"] for p in found["passages"] if isinstance(p, dict)] == ["Corrected."]


async def test_a_stored_document_is_a_resource(client: Client) -> None:
    """`document://{id}` gives the whole text; an unknown id is an error with its address."""
    stored = await call(client, "ingest_document", title="Halcyon", text=TEXT)
    content = (await client.read_resource(f"document://{stored['document_id']}")).contents[0]
    assert isinstance(content, TextResourceContents)
    assert content.text == TEXT
    with pytest.raises(MCPError, match="no document"):
        await client.read_resource(f"document://doc_{'0' * 32}")


async def test_tools_say_what_they_do(client: Client) -> None:
    """Descriptions, annotations and schemas are all that a model sees."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert sorted(tools) == ["delete_document", "get_document", "ingest_document", "list_documents", "search"]
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema
        assert tool.input_schema["additionalProperties"] is False
        assert all(field.get("description") for field in tool.input_schema["properties"].values())
        assert tool.annotations is not None
        assert tool.annotations.open_world_hint is False
    hints = {name: tool.annotations.read_only_hint for name, tool in tools.items() if tool.annotations}
    assert hints == {
        "delete_document": False,
        "get_document": True,
        "ingest_document": False,
        "list_documents": True,
        "search": True,
    }


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        pytest.param("search", {"query": "q", "limit": 0}, "limit", id="limit-0"),
        pytest.param("search", {"query": "q", "topk": 3}, "topk", id="unknown-argument"),
        pytest.param("search", {"query": "q", "published_after": "soon"}, "ISO 8601", id="bad-date"),
        pytest.param("search", {"query": " "}, "search: query: must not be empty", id="blank-query"),
        pytest.param("ingest_document", {"title": "t", "text": ""}, "empty", id="empty-text"),
        pytest.param("ingest_document", {"title": "t", "text": "word " * 1_000_000}, "2000000", id="5-MB-text"),
        pytest.param("ingest_document", {"title": "t" * 100_000, "text": "x"}, "500", id="long-title"),
        pytest.param("ingest_document", {"title": "t", "text": "x", "url": "nowhere"}, "http", id="bad-url"),
        pytest.param("get_document", {"document_id": "doc_1"}, "32 hexadecimal", id="malformed-id"),
        pytest.param("get_document", {"document_id": f"doc_{'0' * 32}"}, "no document", id="unknown-id"),
        pytest.param("delete_document", {"document_id": f"doc_{'0' * 32}"}, "no document", id="delete-unknown"),
        pytest.param("list_documents", {"cursor": "x"}, "next_cursor", id="bad-cursor"),
    ],
)
async def test_what_the_model_can_mend_it_is_told(
    client: Client, tool: str, arguments: dict[str, JsonValue], says: str
) -> None:
    """An error result whose text names the argument and what it should be."""
    text = await refusal(client, tool, **arguments)
    assert says in text
    assert len(text) < 200
    # Neither pydantic's link for programmers nor what was sent, which may be a document.
    assert "http" not in text or says == "http"
    assert "input_value" not in text


async def test_another_owners_document_does_not_exist(client: Client, vector_store_url: str) -> None:
    """The same words as for an id that nobody has."""
    stored = await call(client, "ingest_document", title="Halcyon", text=TEXT)
    headers = {"x-api-key": KEY, "x-alex-owner": "somebody-else"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{vector_store_url}/mcp", http_client=http), mode="2026-07-28") as other,
    ):
        for tool in ("get_document", "delete_document"):
            assert "no document" in await refusal(other, tool, document_id=stored["document_id"])
        with pytest.raises(MCPError, match="no document"):
            await other.read_resource(f"document://{stored['document_id']}")
    assert (await call(client, "list_documents"))["total"] == 1


async def test_what_is_down_is_an_error_of_the_protocol(embedder_url: str) -> None:
    """The caller's program can try again; a model would take a message for an answer. Nothing is stored."""
    environment = {"VECTOR_STORE_EMBEDDER_URL": f"http://127.0.0.1:{free_port()}"}
    assert embedder_url
    with running("alex_vector_store", environment=environment) as url:
        headers = {"x-api-key": KEY, "x-alex-owner": f"owner-{uuid4().hex[:8]}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=60) as http,
            Client(streamable_http_client(f"{url}/mcp", http_client=http), mode="2026-07-28") as client,
        ):
            with pytest.raises(MCPError, match="embedder does not answer") as raised:
                await client.call_tool("ingest_document", {"title": "t", "text": TEXT})
            assert raised.value.error.data == {"code": "upstream_unavailable", "upstream": "embedder"}
            assert (await call(client, "list_documents"))["total"] == 0


async def test_no_tool_answers_without_a_key(vector_store_url: str) -> None:
    """`/mcp` is behind the same check as every route."""
    async with httpx2.AsyncClient() as http:
        answer = await http.post(f"{vector_store_url}/mcp", json={})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://evil.example", 403), ("null", 403), ("http://[", 403), ("http://localhost:3000", 200)],
)
async def test_pages_of_other_sites_are_refused(vector_store_url: str, origin: str, status: int) -> None:
    """DNS rebinding: a browser sends `Origin`, a program does not; the conformance suite asks for it."""
    client_info: dict[str, JsonValue] = {"name": "page", "version": "1"}
    body: dict[str, JsonValue] = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client_info},
    }
    headers = {"x-api-key": KEY, "origin": origin, "accept": "application/json, text/event-stream"}
    async with httpx2.AsyncClient(timeout=30) as http:
        answer = await http.post(f"{vector_store_url}/mcp", json=body, headers=headers)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_no_stream_stands_open_for_nothing(vector_store_url: str, method: str, version: str) -> None:
    """Spec: a server that offers no stream answers 405; in App Runner each open one would cost money."""
    await assert_no_stream(vector_store_url, KEY, method, version)


async def test_changes_of_tools_are_not_listened_to(vector_store_url: str) -> None:
    """Spec, 2026-07-28: a method that is not offered is a 404; clients keep the list for as long as its answer says."""
    await assert_changes_of_tools_are_not_told(vector_store_url, KEY)


@pytest.mark.parametrize(
    ("accept", "status"), [("application/json", 200), ("*/*", 200), (None, 406), ("text/html", 406)], ids=str
)
async def test_a_call_says_which_answers_it_takes(vector_store_url: str, accept: str | None, status: int) -> None:
    """Spec: a client must send `Accept`; here all answers are JSON, so a client that takes JSON is enough."""
    async with httpx2.AsyncClient(timeout=30, headers={"x-api-key": KEY}) as http:
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        request = http.build_request("POST", f"{vector_store_url}/mcp", json=body)
        del request.headers["accept"]
        if accept is not None:
            request.headers["accept"] = accept
        assert (await http.send(request)).status_code == status


def test_the_readmes_configurations_are_those_of_the_guide() -> None:
    """The guide's are tried by the tests; those of the README are the same for this server alone."""
    root = Path(__file__).parents[2]
    guide, readme = (
        [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
        for page in (root / "guides/mcp_clients.md", root / "mcp_servers/vector_store/README.md")
    )
    for configuration in guide:
        for servers in configuration.keys() & {"mcpServers", "servers"}:
            configuration[servers].pop("alex-browser")
    assert len(readme) == 3
    assert readme == guide


@pytest.mark.parametrize(("program", "servers"), [("Cursor and others", "mcpServers"), ("VS Code", "servers")])
async def test_the_guides_configurations_connect(vector_store_url: str, program: str, servers: str) -> None:
    """Their address and header, with the key filled in as the reader or the program does it."""
    guide = (Path(__file__).parents[2] / "guides/mcp_clients.md").read_text(encoding="utf-8")
    block = guide[guide.index(f"\n## {program}\n") :].split("```json\n")[1].split("```")[0]
    server = json.loads(block)[servers]["alex-vector-store"]
    headers = {name: re.sub(r"\$\{input:[\w-]+\}|THE-KEY", KEY, value) for name, value in server["headers"].items()}
    assert headers == {"x-api-key": KEY}
    url = server["url"].replace("http://127.0.0.1:8011", vector_store_url)
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(url, http_client=http), mode="legacy") as client,
    ):
        assert len((await client.list_tools()).tools) == 5
