"""A running stack with its page, a portfolio of 500 holdings, and a plan for it."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alex_tools.client import ServiceClient
from alex_tools.following import follow_run, start_run
from alex_tools.newsroom_server import bundled_newsroom, serving_newsroom
from alex_tools.stack import NEWSROOM_PORT, PAGE_PORT, SERVICES

KEY = "bench"
HOLDINGS = 500
OFFSETS = range(9_000, 20_000, 500)
_CLASSES = ("equity", "equity", "equity", "bond", "real_estate", "commodity")
_REGIONS = ("north_america", "europe", "asia", "")
_SECTORS = ("technology", "health_care", "energy", "industrials", "")


@dataclass(frozen=True)
class Site:
    """Where the page is, and what it shows."""

    url: str
    plan: str
    """Id of a finished plan."""


@contextmanager
def running_site() -> Iterator[Site]:
    """Run `alex up` in a folder of its own, import the holdings, make a plan; yield once all is there."""
    offset = next(offset for offset in OFFSETS if not _is_any_taken(offset))
    with (
        tempfile.TemporaryDirectory() as folder,
        serving_newsroom(bundled_newsroom(), NEWSROOM_PORT + offset) as newsroom,
        _alex_up(folder, offset),
    ):
        planner = ServiceClient("planner", f"http://127.0.0.1:{8003 + offset}", KEY)
        yield Site(f"http://127.0.0.1:{PAGE_PORT + offset}", _make_plan(planner, newsroom))


@contextmanager
def _alex_up(folder: str, offset: int) -> Iterator[None]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_", "FRONTEND_"))}
    own = {
        "ALEX_PORT_OFFSET": str(offset),
        "ALEX_API_KEYS": KEY,
        "ALEX_LOG_LEVEL": "WARNING",
        "BROWSER_ALLOWED_HOSTS": f"127.0.0.1:{NEWSROOM_PORT + offset}",
    }
    command = [sys.executable, "-m", "alex_tools", "up"]
    with subprocess.Popen(  # noqa: S603  our own command
        command, cwd=folder, env={**kept, **own}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            _wait_until_up(process)
            yield
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _wait_until_up(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C stops everything" in line:
            return
    raise SystemExit(f"alex up ended:\n{''.join(said[-15:])}")


def _is_any_taken(offset: int) -> bool:
    ports = [PAGE_PORT, NEWSROOM_PORT, *(service.port for service in SERVICES)]
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port + offset)) == 0:
                return True
    return False


def _make_plan(planner: ServiceClient, newsroom: str) -> str:
    portfolio = planner.post_csv("/portfolios/import", holdings_csv().encode(), {"name": "500 holdings"})
    body = {
        "portfolio_id": portfolio["id"],
        "goals": {
            "text": "A calm retirement",
            "horizon_years": 40,
            "years_to_retirement": 15,
            "annual_spending": "40000",
        },
        "target": {"equity": "0.7", "bond": "0.3"},
        "research": {"holdings": 2, "sources": [newsroom]},
    }
    run = follow_run(planner, start_run(planner, body), lambda _: None)
    return str(run.output["id"])


def holdings_csv() -> str:
    """Return made-up holdings in four accounts; each fiftieth has no price, each twentieth an old one."""
    today = datetime.now(UTC).date()
    lines = ["account,symbol,name,quantity,price,currency,price_date,asset_class,region,sector"]
    for index in range(HOLDINGS):
        day = today - timedelta(days=40 if index % 20 == 0 else 1)
        price = "" if index % 50 == 0 and index else f"{5 + index * 7 % 400}.{index % 100:02}"
        kind, region, sector = (names[index % len(names)] for names in (_CLASSES, _REGIONS, _SECTORS))
        lines.append(
            f"Account {index % 4},H{index:03},Holding number {index},{1 + index * 13 % 90},{price},USD,"
            f"{day if price else ''},{kind},{region},{sector}"
        )
    return "\n".join(lines) + "\n"
