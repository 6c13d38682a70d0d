"""The running server, asked by programs for Node: the Inspector, the conformance suite, Claude Desktop's bridge."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from tests.service_process import KEY
from tests.vector_store.key_adding import adding_key
from tests.vector_store.node_programs import INSTALL_SECONDS, NodePrograms, install

pytestmark = [pytest.mark.slow, pytest.mark.timeout(INSTALL_SECONDS + 120)]
GUIDE = Path(__file__).parents[2] / "guides/mcp_clients.md"
TEXT = "Halcyon Grid won a contract for 300 substations."
SCENARIOS = ["server-initialize", "ping", "tools-list", "resources-list", "dns-rebinding-protection"]
"""All others ask for the tools, resources and prompts of the suite's own example server, for logging or completion,
which this server does not claim to have, or for sessions, which the protocol leaves to the server."""


@pytest.fixture(scope="session")
def programs(request: pytest.FixtureRequest) -> NodePrograms:
    folder: Path = request.config.cache.mkdir("node_programs")
    return install(folder)


class Inspector:
    """Its CLI mode, as one owner."""

    def __init__(self, programs: NodePrograms, url: str, era: str) -> None:
        self._programs = programs
        owner = f"owner-{uuid4().hex[:8]}"
        headers = ("--header", f"x-api-key: {KEY}", f"x-alex-owner: {owner}")
        self._server = ("--cli", f"{url}/mcp", "--transport", "http", "--protocol-era", era, *headers)

    def ask(self, method: str, *arguments: str, expected_code: int = 0) -> Any:
        answer = self._programs.run(
            "mcp-inspector", *self._server, "--method", method, *arguments, expected_code=expected_code
        )
        return json.loads(answer)

    def call(self, tool: str, expected_code: int = 0, **arguments: object) -> Any:
        given = json.dumps(arguments)
        return self.ask("tools/call", "--tool-name", tool, "--tool-args-json", given, expected_code=expected_code)


@pytest.fixture(params=["legacy", "modern"])
def inspector(request: pytest.FixtureRequest, programs: NodePrograms, vector_store_url: str) -> Inspector:
    return Inspector(programs, vector_store_url, request.param)


@pytest.fixture(scope="module")
def url_without_key(vector_store_url: str) -> Iterator[str]:
    """The conformance suite has no way to send a key."""
    with adding_key(vector_store_url, KEY) as url:
        yield url


def test_the_inspector_finds_the_tools_portable(inspector: Inspector) -> None:
    """With `--strict` a schema that some client cannot use ends with code 6."""
    tools = inspector.ask("tools/list", "--strict")["tools"]
    names = {tool["name"] for tool in tools}
    assert names == {"search", "ingest_document", "get_document", "list_documents", "delete_document"}


def test_the_inspector_stores_finds_reads_and_deletes(inspector: Inspector) -> None:
    """Each tool, and the resource, through a client that we did not write."""
    stored = inspector.call("ingest_document", title="Halcyon", text=TEXT)["structuredContent"]
    assert stored["status"] == "created"
    found = inspector.call("search", query="substation contract")["structuredContent"]
    assert [passage["text"] for passage in found["passages"]] == [TEXT]
    read = inspector.call("get_document", document_id=stored["document_id"])["structuredContent"]
    assert read["text"] == TEXT
    resource = inspector.ask("resources/read", "--uri", f"document://{stored['document_id']}")
    assert resource["contents"][0]["text"] == TEXT
    assert inspector.call("list_documents")["structuredContent"]["total"] == 1
    assert inspector.call("delete_document", document_id=stored["document_id"])["structuredContent"]["deleted"] is True


def test_the_inspector_shows_what_is_wrong_with_a_call(inspector: Inspector) -> None:
    """Its code 5 is a tool's own error."""
    refused = inspector.call("search", query="q", limit=0, expected_code=5)
    assert refused["isError"] is True
    assert "limit" in refused["content"][0]["text"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_conformance_suite_is_passed(programs: NodePrograms, url_without_key: str, scenario: str) -> None:
    """Its exit code tells of failures; a scenario that checked nothing is none that was passed."""
    report = programs.run("conformance", "server", "--url", f"{url_without_key}/mcp", "--scenario", scenario)
    assert "0 failed, 0 warnings" in report
    assert "Passed: 0/0" not in report


@pytest.mark.anyio
async def test_the_guides_configuration_for_claude_desktop_connects(
    programs: NodePrograms, vector_store_url: str
) -> None:
    """Started as Claude Desktop starts it, but for `npx`, which would download the newest bridge."""
    (block,) = [block for block in re.findall(r"```json\n(.*?)```", GUIDE.read_text(), re.DOTALL) if "npx" in block]
    server = json.loads(block)["mcpServers"]["alex-vector-store"]
    assert (server["command"], server["args"][:2]) == ("npx", ["-y", "mcp-remote"])
    arguments = [argument.replace("http://127.0.0.1:8011", vector_store_url) for argument in server["args"][2:]]
    command = StdioServerParameters(
        command=programs.path("mcp-remote"),
        args=arguments,
        env={**programs.environment, **server["env"], "ALEX_API_KEY": KEY},
    )
    async with Client(stdio_client(command), mode="legacy") as client:
        assert len((await client.list_tools()).tools) == 5
