"""What was stored stays, whatever ends: a container by SIGKILL, one by SIGTERM, all of them by `down`."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from alex_tools.repository import SAMPLE_PORTFOLIO

from tests.compose.engine import IMAGES, KEY, RECOVERY_SECONDS, Stack, docker

pytestmark = [pytest.mark.compose, pytest.mark.timeout(1500)]

RUN_SECONDS = 180.0
"""Limit of one plan whose services are ended meanwhile; without that it takes about five."""
ENDED = frozenset({"completed", "partial", "failed", "cancelled"})
CONTAINERS = [*IMAGES, "postgres"]
STOP_SECONDS = 10
KILLED = 137
"""Exit code of a container that was ended by SIGKILL."""


class Caller:
    """A program that makes plans for one owner, and tries again when nobody answers."""

    def __init__(self, stack: Stack, owner: str) -> None:
        self._stack = stack
        self._http = httpx2.Client(headers={"x-api-key": KEY, "x-alex-owner": owner}, timeout=60)

    def close(self) -> None:
        self._http.close()

    def ask(self, service: str, method: str, path: str, **options: Any) -> httpx2.Response:
        """Return an answer that is no failure of a server."""
        deadline, failure = time.monotonic() + RUN_SECONDS, ""
        while time.monotonic() < deadline:
            try:
                answer = self._http.request(method, self._stack.url(service) + path, **options)
            except httpx2.HTTPError as exc:
                failure = repr(exc)
            else:
                if answer.status_code < 500:
                    return answer.raise_for_status()
                failure = answer.text
            time.sleep(0.2)
        pytest.fail(f"{service}: {method} {path}: {failure}")

    def start_plan(self) -> str:
        """Import the sample portfolio and start a plan; return the run's id."""
        csv = {"content": SAMPLE_PORTFOLIO.read_bytes(), "headers": {"content-type": "text/csv"}}
        portfolio = self.ask("planner", "POST", "/portfolios/import?name=sample", **csv).json()["id"]
        research = {"holdings": 2, "sources": ["http://newsroom:8090/index.html"], "max_pages": 6}
        body = {"portfolio_id": portfolio, "research": research}
        headers = {"Idempotency-Key": uuid4().hex}
        return str(self.ask("planner", "POST", "/runs", json=body, headers=headers).json()["id"])

    def drive(self, run_id: str) -> dict[str, Any]:
        """Advance a run until it has ended, and return it."""
        deadline = time.monotonic() + RUN_SECONDS
        while time.monotonic() < deadline:
            run: dict[str, Any] = self.ask("planner", "POST", f"/runs/{run_id}/advance", json={"budget_s": 20}).json()
            if run["status"] in ENDED:
                return run
        pytest.fail(f"{run_id} does not end")

    def follow(self, run_id: str, followed: threading.Event) -> None:
        """Listen to the events of a run until the stream is closed from the other side."""
        with (
            suppress(httpx2.HTTPError),
            self._http.stream("GET", f"{self._stack.url('planner')}/runs/{run_id}/events") as events,
        ):
            followed.set()
            for _ in events.iter_lines():
                pass

    def wait_for_research(self) -> None:
        """Return once the plan has been handed to the researcher."""
        deadline = time.monotonic() + RUN_SECONDS
        while not self.ask("researcher", "GET", "/runs").json()["runs"]:
            assert time.monotonic() < deadline, "nothing is researched"
            time.sleep(0.05)


@pytest.fixture
def caller(stack: Stack) -> Iterator[Caller]:
    """An owner of its own, for whom nothing is stored yet."""
    one = Caller(stack, f"owner-{uuid4().hex[:8]}")
    yield one
    one.close()


@pytest.fixture(scope="module")
def keeper(stack: Stack) -> Iterator[Caller]:
    """An owner with a finished plan, who looks at it again after everything that happens."""
    one = Caller(stack, "keeper")
    check_complete(one, one.drive(one.start_plan()))
    yield one
    one.close()


