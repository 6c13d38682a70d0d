"""One place that composes the edge around a service's routes."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI
from starlette.middleware import Middleware

from alex_edge.api_key import ApiKeyMiddleware
from alex_edge.errors import install_error_handlers
from alex_edge.health import HealthFacts, Readiness, health_routes
from alex_edge.host_check import HostCheck
from alex_edge.log import configure_logging
from alex_edge.owner import OneOwner
from alex_edge.request_id import RequestIdMiddleware
from alex_edge.settings import EdgeSettings


def create_service(
    name: str,
    *,
    version: str,
    settings: EdgeSettings,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]],
    readiness: Readiness,
    description: str = "",
    require_api_key: bool = True,
    health: HealthFacts | None = None,
) -> FastAPI:
    """Return an application with health, readiness, error shape, request id and API key check in place.

    Args:
        name: the name of the service in health answers, logs and errors.
        lifespan: opens and closes the service's clients; adds its checks to `readiness`.
        health: what `GET /health` says of this service beyond its build.
        require_api_key: false only for `local_aws`, which accepts what boto3 sends.

    Raises:
        ValueError: a key is required and `ALEX_API_KEYS` has none.
    """
    middleware = [Middleware(RequestIdMiddleware)]
    if settings.allowed_hosts:
        middleware.append(Middleware(HostCheck, allowed=settings.allowed_hosts))
    if require_api_key:
        if not settings.api_keys:
            raise ValueError("ALEX_API_KEYS is empty; set it to one or more keys separated by commas")
        middleware.append(Middleware(ApiKeyMiddleware, keys=settings.api_keys))
    middleware.append(Middleware(OneOwner))
    configure_logging(name, settings.log_level)
    app = FastAPI(
        title=f"alex-{name}", version=version, description=description, lifespan=lifespan, middleware=middleware
    )
    install_error_handlers(app)
    app.include_router(health_routes(name, version, settings.git_sha, readiness, health))
    return app
