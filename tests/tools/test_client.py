"""Answers of services, turned into messages: with a real server that answers as the services do."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from alex_tools.budgeting import BudgetOrder, used_line
from alex_tools.client import ServiceClient
from alex_tools.errors import BadInput, NotRunning, RunFailed, ServiceRefused
from alex_tools.following import Event, follow_run, start_run
from alex_tools.planning import PlanOrder, make_plan
from alex_tools.storytelling import describe

PROBLEMS = [
    {"line": 3, "column": "quantity", "message": "the row has no quantity"},
    {"line": 5, "column": None, "message": "the row has 3 cells where the header has 4"},
]


class _Planner(BaseHTTPRequestHandler):
    """Answers by the name of the portfolio, which becomes the id of the run."""

    protocol_version = "HTTP/1.1"
    listened: dict[str, int]
    resumed_after: list[str | None]
    keys: list[str | None]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path == "/portfolios/import?name=broken":
            self._json(422, {"error": {"message": "line 3: the row has no quantity", "detail": {"problems": PROBLEMS}}})
        elif self.path == "/runs/quote":
            self._json(200, {"model": "a model", "based_on_runs": 0, "budget": json.loads(body).get("budget", {})})
        elif self.path.startswith("/portfolios/import"):
            self._json(201, {"id": self.path.partition("name=")[2]})
        else:
            self.keys.append(self.headers.get("idempotency-key"))
            self._json(202, {"id": json.loads(body)["portfolio_id"]})

    def do_GET(self) -> None:
        run = self.path.split("/")[2]
        if run == "broken":
            self._json(500, {"error": {"message": "unexpected failure", "request_id": "r-17"}})
            return
        if self.path.endswith("/events"):
            self._events(run)
        elif self.path.endswith("/plan.md"):
            self._send(200, "text/markdown", b"# plan\n")
        elif run == "failed":
            self._json(200, {"id": run, "status": "failed", "error": {"message": "the model refused"}})
        elif run == "slow" and self.listened[run] < 2:
            self._json(200, {"id": run, "status": "running"})
        else:
            output = {
                "id": "plan_1",
                "missing": ["the recall page"],
                "findings": [{"source_url": "http://a/"}, {"source_url": None}],
            }
            self._json(200, {"id": run, "status": "partial", "output": output})

    def _events(self, run: str) -> None:
        self.listened[run] = self.listened.get(run, 0) + 1
        self.resumed_after.append(self.headers.get("last-event-id"))
        number = self.listened[run]
        self._send(200, "text/event-stream", f'id: {number}\nevent: created\ndata: {{"n": {number}}}\n\n'.encode())

    def _json(self, status: int, body: object) -> None:
        self._send(status, "application/json", json.dumps(body).encode())

    def _send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Write nothing."""


@pytest.fixture
def planner() -> Iterator[ServiceClient]:
    """A client of the stand-in planner."""
    _Planner.listened, _Planner.resumed_after, _Planner.keys = {}, [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Planner)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    client = ServiceClient("planner", f"http://127.0.0.1:{server.server_port}", "key")
    yield client
    client.http.close()
    server.shutdown()
    server.server_close()
    thread.join(5)


def order(tmp_path: Path, name: str) -> PlanOrder:
    """A portfolio whose name says how the planner answers."""
    path = tmp_path / f"{name}.csv"
    path.write_text("symbol,quantity,currency\n")
    return PlanOrder(path)


def test_problems_of_a_portfolio_are_shown_with_line_and_column(planner: ServiceClient, tmp_path: Path) -> None:
    """One detail per problem, and the file by name."""
    with pytest.raises(BadInput) as caught:
        make_plan(planner, order(tmp_path, "broken"), tmp_path / "plan.md", lambda _event: None, lambda _quote: None)
    assert "broken.csv cannot be used" in caught.value.message
    assert caught.value.details == (
        "line 3, column quantity: the row has no quantity",
        "line 5: the row has 3 cells where the header has 4",
    )


def test_a_failed_run_gives_its_reason(planner: ServiceClient, tmp_path: Path) -> None:
    """The planner's own message."""
    with pytest.raises(RunFailed, match="the model refused"):
        make_plan(planner, order(tmp_path, "failed"), tmp_path / "plan.md", lambda _event: None, lambda _quote: None)


