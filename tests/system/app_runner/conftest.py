"""What every test of the simulated App Runner runs in: a slow newsroom, AWS's services, and databases."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from alex_tools.newsroom_server import Pages, bundled_newsroom

from tests.postgresql import create_database
from tests.service_process import running

SLOW_PAGES = ("/index.html", "/articles/varrowmere-cell-recall.html")
"""One leads to the other."""
SLOW_SECONDS = 2.0
MODEL_SECONDS = 1.0
"""What the embedding model takes. All waits of a plan are longer than a request may be; each is far from it."""


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
def environment(newsroom: str, cluster: str, tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """What all services are given: AWS, which is never frozen itself, and databases in PostgreSQL as deployed."""
    simulation = {
        "LOCAL_AWS_DATA_DIR": str(tmp_path / "aws"),
        "LOCAL_AWS_EMBEDDING_SHAPE": "tokens",
        "LOCAL_AWS_COLD_START_SECONDS": str(MODEL_SECONDS),
        "LOCAL_AWS_COLD_START_IDLE_SECONDS": "0",
    }
    with running("alex_local_aws", environment=simulation) as aws:
        yield {
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
