"""The edge of every service: API key, error shape, health, request id, owner, logging, start and stop.

It knows no business of any service. A service composes it in its `app.py`:

    app = create_service("planner", version=..., settings=EdgeSettings(), lifespan=lifespan, readiness=readiness)
"""

from alex_edge.app import create_service
from alex_edge.errors import InvalidInput, NotFound, ServiceError, UpstreamUnavailable
from alex_edge.health import Health, HealthFacts, Readiness
from alex_edge.http_client import create_http_client, raise_for_upstream
from alex_edge.mcp_routes import post_only
from alex_edge.owner import DEFAULT_OWNER, Owner, owner_from_headers
from alex_edge.server import serve
from alex_edge.settings import EdgeSettings

__all__ = [
    "DEFAULT_OWNER",
    "EdgeSettings",
    "Health",
    "HealthFacts",
    "InvalidInput",
    "NotFound",
    "Owner",
    "Readiness",
    "ServiceError",
    "UpstreamUnavailable",
    "create_http_client",
    "create_service",
    "owner_from_headers",
    "post_only",
    "raise_for_upstream",
    "serve",
]
