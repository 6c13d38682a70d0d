"""The stack as its user meets it: the demo's plan, MCP clients, keys, and who can do what to whom."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx2
import pytest
from alex_tools.repository import ROOT, SAMPLE_PORTFOLIO
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult

from tests.compose.conftest import image_of
from tests.compose.engine import IMAGES, KEY, PAGE, PROJECT, SERVICE_NAMES, Stack, docker, run, wait_until_healthy

pytestmark = [pytest.mark.compose, pytest.mark.timeout(1500)]

NEWS = "http://newsroom:8090"
JAVASCRIPT_PAGE = f"{NEWS}/articles/quillhaven-patent-dispute.html"
LAPTOP_BYTES = 4 * 1024**3
WITH_KEY = [name for name in SERVICE_NAMES if name != "local_aws"]
CONTAINERS = [*IMAGES, "postgres", "newsroom"]


async def call(url: str, tool: str, arguments: dict[str, object], mode: str = "auto") -> CallToolResult:
    """Call a tool as an MCP client does."""
    async with (
        httpx2.AsyncClient(headers={"x-api-key": KEY}, timeout=60) as http,
        Client(streamable_http_client(f"{url}/mcp", http_client=http), mode=mode) as client,
    ):
        assert (await client.list_tools()).tools
        return await client.call_tool(tool, arguments)


def test_the_demos_plan_is_made_through_the_published_ports(stack: Stack, tmp_path: Path) -> None:
    """The main job, by the command that the guide shows."""
    done = stack.alex("plan", SAMPLE_PORTFOLIO, "--source", f"{NEWS}/index.html", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    plan = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert "100,148.50 USD" in plan
    assert "Nothing that was asked for." in plan
    assert JAVASCRIPT_PAGE in plan, "the page that needs JavaScript is quoted"
    ready = stack.alex("doctor", folder=tmp_path)
    assert ready.stdout.count("ready at http://127.0.0.1:") == len(SERVICE_NAMES), ready.stdout + ready.stderr


def test_the_guides_commands_make_a_plan_with_curl_alone(stack: Stack) -> None:
    """As they stand there, but for the ports and the key of this stack."""
    guide = (ROOT / "guides" / "compose.md").read_text(encoding="utf-8")
    script = next(block for block in re.findall(r"```sh\n(.*?)```", guide, re.DOTALL) if "curl" in block)
    own = script.replace("127.0.0.1:80", f"127.0.0.1:{stack.prefix}").replace("alex-local", KEY)
    shown = run(["bash", "-euo", "pipefail", "-c", own], cwd=ROOT)
    assert "100,148.50 USD" in shown
    assert JAVASCRIPT_PAGE in shown


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_mcp_client_stores_and_finds(stack: Stack, mode: str) -> None:
    """In the protocol of today and that of older clients."""
    document = {"title": "Kiln maintenance", "text": "The kiln door needs a new seal before winter."}
    await call(stack.url("vector_store"), "ingest_document", {**document}, mode)
    found = await call(stack.url("vector_store"), "search", {"query": "seal of the oven", "limit": 1}, mode)
    assert "kiln door" in json.dumps(found.structured_content)


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_mcp_client_reads_a_page_by_a_locked_up_chromium(stack: Stack, mode: str) -> None:
    """Its text comes from a script; the processes of Chromium are in their sandbox."""
    arguments: dict[str, object] = {"url": JAVASCRIPT_PAGE, "render": "always"}
    read = await call(stack.url("browser"), "read_page", arguments, mode)
    assert not read.is_error, read.content
    assert "patent" in json.dumps(read.structured_content)
    commands = stack.execute("browser", "sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '")
    assert "--type=zygote" in commands
    assert "--no-sandbox" not in commands


@pytest.mark.anyio
async def test_without_user_namespaces_the_browser_says_what_to_do(stack: Stack) -> None:
    """The image by itself, under the engine's own rules for system calls; nothing falls back in silence."""
    options = ["--detach", "--rm", "--network", f"{PROJECT}_browsing", "--publish", "127.0.0.1::8012"]
    variables = {"ALEX_API_KEYS": KEY, "BROWSER_ALLOWED_HOSTS": "newsroom:8090"}
    answers = []
    for sandbox in ("true", "false"):
        given = {**variables, "BROWSER_CHROMIUM_SANDBOX": sandbox}
        settings = [part for name, value in given.items() for part in ("--env", f"{name}={value}")]
        container = docker("run", *options, *settings, image_of(stack, "browser"))
        try:
            wait_until_healthy(container)
            address = docker("port", container, "8012/tcp")
            answers.append(await call(f"http://{address}", "read_page", {"url": JAVASCRIPT_PAGE, "render": "always"}))
        finally:
            docker("stop", container)
    assert answers[0].is_error
    assert "BROWSER_CHROMIUM_SANDBOX=false" in str(answers[0].content)
    assert not answers[1].is_error


