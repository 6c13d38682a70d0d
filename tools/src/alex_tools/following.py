"""Drives an agent's run to its end by listening to its events, and tells what happens."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

import httpx2

from alex_tools.client import ServiceClient, raise_for_error
from alex_tools.errors import NotRunning, RunFailed

RUN_SECONDS = 600.0
"""How long one run may take: a slow language model included."""
_FINAL = frozenset({"completed", "partial", "failed", "cancelled"})
_LISTEN_SECONDS = 110.0
"""A stream of events ends itself at 100 s; a longer silence means that the service is stuck."""
_PAUSE_SECONDS = 0.5


@dataclass(frozen=True)
class Event:
    """Something that happened in a run of the agent `agent`."""

    agent: str
    type: str
    data: Mapping[str, object]


@dataclass(frozen=True)
class Run:
    """A run as its service tells it."""

    id: str
    status: str
    output: Mapping[str, object] = field(default_factory=dict)
    error: Mapping[str, object] = field(default_factory=dict)
    used: Mapping[str, object] = field(default_factory=dict)
    """What it used in all, delegated runs included."""


def start_run(client: ServiceClient, body: Mapping[str, object]) -> str:
    """Start a new run, never one that was asked for before, and return its id."""
    answer = client.post("/runs", body, headers={"idempotency-key": uuid4().hex})
    return str(answer["id"])


def follow_run(client: ServiceClient, run_id: str, on_event: Callable[[Event], None]) -> Run:
    """Listen to the run until it ends; the service works on it while somebody listens.

    Raises:
        RunFailed: the run failed, was cancelled, or took longer than `RUN_SECONDS`.
        NotRunning: the service went away.
    """
    deadline = time.monotonic() + RUN_SECONDS
    last_id = ""
    while time.monotonic() < deadline:
        last_id = listen(client, run_id, last_id, on_event)
        run = read_run(client, run_id)
        if run.status in _FINAL:
            return _checked(client.name, run)
        time.sleep(_PAUSE_SECONDS)
    raise RunFailed(f"{client.name}: run {run_id} did not end within {RUN_SECONDS:g} s")


def read_run(client: ServiceClient, run_id: str) -> Run:
    """Return the run's present state."""
    body = client.get(f"/runs/{run_id}")
    output, error, receipt = body.get("output"), body.get("error"), body.get("receipt")
    used = receipt.get("total") if isinstance(receipt, dict) else None
    return Run(
        run_id,
        str(body.get("status")),
        output if isinstance(output, dict) else {},
        error if isinstance(error, dict) else {},
        used if isinstance(used, dict) else {},
    )


def listen(client: ServiceClient, run_id: str, last_id: str, on_event: Callable[[Event], None]) -> str:
    """Tell every event of one stream after `last_id`; returns the id of the last one.

    Raises:
        NotRunning: nobody answers.
        ServiceRefused: there is no such run.
    """
    headers = {"last-event-id": last_id} if last_id else {}
    try:
        with client.http.sse(f"/runs/{run_id}/events", headers=headers, timeout=_LISTEN_SECONDS) as source:
            if not source.response.is_success:
                source.response.read()
                raise_for_error(client.name, source.response)
            for event in source:
                data = event.json() if event.data else {}
                on_event(Event(client.name, event.event, data if isinstance(data, dict) else {}))
                last_id = event.id or last_id
    except httpx2.ConnectError as exc:
        raise NotRunning(client.name, client.url) from exc
    except httpx2.TransportError:
        # A stream may break at any time; what the run came to is asked for separately.
        return last_id
    return last_id


def _checked(name: str, run: Run) -> Run:
    if run.status in {"failed", "cancelled"}:
        reason = run.error.get("message") or "no reason was given"
        raise RunFailed(f"{name}: the run {run.status}: {reason}")
    return run