def kept(caller: Caller) -> dict[str, Any]:
    """Everything that was stored for an owner: portfolios, plans as text, research, documents."""
    plans = caller.ask("planner", "GET", "/plans").json()["plans"]
    return {
        "portfolios": caller.ask("planner", "GET", "/portfolios").json(),
        "plans": {plan["id"]: caller.ask("planner", "GET", f"/plans/{plan['id']}/plan.md").text for plan in plans},
        "research": caller.ask("researcher", "GET", "/runs").json()["runs"],
        "documents": caller.ask("vector_store", "GET", "/documents?limit=100").json(),
        "found": caller.ask("vector_store", "POST", "/search", json={"query": "net debt rose"}).json(),
    }


def check_complete(caller: Caller, run: dict[str, Any]) -> None:
    """The plan misses nothing, and each quote stands in a document that is stored."""
    assert run["status"] in {"completed", "partial"}, run["error"]
    assert run["output"]["missing"] == []
    findings = run["output"]["findings"]
    assert len(findings) >= 6
    for finding in findings:
        document = caller.ask("vector_store", "GET", f"/documents/{finding['document_id']}?max_chars=20000").json()
        assert " ".join(finding["quote"].split()) in " ".join(document["text"].split())


@dataclass(frozen=True)
class Planning:
    """A plan in the making."""

    run_id: str
    ended: Future[dict[str, Any]]


@contextmanager
def planning(caller: Caller) -> Iterator[Planning]:
    """Give a plan that is being researched; at the end of the block it is finished."""
    with ThreadPoolExecutor(1) as threads:
        run_id = caller.start_plan()
        plan = Planning(run_id, threads.submit(caller.drive, run_id))
        caller.wait_for_research()
        yield plan
        plan.ended.result(RUN_SECONDS)


@pytest.mark.parametrize("service", CONTAINERS)
def test_a_killed_container_recovers_and_nothing_is_lost(
    stack: Stack, keeper: Caller, caller: Caller, service: str
) -> None:
    """SIGKILL in the middle of a plan: the plan is finished without a gap, and what was there before is there."""
    before, restarts = kept(keeper), stack.inspect(service)["RestartCount"]
    with planning(caller) as plan:
        stack.kill(service)
    stack.wait_until_healthy(service, restarts=restarts + 1)
    check_complete(caller, plan.ended.result())
    assert kept(keeper) == before


@pytest.mark.parametrize("service", CONTAINERS)
def test_a_container_stops_when_it_is_asked_to(stack: Stack, keeper: Caller, caller: Caller, service: str) -> None:
    """The engine kills what has not stopped after ten seconds; a plan that is made and followed does not hold it up.

    A plan that had to do without the service for longer than it tries says so, and loses nothing else.
    """
    before, container = kept(keeper), stack.container(service)
    with planning(caller) as plan, ThreadPoolExecutor(1) as threads:
        threads.submit(caller.follow, plan.run_id, followed := threading.Event())
        assert followed.wait(RECOVERY_SECONDS)
        docker("stop", "--time", str(STOP_SECONDS), container)
        state = stack.inspect(service)["State"]
        docker("start", container)
    assert state["ExitCode"] != KILLED
    stack.wait_until_healthy(service)
    ended = plan.ended.result()
    assert ended["status"] in {"completed", "partial"}, ended["error"]
    assert [line for line in ended["output"]["missing"] if f"{service} does not answer" not in line] == []
    assert kept(keeper) == before


def test_down_and_up_keeps_knowledge_and_plans(stack: Stack, keeper: Caller) -> None:
    """The containers are made anew, the volumes stay."""
    before, container = kept(keeper), stack.container("planner")
    stack.compose("down")
    stack.compose("up", "--detach", "--wait")
    assert stack.container("planner") != container
    assert kept(keeper) == before
