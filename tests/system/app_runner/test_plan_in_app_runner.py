"""A whole plan in App Runner: no request is long, nothing runs between requests, instances come and go."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx2
import pytest
from alex_tools.newsroom_server import Pages, bundled_newsroom
from alex_tools.repository import SAMPLE_PORTFOLIO

from tests.postgresql import create_database
from tests.service_process import running
from tests.system.app_runner.platform import CALLER_KEY, NEW_KEY, Order, Platform, app_runner

if TYPE_CHECKING:
    from tests.system.conftest import MakeAlex

pytestmark = [
    pytest.mark.system,
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(sys.platform == "win32", reason="freezes processes by POSIX signals"),
]
SLOW_PAGES = ("/index.html", "/articles/varrowmere-cell-recall.html")
"""One leads to the other."""
SLOW_SECONDS = 2.0
MODEL_SECONDS = 1.0
"""What the embedding model takes. All waits of a plan are longer than a request may be; each is far from it."""
PAGES_ABOUT_HOLDINGS = 6


class SlowPages(Pages):
    """The newsroom, two pages of which take their time."""

    def do_GET(self) -> None:  # noqa: N802  the base class's name
        """Answer, but not at once."""
        if self.path in SLOW_PAGES:
            time.sleep(SLOW_SECONDS)
        super().do_GET()


@pytest.fixture
def newsroom() -> Iterator[str]:
    """The address of a slow newsroom."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SlowPages, directory=str(bundled_newsroom())))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def platform(newsroom: str, cluster: str, tmp_path: Path) -> Iterator[Platform]:
    """Alex behind its gateway, with PostgreSQL, as deployed; AWS itself is never frozen."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  shown when the test fails
    simulation = {
        "LOCAL_AWS_DATA_DIR": str(tmp_path / "aws"),
        "LOCAL_AWS_EMBEDDING_SHAPE": "tokens",
        "LOCAL_AWS_COLD_START_SECONDS": str(MODEL_SECONDS),
        "LOCAL_AWS_COLD_START_IDLE_SECONDS": "0",
    }
    with running("alex_local_aws", environment=simulation) as aws:
        environment = {
            "AWS_ENDPOINT_URL_S3VECTORS": aws,
            "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": aws,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "ALEX_LOG_LEVEL": "WARNING",
            "BROWSER_ALLOWED_HOSTS": newsroom.split("/")[2],
            "PLANNER_DATABASE_URL": create_database(cluster, f"planner_{uuid4().hex}"),
            "RESEARCHER_DATABASE_URL": create_database(cluster, f"researcher_{uuid4().hex}"),
        }
        with app_runner(Order(environment, tmp_path, seed)) as platform:
            yield platform


def test_a_plan_completes_while_instances_freeze_and_go(
    platform: Platform, newsroom: str, make_alex: MakeAlex, tmp_path: Path
) -> None:
    """App Runner: 120 s a request (scaled down), no CPU without one, any instance; the gateway replaces the key."""
    alex = make_alex(ALEX_URL=platform.url, ALEX_API_KEYS=CALLER_KEY)
    command = alex.start("plan", SAMPLE_PORTFOLIO, "--source", newsroom, "--out", "plan.md")
    command.read_until("researcher starts")
    # The agents that work on it go away, and the gateway shows its new key from now on.
    platform.due.extend(["researcher", "planner"])
    platform.gateway.keys.origin = NEW_KEY
    assert command.finish() == 0, command.output
    plan = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert "Nothing that was asked for." in plan
    assert "Varrowmere" in plan
    check_each_thing_was_done_once(platform)
    check_conditions(platform)


def check_each_thing_was_done_once(platform: Platform) -> None:
    """However often a request was cut: one run of each agent's task, each page and each finding stored once."""
    plans = ask(platform, "/planner/runs")["runs"]
    assert [run["status"] for run in plans] == ["completed"]
    research = ask(platform, "/researcher/runs")["runs"]
    assert [run["status"] for run in research] == ["completed", "completed"]
    findings = ask(platform, f"/planner/runs/{plans[0]['id']}")["output"]["findings"]
    documents = ask(platform, "/vector_store/documents?limit=1")["total"]
    assert documents == PAGES_ABOUT_HOLDINGS + len(findings)


def check_conditions(platform: Platform) -> None:
    """The platform was as hard as it should be, and as closed."""
    assert platform.services["planner"].cut >= 1
    assert "researcher" in platform.swapped
    for service in platform.services.values():
        assert service.freezes, service.name
    assert httpx2.get(f"{platform.url}/planner/runs", headers={"x-api-key": NEW_KEY}).status_code == 403
    direct = httpx2.get(f"{platform.addresses['planner']}/runs", headers={"x-api-key": CALLER_KEY})
    assert direct.status_code == 401


def ask(platform: Platform, path: str) -> Any:
    """Return what the gateway answers its caller."""
    return httpx2.get(platform.url + path, headers={"x-api-key": CALLER_KEY}).raise_for_status().json()
