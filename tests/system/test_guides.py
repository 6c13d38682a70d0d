"""The commands of the guides, run as they stand there: a stack of this machine behind a gateway stands in for AWS."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from alex_tools.newsroom_server import bundled_newsroom, serving_newsroom
from alex_tools.repository import ROOT
from alex_tools.stack import NEWSROOM_PORT, SERVICES
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.browser.running import served
from tests.service_process import kill_tree
from tests.system.conftest import free_offset
from tests.tools.conftest import Alex

pytestmark = [
    pytest.mark.system,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash"),
    pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl"),
]
START_SECONDS = 100.0
COMMAND_SECONDS = 120
CALLER_KEY, ORIGIN_KEY = "key-of-the-caller", "key-of-the-services"
NOT_HERE = re.compile(r"^(aws |uv run alex doctor --aws).*\n", re.MULTILINE)
"""What asks AWS itself; that these calls exist is checked by `tests/aws/test_guides.py`."""
UV = 'uv() { shift 2; "$PYTHON" -m alex_tools "$@"; }\n'
"""`uv run alex`, with the environment of these tests."""


@dataclass(frozen=True)
class Deployed:
    """Where a reader of the guides finds a deployment, and the folder in which he works."""

    url: str
    offset: int
    newsroom: str
    folder: Path

    def run(self, script: str, key: str = CALLER_KEY) -> subprocess.CompletedProcess[str]:
        """Run what a guide says, as far as it does not ask AWS itself."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_"))}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", UV + NOT_HERE.sub("", script)],
            cwd=self.folder,
            env={**kept, "PYTHON": sys.executable, "COLUMNS": "200", "ALEX_URL": self.url, "ALEX_API_KEYS": key},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=COMMAND_SECONDS,
        )


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """`alex up`, with a gateway before it that replaces the caller's key."""
    offset, folder = free_offset(), tmp_path_factory.mktemp("guides")
    (folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_"))}
    # Without Node.js there is no page to wait for; no guide here asks it.
    own = {"ALEX_PORT_OFFSET": str(offset), "ALEX_API_KEYS": ORIGIN_KEY, "ALEX_LOG_LEVEL": "WARNING"}
    with (
        serving_newsroom(bundled_newsroom(), NEWSROOM_PORT + offset) as newsroom,
        served(gateway(offset)) as port,
    ):
        own["BROWSER_ALLOWED_HOSTS"] = f"127.0.0.1:{NEWSROOM_PORT + offset}"
        alex = Alex(["-m", "alex_tools", "up"], tmp_path_factory.mktemp("stack"), {**kept, **own})
        try:
            alex.wait_for("Ctrl-C stops everything", START_SECONDS)
            yield Deployed(f"http://127.0.0.1:{port}", offset, newsroom, folder)
        finally:
            kill_tree(alex.process)


def gateway(offset: int) -> Starlette:
    """Return an entrance that takes the caller's key alone, and shows the services theirs."""
    ports = {service.name: service.port + offset for service in SERVICES}

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with httpx2.AsyncClient(timeout=None, trust_env=False) as app.state.http:
            yield

    async def forward(request: Request) -> Response:
        if request.headers.get("x-api-key") != CALLER_KEY:
            refused = {"code": "gateway_refused", "message": "Forbidden", "detail": {}, "request_id": "1"}
            return JSONResponse({"error": refused}, status_code=403)
        service, path = request.path_params["service"], request.path_params["path"]
        url = httpx2.URL(f"http://127.0.0.1:{ports[service]}/{path}", query=request.url.query.encode())
        headers = {**request.headers, "x-api-key": ORIGIN_KEY, "host": url.netloc.decode()}
        http: httpx2.AsyncClient = request.app.state.http
        asked = http.build_request(request.method, url, headers=headers, content=await request.body())
        answer = await http.send(asked, stream=True)
        kept = {k: v for k, v in answer.headers.items() if k not in {"transfer-encoding", "connection"}}
        return StreamingResponse(answer.aiter_raw(), answer.status_code, kept, background=BackgroundTask(answer.aclose))

    methods = ["GET", "POST", "PUT", "DELETE"]
    return Starlette(routes=[Route("/{service}/{path:path}", forward, methods=methods)], lifespan=lifespan)


def block(guide: str, containing: str) -> str:
    """Return the first block for POSIX shells that has a text in it."""
    text = (ROOT / "guides" / f"{guide}.md").read_text(encoding="utf-8")
    found: list[str] = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return next(code for code in found if containing in code)


def test_the_embedding_of_guide_2_is_a_list_of_384_numbers(deployed: Deployed) -> None:
    """The check of guide 2, through the gateway."""
    done = deployed.run(block("2_sagemaker", "v1/embeddings"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(json.loads(done.stdout)["data"][0]["embedding"]) == 384


def test_guide_3_fills_the_knowledge_base_and_finds_what_is_in_it(deployed: Deployed) -> None:
    """Its commands, then its check; before anything is ingested the check says so."""
    check = block("3_ingest", "--limit 1")
    assert "nothing is stored that matches" in (before := deployed.run(check)).stdout, before.stdout + before.stderr
    for script in (block("3_ingest", "alex ingest"), check):
        done = deployed.run(script)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "README.md" in done.stdout


def test_guide_4_researches_a_topic_and_makes_a_plan(deployed: Deployed) -> None:
    """Its commands with a newsroom in place of the web, which has no news of the example's holdings."""
    script = re.sub(r"https://www\.iea\.org/\S+", deployed.newsroom, block("4_researcher", "--out plan.md"))
    done = deployed.run(script.replace("grid batteries", "Varrowmere battery recall"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "researcher is done: completed" in done.stdout
    assert "plan: plan.md" in done.stdout


def test_the_check_of_guide_4_passes(deployed: Deployed) -> None:
    """A plan without research, which nothing outside can make incomplete."""
    done = deployed.run(block("4_researcher", "--holdings 0"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "plan: check.md" in done.stdout
    assert (deployed.folder / "check.md").read_text(encoding="utf-8").startswith("#")


def test_guide_4_follows_a_topic(deployed: Deployed) -> None:
    """As said once, then whenever it is due."""
    script = re.sub(r"https://www\.iea\.org/\S+", deployed.newsroom, block("4_researcher", "--follow"))
    done = deployed.run(script.replace("grid batteries", "Quillhaven patent"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tools_of_an_mcp_server_are_listed(deployed: Deployed) -> None:
    """The check of the page about MCP clients, at the address of this stack and through the gateway."""
    script = block("mcp_clients", "tools/list")
    local = script.replace("127.0.0.1:8011", f"127.0.0.1:{8011 + deployed.offset}")
    far = script.replace("http://127.0.0.1:8011", '"$ALEX_URL"/vector_store')
    for address, key in ((local, ORIGIN_KEY), (far, CALLER_KEY)):
        done = deployed.run(address, key)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "ingest_document" in {tool["name"] for tool in json.loads(done.stdout)["result"]["tools"]}


@pytest.mark.parametrize(
    ("guide", "containing"),
    [("2_sagemaker", "v1/embeddings"), ("3_ingest", "--limit 1"), ("4_researcher", "--holdings 0")],
    ids=["2", "3", "4"],
)
def test_a_check_that_does_not_pass_says_what_is_wrong(deployed: Deployed, guide: str, containing: str) -> None:
    """Ours: with a wrong key nothing looks as if it worked, and the reason is in the answer."""
    done = deployed.run(block(guide, containing), key="a-wrong-key")
    assert done.returncode != 0
    assert "Forbidden" in done.stdout + done.stderr
