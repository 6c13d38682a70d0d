"""Puts the browser server together: edge, MCP endpoint, and what they share while the process lives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alex_edge import EdgeSettings, HealthFacts, Readiness, create_service, post_only
from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings

from alex_browser.addresses import AddressPolicy
from alex_browser.chromium_browser import ChromiumBrowser
from alex_browser.fetching import PageFetcher
from alex_browser.html_reading import read_shown_html
from alex_browser.interaction import Interaction
from alex_browser.reading import PageReader
from alex_browser.rendering import PageRenderer
from alex_browser.schemas import BrowserHealth, BrowserState
from alex_browser.server import VERSION, build_server
from alex_browser.sessions import BrowserSessions
from alex_browser.settings import BrowserSettings, SecSettings
from alex_browser.web_search import create_search_engine
from alex_browser.workers import Workers


def create_app(edge: EdgeSettings, settings: BrowserSettings | None = None) -> FastAPI:
    """Return the application; `settings` default to the environment."""
    settings = settings or BrowserSettings()
    policy = AddressPolicy(settings.allowed_hosts)
    fetcher = PageFetcher(policy, settings, SecSettings().user_agent)
    browser = ChromiumBrowser(settings, policy)
    renderer = PageRenderer(browser, policy, settings)
    sessions = BrowserSessions(browser, settings)
    interaction = Interaction(sessions, renderer, policy, fetcher, settings) if settings.interaction else None
    workers = Workers()
    server = build_server(PageReader(fetcher, renderer, workers, settings), create_search_engine(settings), interaction)
    # Stateless, so that any instance answers; the key check protects where the Host check would.
    endpoint = server.streamable_http_app(
        streamable_http_path="/mcp",
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        sessions.start()
        # The first page would wait for the imports of the processes that read it.
        starting = asyncio.create_task(workers.start(read_shown_html, "<p>warm</p>", "about:blank"))
        try:
            async with server.session_manager.run():
                yield
        finally:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
            await sessions.stop()
            await browser.close()
            await fetcher.close()

    health = HealthFacts(BrowserHealth, lambda: {"chromium": "running" if browser.running else "stopped"})
    app = create_service(
        "browser", version=VERSION, settings=edge, lifespan=lifespan, readiness=Readiness(), health=health
    )

    @app.get("/browser", tags=["browser"])
    async def browser_state() -> BrowserState:
        """Which Chromium there is and whether it runs; without one static pages are still read."""
        return await browser.state(sessions=sessions.count)

    # A mount at "/" would answer every unknown path itself, without the error shape.
    app.router.routes.extend(post_only(endpoint.routes))
    return app