def test_a_partial_plan_carries_what_is_missing(planner: ServiceClient, tmp_path: Path) -> None:
    """And its sources are counted once each."""
    plan = make_plan(planner, order(tmp_path, "any"), tmp_path / "plan.md", lambda _event: None, lambda _quote: None)
    assert (plan.status, plan.missing, plan.source_urls) == ("partial", ("the recall page",), {"http://a/"})


def test_a_budget_goes_along_and_the_quote_is_told_first(planner: ServiceClient, tmp_path: Path) -> None:
    """Ours: nothing is started before the user has been told what it may use."""
    told: list[str] = []
    wanted = replace(order(tmp_path, "any"), budget=BudgetOrder(tokens=5_000, seconds=60))
    make_plan(planner, wanted, tmp_path / "plan.md", lambda _event: None, told.append)
    assert told == [
        "what it will use is not known yet: no earlier run by a model; held to 5000 tokens, 60 seconds",
    ]
    assert wanted.as_request("any")["budget"] == {"tokens": 5_000, "seconds": 60}
    assert "budget" not in order(tmp_path, "any").as_request("any")


@pytest.mark.parametrize(
    ("cost", "line"),
    [
        ({"kind": "known", "usd": "0.0123"}, "3 model calls, 1,200 tokens, 4.2 s, 0.0123 USD"),
        ({"kind": "unknown", "reason": "no price"}, "3 model calls, 1,200 tokens, 4.2 s, cost unknown (no price)"),
    ],
)
def test_what_was_used_is_one_line(cost: dict[str, object], line: str) -> None:
    """Ours: a cost that is not known is not shown as nothing."""
    used = {"requests": 3, "input_tokens": 1_000, "output_tokens": 200, "seconds": 4.21, "cost": cost}
    assert used_line(used) == line


def test_following_goes_on_after_a_stream_that_ended_early(planner: ServiceClient) -> None:
    """The second stream begins behind the last event of the first; no event is told twice."""
    events: list[Event] = []
    assert follow_run(planner, "slow", events.append).status == "partial"
    assert [event.data["n"] for event in events] == [1, 2]
    assert _Planner.resumed_after == [None, "1"]


def test_every_run_is_a_new_one(planner: ServiceClient) -> None:
    """A repeated key would give back the run of last time."""
    for _ in range(2):
        start_run(planner, {"portfolio_id": "any"})
    assert len(set(_Planner.keys)) == 2
    assert all(_Planner.keys)


def test_an_answer_that_is_no_json_is_an_error_with_the_address(planner: ServiceClient) -> None:
    """Something else may listen on the port."""
    with pytest.raises(ServiceRefused, match=r"plan\.md"):
        planner.get("/runs/any/plan.md")


def test_an_unexpected_failure_of_a_service_can_be_found_in_its_log(planner: ServiceClient) -> None:
    """The request id stands in the message."""
    with pytest.raises(ServiceRefused, match=r"planner: unexpected failure \(request id r-17\)"):
        planner.get("/runs/broken")


def test_a_service_that_is_not_there_is_named() -> None:
    """With its address and the way to start it."""
    with pytest.raises(NotRunning, match=r"planner does not answer at http://127\.0\.0\.1:9; start Alex"):
        ServiceClient("planner", "http://127.0.0.1:9", "key").get("/portfolios")


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (
            Event("r", "tool_called", {"tool": "keep_page", "arguments": {"url": "u", "n": None}}),
            "calls keep_page url=u",
        ),
        (Event("p", "delegated", {"service": "researcher", "run_id": "r1"}), "hands the work to the researcher as r1"),
        (Event("p", "failed", {}), "failed: ?"),
        (Event("p", "unheard_of", {"a": 1}), "unheard_of a=1"),
        (Event("p", "tool_finished", {"call_id": "c"}), ""),
        (Event("p", "tool_finished", {"call_id": "c", "not_done": "not read: HTTP 404"}), "not read: HTTP 404"),
    ],
    ids=["tool", "delegated", "without_data", "unknown", "silent", "not_done"],
)
def test_events_are_told_as_sentences(event: Event, sentence: str) -> None:
    """An unknown event is told as it is, never left out."""
    assert describe(event) == sentence
