"""Which services Alex is made of, where they listen, and what they are for. It starts nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from alex_tools.errors import BadInput

HOST = "127.0.0.1"
"""Everything the command starts is reachable from this machine only."""
OFFSET_VARIABLE = "ALEX_PORT_OFFSET"
NEWSROOM_PORT = 8090
"""Port of the sample newsroom of `alex demo`, before the offset."""
PAGE_PORT = 3000
"""Port of the web page, before the offset."""
_HIGHEST_PORT = 65535
BLOCKED_PORTS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080}
)
"""Ports above 1023 that no browser opens a page on.

Source: the Fetch standard, port blocking, https://fetch.spec.whatwg.org/#port-blocking."""


@dataclass(frozen=True)
class Service:
    """One service process: `python <arguments> --port <port> --host <host>`."""

    name: str
    port: int
    arguments: tuple[str, ...]
    purpose: str
    is_mcp: bool = False

    def shifted(self, offset: int) -> "Service":
        """Return the same service `offset` ports higher."""
        return Service(self.name, self.port + offset, self.arguments, self.purpose, self.is_mcp)

    @property
    def url(self) -> str:
        """Base address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"


SERVICES = (
    Service("local_aws", 8000, ("-m", "alex_local_aws"), "S3 Vectors and SageMaker Runtime on this machine"),
    Service("embedder", 8001, ("-m", "alex_embedder"), "embeddings, POST /v1/embeddings"),
    Service("vector_store", 8011, ("-m", "alex_vector_store"), "knowledge, MCP server", is_mcp=True),
    Service("browser", 8012, ("-m", "alex_browser"), "reads web pages, MCP server", is_mcp=True),
    Service("researcher", 8002, ("-m", "alex_researcher"), "research agent, POST /runs"),
    Service("planner", 8003, ("-m", "alex_planner"), "planner agent, POST /runs"),
)
"""All services, in the order in which they are started and listed."""


def shifted_services(offset: int) -> tuple[Service, ...]:
    """Return all services with their ports shifted by `offset`."""
    return tuple(service.shifted(offset) for service in SERVICES)


def port_offset(environment: Mapping[str, str]) -> int:
    """Return the number that is added to every port.

    Raises:
        BadInput: the variable is not a whole number that leaves all ports between 1 and 65535, or puts the web page
            where no browser opens it.
    """
    text = environment.get(OFFSET_VARIABLE, "").strip() or "0"
    highest = max(NEWSROOM_PORT, *(service.port for service in SERVICES))
    lowest = min(PAGE_PORT, *(service.port for service in SERVICES))
    try:
        offset = int(text)
    except ValueError:
        raise BadInput(f"{OFFSET_VARIABLE} must be a whole number such as 100, got {text!r}") from None
    if not 1 - lowest <= offset <= _HIGHEST_PORT - highest:
        raise BadInput(f"{OFFSET_VARIABLE} must be {1 - lowest} to {_HIGHEST_PORT - highest}, got {offset}")
    if PAGE_PORT + offset in BLOCKED_PORTS:
        raise BadInput(
            f"{OFFSET_VARIABLE}={offset} puts the web page on port {PAGE_PORT + offset}, which no browser opens; "
            "take another number"
        )
    return offset
