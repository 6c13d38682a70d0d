"""`alex demo`: the whole chain on this machine, from the sample portfolio and newsroom to a written plan."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from alex_tools.asking import tell_plan
from alex_tools.client import ServiceClient
from alex_tools.environment import DATA_FOLDER, Stack
from alex_tools.folder_lock import hold_folder
from alex_tools.newsroom_server import check_newsroom, serving_newsroom
from alex_tools.plan_file import check_writable
from alex_tools.planning import Plan, PlanOrder, make_plan, read_portfolio, write_plan
from alex_tools.ports import check_ports_are_free
from alex_tools.stack import NEWSROOM_PORT, Service
from alex_tools.stop_signals import stop_flag
from alex_tools.storytelling import Story
from alex_tools.supervisor import Supervisor, running
from alex_tools.terminal import Terminal
from alex_tools.up import prepare_stack, show_connection, stay_up

_ALLOWED_HOSTS = "BROWSER_ALLOWED_HOSTS"


@dataclass(frozen=True)
class DemoOrder:
    """What the demo works on and where its plan goes."""

    portfolio: Path
    newsroom: Path
    out: Path
    exit_when_done: bool


@dataclass(frozen=True)
class DemoResult:
    """What came out of the chain."""

    plan: Plan
    documents: int
    """Documents in the knowledge base afterwards."""


def run_demo(
    services: tuple[Service, ...], offset: int, user: Mapping[str, str], order: DemoOrder, terminal: Terminal
) -> None:
    """Start everything, make the plan, write it; then stay up or end.

    Raises:
        AlexError: something could not be started, ended by itself, or is missing in the plan.
    """
    started = time.monotonic()
    read_portfolio(order.portfolio)
    check_newsroom(order.newsroom)
    check_writable(order.out)
    newsroom_port = NEWSROOM_PORT + offset
    check_ports_are_free({**{service.name: service.port for service in services}, "newsroom": newsroom_port})
    folder = Path.cwd()
    with (
        stop_flag() as stop,
        hold_folder(folder / DATA_FOLDER),
        serving_newsroom(order.newsroom, newsroom_port) as index,
    ):
        stack = prepare_stack(services, _allowing(user, index), folder, stop, terminal)
        terminal.say(f"logs: {stack.data / 'logs'}")
        with running(stack, stop, lambda _name, _line: None) as supervisor:
            _wait_until_ready(supervisor, terminal)
            terminal.say(f"all services are ready after {time.monotonic() - started:.1f} s")
            outcome = _work(supervisor, stack, PlanOrder(order.portfolio, sources=[index]), order.out, terminal)
            _write(outcome, order.out, time.monotonic() - started, stack.service("planner").url, terminal)
            if not order.exit_when_done:
                show_connection(stack, terminal)
                stay_up(supervisor, terminal)


def _work(supervisor: Supervisor, stack: Stack, order: PlanOrder, out: Path, terminal: Terminal) -> DemoResult:
    result = _in_background(lambda: _make_plan(stack, order, out, terminal))
    with terminal.out.status("the planner works", spinner="line"):
        supervisor.watch(result.done)
    return result.result()


def _make_plan(stack: Stack, order: PlanOrder, out: Path, terminal: Terminal) -> DemoResult:
    planner, researcher, knowledge = (_client(stack, name) for name in ("planner", "researcher", "vector_store"))
    plan = make_plan(planner, order, out, Story(terminal, {"researcher": researcher}), lambda _quote: None)
    total = knowledge.get("/documents", {"limit": 1}).get("total")
    return DemoResult(plan, total if isinstance(total, int) else 0)


def _write(result: DemoResult, out: Path, seconds: float, planner_url: str, terminal: Terminal) -> None:
    plan = result.plan
    terminal.say(
        f"{len(plan.findings)} findings from {len(plan.source_urls)} sources, "
        f"{result.documents} documents in the knowledge base, {seconds:.1f} s in all"
    )
    tell_plan(plan, planner_url, terminal)
    terminal.say(f"plan: {write_plan(plan, out)}", "bold green")


def _client(stack: Stack, name: str) -> ServiceClient:
    return ServiceClient(name, stack.service(name).url, stack.api_key)


def _wait_until_ready(supervisor: Supervisor, terminal: Terminal) -> None:
    with terminal.out.status("services start", spinner="line"):
        supervisor.wait_until_ready(lambda name: terminal.say(f"{name} is ready", "green"))


def _allowing(user: Mapping[str, str], index: str) -> dict[str, str]:
    """Return the environment in which the browser may read the newsroom, although it is not public."""
    given = user.get(_ALLOWED_HOSTS, "")
    return {**user, _ALLOWED_HOSTS: ",".join(part for part in (given, urlsplit(index).netloc) if part)}


def _in_background(work: Callable[[], DemoResult]) -> Future[DemoResult]:
    """Do the work in a thread, so that the main thread can watch the services and the stop signals."""
    future: Future[DemoResult] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as exc:  # noqa: BLE001  carried to the main thread, which raises it
            future.set_exception(exc)

    Thread(target=run, name="demo", daemon=True).start()
    return future