@pytest.mark.parametrize("service", WITH_KEY)
def test_a_wrong_key_opens_nothing(stack: Stack, service: str) -> None:
    """401 on every path but the liveness check. local_aws alone asks for no key: it takes what boto3 sends."""
    url = stack.url(service)
    for headers in ({}, {"x-api-key": "wrong"}, {"x-api-key": KEY + "x"}):
        for method, path in (
            ("GET", "/ready"),
            ("GET", "/openapi.json"),
            ("GET", "/"),
            ("POST", "/mcp"),
            ("POST", "/runs"),
        ):
            answer = httpx2.request(method, url + path, headers=headers, timeout=10)
            assert answer.status_code == 401, f"{method} {path}"
            assert answer.json()["error"]["code"] == "unauthorized"
    assert httpx2.get(f"{url}/ready", headers={"x-api-key": KEY}, timeout=10).status_code == 200


@pytest.mark.parametrize("service", IMAGES)
def test_health_names_the_commit_and_refuses_other_hosts(stack: Stack, service: str) -> None:
    """The key is known to everybody unless it is set; a page that points its name at this machine gets nowhere."""
    health = httpx2.get(f"{stack.url(service)}/health", timeout=10)
    assert health.json()["git_sha"] == stack.git_sha
    # The page's own liveness is open to every caller: it says nothing that is not public.
    path = "/ready" if service == PAGE else "/health"
    foreign = httpx2.get(stack.url(service) + path, headers={"host": "page.example", "x-api-key": KEY}, timeout=10)
    assert foreign.status_code == 421


def test_the_web_page_is_there_and_keeps_the_key_to_itself(stack: Stack) -> None:
    """The first thing that a newcomer opens; calls of other sites' pages end at its door."""
    url = stack.url(PAGE)
    page = httpx2.get(url, timeout=30)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert KEY not in page.text
    assert httpx2.get(f"{url}/ready", timeout=10).status_code == 200
    asked = httpx2.get(f"{url}/api/planner/portfolios", timeout=10)
    assert asked.status_code == 200, asked.text
    foreign = httpx2.get(f"{url}/api/planner/portfolios", headers={"sec-fetch-site": "cross-site"}, timeout=10)
    assert foreign.status_code == 403


@pytest.mark.parametrize("service", CONTAINERS)
def test_a_container_can_do_no_more_than_it_needs(stack: Stack, service: str) -> None:
    """Nobody is root, nothing is written but in memory and in volumes, no capability is left."""
    host = stack.inspect(service)["HostConfig"]
    assert host["ReadonlyRootfs"] is True
    assert host["Privileged"] is False
    assert 0 < host["Memory"] < LAPTOP_BYTES / 4
    assert host["PidsLimit"] > 0
    assert host["RestartPolicy"]["Name"] == "unless-stopped"
    status = dict(
        line.split(":", 1) for line in stack.execute(service, "cat", "/proc/1/status").splitlines() if ":" in line
    )
    assert status["Uid"].split() == ["999"] * 4
    assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
    assert status["NoNewPrivs"].strip() == "1"
    assert status["Seccomp"].strip() == "2"
    root = next(line for line in stack.execute(service, "cat", "/proc/mounts").splitlines() if " / " in line)
    assert root.split()[3].split(",")[0] == "ro"


def test_the_limits_leave_room_on_a_laptop_with_4_gb(stack: Stack) -> None:
    """All containers at their limits at once still leave half a gigabyte."""
    limits = [stack.inspect(service)["HostConfig"]["Memory"] for service in CONTAINERS]
    assert sum(limits) <= LAPTOP_BYTES - 512 * 1024**2


@pytest.mark.parametrize("service", CONTAINERS)
def test_ports_are_published_on_this_machine_only(stack: Stack, service: str) -> None:
    """The database and the newsroom have none."""
    published = stack.inspect(service)["NetworkSettings"]["Ports"]
    addresses = {binding["HostIp"] for bindings in published.values() for binding in bindings or []}
    assert addresses == ({"127.0.0.1"} if service in IMAGES else set())


@pytest.mark.parametrize(
    ("name", "reached"),
    [("researcher", True), ("planner", False), ("postgres", False), ("local-aws", False), ("vector-store", False)],
)
def test_the_browser_reaches_nothing_that_keeps_data(stack: Stack, name: str, reached: bool) -> None:  # noqa: FBT001
    """It runs the scripts of strangers, so it is on a network with the researcher alone."""
    code = f"import socket\ntry: socket.gethostbyname('{name}'); print(True)\nexcept OSError: print(False)"
    assert stack.execute("browser", "python", "-c", code) == str(reached)
