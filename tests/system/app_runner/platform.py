"""Alex in a simulated App Runner: real services behind a gateway, while instances freeze, go and come."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.served_app import served
from tests.system.app_runner.fronts import Front, Gateway, GatewayKeys
from tests.system.app_runner.instances import AppRunnerService, base_environment

LIMIT_SECONDS = 9.0
"""120 s in App Runner. An agent's request to another agent takes 5 s and a step of its work, so it fits in as well."""
REQUESTS_BETWEEN_SWAPS = (1, 5)
OLD_KEY, NEW_KEY, CALLER_KEY = "old-origin-key-000000", "new-origin-key-000000", "caller-key-00000000000"
STOP_SECONDS = 30.0
_START_SECONDS = 150.0
_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class _Kind:
    """How a service is run: `terraform/services.tf` gives the browser one instance and the others two at most."""

    package: str
    instances: int = 2


KINDS = {
    "embedder": _Kind("alex_embedder", 1),
    "vector_store": _Kind("alex_vector_store"),
    "browser": _Kind("alex_browser", 1),
    "researcher": _Kind("alex_researcher"),
    "planner": _Kind("alex_planner"),
}
PAGE = _Kind("alex_tools.web_page")
"""The web page, which is not behind the gateway but before it."""
PAGE_PASSWORD = "password-of-the-page-00000000000"


@dataclass
class Platform:
    """The services, their gateway, and what happened to them."""

    services: dict[str, AppRunnerService]
    gateway: Gateway
    url: str = ""
    addresses: dict[str, str] = field(default_factory=dict)
    """Each service's own public address, which only the gateway's key opens."""
    swapped: list[str] = field(default_factory=list)
    """Services of which an instance was replaced, in order."""
    due: deque[str] = field(default_factory=deque)
    """Services of which an instance is to be replaced next, before any that chance picks."""

    @property
    def cut(self) -> int:
        """Requests that were ended because they took too long."""
        return sum(service.cut for service in self.services.values())

    @property
    def requests(self) -> int:
        """Requests to all services."""
        return sum(service.requests for service in self.services.values())


@dataclass(frozen=True)
class Order:
    """What is to run: the services' environment, where logs go, and the seed of everything that chance decides."""

    environment: Mapping[str, str]
    folder: Path
    seed: int
    with_page: bool = False


@contextmanager
def app_runner(order: Order) -> Iterator[Platform]:
    """Run the platform in a thread of its own; everything is ended with the block."""
    made, over = threading.Event(), threading.Event()
    platforms: list[Platform] = []
    failures: list[BaseException] = []

    def use(platform: Platform) -> None:
        platforms.append(platform)
        made.set()

    def run() -> None:
        try:
            asyncio.run(_run(order, use, over))
        except BaseException as exc:  # noqa: BLE001  carried to the test
            failures.append(exc)
        finally:
            made.set()

    thread = threading.Thread(target=run, name="app runner")
    thread.start()
    try:
        assert made.wait(_START_SECONDS), "the services did not start"
        if failures:
            raise failures[0]
        yield platforms[0]
    finally:
        over.set()
        thread.join(STOP_SECONDS)
    if failures:
        raise failures[0]


async def _run(order: Order, use: Callable[[Platform], None], over: threading.Event) -> None:
    dice = random.Random(order.seed)
    limits = httpx2.Limits(max_keepalive_connections=0)
    async with (
        httpx2.AsyncClient(timeout=None, limits=limits, trust_env=False) as http,
        AsyncExitStack() as servers,
    ):
        services = {
            name: AppRunnerService(name, kind.package, {}, kind.instances, order.folder, dice, http)
            for name, kind in (KINDS | ({"frontend": PAGE} if order.with_page else {})).items()
        }
        platform = await _fronts(services, servers)
        for name, service in services.items():
            settings = _page_settings(platform.url) if name == "frontend" else _settings(platform.addresses)
            service.environment = {**base_environment(), **settings, **order.environment}
        try:
            # The order in which they ask for each other at their start.
            for service in services.values():
                await service.start()
            use(platform)
            await _swap_until(platform, dice, over)
        finally:
            for service in services.values():
                await asyncio.to_thread(service.kill)


async def _fronts(services: dict[str, AppRunnerService], servers: AsyncExitStack) -> Platform:
    """Put App Runner's proxy before each service, and the gateway before all but the page."""
    fronts = {name: Front(service, LIMIT_SECONDS) for name, service in services.items()}
    behind = {name: front for name, front in fronts.items() if name in KINDS}
    platform = Platform(services, Gateway(behind, GatewayKeys(CALLER_KEY, OLD_KEY, "local")))
    platform.url = await servers.enter_async_context(served(platform.gateway))
    for name, front in fronts.items():
        platform.addresses[name] = await servers.enter_async_context(served(front))
    return platform


async def _swap_until(platform: Platform, dice: random.Random, over: threading.Event) -> None:
    """Replace an instance of the service that is due, or of a random one after a random number of requests."""
    counted, wait_for = platform.requests, dice.randint(*REQUESTS_BETWEEN_SWAPS)
    while not over.is_set():
        if platform.due:
            name = platform.due.popleft()
        elif platform.requests - counted >= wait_for:
            name = dice.choice(sorted(platform.services))
        else:
            await asyncio.sleep(_POLL_SECONDS)
            continue
        await platform.services[name].replace_one()
        platform.swapped.append(name)
        counted, wait_for = platform.requests, dice.randint(*REQUESTS_BETWEEN_SWAPS)


def _settings(addresses: Mapping[str, str]) -> dict[str, str]:
    """Return what `terraform/services.tf` sets, with the addresses of this platform."""
    return {
        # During a rotation of the gateway's key both are accepted; services call each other with the first.
        "ALEX_API_KEYS": f"{NEW_KEY},{OLD_KEY}",
        "VECTOR_STORE_EMBEDDER_URL": addresses["embedder"],
        "RESEARCHER_BROWSER_URL": f"{addresses['browser']}/mcp",
        "RESEARCHER_VECTOR_STORE_URL": f"{addresses['vector_store']}/mcp",
        "PLANNER_RESEARCHER_URL": addresses["researcher"],
        "PLANNER_VECTOR_STORE_URL": f"{addresses['vector_store']}/mcp",
    }


def _page_settings(gateway: str) -> dict[str, str]:
    """Return what `terraform/services.tf` sets for the page: it is a caller of the gateway."""
    asked = {f"FRONTEND_{name.upper()}_URL": f"{gateway}/{name}" for name in ("planner", "researcher", "vector_store")}
    return {**asked, "ALEX_API_KEYS": CALLER_KEY, "FRONTEND_PASSWORD": PAGE_PASSWORD}
